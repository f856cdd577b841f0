"""Letters and invitations, as the one who carries them knows them: from whom, to whom, when.

    state      opened by             leads to
    draft      its writer            sealed (asked twice) | thrown away
    sealed     its writer            delivered, once, to its reader | withdrawn: a draft again
    delivered  its reader alone      opened | thrown away
    opened     its reader alone      thrown away

A draft is only a paper of its writer: nothing here knows of it. Of one that was withdrawn, or
thrown away, nothing is left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from collavoce.care.told.company import BackSaid
from collavoce.care.told.leave import ReturnSaid
from collavoce.care.told.letters import (
    InvitationEnded,
    InvitationMade,
    InvitationPutAway,
    LetterDelivered,
    LetterForgotten,
    LetterOpened,
    LetterSealed,
    LettersEvent,
    LetterWithdrawn,
    SignSeen,
    SignsHeeded,
)
from collavoce.care.told.notes import NoteSent

V = TypeVar("V")

LETTERS_MAX = 20
"""Letters of one writer that are on their way; and drafts."""

INVITATIONS_MAX = 20
"""Of one person that stand."""


class Way(StrEnum):
    """What a letter waits for."""

    DATE = "date"
    SIGN_IN = "sign_in"  # a phone of the reader is here
    ASKED = "asked"  # the reader asks whether there is one
    KEY = "key"  # the key to their door is used
    SILENCE = "silence"  # no sign for some days


WAYS = (Way.DATE, Way.SIGN_IN, Way.ASKED)
"""Those there are; the others need what is not there yet."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A letter on its way, as `LetterSealed` says."""

    letter: str
    writer: str
    reader: str
    way: Way
    day: int
    minute: int
    zone: str
    told: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter that is its reader's. writer: "" once they are erased."""

    letter: str
    reader: str
    writer: str
    day: int
    told: bool
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """signs : its maker allows that a sign is told. heeds: its friend wishes it.

    sign : there is one. fresh: its friend has not seen it. away: they put it away.
    """

    invitation: str
    owner: str
    friend: str
    signs: bool
    heeds: bool = False
    sign: bool = False
    fresh: bool = True
    away: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """Each by its own name."""

    waiting: Mapping[str, Sealed] = field(default_factory=dict[str, Sealed])
    arrived: Mapping[str, Arrived] = field(default_factory=dict[str, Arrived])
    invitations: Mapping[str, Invitation] = field(default_factory=dict[str, Invitation])

    def of_writer(self, writer: str) -> tuple[Sealed, ...]:
        """Their letters on their way, the oldest first."""
        return tuple(one for one in self.waiting.values() if one.writer == writer)

    def to_reader(self, reader: str) -> tuple[Arrived, ...]:
        """What was delivered to them, the oldest first."""
        return tuple(one for one in self.arrived.values() if one.reader == reader)

    def made_by(self, owner: str) -> tuple[Invitation, ...]:
        """The invitations they made that stand."""
        return tuple(one for one in self.invitations.values() if one.owner == owner)

    def standing_for(self, friend: str) -> tuple[Invitation, ...]:
        """The invitations they were given and have not put away."""
        mine = (one for one in self.invitations.values() if one.friend == friend)
        return tuple(one for one in mine if not one.away)

    def evolve(self, event: LettersEvent) -> "Letters":
        """What is true after `event`."""
        match event:
            case LetterSealed() | LetterWithdrawn() | LetterDelivered():
                return self._carried(event)
            case LetterOpened():
                known = self.arrived.get(event.letter)
                if known is None:
                    return self
                opened = replace(known, opened=True)
                return replace(self, arrived={**self.arrived, event.letter: opened})
            case LetterForgotten():
                return replace(self, arrived=_but(self.arrived, event.letter))
            case InvitationMade():
                made = Invitation(event.invitation, event.owner, event.friend, event.signs)
                before = self.invitations.get(event.invitation)
                if before is not None:
                    made = replace(before, signs=event.signs)
                return replace(self, invitations={**self.invitations, event.invitation: made})
            case InvitationEnded():
                return replace(self, invitations=_but(self.invitations, event.invitation))
            case InvitationPutAway():
                return self._changed(event.invitation, away=True, heeds=False, sign=False)
            case SignsHeeded():
                return self._changed(event.invitation, heeds=event.on, sign=False)
            case SignSeen():
                return self._changed(event.invitation, sign=False, fresh=False)

    def signed(self, signs: Iterable[Invitation]) -> "Letters":
        """After a sign of those who made these."""
        shown = {one.invitation: replace(one, sign=True) for one in signs}
        return replace(self, invitations={**self.invitations, **shown}) if shown else self

    def signs_by(self, event: object) -> tuple[Invitation, ...]:
        """The invitations whose friend is to be told of `event`: an act of their maker's own.

        That they are back, or that they write to this friend; never that a page of theirs is open.
        What goes out later may still be taken back: it tells of itself when it is there.
        """
        match event:
            case BackSaid() | ReturnSaid():
                found = self.made_by(event.person)
            case NoteSent(after=0.0):
                found = tuple(i for i in self.made_by(event.owner) if i.friend == event.reader)
            case LetterDelivered():
                found = tuple(i for i in self.made_by(event.writer) if i.friend == event.person)
            case _:
                return ()
        return tuple(one for one in found if one.signs and one.heeds and not one.away)

    def _carried(self, event: LetterSealed | LetterWithdrawn | LetterDelivered) -> "Letters":
        waiting = _but(self.waiting, event.letter)
        match event:
            case LetterSealed():
                sealed = Sealed(
                    event.letter,
                    event.owner,
                    event.reader,
                    Way(event.way),
                    event.day,
                    event.minute,
                    event.zone,
                    event.told,
                )
                return replace(self, waiting={**waiting, event.letter: sealed})
            case LetterWithdrawn():
                return replace(self, waiting=waiting)
            case LetterDelivered():
                arrived = Arrived(event.letter, event.person, event.writer, event.day, event.told)
                return replace(
                    self, waiting=waiting, arrived={**self.arrived, event.letter: arrived}
                )

    def _changed(self, invitation: str, **changes: bool) -> "Letters":
        known = self.invitations.get(invitation)
        if known is None:
            return self
        after = replace(known, **changes)
        return replace(self, invitations={**self.invitations, invitation: after})


def _but(table: Mapping[str, V], gone: str) -> dict[str, V]:
    return {key: value for key, value in table.items() if key != gone}
