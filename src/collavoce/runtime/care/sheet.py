"""The cues of the show as the care process knows them: what they bring, and whom that meets.

It comes with the start of the performance, like the show that is played: neither changes while it
runs. Nothing in it is of care, and nothing is ever told back.
"""

import msgspec

from collavoce.show.cues import Cue, Number, Show

TITLE_LETTERS = 40
"""Of a number's title on a phone; what is longer is cut."""


class Meeting(msgspec.Struct, frozen=True, array_like=True):
    """A cue that brings something. number: its number's title; persons: ids of whom it meets."""

    cue: str
    department: str
    number: str
    brings: tuple[str, ...]
    persons: tuple[str, ...]


class CueSheet(msgspec.Struct, frozen=True):
    """cues : (number, department, title of its number) of every cue. meetings: in the show's order.

    A release is of any cue, whatever it brings, so every cue is in it.
    """

    cues: tuple[tuple[str, str, str], ...] = ()
    meetings: tuple[Meeting, ...] = ()

    def places(self) -> dict[str, tuple[str, str]]:
        """Cue -> (department, title of its number)."""
        return {cue: (department, title) for cue, department, title in self.cues}

    def of(self, person: str) -> tuple[Meeting, ...]:
        """What `person` meets."""
        return tuple(meeting for meeting in self.meetings if person in meeting.persons)


def cue_sheet(show: Show) -> CueSheet:
    """What care is told of the cues of `show`."""
    return CueSheet(
        tuple((c.number, c.department, _title(n)) for n in show.numbers for c in n.cues),
        tuple(
            Meeting(c.number, c.department, _title(n), c.brings, persons_met(show, n, c))
            for n in show.numbers
            for c in n.cues
            if c.brings
        ),
    )


def persons_met(show: Show, number: Number, cue: Cue) -> tuple[str, ...]:
    """Whom `cue` meets: those it names, or whoever may be on stage in its number.

    A cover is shown it too: they may be the one tonight.
    """
    if cue.meets:
        return cue.meets
    named = (*(() if number.performer is None else (number.performer,)), *number.covers)
    if named:
        return tuple(dict.fromkeys(named))
    return tuple(person.id for person in show.people.values() if "performer" in person.roles)


def _title(number: Number) -> str:
    title = number.title
    return title if len(title) <= TITLE_LETTERS else title[: TITLE_LETTERS - 1] + "…"
