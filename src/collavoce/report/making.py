"""From the events of a performance to its report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from collavoce.report.model import (
    VERSION,
    CueLine,
    FiringLine,
    HoldLine,
    NumberLine,
    Report,
    SaidLine,
)
from collavoce.report.nights import Times, drift, off, times_of, usual
from collavoce.show import events as e
from collavoce.show.cues import Cue, Number, Show
from collavoce.show.event import Cause
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, Trigger
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
)
"""Events that stand in the report as their own sentence.

Who was not available, and who said "not clear" and why, is nobody's reading tomorrow.
"""


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
    firings: dict[str, list[FiringLine]] = field(default_factory=dict[str, list[FiringLine]])
    offered: dict[str, str] = field(default_factory=dict[str, str])
    dropped: dict[str, str] = field(default_factory=dict[str, str])
    holds: list[HoldLine] = field(default_factory=list[HoldLine])
    notes: list[SaidLine] = field(default_factory=list[SaidLine])
    said: list[SaidLine] = field(default_factory=list[SaidLine])
    by_hand: int = 0
    closed: bool = False

    def take(self, event: e.AnyEvent) -> None:
        match event:
            case e.NumberStarted():
                self.number = event.number
                self.starts.append(event)
            case e.CueFired():
                self._fired(event)
            case e.CueSent():
                self._sent(event)
            case e.CueOffered() | e.CueDropped():
                passed = self.offered if isinstance(event, e.CueOffered) else self.dropped
                passed[event.cue] = event.why
            case e.ShowHeld() | e.ShowStopped():
                self._hold(event)
            case e.ShowResumed(at=at):
                self._resume(at)
            case e.ExitNotClear(cue=cue):
                self.said.append(self._line(event, say("report.not_clear", cue=cue)))
            case e.NoteMarked(text=text):
                self.notes.append(self._line(event, text))
            case e.ShowClosed():
                self.closed = True
            case _ if isinstance(event, SAID):
                self.said.append(self._line(event, self.told.sentence(event)))
            case _:
                pass

    def _line(self, event: e.AnyEvent, text: str) -> SaidLine:
        at = event.at
        where = event.origin if isinstance(event, e.MusicJumped) else None
        bar = "" if where is None else self.told.bar(self.number, where)
        return SaidLine(at, self.night.clock(at), type(event).__name__, bar, text)

    def _fired(self, event: e.CueFired) -> None:
        bar = "" if event.quarter is None else self.told.bar(self.number, event.quarter)
        cause = say(f"report.cause.{event.cause.value}")
        self.by_hand += event.cause is Cause.HAND
        line = FiringLine(
            event.at, self.night.clock(event.at), cause, event.by, bar, None, 0, problem=""
        )
        self.firings.setdefault(event.cue, []).append(line)

    def _sent(self, event: e.CueSent) -> None:
        """What became of the last firing on the wire."""
        lines = self.firings.get(event.cue)
        if not lines:
            return
        before = lines[-1]
        # A cue of which nobody knows whether it left has no delay that could be believed.
        ms = None if event.problem and not event.datagrams else event.ms
        lines[-1] = FiringLine(
            before.at,
            before.clock,
            before.cause,
            before.by,
            before.bar,
            ms,
            event.datagrams,
            event.problem,
        )

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
    delays = sorted(f.ms for lines in reading.firings.values() for f in lines if f.ms is not None)
    firings = [f for lines in reading.firings.values() for f in lines]
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
        by_hand=reading.by_hand,
        offered=len(reading.offered),
        dropped=len(reading.dropped),
        never=sum(not line.firings for line in cues),
        troubles=sum(bool(f.problem) for f in firings),
        ms_p50=_share(delays, 0.5),
        ms_p99=_share(delays, 0.99),
        ms_max=delays[-1] if delays else None,
        head=told.head[1],
        head_seq=told.head[0],
    )


def _number_line(
    show: Show, start: e.NumberStarted, night: Night, tonight: Times, earlier: Sequence[Times]
) -> NumberLine:
    known = usual([times.music[start.number] for times in earlier if start.number in times.music])
    titles: Mapping[str, str] = {number.id: number.title for number in show.numbers}
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
    firings = tuple(reading.firings.get(cue.number, ()))
    passed = "" if firings else reading.dropped.get(cue.number, reading.offered.get(cue.number, ""))
    return CueLine(
        number=number.id,
        cue=cue.number,
        name=cue.name,
        department=cue.department.value,
        trigger=trigger_words(cue.trigger),
        firings=firings,
        passed=passed,
        since=since,
        usual=None if known is None else known.mean,
        spread=None if known is None else known.spread,
        nights=len(before),
        off=None if since is None else off(since, known),
        drift=None if since is None else drift([*before, since]),
    )


def trigger_words(trigger: Trigger) -> str:
    """When a cue fires, as it is written in the folder."""
    match trigger:
        case AtPlace(words=words):
            return words
        case AfterCue(cue=cue, wait=wait):
            return say("report.after", cue=cue, wait=f"{wait:g}")
        case AtEnd(wait=wait):
            return say("report.end", wait=f"{wait:g}")
        case _:
            return say("report.hand")


def _share(ordered: Sequence[float], share: float) -> float | None:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else None
