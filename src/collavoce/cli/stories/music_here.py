"""D2: both have ticked, and read each other's name in the same moment; one takes it back, and not.

The quarter hour is passed by a clock moved by hand; pages, acts, keys and store are the real ones.
"""

from pathlib import Path

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.by_hand import HandHouse, open_by_hand
from collavoce.cli.stories.music_cast import DANCER, GROWL, MANAGER, STAR, THIRD, care_config, names
from collavoce.cli.stories.page import PhonePage, ms
from collavoce.cli.stories.terminal import Terminal
from collavoce.cli.text.door import View
from collavoce.runtime.clock import monotonic_ns, sleep, wall_ns
from collavoce.words import say

MINUTE_S, QUARTER_S = 60.0, 900.0
TWO_FRAMES_S = 1.0
DENIED_MS = 1000.0
SAME_MOMENT_MS = 1000.0


def same_here(account: Account, home: Path, dancer_name: str) -> None:
    """Play it in a house of its own at `home`."""
    config = care_config(dancer_name, str(home))
    people = (STAR, DANCER, THIRD, MANAGER)
    with (
        account.step("D2") as taking,
        open_by_hand(config, home, wall_ns() * 1e-9, people) as house,
    ):
        star, dancer = Terminal(house.phones[STAR]), Terminal(house.phones[DANCER])
        began = monotonic_ns()
        for one in (star, dancer):
            one.types("mark", f"notmine of {GROWL}: this is not mine")
        star.types("found", "on 1")
        dancer.types("found", "on 1")
        house.passes(9 * MINUTE_S)
        star.types("found", "off 1")
        house.passes(2 * QUARTER_S)
        sleep(TWO_FRAMES_S)
        shown = [p for p in house.phones.values() if _ever(p, began)]
        taking.is_so("taken_back", not shown, Figure(len(shown)))
        answers = [_ticks(house, person) for person in (STAR, DANCER, THIRD)]
        taking.is_so("own_only", answers == [0, 1, 0])
        star.types("found", "on 1")
        house.passes(9 * MINUTE_S)
        sleep(TWO_FRAMES_S)
        early = [p for p in house.phones.values() if _ever(p, began)]
        taking.is_so("no_teaser", not early, Figure(len(early)))
        told = monotonic_ns()
        house.passes(2 * QUARTER_S)
        _told(taking, house, told)
        names_ = names(dancer_name)
        star.hears(names_[DANCER])
        dancer.hears(names_[STAR])
        taking.is_so("spoken", True, said=_sentence(names_[STAR]))
        _after(taking, house, star, began)


def _told(taking: Taking, house: HandHouse, since: int) -> None:
    both = [house.phones[person].at(_found, since) for person in (STAR, DANCER)]
    who = [house.phones[person].view["found"][0]["who"] for person in (STAR, DANCER)]
    taking.is_so("both", who == [DANCER, STAR])
    taking.within("same_moment", [abs(both[0] - both[1]) * 1e-6], SAME_MOMENT_MS)
    pairs = len(house.care.house.state.found.told)
    taking.is_so("one_fact", pairs == 1, Figure(pairs))


def _after(taking: Taking, house: HandHouse, star: Terminal, began: int) -> None:
    """Nobody else learns it; it cannot be made untold, only be put away by each."""
    others = [p for p in (house.phones[THIRD], house.phones[MANAGER]) if _ever(p, began)]
    taking.is_so("nobody_else", not others, Figure(len(others)))
    star.types("found", "off 1")
    house.passes(QUARTER_S)
    stays = house.phones[DANCER].when(_found, monotonic_ns())
    taking.is_so("told_is_told", stays)
    aside = monotonic_ns()
    star.types("found", "aside")
    gone = house.phones[STAR].at(lambda view: not _found(view), aside)
    taking.within("aside", [ms(aside, gone)], DENIED_MS)
    taking.is_so("still_theirs", _found(house.phones[DANCER].view))
    marked = house.phones[MANAGER].answer(
        "WriteMark", id="m" * 22, kind="not_mine", piece=GROWL, title="", words="", to=""
    )
    ticked = house.phones[MANAGER].answer("BeFound", id="m" * 22, on=True)
    said = str(ticked.get("why"))
    apart = marked.get("kept") and said == say("music.refused.apart")
    taking.is_so("apart", apart, said=said)


def _sentence(who: str) -> str:
    topic = say("music.says.wish_piece", kind=say("music.says.kind_not_mine"), piece="The Growl")
    return say("music.says.found_both", who=who, topic=topic)


def _found(view: View) -> bool:
    return bool(view.get("found"))


def _ever(phone: PhonePage, since: int) -> bool:
    return any(map(_found, phone.views_since(since)))


def _ticks(house: HandHouse, person: str) -> int:
    return len(house.phones[person].reads("ReadMarks")["ticks"])
