"""The show's state: a fold over its events and nothing else."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from collavoce.following.estimate import Music
from collavoce.show.person import AvailabilityIs, PersonIs
from collavoce.show.plan import Song
from collavoce.show.states.edits import Done, Edited
from collavoce.show.states.running import Begun, Running
from collavoce.show.states.standby import Called
from collavoce.show.states.timers import TimerState


class ExitState(msgspec.Struct, frozen=True):
    """A person cue on its way. off_at None: the music stands, length unknown.

    corrected_at : when `off_at` was last told anew, None before the first correction.
    """

    seat: str
    person: str | None
    exit: str
    standby_at: float
    off_at: float | None
    acknowledged_by: str | None = None
    not_clear: str | None = None
    corrected_at: float | None = None


class Fired(msgspec.Struct, frozen=True):
    """How often and when last a cue fired since its number began, and who or what fired it."""

    times: int
    at: float
    by: str
    ms: float | None = None


class Risk(msgspec.Struct, frozen=True):
    """It may come to a hold. holder: whose decision it is, "" where the show names nobody."""

    at: float
    place: str
    line: bool
    holder: str


class Came(StrEnum):
    """How the music came to where it is believed to be, if not by playing on."""

    BEGAN = "began"
    JUMPED = "jumped"
    PLACED = "placed"
    FOUND = "found"  # again, after it was lost


class Arrival(msgspec.Struct, frozen=True):
    """The last time that the music came somewhere other than by playing on.

    origin, target : quarters; the same but for a jump and a placing. by: who placed it, else "".
    """

    at: float
    how: Came
    origin: float
    target: float
    by: str = ""


class Played(msgspec.Struct, frozen=True):
    """A number that was started, and when; one that was started anew stands there twice."""

    number: str
    at: float


class ShowState(msgspec.Struct, frozen=True):
    """What is true now.

    pointer : the standby cue, fired by the next GO; None past the last.
    armed : cues of the current number that may fire by themselves.
    offered : cues offered to the caller instead of fired.
    waiting : after-cues and end-cues under way -> instant they are due.
    exits : person cues under way, by cue number.
    dropped : cues of this pass that the music jumped over; a jump back arms them again.
    left_to_hand : cues that are offered and not fired when they are reached, because their policy
        says so, until a jump back meets them anew.
    ahead : cues that fired ahead of a place not known to be reached since -> whether it was said
        that the music did not go on to it.
    arrival : how the music came to where it is, None before anything was heard.
    started_at : when the number began; what was heard before is not about it.
    played : the numbers that were started so far, in order.
    held_at : when the hold began. The clock of `waiting` stands still there until Resume.
    music_at : when `music` last changed.
    rejoin : the follower takes over at its next estimate (after a hold, a switch, a go to);
        what lies well behind the music then is offered, not fired.
    quarter : where the music was at the last event that said so, not where it is now.
    risks : what may yet come to a hold, by its id. risks_over: ids of those that were cleared.
    unavailable : who is not available, without a reason. availability: what they let be shown
        besides, of whoever let anything be shown.
    restricted : cues of which the caller was let know of a restriction, not whose and not which.
    stop_asked : a stop was asked for and nobody has resumed since: whose decision it is now.
    stops : ids of the stops asked for so far.
    standbys : cues that were called to their departments and have not fired since.
    confirmed : hazardous cues -> whether their operator says that they fired them.
    begun : cues in their pre-wait; when they are due stands in `waiting`.
    paused : waits that somebody paused -> seconds that were left of them.
    of_group : waits that a group began -> the cue of the group.
    running : cues whose actions take time, or have no end of their own; one that nothing hangs on
        may stand here a while after its `until`.
    persons : where people are, as far as somebody said so.
    edited, done, undone : what edits came to, the edits in order, those that were taken back.
    locked : nothing may be edited.
    levels : where each channel is, or is going. base : the same when the number began.
    owners : channels -> the cue that set them last.
    overridden : cues that fire although somebody is not clear, until somebody says so anew.
    stopping : when the fade of a stop is over; a second stop before that cuts. None without one.
    tracked : cues whose state was put on the stage though they did not fire, and stands there.
    astray : the music jumped, or fired nothing for a while, and the stage has not been given yet
        what belongs before this quarter. None: it has.
    proposals : songs that their authors gave to the show, by the id each would have; those that
        were taken stand here too.
    """

    number: str | None = None
    pointer: str | None = None
    armed: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()
    fired: Mapping[str, Fired] = msgspec.field(default_factory=dict[str, Fired])
    last_fired: str | None = None
    last_go_at: float | None = None
    waiting: Mapping[str, float] = msgspec.field(default_factory=dict[str, float])
    held: bool = False
    follow: bool = True
    music: Music = Music.WAITING
    quarter: float = 0.0
    ended_at: float | None = None
    exits: Mapping[str, ExitState] = msgspec.field(default_factory=dict[str, ExitState])
    lights_out_at: float | None = None
    opened: bool = False
    closed: bool = False
    dropped: frozenset[str] = frozenset()
    started_at: float = 0.0
    held_at: float | None = None
    music_at: float = 0.0
    rejoin: bool = False
    risks: Mapping[str, Risk] = msgspec.field(default_factory=dict[str, Risk])
    risks_over: frozenset[str] = frozenset()
    unavailable: frozenset[str] = frozenset()
    availability: Mapping[str, AvailabilityIs] = msgspec.field(
        default_factory=dict[str, AvailabilityIs]
    )
    restricted: frozenset[str] = frozenset()
    stop_asked: str | None = None
    stops: frozenset[str] = frozenset()
    left_to_hand: frozenset[str] = frozenset()
    ahead: Mapping[str, bool] = msgspec.field(default_factory=dict[str, bool])
    arrival: Arrival | None = None
    standbys: Mapping[str, Called] = msgspec.field(default_factory=dict[str, Called])
    confirmed: Mapping[str, bool] = msgspec.field(default_factory=dict[str, bool])
    begun: Mapping[str, Begun] = msgspec.field(default_factory=dict[str, Begun])
    running: Mapping[str, Running] = msgspec.field(default_factory=dict[str, Running])
    persons: Mapping[str, PersonIs] = msgspec.field(default_factory=dict[str, PersonIs])
    edited: Edited = Edited()
    done: tuple[Done, ...] = ()
    undone: tuple[Done, ...] = ()
    locked: bool = False
    timers: Mapping[str, TimerState] = msgspec.field(default_factory=dict[str, TimerState])
    levels: Mapping[str, float] = msgspec.field(default_factory=dict[str, float])
    base: Mapping[str, float] = msgspec.field(default_factory=dict[str, float])
    tracked: frozenset[str] = frozenset()
    astray: float | None = None
    paused: Mapping[str, float] = msgspec.field(default_factory=dict[str, float])
    of_group: Mapping[str, str] = msgspec.field(default_factory=dict[str, str])
    owners: Mapping[str, str] = msgspec.field(default_factory=dict[str, str])
    overridden: frozenset[str] = frozenset()
    stopping: float | None = None
    played: tuple[Played, ...] = ()
    proposals: Mapping[str, Song] = msgspec.field(default_factory=dict[str, Song])
