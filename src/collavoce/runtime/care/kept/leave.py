"""Being away and the way back, as a person's own things: their words, who sees them, who is told.

    away        own words for while they are away; goes when they are back
    way back    their own steps, and where they stand; stays until they take it away

Both are papers: open to their owner and to those named. Nothing here ends by a clock, reminds
anybody of anything, or counts.
"""

from datetime import date, datetime

from collavoce.care.commands import LeaveCommand, LetKnow, ReadKnown
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.rules.leave import READER
from collavoce.care.states.leave import OFFICES, Leave
from collavoce.company.availability import availability_words, day_words
from collavoce.runtime.care.kept.keep import Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.words import say

AWAY = "away"
WAY_BACK = "way back"
"""The kinds of the papers."""

WORDS_MAX = 500
STEPS_MAX = 20
STEP_MAX = 60
"""Characters, and steps: twenty steps in any script are one request."""

SHOWN_MOST = 6
"""Of those who share something with one person, on that person's page."""

DATED = "dated"
"""In a paper: those who see it see the last day too."""


class Leaving(Part):
    """The part that goes by the noun leave."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._day = keep.today()
        # Who was shown that somebody is away: once a row in their log, not with every frame.
        self._noted: set[tuple[str, str, float]] = set()
        # Who may have a way back: every page's stream asks, and most have none.
        self._walkers: set[str] | None = None

    # What a page says.

    def today(self) -> int:
        """The venue's day."""
        return self._keep.today()

    def say(self, command: LeaveCommand) -> Outcome:
        """Carry out `command`; what is too early is refused with the day from which it is not."""
        house = self._keep.house
        leave = house.state.leaves.by_person.get(command.person)
        if isinstance(command, LetKnow) and leave is not None and leave.waits(house.moment()) > 0:
            at = self._from(leave)
            if command.office in OFFICES and at is not None:
                day, time = day_words(at.date()), f"{at:%H:%M}"
                return Refused(say("away.refused.too_early_from", day=day, time=time))
        return house.ask(command)

    def write_away(
        self, token: str, words: str, shared: tuple[str, ...], *, dated: bool
    ) -> Outcome:
        """Keep my words for while I am away, and who sees them; nobody and nothing: none."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("away.refused.locked"))
        if len(words) > WORDS_MAX:
            return Refused(say("away.refused.words", characters=WORDS_MAX))
        leave = self._keep.house.state.leaves.by_person.get(reader.person)
        if leave is None or not leave.away:
            return Refused(say("away.refused.not_away"))
        others = self._of_the_show(reader, shared)
        paper = ("away", words, DATED if dated else "") if words or others else ()
        return self._keep.write(AWAY, reader.person, paper, dict.fromkeys(others))

    def write_way(
        self, token: str, steps: tuple[str, ...], where: int, shared: tuple[str, ...]
    ) -> Outcome:
        """Keep my steps in my order, where I stand (-1: I do not say), and who sees it."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("away.refused.locked"))
        if len(steps) > STEPS_MAX or any(len(step) > STEP_MAX for step in steps):
            return Refused(say("away.refused.steps", steps=STEPS_MAX, characters=STEP_MAX))
        if not -1 <= where < len(steps):
            return Refused(say("away.refused.where"))
        others = self._of_the_show(reader, shared)
        paper = (str(where), *steps) if steps else ()
        self._ways().add(reader.person)
        return self._keep.write(WAY_BACK, reader.person, paper, dict.fromkeys(others))

    # What a page asks to be shown.

    def mine(self, token: str) -> Shown:
        """My own words, my steps, and who sees which."""
        reader = self._keep.reader(token)
        if reader is None:
            return {"words": "", "dated": False, "readers": [], "way": _way(()), "walkers": []}
        paper = self._keep.own(AWAY, reader)
        return {
            "words": paper[1] if paper else "",
            "dated": bool(paper) and paper[2] == DATED,
            "readers": sorted(self._keep.shared_with(AWAY, reader.person)),
            "way": _way(self._keep.own(WAY_BACK, reader)),
            "walkers": sorted(self._keep.shared_with(WAY_BACK, reader.person)),
        }

    def of(self, token: str, owner: str) -> Shown:
        """What `owner` lets me read: their words while they are away, their way back."""
        reader = self._keep.reader(token)
        if reader is None or reader.person == owner:
            return {"words": "", "until": "", "way": None}
        leave = self._away(owner)
        paper = () if leave is None else self._keep.of(AWAY, owner, reader, "asked")
        way = self._keep.of(WAY_BACK, owner, reader, "asked")
        dated = bool(paper) and paper[2] == DATED and leave is not None and leave.until > 0
        return {
            "words": paper[1] if paper else "",
            "until": _day(leave.until) if dated and leave is not None else "",
            "way": _way(way) if way else None,
        }

    def known(self, token: str) -> list[Shown]:
        """What people let offices know, for the company manager to hand on; that reads it."""
        reader = self._keep.reader(token)
        if reader is None or not self._hands_on(reader):
            return []
        state, told = self._keep.house.state.leaves, list[Shown]()
        for person, leave in sorted(state.by_person.items()):
            for office in (one for one in OFFICES if one in leave.offices):
                if self._read(reader, person, office):
                    shown = state.shown(person)
                    assert shown is not None, "a leave stands"
                    words = availability_words(
                        performs=shown.performs, rehearses=shown.rehearses, until=shown.until
                    )
                    told.append({"who": person, "office": office, "words": words})
        return told

    # As the parts are gone through.

    def arrived(self, reader: Reader) -> None:
        """Words for while they are away go when they are back."""
        leave = self._keep.house.state.leaves.by_person.get(reader.person)
        if (leave is None or not leave.away) and self._keep.own(AWAY, reader):
            self._keep.change(reader.person, {AWAY: None})

    def seen(self, reader: Reader) -> Shown:
        """My own, in short; who shares something with me; whether there is something to hand on."""
        view: dict[str, object] = {
            "leave": self._own(reader.person),
            "gone": self._gone(reader),
            "ways": [
                owner
                for owner in sorted(self._ways() - {reader.person})
                if reader.person in self._keep.shared_with(WAY_BACK, owner)
            ][:SHOWN_MOST],
        }
        if self._hands_on(reader):
            leaves = self._keep.house.state.leaves.by_person.values()
            view["known"] = any(leave.offices for leave in leaves)
        return view

    def exported(self, reader: Reader) -> Shown:
        """All of it."""
        leaves = self._keep.house.state.leaves
        parts = leaves.parts.get(reader.person)
        return {
            "leave": leaves.by_person.get(reader.person),
            "back_in_part": None
            if parts is None
            else {"rehearses": parts[0], "performs": parts[1]},
            "away_words": self._keep.own(AWAY, reader),
            "away_shared_with": sorted(self._keep.shared_with(AWAY, reader.person)),
            "way_back": self._keep.own(WAY_BACK, reader),
            "way_back_shared_with": sorted(self._keep.shared_with(WAY_BACK, reader.person)),
        }

    def purge(self) -> None:
        """Nothing grows old here; but a day that was named may be past, and its page asks then."""
        today = self._keep.today()
        if today != self._day:
            self._day = today
            self._keep.stir()

    # Below.

    def _own(self, person: str) -> Shown | None:
        leaves = self._keep.house.state.leaves
        leave, parts = leaves.by_person.get(person), leaves.parts.get(person)
        if leave is None and parts is None:
            return None
        view: dict[str, object] = {"is": "part" if leave is None else _kind(leave)}
        if parts is not None:
            view |= {"rehearses": parts[0], "performs": parts[1]}
        if leave is not None:
            at = self._from(leave) if leave.waits(self._keep.house.moment()) > 0 else None
            view |= {
                "until": _day(leave.until) if leave.until else "",
                "shown": leave.shown,
                "called": leave.called,
                "asks": 0 < leave.until < self._keep.today(),
                "from": "" if at is None else f"{at:%Y-%m-%d %H:%M}",
                "offices": {o: "read" if read else "let" for o, read in leave.offices.items()},
            }
        return view

    def _gone(self, reader: Reader) -> list[Shown]:
        found: list[Shown] = []
        for owner in self._others(reader):
            leave = self._away(owner)
            if leave is None or reader.person not in self._keep.shared_with(AWAY, owner):
                continue
            if len(found) < SHOWN_MOST and self._note(reader, owner, leave):
                found.append({"who": owner, "since": _day(leave.day)})
        return found

    def _ways(self) -> set[str]:
        """Who has a way back, or had one since this process was started."""
        if self._walkers is None:
            people = self._keep.house.people
            self._walkers = {p for p in people if self._keep.kinds(p, WAY_BACK)}
        return self._walkers

    def _away(self, owner: str) -> Leave | None:
        """The leave of `owner` while they are away; none while they are back in part."""
        leaves = self._keep.house.state.leaves
        leave = leaves.by_person.get(owner)
        here = leave is None or not leave.away or owner in leaves.parts
        return None if here else leave

    def _note(self, reader: Reader, owner: str, leave: Leave) -> bool:
        shown = (owner, reader.person, leave.since)
        if shown not in self._noted and self._keep.log(owner, reader.person, AWAY, "page"):
            self._noted.add(shown)
        return shown in self._noted

    def _read(self, reader: Reader, person: str, office: str) -> bool:
        """Read it, with its row in the log of whose word it is; else it is not shown."""
        if not self._keep.log(person, reader.person, f"word to {office}", "asked"):
            return False
        return self._keep.house.ask(ReadKnown(reader.person, person, office)) == Kept()

    def _others(self, reader: Reader) -> list[str]:
        return [person for person in self._keep.house.people if person != reader.person]

    def _of_the_show(self, reader: Reader, shared: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(p for p in dict.fromkeys(shared) if p in self._others(reader))

    def _hands_on(self, reader: Reader) -> bool:
        return READER in self._keep.house.people[reader.person].roles

    def _from(self, leave: Leave) -> datetime | None:
        """When an office can be let know, by the venue's clock; None where that says no date."""
        left = leave.waits(self._keep.house.moment())
        try:
            # To the next whole minute: never a moment that is too early.
            at = (self._keep.wall() + left) // 60 * 60 + 60
            return datetime.fromtimestamp(at, self._keep.zone)
        except (OverflowError, ValueError, OSError):
            return None


def _kind(leave: Leave) -> str:
    return "away" if leave.away else "done"


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _way(paper: tuple[str, ...]) -> Shown:
    """Steps in their order; where: the place of one of them, -1 for none."""
    return {"steps": list(paper[1:]), "where": int(paper[0]) if paper else -1}
