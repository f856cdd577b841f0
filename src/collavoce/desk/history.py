"""Every firing, and every cue that did not fire: what brought it about, what was sent, answered.

A fold of the show's events like the state, kept beside it: the state forgets a firing with its
number, a caller is asked about it afterwards.
"""

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

from collavoce.show import events as e
from collavoce.show.told.event import Cause, Sending

DEEDS_MOST = 500
"""Kept; more of them are in the ledger (`collavoce log`) and in the show report."""

ANSWERS_MOST = 16
"""Kept of one firing."""


class Kind(StrEnum):
    """What became of a cue."""

    FIRED = "fired"
    OFFERED = "offered"
    DROPPED = "dropped"
    PASSED = "passed"  # its turn came, and it was disarmed
    HALTED = "halted"


@dataclass(slots=True)
class Deed:
    """One thing that became of a cue.

    at, quarter, heard_at : as in the event. ms : from the trigger to the wire. begun : since when
    its pre-wait ran. overridden : what was overridden. confirmed : of a hazardous cue, what its
    operator said. wall : the time of day in words.
    """

    seq: int
    wall: str
    kind: Kind
    cue: str
    at: float
    by: str = ""
    why: str = ""
    cause: Cause | None = None
    quarter: float | None = None
    heard_at: float | None = None
    begun: float | None = None
    ms: float | None = None
    problem: str = ""
    overridden: str = ""
    confirmed: bool | None = None
    sent: tuple[Sending, ...] = ()
    answers: list[e.CueAnswered] = field(default_factory=list[e.CueAnswered])

    @property
    def astray(self) -> bool:
        """Whether something of it did not leave, or the other end did not take it."""
        answered = {answer.to: answer.ok for answer in self.answers}
        kept_in = self.problem or any(one.problem for one in self.sent)
        return bool(kept_in) or not all(answered.values())


@dataclass(slots=True)
class History:
    """The last `DEEDS_MOST` deeds of one stage, oldest first; audition: the latest one."""

    deeds: deque[Deed] = field(default_factory=lambda: deque(maxlen=DEEDS_MOST))
    audition: e.CueAuditioned | None = None
    _begun: dict[str, float] = field(default_factory=dict[str, float])
    _overridden: dict[str, str] = field(default_factory=dict[str, str])

    def take(self, seq: int, event: e.AnyEvent, wall: str) -> None:
        """Fold one more event. wall: the time of day at which it was decided, in words."""
        match event:
            case e.CueBegun(at=at, cue=cue):
                self._begun[cue] = at
            case e.StandbyOverridden(cue=cue, why=why):
                self._overridden[cue] = why
            case e.CueFired(cue=cue):
                self.deeds.append(self._fired(seq, event, wall))
            case (
                e.CueOffered(at=at, cue=cue, why=why)
                | e.CueDropped(at=at, cue=cue, why=why)
                | e.LeadUnmet(at=at, cue=cue, why=why)
            ):
                kind = Kind.DROPPED if isinstance(event, e.CueDropped) else Kind.OFFERED
                if not isinstance(event, e.LeadUnmet):
                    self.deeds.append(Deed(seq, wall, kind, cue, at, why=why))
                elif (deed := self.last_firing(cue)) is not None:
                    deed.why = why
            case e.CuePassed(at=at, cue=cue, by=by, cause=cause):
                self.deeds.append(Deed(seq, wall, Kind.PASSED, cue, at, by=by, cause=cause))
            case e.CueHalted(at=at, cue=cue, by=by):
                self.deeds.append(Deed(seq, wall, Kind.HALTED, cue, at, by=by))
            case e.CueAuditioned():
                self.audition = event
            case _:
                self._of_a_firing(event)

    def _fired(self, seq: int, event: e.CueFired, wall: str) -> Deed:
        return Deed(
            seq,
            wall,
            Kind.FIRED,
            event.cue,
            event.at,
            by=event.by,
            cause=event.cause,
            quarter=event.quarter,
            heard_at=event.heard_at,
            begun=self._begun.pop(event.cue, None),
            overridden=self._overridden.pop(event.cue, ""),
        )

    def _of_a_firing(self, event: e.AnyEvent) -> None:
        """What came of a firing afterwards, put with the last one of its cue."""
        match event:
            case e.CueSent(cue=cue, problem=problem, sent=sent):
                if (deed := self.last_firing(cue)) is not None:
                    deed.ms, deed.problem = event.late_ms, problem
                    deed.sent += sent
            case e.CueAnswered(cue=cue):
                deed = self.last_firing(cue)
                if deed is not None and len(deed.answers) < ANSWERS_MOST:
                    deed.answers.append(event)
            case e.HazardConfirmed(cue=cue, done=done):
                if (deed := self.last_firing(cue)) is not None:
                    deed.confirmed = done
            case _:
                pass

    def astray(self) -> frozenset[str]:
        """The cues whose last firing did not leave whole, or was answered with a refusal."""
        last = {deed.cue: deed for deed in self.deeds if deed.kind is Kind.FIRED}
        return frozenset(cue for cue, deed in last.items() if deed.astray)

    def last_firing(self, cue: str) -> Deed | None:
        """The last firing of `cue` that is remembered."""
        return next(
            (d for d in reversed(self.deeds) if d.kind is Kind.FIRED and d.cue == cue), None
        )
