"""A person meets the show: what of it their own card avoids, shown to them alone.

A card and a cue come together nowhere but here, and here only while the person's own phone has
opened the card. What they let the caller know of is a fact of its own (`care/rules/meets.py`): it
stays as it is when the card changes, and when the cue does.
"""

from dataclasses import dataclass
from typing import Protocol

from collavoce.care.commands import ReleaseCue, TakeBackRelease
from collavoce.care.events import Refused
from collavoce.care.outcome import Outcome
from collavoce.company.effects import EFFECTS
from collavoce.runtime.care.kept.keep import Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.sheet import CueSheet
from collavoce.words import say

AVOIDS = "card avoids"
"""The paper of a card on which stands what its owner avoids, in the words of `EFFECTS`."""

SHOWN_MOST = 4
"""Rows in a page's stream, whose frames have one size; the rest is read when it is asked for."""


class AskCare(Protocol):
    """Whoever carries out a release."""

    def __call__(self, command: ReleaseCue | TakeBackRelease) -> Outcome:
        """Kept means on disk."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A cue on its person's page. released: the caller was let know."""

    cue: str
    says: str
    released: bool

    def shown(self) -> Shown:
        """The same as plain JSON."""
        return {"cue": self.cue, "says": self.says, "released": self.released}


class Meets(Part):
    """What the cues of `sheet` are to the people of `keep`."""

    def __init__(self, keep: Keep, sheet: CueSheet, ask: AskCare) -> None:
        self._keep = keep
        self._sheet = sheet
        self._places = sheet.places()
        self._ask = ask

    def seen(self, reader: Reader) -> Shown:
        """What their card avoids first; nothing at all where there is nothing."""
        rows = self.rows(reader)
        if not rows:
            return {}
        shown = [row.shown() for row in rows[:SHOWN_MOST]]
        return {"meets": {"rows": shown, "more": len(rows) > SHOWN_MOST}}

    def exported(self, reader: Reader) -> Shown:
        """The cues they let the caller know of."""
        return {"released_cues": self._released(reader.person)}

    def to_look_over(self, reader: Reader) -> tuple[str, ...]:
        """Releases of cues that the show does not have now."""
        gone = (cue for cue in self._released(reader.person) if cue not in self._places)
        return tuple(say("meets.look.gone", cue=cue) for cue in gone)

    def rows(self, reader: Reader) -> tuple[Row, ...]:
        """The cues that meet their card, in the show's order, then what else they released."""
        released = self._released(reader.person)
        avoided = set(self._keep.own(AVOIDS, reader)).intersection(EFFECTS)
        met: dict[str, Row] = {}
        for one in self._sheet.of(reader.person):
            effects = [say(f"meets.effect.{e}") for e in one.brings if e in avoided]
            if effects:
                place = {"cue": one.cue, "department": one.department, "number": one.number}
                says = say("meets.row.met", **place, effects=", ".join(effects))
                met[one.cue] = Row(one.cue, says, one.cue in released)
        others = (Row(cue, self._plain(cue), released=True) for cue in released if cue not in met)
        return (*met.values(), *others)

    def release(self, person: str, cue: str) -> Outcome:
        """Let the caller know of a restriction at `cue`; of any cue, whatever it brings."""
        if cue not in self._places:
            return Refused(say("meets.refused.cue"))
        return self._ask(ReleaseCue(person, cue))

    def take_back(self, person: str, cue: str) -> Outcome:
        """Let the caller know of it no more."""
        return self._ask(TakeBackRelease(person, cue))

    def listed(self, token: str) -> tuple[Shown, ...]:
        """Every row of whoever's phone this is."""
        reader = self._keep.reader(token)
        return () if reader is None else tuple(row.shown() for row in self.rows(reader))

    def _released(self, person: str) -> tuple[str, ...]:
        return self._keep.house.state.meets.of(person)

    def _plain(self, cue: str) -> str:
        if cue not in self._places:
            return say("meets.row.gone", cue=cue)
        department, number = self._places[cue]
        return say("meets.row.free", cue=cue, department=department, number=number)
