"""A2, A3: the last song is followed to its true end, the company is asked, and he says one word."""

from pathlib import Path

from collavoce.cli.run import readable_show
from collavoce.cli.stories.account import Account, Figure, StoryError, Taking
from collavoce.cli.stories.house import StoryHouse, open_house
from collavoce.cli.stories.page import PATIENCE_S, ms
from collavoce.cli.stories.recital_cast import (
    COMPANY,
    FRIEND,
    LIGHT,
    MANAGER,
    PERFORMER,
    SECOND,
    SONG,
    lay_out_song,
    played,
)
from collavoce.cli.stories.recital_ends import ANSWER_MS
from collavoce.cli.stories.terminal import Terminal
from collavoce.cli.text.door import View
from collavoce.following.estimate import Music
from collavoce.runtime.clock import fresh_id, monotonic_ns, sleep
from collavoce.words import say

SPEED = 8.0
"""Of the music. Delays after the end are minutes of people's own clocks, at any speed."""

PROCESSES = ("writer", "care", "follower", "web", "engine")
LATEST_MIN = 120
FINE = 1
AWAIT_NOTHING_S = 1.0


def asked_and_tired(account: Account, home: Path, friend: str) -> tuple[Terminal, Terminal]:
    """Play it in `home`; the terminals of his end and of hers. Raises UsageError."""
    folder = lay_out_song(home / "show", friend)
    prepared, _ = readable_show(folder)
    song = played(prepared.scores[SONG], folder / "scores" / "played.mid")
    with open_house(folder, COMPANY, SPEED, only=PROCESSES, performer=song) as house:
        he, she = Terminal(house.phones[PERFORMER]), Terminal(house.phones[FRIEND])
        _asked(account, house)
        _tired(account, house, he, she)
    return he, she


def _asked(account: Account, house: StoryHouse) -> None:
    """A2: everybody, at a delay of their own, and nothing follows from an answer."""
    with account.step("A2") as taking:
        his_rule(house)
        for phone in house.others(LIGHT):
            phone.does("ChooseDelay", minutes=0)
        house.phones[LIGHT].does("ChooseDelay", minutes=LATEST_MIN)
        # What was played before the follower was up is over, as in a hall: once more, from the top.
        house.desk.orders("StartNumber", number=SONG)
        _true_end(house)
        state = house.live.folded.state
        taking.is_so("end", state.music is Music.ENDED and state.last_go_at is None)
        asked = [person for person in house.phones if person != LIGHT]
        came = [person for person in asked if house.phones[person].when(_is_asked)]
        taking.is_so("asked", came == asked, Figure(len(came)), all=len(asked))
        taking.is_so("own_delay", not _is_asked(house.phones[LIGHT].view), minutes=LATEST_MIN)
        began = monotonic_ns()
        house.phones[SECOND].does("SayCheckIn", said=FINE, key=fresh_id())
        taking.is_so("gone", house.phones[SECOND].when(lambda v: not _is_asked(v), began))
        stands = [person for person in asked if _is_asked(house.phones[person].view)]
        taking.is_so("stands", len(stands) == len(asked) - 1, Figure(len(stands)))


def his_rule(house: StoryHouse) -> None:
    """Written weeks before, as in A1: of two who agreed, one is to know."""
    his = house.phones[PERFORMER]
    his.does("WriteCircle", order=[FRIEND, SECOND], second_after=20.0)
    for person in (FRIEND, SECOND):
        house.phones[person].does("Reply", owner=PERFORMER, agrees=True)
    his.does("AddRule", rule=fresh_id(), answers=["tired"], persons=[FRIEND])


def _true_end(house: StoryHouse) -> None:
    """Wait until the follower has heard the last onset; raises StoryError."""
    until = monotonic_ns() + int(2 * PATIENCE_S * 1e9)
    while house.live.folded.state.ended_at is None:
        if monotonic_ns() > until:
            raise StoryError(say("story.never_came", seconds=f"{2 * PATIENCE_S:g}"))
        house.live.turn()


def _tired(account: Account, house: StoryHouse, he: Terminal, she: Terminal) -> None:
    """A3: one key, and of the whole company one person knows which."""
    with account.step("A3") as taking:
        hers = house.phones[FRIEND]
        desk, line = _shown_of_people(house), house.phones[MANAGER].view["line"]
        began, before = monotonic_ns(), she.heard()
        he.types("checkin", "t")
        at = hers.at(_told, began)
        taking.within("friend", [ms(began, at)], ANSWER_MS)
        (one,) = hers.view["checkin_told"]
        taking.is_so("word", (one["who"], one["said"]) == (PERFORMER, "tired"), Figure(len(one)))
        she.hears(say("checkin.says.checkin_tired"), before)
        sleep(AWAIT_NOTHING_S)
        _nobody_else(taking, house, began)
        taking.is_so("caller", _shown_of_people(house) == desk)
        taking.is_so("manager", house.phones[MANAGER].view["line"] == line)
        she.types("told")
        taking.is_so("put_away", hers.when(lambda view: not _told(view), at))


def _nobody_else(taking: Taking, house: StoryHouse, began: int) -> None:
    others = house.others(PERFORMER, FRIEND)
    looked = [view for phone in others for view in phone.views_since(began)]
    wrong = sum(map(_told, looked))
    taking.is_so("nobody_else", looked and not wrong, Figure(wrong), all=len(looked))


def _shown_of_people(house: StoryHouse) -> tuple[object, object]:
    """Everything of people on the caller's desk."""
    view = house.desk.view
    return view["people"], view["line"]


def _is_asked(view: View) -> bool:
    return bool(view["checkin"])


def _told(view: View) -> bool:
    return bool(view.get("checkin_told"))
