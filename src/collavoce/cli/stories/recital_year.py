"""A-d: a year after "I'm done", on a clock that is moved on; rules, store and outbox are real."""

from pathlib import Path

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.recital_cast import COMPANY, FRIEND, PERFORMER
from collavoce.cli.text.away import OFFICES
from collavoce.runtime.care.ahead import Ahead

DAYS = 365
LOOKS_A_DAY = 24
DAY_S = 86_400.0
MINUTE_S = 60.0
ALONE_MIN, LOOK_MIN = 30.0, 10.0


def a_year(account: Account, home: Path) -> None:
    """Play it in `home`."""
    with account.step("A-d") as taking:
        home.mkdir()
        ahead = Ahead(home, COMPANY, PERFORMER, FRIEND)
        try:
            _the_way_out_is_open(taking, ahead)
            _nothing(taking, ahead)
        finally:
            ahead.close()


def _the_way_out_is_open(taking: Taking, ahead: Ahead) -> None:
    """The same outbox has a message where one is due: what stays empty below could be full."""
    ahead.alone(ALONE_MIN, LOOK_MIN)
    ahead.passes((LOOK_MIN + 1.0) * MINUTE_S)
    taking.is_so("control", ahead.messages, Figure(ahead.messages))
    ahead.back()
    ahead.passes(DAY_S)


def _nothing(taking: Taking, ahead: Ahead) -> None:
    ahead.forget()
    taking.is_so("said_once", ahead.done() and ahead.to_show == 1, Figure(ahead.to_show))
    refused = [office for office in OFFICES if not ahead.let_know(office)]
    ahead.forget()
    for _ in range(DAYS * LOOKS_A_DAY):
        ahead.passes(DAY_S / LOOKS_A_DAY)
    sent, by_itself = ahead.messages, ahead.facts + ahead.to_show
    taking.is_so("messages", not sent, Figure(sent), looks=ahead.looks, days=DAYS)
    taking.is_so("facts", not by_itself, Figure(by_itself))
    taking.is_so("no_end", ahead.stands)
    taking.is_so("too_early", len(refused) == len(OFFICES), Figure(len(refused)))
    taking.is_so("own_word", all(map(ahead.let_know, OFFICES)))
    ahead.passes(DAY_S)
    taking.is_so("no_message", not ahead.messages, Figure(ahead.messages))
