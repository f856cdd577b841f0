"""What a rehearsal of one stage left: its events, when numbers were played, what was overridden."""

from dataclasses import dataclass, field

from collavoce.show.events import AnyEvent


@dataclass(frozen=True, slots=True)
class Span:
    """When a number was played, seconds of the venue's day.

    off : when its performer came off: the end of the music, or of everything where there is none.
    end : when the last of its cues was over.
    """

    number: str
    stage: str
    begin: float
    off: float
    end: float


@dataclass(slots=True)
class Log:
    """One stage. opened: the venue's time at instant 0 of the events.

    endless : numbers in which something still came after hours.
    overridden : cue -> why its GO was refused. sent: how many messages would have left.
    """

    stage: str
    opened: float
    events: list[AnyEvent] = field(default_factory=list[AnyEvent])
    spans: list[Span] = field(default_factory=list[Span])
    overridden: dict[str, str] = field(default_factory=dict[str, str])
    endless: list[str] = field(default_factory=list[str])
    sent: int = 0
