"""What a rehearsal came to: times as they came out, and what is wrong with them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from collavoce.runtime.rehearsal.faults import cue_faults
from collavoce.runtime.rehearsal.log import Log, Span
from collavoce.runtime.rehearsal.places import two_places
from collavoce.runtime.rehearsal.problem import Problem, problem
from collavoce.show.cues import Show
from collavoce.show.events import CueFired
from collavoce.show.reading.clock import clock_words


class Played(msgspec.Struct, frozen=True):
    """A number as it came out: venue's time of day in words, and minutes."""

    number: str
    stage: str
    begin: str
    end: str
    minutes: float
    planned: float | None


class Changed(msgspec.Struct, frozen=True):
    """A quick change as it came out, minutes."""

    person: str
    start: str
    to: str
    least: float
    there: float


class Account(msgspec.Struct, frozen=True):
    """The whole of it.

    seconds : how long the evening was. causes: how many cues what fired. curfew: minutes over (or,
    negative, under) it; None without one.
    """

    title: str
    seed: int
    seconds: float
    cues: int
    fired: int
    sent: int
    causes: dict[str, int]
    numbers: tuple[Played, ...]
    changes: tuple[Changed, ...]
    curfew: float | None
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether anything is wrong that must not be."""
        return any(problem.failure for problem in self.problems)


def account(show: Show, logs: Sequence[Log], seed: int) -> Account:
    """What `logs`, one of each stage, say about `show`."""
    spans = {span.number: span for log in logs for span in log.spans}
    fired = [event for log in logs for event in log.events if isinstance(event, CueFired)]
    changes = _changes(show, spans)
    ends = max((span.end for span in spans.values()), default=0.0)
    curfew = None if show.curfew is None or not spans else round((ends - show.curfew) / 60, 2)
    problems = [
        *cue_faults(show, logs),
        *(problem("endless", number=number) for log in logs for number in log.endless),
        *two_places(show, logs, spans.values()),
        *_too_quick(changes),
    ]
    if curfew is not None and curfew > 0:
        problems.append(problem("over_curfew", minutes=f"{curfew:.1f}", ends=clock_words(ends)))
    return Account(
        title=show.title,
        seed=seed,
        seconds=round(max((e.at for log in logs for e in log.events), default=0.0), 3),
        cues=len(show.cues_by_number),
        fired=len(fired),
        sent=sum(log.sent for log in logs),
        causes=dict(sorted(Counter(event.cause.value for event in fired).items())),
        numbers=tuple(_played(show, span) for span in spans.values()),
        changes=changes,
        curfew=curfew,
        problems=tuple(problems),
    )


def _played(show: Show, span: Span) -> Played:
    return Played(
        number=span.number,
        stage=span.stage,
        begin=clock_words(span.begin),
        end=clock_words(span.off),
        minutes=round((span.off - span.begin) / 60, 2),
        planned=show.number(span.number).minutes,
    )


def _changes(show: Show, spans: Mapping[str, Span]) -> tuple[Changed, ...]:
    return tuple(
        Changed(
            person=change.person,
            start=change.start,
            to=change.to,
            least=round(change.least / 60, 2),
            there=round((spans[change.to].begin - spans[change.start].off) / 60, 2),
        )
        for change in show.changes
        if change.start in spans and change.to in spans
    )


def _too_quick(changes: Iterable[Changed]) -> Iterable[Problem]:
    for change in changes:
        if change.there < change.least:
            yield problem(
                "too_quick",
                person=change.person,
                start=change.start,
                to=change.to,
                there=f"{change.there:.1f}",
                least=f"{change.least:g}",
            )
