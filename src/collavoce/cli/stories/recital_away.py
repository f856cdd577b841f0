"""A6, A10, and the sentence of A4: done without an end, the way back, and what others are told."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.page import ms
from collavoce.cli.stories.recital_cast import ENCORE
from collavoce.cli.stories.recital_ends import ANSWER_MS, Ends
from collavoce.cli.text.away import OFFICES
from collavoce.cli.text.door import View
from collavoce.company.availability import NO_DATE, availability_words, day_words
from collavoce.runtime.clock import monotonic_ns, utc_now
from collavoce.words import say

HOURS = 72
STEPS = ("the door shut, nobody", "mina behind the door", "mina in the room", "two of us")
PARTS = ((True, False), (False, True))
"""(rehearses, performs), one after the other."""


def neutral(taking: Taking, ends: Ends) -> None:
    """What whoever asks for him is told, on the two pages that are asked."""
    sentence = say("away.page.neutral")
    pages = [phone.door.get("/care/").decode() for phone in (ends.liaison, ends.manager)]
    said = [sentence in page and ends.name() not in sentence for page in pages]
    taking.is_so("neutral", all(said), Figure(len(said)))


def done(account: Account, ends: Ends) -> None:
    """A6: not available, no date; what can be done stands ready; nothing leaves."""
    with account.step("A6") as taking:
        before = _his_things(ends)
        no_date = availability_words(performs=False, until=NO_DATE)
        began = monotonic_ns()
        ends.he.types("done")
        desk = ends.house.desk.at(lambda view: ends.word(view) == no_date, began)
        manager = ends.manager.at(lambda v: _away(v, ends) == no_date, began)
        taking.within("shown", [ms(began, desk), ms(began, manager)], ANSWER_MS, words=no_date)
        others = ends.house.others(ends.his.person, ends.manager.person)
        know = [phone for phone in others if phone.view["line"].get("away")]
        taking.is_so("nobody_else", not know, Figure(len(know)), count=len(others))
        _options(taking, ends)
        taking.is_so("too_early", _refused_before(ends), Figure(HOURS, "h"))
        offices = ends.manager.reads("ReadOffices")["offices"]
        taking.is_so("nothing_left", not offices, Figure(len(offices)))
        taking.is_so("nothing_deleted", _his_things(ends) == before)


def _refused_before(ends: Ends) -> bool:
    """Whether nobody can be let know now, and the day is named from which it is possible."""
    zone = ZoneInfo(ends.house.live.folded.show.timezone)
    told = ends.he.types("tell", "p")
    day = day_words((utc_now() + timedelta(hours=HOURS)).astimezone(zone).date())
    kept = [ends.his.answer("TellOffice", office=office, on=True).get("kept") for office in OFFICES]
    return day in told and not any(kept)


def _his_things(ends: Ends) -> tuple[object, ...]:
    """His card, his rules, his circle."""
    card = ends.his.reads("ReadCard")["card"]["fields"]
    return card, ends.his.reads("ReadCheckIn")["rules"], ends.his.view["circle"]


def _away(view: View, ends: Ends) -> str:
    """What the company manager reads of him, "" for nothing."""
    return str(view["line"].get("away", {}).get(ends.his.person, ""))


def _options(taking: Taking, ends: Ends) -> None:
    """The ways for the number to come, from the caller's own list; nothing is done by itself."""
    shown = json.loads(ends.house.desk.door.get("/setlist.json"))
    (one,) = [one for one in shown["missing"] if one["number"] == ENCORE]
    options = [shown["options"][index] for index in one["options"]]
    costs = [option["cost"] for option in options]
    taking.is_so("options", options and all(costs), Figure(len(options)))
    words = " ".join(option["words"] for option in options)
    sentence = ends.house.desk.view["missing"][0]
    taking.is_so("no_reason", set(sentence) == {"number", "title", "words"}, words=words)


def way_back(account: Account, ends: Ends) -> None:
    """A10: his own steps, either way; what is shown of it is said by a press of its own."""
    with account.step("A10") as taking:
        ends.he.writes("way", "; ".join(STEPS))
        stood = [_stands(ends, number) for number in (1, 3, 2)]
        taking.is_so("either_way", stood == [0, 2, 1], Figure(len(stood)))
        read = ends.hers.reads("ReadAwayOf", owner=ends.his.person)["away"]
        taking.is_so("his_own", not read.get("way") and not ends.hers.view.get("ways"))
        before = ends.word(ends.house.desk.view)
        taking.is_so("no_step_shown", before == _away(ends.manager.view, ends), words=before)
        _in_part(taking, ends)
        began = monotonic_ns()
        ends.he.types("back")
        ends.manager.at(lambda v: not _away(v, ends), began)
        taking.is_so("back", ends.house.desk.when(lambda view: not ends.away(view), began))


def _stands(ends: Ends, number: int) -> int:
    ends.he.types("iamat", str(number))
    where: int = ends.his.reads("ReadAway")["away"]["way"]["where"]
    return where


def _in_part(taking: Taking, ends: Ends) -> None:
    came: list[float] = []
    for rehearses, performs in PARTS:
        words = availability_words(performs=performs, rehearses=rehearses)
        began = monotonic_ns()
        ends.he.types("again", "r" if rehearses else "p")
        came.append(ms(began, ends.house.desk.at(lambda v, w=words: ends.word(v) == w, began)))
        came.append(ms(began, ends.manager.at(lambda v, w=words: _away(v, ends) == w, began)))
    taking.within("in_part", came, ANSWER_MS)
    (one,) = ends.house.desk.view["people"]["away"]
    taking.is_so("no_dates", set(one) == {"person", "name", "sign"}, Figure(len(one)))
