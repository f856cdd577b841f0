"""What may be asked of the show. Commands ask; `decide` answers with events or a refusal."""

from collavoce.following.estimate import Estimate
from collavoce.show.asked.command import Command
from collavoce.show.asked.edits import Arm, Lock, Redo, Undo
from collavoce.show.asked.restrictions import SetRestrictions
from collavoce.show.asked.running import (
    Audition,
    FireByInput,
    HaltCue,
    HearAnswer,
    PauseCue,
    ReadClock,
    ResumeCue,
    SayPerson,
)
from collavoce.show.asked.setlist import ChangeSetList, ProposeNumber, WithdrawProposal
from collavoce.show.asked.standby import CallStandby, ConfirmHazard, ReleaseStandby
from collavoce.show.asked.timers import PauseTimer, ResetTimer, SetTimer, StartTimer


class StartNumber(Command, frozen=True):
    """Make `number` the current one; its cues are armed. "": the next of tonight's set list."""

    number: str = ""


class Hear(Command, frozen=True):
    """The follower has an estimate."""

    estimate: Estimate


class Tick(Command, frozen=True):
    """Time has passed: whatever was due may fire."""


class Go(Command, frozen=True):
    """Fire the standby cue by hand.

    cue : the number the caller's button carried, refused if the standby moved meanwhile; None
        fires whatever is in standby.
    quarter : where the follower believed the music at that moment, for the record only; None
        without music.
    override : fire although somebody is not clear, or the show waits for somebody. Recorded.
    """

    cue: str | None = None
    quarter: float | None = None
    override: bool = False


class PointTo(Command, frozen=True):
    """Move the standby pointer, nothing else."""

    cue: str


class Back(Command, frozen=True):
    """Move the standby pointer to the cue before; nothing fires, what was sent stays."""


class GoTo(Command, frozen=True):
    """Go to a cue: it is the standby; it and those after it are armed, those before are not."""

    cue: str


class Hold(Command, frozen=True):
    """Nothing fires by itself until Resume; the hand still does."""


class Resume(Command, frozen=True):
    """End a hold."""


class Stop(Command, frozen=True):
    """Fade everything to nothing in `fade` seconds, forget what waits, and hold.

    Asked again before the fade is over, everything is cut at once.
    """

    fade: float = 2.0


class Follow(Command, frozen=True):
    """Let the follower fire cues, or not."""

    on: bool


class Acknowledge(Command, frozen=True):
    """`person` is in position for the person cue."""

    cue: str
    person: str


class NotClear(Command, frozen=True):
    """`person` refuses the standby, in words."""

    cue: str
    person: str
    reason: str


class LightsSeen(Command, frozen=True):
    """A listener on the lights' network sees every patched channel at zero, or does not.

    Said again about once a second: what was seen before the end is not remembered.
    """

    dark: bool


class MarkNote(Command, frozen=True):
    """A timed note of the caller's."""

    text: str


class HoldRisk(Command, frozen=True):
    """It may come to a hold. No reason is ever said.

    risk : names it; the same one is raised only once. place : a zone's id, "" for none. line : it
    follows from a breach of the line.
    """

    risk: str
    place: str = ""
    line: bool = False


class TakeRisk(Command, frozen=True):
    """`person` decides about the risk from now on."""

    risk: str
    person: str


class ClearRisk(Command, frozen=True):
    """Whoever decides says that the risk is over."""

    risk: str


class SetAvailable(Command, frozen=True):
    """`person` is available, or is not. No reason.

    rehearses : whether they rehearse all the same, None where they said nothing of it. until: the
    day they let be shown ("2026-12-12"), "none" for no date, "" for no length.
    """

    person: str
    available: bool
    rehearses: bool | None = None
    until: str = ""


class AskStop(Command, frozen=True):
    """Somebody beside the stage asks for a stop: the show holds at once. ask: names it."""

    ask: str


class WriteReport(Command, frozen=True):
    """A line of the show report, for everybody."""

    text: str


AnyCommand = (
    StartNumber
    | Hear
    | Tick
    | Go
    | PointTo
    | Back
    | GoTo
    | Hold
    | Resume
    | Stop
    | Follow
    | Acknowledge
    | NotClear
    | LightsSeen
    | MarkNote
    | HoldRisk
    | TakeRisk
    | ClearRisk
    | SetAvailable
    | SetRestrictions
    | AskStop
    | WriteReport
    | CallStandby
    | ReleaseStandby
    | ConfirmHazard
    | FireByInput
    | ReadClock
    | SayPerson
    | Audition
    | PauseCue
    | ResumeCue
    | HaltCue
    | HearAnswer
    | Arm
    | Lock
    | Undo
    | Redo
    | ChangeSetList
    | ProposeNumber
    | WithdrawProposal
    | StartTimer
    | PauseTimer
    | ResetTimer
    | SetTimer
)
