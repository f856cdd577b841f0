"""One press, from the finger to "I am with them".

An alert is raised, climbs its ladder, is covered by whoever says "coming", and ends. What it
calls out stands in `calls`: each called person with the rung at which they were called, once.
`key_of` names that call for the person's page, which hides whatever it has shown before. If
whoever was coming is let go, everybody called before is called anew: that is another turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from collavoce.care.ladder import Moment, Rung, Times, called_at
from collavoce.care.opened import Opened
from collavoce.care.states.sent import Sent

CANCEL_WITHIN = 10.0
"""Seconds in which a press can be taken back."""

DATED_FROM = 1.0
"""Seconds by which a later copy of a press must be older than the first to correct its age."""

AGO_MAX = 24 * 3600.0
"""Seconds after the finger at which a press that never arrived asks nobody any more."""

NOTICE_LASTS = 600.0
"""Seconds for which those called still see that an alert ended."""


class End(StrEnum):
    """How an alert ended."""

    CANCELLED = "cancelled"
    ARRIVED = "arrived"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Alert:
    """since: where the ladder counts from; order: who may still be called; ended_by: person.

    last : who is called at the ladder's end, "" for nobody. called_at : person -> when, this turn.
    receipts : person -> the turn in which a page of theirs last showed it. released : those who
    were called and then dropped -> when; to them it looks like any end. messages : by key, what
    went out by other channels; earlier : what the presses before this one had called out.
    duress : it was taken back with the other word; hidden : the presser's pages show nothing of it.
    """

    person: str
    press: str
    raised_at: float
    pressed_at: float
    since: float
    times: Times
    rung: Rung
    order: tuple[str, ...]
    last: str = ""
    how: Opened = Opened.SELF
    calls: Mapping[str, Rung] = field(default_factory=dict[str, Rung])
    called_at: Mapping[str, float] = field(default_factory=dict[str, float])
    turn: int = 0
    shown: frozenset[str] = frozenset()
    receipts: Mapping[str, int] = field(default_factory=dict[str, int])
    released: Mapping[str, float] = field(default_factory=dict[str, float])
    messages: Mapping[str, Sent] = field(default_factory=dict[str, Sent])
    earlier: tuple[Sent, ...] = ()
    duress: bool = False
    hidden: bool = False
    coming: str | None = None
    coming_at: float = 0.0
    voice_at: float = 0.0
    end: End | None = None
    ended_at: float = 0.0
    ended_by: str | None = None
    arrived: str = ""

    @property
    def climbing(self) -> bool:
        """Whether time still moves this alert."""
        return (
            self.end is None
            and self.coming is None
            and bool(self.order or self.last)
            and self.rung is not Rung.VOICE
        )

    @property
    def called(self) -> tuple[str, ...]:
        """Who is called and may come, in order."""
        return tuple(t for t in (*self.order, self.last) if t in self.calls)

    @property
    def unanswered(self) -> bool:
        """Whether the ladder is at its end, or never had a rung, and nobody is coming."""
        nobody = not self.order and not self.last
        return self.end is None and self.coming is None and (nobody or self.rung is Rung.VOICE)

    def climbs_at(self) -> Moment:
        """When the next rung is due; only while climbing."""
        return Moment(self.since + self.times.at(Rung(self.rung + 1)))

    def calls_on(self, trusted: str) -> bool:
        """Whether `trusted` was called and is still of the circle."""
        return trusted in self.calls and trusted not in self.released

    def may_come(self, trusted: str) -> bool:
        """Whether `trusted` is, called or not, one of those whom this alert may call."""
        return trusted in self.order or (trusted == self.last and bool(trusted))

    def seen_this_turn(self, trusted: str) -> bool:
        """Whether a page of `trusted` has shown the call as it stands now."""
        return self.receipts.get(trusted) == self.turn

    def with_calls(self, at: float, *, last_too: bool = False) -> "Alert":
        """This alert with everybody called whom its rung calls, those before unchanged.

        With nobody of the circle to call, the ladder's end is its beginning.
        """
        at_end = self.rung is Rung.VOICE or last_too or not self.order
        due = (*called_at(self.rung, self.order), *((self.last,) if self.last and at_end else ()))
        fresh = [trusted for trusted in due if trusted not in self.calls]
        if not fresh:
            return self
        return replace(
            self,
            calls={**self.calls, **dict.fromkeys(fresh, self.rung)},
            called_at={**self.called_at, **dict.fromkeys(fresh, at)},
        )

    def climbed(self, rung: Rung, at: float) -> "Alert":
        """This alert at `rung`."""
        voice_at = at if rung is Rung.VOICE else self.voice_at
        return replace(self, rung=rung, voice_at=voice_at).with_calls(at)

    def without(self, trusted: str, at: float) -> "Alert":
        """This alert once `trusted` may not be called any more: the next one is, instead."""
        if not self.may_come(trusted):
            return self
        left = replace(
            self,
            order=tuple(t for t in self.order if t != trusted),
            last="" if self.last == trusted else self.last,
            released={**self.released, trusted: at} if trusted in self.calls else self.released,
        )
        if left.end is not None:
            return left
        if left.coming == trusted:
            left = left.turned(at)
        return left.with_calls(at) if left.coming is None else left

    def turned(self, at: float) -> "Alert":
        """This alert once nobody is coming after all: who was called is called anew."""
        anew = dict.fromkeys((t for t in self.calls if t not in self.released), at)
        voice_at = at if self.rung is Rung.VOICE else self.voice_at
        return replace(
            self,
            coming=None,
            turn=self.turn + 1,
            called_at={**self.called_at, **anew},
            voice_at=voice_at,
        )

    def seen_by(self, trusted: str) -> "Alert":
        """This alert once it stood on a page of `trusted`."""
        receipts = {**self.receipts, trusted: self.turn}
        return replace(self, shown=self.shown | {trusted}, receipts=receipts)

    def with_message(self, sent: Sent) -> "Alert":
        """This alert with `sent` as it is now."""
        return replace(self, messages={**self.messages, sent.key: sent})

    def ended(self, end: End, at: float, by: str) -> "Alert":
        """This alert, ended."""
        return replace(self, end=end, ended_at=at, ended_by=by)

    def shifted(self, seconds: float) -> "Alert":
        """This alert with every moment moved."""
        return replace(
            self,
            raised_at=self.raised_at + seconds,
            pressed_at=self.pressed_at + seconds,
            since=self.since + seconds,
            coming_at=self.coming_at + seconds,
            voice_at=self.voice_at + seconds,
            ended_at=self.ended_at + seconds,
            called_at={trusted: at + seconds for trusted, at in self.called_at.items()},
            released={trusted: at + seconds for trusted, at in self.released.items()},
            messages={key: sent.shifted(seconds) for key, sent in self.messages.items()},
            earlier=tuple(sent.shifted(seconds) for sent in self.earlier),
        )


def key_of(alert: Alert, trusted: str) -> str:
    """The name of one call: press, person, step. A page rings once for each."""
    step = f"{alert.press}:{trusted}:{alert.calls[trusted].value}"
    return f"{step}:{alert.turn}" if alert.turn else step
