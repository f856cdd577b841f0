"""A show's report, read from its ledger: which nights there are, and what the last one came to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from statistics import fmean
from zoneinfo import ZoneInfo

import msgspec

from collavoce.ledger import LedgerError, Reader, Record, SqliteReader
from collavoce.report import Night, Report, Told, report_of
from collavoce.report.nights import Times, times_of
from collavoce.runtime.config import state_dir
from collavoce.runtime.entry import decode_body, stream_of
from collavoce.runtime.telling import tell
from collavoce.runtime.writer import STORE
from collavoce.score.model import Score
from collavoce.score.places import where
from collavoce.show.cues import Show
from collavoce.show.events import AnyEvent
from collavoce.units import Quarters
from collavoce.words import say

NIGHTS_MOST = 30
"""Earlier performances that say what is usual: a month of a run, and no more to read."""

AS_IN_LIFE = 0.05
"""The show clock and the wall may part by this share; further apart, time ran otherwise."""


class NoPerformanceError(LookupError):
    """A performance that the ledger does not hold. known: those that it does."""

    def __init__(self, known: tuple[int, ...]) -> None:
        super().__init__(known)
        self.known = known


def read_report(
    folder: Path,
    show: Show,
    scores: Mapping[str, Score],
    performance: int | None = None,
    stage: str = "",
) -> Report:
    """The report of one performance of the show in `folder`; the last one unless told.

    scores : by number id. stage : of several the one it is about; the first unless told. Raises
    NoPerformanceError and LedgerError.
    """
    stage = stage or show.stage_ids[0]
    if stage:
        title = f"{show.title}, {show.stages[stage].name}"
        show = replace(show.on_stage(stage), title=title)
    store = SqliteReader.open(state_dir(folder) / STORE)
    try:
        records = _of_stage(_by_performance(store), stage)
        seq, digest = store.head()
    finally:
        store.close()
    known = tuple(records)
    chosen = known[-1] if performance is None and known else performance
    if chosen is None or chosen not in records:
        raise NoPerformanceError(known)
    earlier = [times_of(_events(records[n])) for n in known if n < chosen][-NIGHTS_MOST:]
    night = _night(chosen, records[chosen], show)
    told = Told(
        sentence=lambda event: tell(event, show, lambda q: _somewhere(scores, q)),
        bar=lambda number, quarter: bar_words(scores.get(number), quarter),
        head=(seq, digest.hex()),
    )
    return report_of(show, night, _with_cues(earlier), told)


def usual_lengths(folder: Path, before: int) -> dict[str, float]:
    """How long numbers with music took on earlier nights, seconds: the mean, by number.

    before : the performance that is not over yet. A ledger that is not there, or cannot be read
    now, says nothing.
    """
    try:
        store = SqliteReader.open(state_dir(folder) / STORE)
    except LedgerError:
        return {}
    try:
        records = _by_performance(store)
    except LedgerError:
        return {}
    finally:
        store.close()
    lengths: dict[str, list[float]] = {}
    for night in [n for n in records if n < before][-NIGHTS_MOST:]:
        by_stream: dict[str, list[Record]] = {}
        for record in records[night]:
            by_stream.setdefault(record.stream, []).append(record)
        for stream in by_stream.values():
            for number, seconds in times_of(_events(stream)).music.items():
                lengths.setdefault(number, []).append(seconds)
    return {number: fmean(nights) for number, nights in lengths.items()}


def bar_words(score: Score | None, quarter: float) -> str:
    """Where `quarter` is, for people; "" without a score."""
    if score is None or not score.bars:
        return ""
    at = where(score, Quarters(quarter))
    return say("report.bar", bar=at.bar, beat=f"{round(at.beat, 2):g}")


def _somewhere(scores: Mapping[str, Score], quarter: float) -> str:
    """A place in the only score there is; in a show of several, its quarter says enough."""
    only = next(iter(scores.values())) if len(scores) == 1 else None
    return bar_words(only, quarter) or say("report.quarter", quarter=f"{quarter:g}")


def _with_cues(nights: Iterable[Times]) -> list[Times]:
    """A performance without a single cue was a test of something else."""
    return [times for times in nights if times.cues]


def _of_stage(nights: Mapping[int, list[Record]], stage: str) -> dict[int, list[Record]]:
    """What was kept of one stage; performances in which it was not there are none of its own."""
    stream = stream_of(stage)
    own = {n: [r for r in records if r.stream == stream] for n, records in nights.items()}
    return {n: records for n, records in own.items() if records}


def _by_performance(store: Reader) -> dict[int, list[Record]]:
    nights: dict[int, list[Record]] = {}
    after = 0
    while records := store.read(after_seq=after):
        for record in records:
            nights.setdefault(record.epoch, []).append(record)
        after = records[-1].seq
    return nights


def _events(records: Iterable[Record]) -> list[AnyEvent]:
    """What can be read; a newer release may have kept what this one does not know."""
    events: list[AnyEvent] = []
    for record in records:
        try:
            events.append(decode_body(record.body))
        except msgspec.DecodeError:
            continue
    return events


def _night(performance: int, records: list[Record], show: Show) -> Night:
    events = _events(records)
    zone = ZoneInfo(show.timezone)
    first, last = records[0], records[-1]
    opened = datetime.fromtimestamp(first.wall_ns * 1e-9, tz=zone)
    return Night(
        performance,
        opened.strftime("%Y-%m-%d %H:%M"),
        events,
        _clock(first, last, events, zone),
    )


def _clock(
    first: Record, last: Record, events: list[AnyEvent], zone: ZoneInfo | timezone
) -> Callable[[float], str]:
    """Show clock to time of day, where the two ran alike."""
    shown = events[-1].at - events[0].at if events else 0.0
    lived = (last.wall_ns - first.wall_ns) * 1e-9
    if not events or abs(shown - lived) > max(AS_IN_LIFE * shown, 1.0):
        return lambda _at: ""
    begin = first.wall_ns * 1e-9 - events[0].at
    return lambda at: datetime.fromtimestamp(begin + at, tz=zone).strftime("%H:%M:%S")
