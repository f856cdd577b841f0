"""From the events of a performance to its report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from collavoce.report.firings import Firings
from collavoce.report.model import VERSION, CueLine, HoldLine, NumberLine, Report, SaidLine
from collavoce.report.nights import Times, drift, expected, off, times_of, usual
from collavoce.report.standbys import Standbys
from collavoce.show import events as e
from collavoce.show.cues import Cue, Number, Show
from collavoce.show.told.event import Cause
from collavoce.show.triggers import (
    AfterCue,
    AtClock,
    AtEnd,
    AtPlace,
    InGroup,
    OnPerson,
    Trigger,
)
from collavoce.words import say

SAID = (
    e.MusicJumped,
    e.MusicPlaced,
    e.LeadUnmet,
    e.RiskRaised,
    e.RiskTaken,
    e.RiskCleared,
    e.StopAsked,
    e.ReportWritten,
    e.StageTracked,
    e.CueHalted,
    e.CuePassed,
    e.ExitNotClear,
    e.HazardConfirmed,
)
"""Events that stand in the report as their own sentence.

Who was not available, and who said "not clear" and why, is nobody's reading tomorrow.
"""


CHANGED = (
    e.SetListChanged,
    e.CuesSwitched,
    e.EditUndone,
    e.EditRedone,
    e.ShowLocked,
    e.TimerSet,
)
"""Events that changed the show of the folder for this night."""


@dataclass(frozen=True, slots=True)
class Night:
    """A performance as it is read: its number, its events, and how to say their time of day.

    clock : show clock -> "20:14:03" at the venue, "" where time did not run as in life.
    """

    performance: int
    opened: str
    events: Sequence[e.AnyEvent]
    clock: Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Told:
    """What the report cannot know by itself.

    sentence : an event in words. bar : number id and quarter -> where that is, "" without a score.
    head : the ledger's last record, seq and hash.
    """

    sentence: Callable[[e.AnyEvent], str]
    bar: Callable[[str, float], str]
    head: tuple[int, str]


@dataclass(slots=True)
class _Reading:
    """What the events say, gathered in one pass."""

    night: Night
    told: Told
    number: str = ""
    starts: list[e.NumberStarted] = field(default_factory=list[e.NumberStarted])
    offered: dict[str, str] = field(default_factory=dict[str, str])
    dropped: dict[str, str] = field(default_factory=dict[str, str])
    holds: list[HoldLine] = field(default_factory=list[HoldLine])
    notes: list[SaidLine] = field(default_factory=list[SaidLine])
    said: list[SaidLine] = field(default_factory=list[SaidLine])
    changes: list[SaidLine] = field(default_factory=list[SaidLine])
    closed: bool = False
    firings: Firings = field(init=False)
    standbys: Standbys = field(init=False)

    def __post_init__(self) -> None:
        self.firings = Firings(self.night.clock, lambda q: self.told.bar(self.number, q))
        self.standbys = Standbys(self.night.clock)

    def take(self, event: e.AnyEvent) -> None:
        match event:
            case e.NumberStarted():
                self.number = event.number
                self.starts.append(event)
            case e.CueOffered() | e.CueDropped():
                passed = self.offered if isinstance(event, e.CueOffered) else self.dropped
                passed[event.cue] = event.why
            case e.ShowHeld() | e.ShowStopped():
                self._hold(event)
            case e.ShowResumed(at=at):
                self._resume(at)
            case e.NoteMarked(text=text):
                self.notes.append(self._line(event, text))
            case e.ShowClosed():
                self.closed = True
            case _ if isinstance(event, SAID):
                self.said.append(self._line(event, self._sentence(event)))
            case _ if isinstance(event, CHANGED):
                self.changes.append(self._line(event, self._sentence(event)))
            case _:
                self.firings.take(event)
                self.standbys.take(event)

    def _sentence(self, event: e.AnyEvent) -> str:
        """Its words; without the person where the person is nobody's reading."""
        match event:
            case e.ExitNotClear(cue=cue):
                return say("report.not_clear", cue=cue)
            case e.HazardConfirmed(cue=cue, done=done):
                return say("report.hazard_done" if done else "report.hazard_not_done", cue=cue)
            case _:
                return self.told.sentence(event)

    def _line(self, event: e.AnyEvent, text: str) -> SaidLine:
        at = event.at
        where = event.origin if isinstance(event, e.MusicJumped) else None
        bar = "" if where is None else self.told.bar(self.number, where)
        return SaidLine(at, self.night.clock(at), type(event).__name__, bar, text)

    def _hold(self, event: e.ShowHeld | e.ShowStopped) -> None:
        stop = isinstance(event, e.ShowStopped)
        if self.holds and self.holds[-1].lasted is None:
            if not stop:
                return
            self._resume(event.at)
        self.holds.append(HoldLine(event.at, self.night.clock(event.at), event.by, None, stop))

    def _resume(self, at: float) -> None:
        if self.holds and self.holds[-1].lasted is None:
            held = self.holds[-1]
            self.holds[-1] = HoldLine(held.at, held.clock, held.by, at - held.at, held.stop)


def report_of(show: Show, night: Night, earlier: Sequence[Times], told: Told) -> Report:
    """The report of `night`; `earlier` nights oldest first."""
    reading = _Reading(night, told)
    for event in night.events:
        reading.take(event)
    tonight = times_of(night.events)
    played = {start.number for start in reading.starts}
    numbers = [number for number in show.numbers if number.id in played]
    cues = tuple(
        _cue_line(number, cue, reading, tonight, earlier)
        for number in numbers
        for cue in number.cues
    )
    firings = reading.firings.all
    delays = sorted(f.ms for f in firings if f.ms is not None)
    return Report(
        version=VERSION,
        title=show.title,
        performance=night.performance,
        opened=night.opened,
        timezone=show.timezone,
        ran_s=max((event.at for event in night.events), default=0.0),
        closed=reading.closed,
        numbers=tuple(_number_line(show, s, night, tonight, earlier) for s in reading.starts),
        holds=tuple(reading.holds),
        cues=cues,
        notes=tuple(reading.notes),
        said=tuple(reading.said),
        fired=len(firings),
        by_hand=reading.firings.causes[Cause.HAND],
        offered=len(reading.offered),
        dropped=len(reading.dropped),
        never=sum(not line.firings for line in cues),
        troubles=sum(bool(f.problem) for f in firings),
        ms_p50=_share(delays, 0.5),
        ms_p99=_share(delays, 0.99),
        ms_max=delays[-1] if delays else None,
        head=told.head[1],
        head_seq=told.head[0],
        standbys=tuple(reading.standbys.lines),
        changes=tuple(reading.changes),
        by_input=reading.firings.causes[Cause.INPUT],
        refused=sum(not answer.ok for f in firings for answer in f.answers),
    )


def _number_line(
    show: Show, start: e.NumberStarted, night: Night, tonight: Times, earlier: Sequence[Times]
) -> NumberLine:
    known = usual([times.music[start.number] for times in earlier if start.number in times.music])
    titles: Mapping[str, str] = {number.id: number.title for number in show.numbers} | {
        item.number: item.song.title
        for event in night.events
        if isinstance(event, e.SetListChanged)
        for item in event.plan.items
        if item.song is not None
    }
    return NumberLine(
        start.number,
        titles.get(start.number, ""),
        start.at,
        night.clock(start.at),
        tonight.music.get(start.number),
        None if known is None else known.mean,
        0 if known is None else known.nights,
    )


def _cue_line(
    number: Number, cue: Cue, reading: _Reading, tonight: Times, earlier: Sequence[Times]
) -> CueLine:
    since = tonight.cues.get(cue.number)
    before = [times.cues[cue.number] for times in earlier if cue.number in times.cues]
    known = usual(before)
    firings = tuple(reading.firings.by_cue.get(cue.number, ()))
    passed = "" if firings else reading.dropped.get(cue.number, reading.offered.get(cue.number, ""))
    return CueLine(
        number=number.id,
        cue=cue.number,
        name=cue.name,
        department=str(cue.department),
        trigger=trigger_words(cue.trigger),
        firings=firings,
        passed=passed,
        since=since,
        usual=None if known is None else known.mean,
        spread=None if known is None else known.spread,
        nights=len(before),
        off=None if since is None else off(since, known),
        drift=None if since is None else drift([*before, since]),
        expected=expected(before if since is None else [*before, since]),
    )


def trigger_words(trigger: Trigger) -> str:
    """When a cue fires, as it is written in the folder."""
    match trigger:
        case AtPlace(words=words) | AtClock(words=words):
            return words
        case AfterCue(cue=cue, wait=wait, done=done):
            return say("report.after_done" if done else "report.after", cue=cue, wait=f"{wait:g}")
        case AtEnd(wait=wait):
            return say("report.end", wait=f"{wait:g}")
        case OnPerson(who=who, state=state):
            return say("report.on", who=who, state=state.value)
        case InGroup():
            return say("report.group")
        case _:
            return say("report.hand")


def _share(ordered: Sequence[float], share: float) -> float | None:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else None
