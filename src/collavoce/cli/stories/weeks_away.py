"""C7, C-g: he steps away, with words for her; and nobody else can tell it from being on leave.

In a second house, alike but for it, he only says that he is done: what those not chosen are sent in
each is compared byte by byte.
"""

import json
from dataclasses import dataclass

from collavoce.cli.stories.account import Account, Figure, StoryError, Taking
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.page import ms
from collavoce.cli.stories.tape import Tape
from collavoce.cli.stories.terminal import Terminal
from collavoce.cli.stories.twin import FRAME_PARTS, differing, ledger, timeless
from collavoce.cli.stories.weeks_cast import DUET, FRIEND, MANAGER, NOT_CHOSEN, PIANIST, SINGER
from collavoce.cli.text.door import View
from collavoce.cli.text.phone import STREAM
from collavoce.runtime.clock import monotonic_ns, sleep
from collavoce.words import say

WORDS = "CanaryPark I have stepped away for a while. Please don't worry. Keep singing."
FRAMES = 10
STILL_S = 1.5
TOLD_MS = 2000.0
WITHDRAWN_MS = 1000.0


@dataclass(slots=True)
class Watched:
    """What those not chosen are sent in a house. desk: the caller's. facts: in its ledger."""

    tapes: dict[str, Tape]
    desk: Tape
    facts: int

    def stop(self) -> None:
        """Keep no more."""
        for tape in (*self.tapes.values(), self.desk):
            tape.stop()


def _watched(house: StoryHouse) -> Watched:
    """From now on."""
    tapes = {person: Tape(house.phones[person].door, STREAM) for person in NOT_CHOSEN}
    desk = Tape(house.desk.door, "/events", b"state")
    desk.wait(1)
    return Watched(tapes, desk, ledger(house))


def away(
    account: Account, here: StoryHouse, there: StoryHouse, friend: Terminal
) -> tuple[Watched, Watched]:
    """C7: no date, own words, seen by whom he chose; what it touches, and who can cover."""
    her, watches = here.phones[SINGER], list[Watched]()
    with account.step("C7") as taking:
        began = monotonic_ns()
        friend.types("away")
        there.phones[FRIEND].does("Done")
        desk = here.desk.at(_gone, began)
        taking.within("desk", [ms(began, desk)], TOLD_MS)
        (one,) = here.desk.view["people"]["away"]
        said = str(one["sign"]["word"])
        fields = set(one) == {"person", "name", "sign"}
        taking.is_so("no_reason", fields, Figure(len(one)), said=said)
        for house in (here, there):
            house.desk.at(_gone)
            house.phones[MANAGER].at(lambda view: view["line"]["away"])
        sleep(STILL_S)
        watches += [_watched(here), _watched(there)]
        words = monotonic_ns()
        friend.types("awaywords", f"{WORDS}; {SINGER}")
        at = her.at(lambda view: [g["who"] for g in view["gone"]] == [FRIEND], words)
        taking.within("her", [ms(words, at)], TOLD_MS)
        hers = her.reads("ReadAwayOf", owner=FRIEND)["away"]
        taking.is_so("words", hers["words"] == WORDS and not hers["until"], words=_plain(WORDS))
        _touches(taking, here)
        for watch in watches:
            for tape in watch.tapes.values():
                tape.wait(FRAMES * FRAME_PARTS)
            watch.stop()
        _nobody_else(taking, here, words)
        back = monotonic_ns()
        friend.types("awaywords", "none")
        at = her.at(lambda view: not view["gone"], back)
        taking.within("withdrawn", [ms(back, at)], WITHDRAWN_MS)
        friend.types("awaywords", f"{WORDS}; {SINGER}")
        taking.not_yet("watch")
    if not watches:
        raise StoryError(say("story.never_came", seconds="-"))
    return watches[0], watches[1]


def _gone(view: View) -> bool:
    return any(one["person"] == FRIEND for one in view["people"]["away"])


def _plain(words: str) -> str:
    return words.partition(" ")[2]


def _touches(taking: Taking, house: StoryHouse) -> None:
    """The number that he was to play, and what can be done."""
    (one,) = house.desk.view["missing"]
    told = json.loads(house.desk.door.get("/setlist.json"))
    (found,) = [missing for missing in told["missing"] if missing["number"] == DUET]
    ways = [told["options"][index] for index in found["options"]]
    cover = house.live.folded.show.people[PIANIST].name
    covers = [way["words"] for way in ways if cover in way["words"]]
    costs = all(way["cost"] for way in ways)
    touches = one["number"] == DUET and bool(covers) and costs
    taking.is_so("touches", touches, Figure(len(ways)), words=one["words"], cover="; ".join(covers))
    taking.is_so("no_words", "Canary" not in json.dumps([told, house.desk.view]))


def _nobody_else(taking: Taking, house: StoryHouse, since: int) -> None:
    phones = [house.phones[person] for person in NOT_CHOSEN]
    shown = [p for p in phones if any(view["gone"] for view in p.views_since(since))]
    asked = [p for p in phones if p.reads("ReadAwayOf", owner=FRIEND)["away"]["words"]]
    taking.is_so("nobody_else", not shown and not asked, Figure(len(shown) + len(asked)))
    said = say("away.is.no_date")
    manager = house.phones[MANAGER].view["line"]["away"]
    taking.is_so("manager", manager == {FRIEND: said}, said=said)
    stored = house.care_bytes()
    taking.is_so("sealed", stored and b"CanaryPark" not in stored)


def told_apart(account: Account, here: Watched, there: Watched) -> None:
    """C-g: between being away, with words for her, and being on leave."""
    with account.step("C-g") as taking:
        for person in NOT_CHOSEN:
            one, other = (
                b"".join(w.tapes[person].events[: FRAMES * FRAME_PARTS]) for w in (here, there)
            )
            differ = differing(one, other)
            same = differ == 0 and bool(one)
            taking.is_so(person, same, Figure(differ), frames=FRAMES, all=len(one))
        one, other = (b"".join(map(timeless, w.desk.events)) for w in (here, there))
        differ = differing(one, other)
        taking.is_so("caller", differ == 0 and bool(one), Figure(differ), all=len(one))
        facts = here.facts
        taking.is_so("log", facts == there.facts, Figure(facts))
