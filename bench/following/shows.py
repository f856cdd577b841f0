"""What the cue engine fires when the follower leads: a show for every performance.

    python bench/following/shows.py --harness HARNESS --set SET [--cases clean] [--lead 3]
    python bench/following/shows.py --own [--small] [--out FILE.json]

HARNESS and SET as for run.py. A cue stands on the first onset of every bar; what the follower says
goes through the show's own `decide` and `evolve`, as fast as they can. A bar that is played again
is due again (`again = "fire"`), one that is skipped is not due.

A firing is *early* more than 300 ms before its bar was played, or where it was not due at all;
*late* more than 300 ms after. A bar that is due and fires nothing was *offered* to the caller, or
*missed*. With `--lead` every cue has that lead, and is meant to fire that long before its bar:
*ahead* counts those that fired ahead at all, and all else is measured from when it was meant to be.
"""

import argparse
import importlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from collavoce.following.follower import Follower
from collavoce.listening import NoteOn, Observation, Silence
from collavoce.score import Score, read_score
from collavoce.show.commands import Hear, StartNumber
from collavoce.show.cues import AfterJump, Cue, Department, Number, Show
from collavoce.show.decide import decide
from collavoce.show.events import AnyEvent, CueFired, CueOffered, Refused
from collavoce.show.evolve import evolve
from collavoce.show.patch import Patch
from collavoce.show.state import ShowState
from collavoce.show.told.event import Cause
from collavoce.show.triggers import AtPlace
from collavoce.units import Instant, Quarters, Seconds

ROOT = Path(__file__).resolve().parents[2]

CASES = (
    *("clean", "wrong5", "wrong15", "freeze8", "skip_fwd", "repeat_back", "restart"),
    *("tempo0.6", "tempo1.6"),
)
OWN = ("clean", "rubato", "wrong15", "stop8", "skip", "back", "restart")

EARLY_S = LATE_S = 0.3
GRID_S = 0.02
AFTER_S = 3.0
NEAR = 0.02
"""Quarters. Readers of one file disagree by less when they sum up its odd tuplets."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Evening:
    """A performance and when each place was truly reached.

    notes : (instant, pitch). passes : of every passage, place -> instant of it.
    """

    name: str
    score: Score
    notes: Sequence[tuple[float, int]]
    passes: Sequence[Mapping[float, float]]


@dataclass
class Count:
    """What became of the cues that were due. late_ms: of every firing that was due."""

    due: int = 0
    fired: int = 0
    ahead: int = 0
    early: int = 0
    late: int = 0
    offered: int = 0
    missed: int = 0
    late_ms: list[float] = field(default_factory=list[float])

    def add(self, other: "Count") -> None:
        """Both together."""
        for name in ("due", "fired", "ahead", "early", "late", "offered", "missed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.late_ms += other.late_ms


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--harness", type=Path, help="folder of the neutral benchmark")
    parser.add_argument("--set", type=Path, help="folder of a set of pairs, with its manifest.json")
    parser.add_argument("--cases", help="only these, with commas between")
    parser.add_argument("--pairs", help="only these, with commas between")
    parser.add_argument("--seed", type=int, default=0, help="of the hard cases")
    parser.add_argument("--lead", type=float, default=0.0, help="of every cue, seconds")
    parser.add_argument("--own", action="store_true", help="small pieces written by chance")
    parser.add_argument("--small", action="store_true", help="with --own: one piece a case")
    parser.add_argument("--out", type=Path, help="write the figures here as JSON")
    options = parser.parse_args()
    if options.own:
        evenings = own_evenings(range(1) if options.small else range(4), options.cases)
    elif options.harness is None or options.set is None:
        print("missing: --harness and --set, or --own", file=sys.stderr)
        return 2
    else:
        evenings = human_evenings(options)
    counted: dict[str, dict[str, Count]] = defaultdict(dict)
    for case, evening in evenings:
        counted[case][evening.name] = perform(evening, Seconds(options.lead))
    rows = [row_of(case, counts.values()) for case, counts in counted.items()]
    print(table(rows))
    if options.out is not None:
        each = {c: {n: row_of(c, [one]) for n, one in of.items()} for c, of in counted.items()}
        report = {"lead_s": options.lead, "rows": rows, "shows": each}
        options.out.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 0


# ------------------------------------------------------------------ evenings


def human_evenings(options: argparse.Namespace) -> Iterator[tuple[str, Evening]]:
    """The harness' performances: clean all of them, the hard cases those it marks as hard."""
    sys.dont_write_bytecode = True  # the harness is somebody else's folder
    sys.path.insert(0, str(options.harness.resolve()))
    perturb = importlib.import_module("perturb")
    manifest = json.loads((options.set / "manifest.json").read_text(encoding="utf-8"))
    only = options.pairs.split(",") if options.pairs else None
    for case in options.cases.split(",") if options.cases else CASES:
        for pair in manifest["pairs"]:
            name = pair["id"]
            if (only and name not in only) or (case != "clean" and "hard" not in pair["tags"]):
                continue
            notes, _, truth = perturb.make(str(options.set / name), case, options.seed)
            score = read_score((options.set / name / "score.musicxml").read_bytes(), name)
            heard = [(float(note[0]), int(note[2])) for note in notes]
            passes = [{float(q): float(t) for q, t, _ in each} for each in truth["passes"]]
            yield case, Evening(name, score, heard, passes)


def own_evenings(seeds: Iterable[int], cases: str | None) -> Iterator[tuple[str, Evening]]:
    """Generated pieces, played by a seeded pianist."""
    sys.path.insert(0, str(ROOT))
    from tests.recorded.cases import CASES as PLAYED

    for name in cases.split(",") if cases else OWN:
        for seed in seeds:
            score = PLAYED[name].score(seed)
            played = PLAYED[name].play(score, seed)
            notes = [(float(note.heard_at), int(note.pitch)) for note in played.notes]
            passes = [{float(q): float(at) for at, q in each} for each in played.truth]
            yield name, Evening(f"own__{seed}", score, notes, passes)


def observations(notes: Iterable[tuple[float, int]]) -> Iterator[Observation]:
    """The notes with the silences between them, and a while after the last."""
    now = 0.0
    for at, pitch in sorted(notes):
        while at - now > GRID_S:
            now += GRID_S
            yield Silence(Instant(now))
        now = at
        yield NoteOn(Instant(at), pitch, 64)
    for step in range(round(AFTER_S / GRID_S)):
        yield Silence(Instant(now + (step + 1) * GRID_S))


# --------------------------------------------------------------------- shows


def show_of(evening: Evening, lead: Seconds) -> Show:
    """A cue on the first onset of every bar of which that onset is ever played."""
    written = np.unique([note.onset for note in evening.score.notes if not note.grace])
    played = {quarter for each in evening.passes for quarter in each}
    firsts = {
        min((q for q in played if q >= bar.start - NEAR), default=None)
        for bar in evening.score.bars
    }
    cues = []
    for number, quarter in enumerate(sorted(q for q in firsts if q is not None), 1):
        nearest = float(written[np.abs(written - quarter).argmin()])
        place = nearest if abs(nearest - quarter) <= NEAR else quarter
        trigger = AtPlace(Quarters(place), str(quarter))
        cue = Cue(str(number), "", Department.LX, trigger, (), AfterJump.FIRE, lead=lead)
        cues.append(cue)
    number = Number("1", evening.name, None, None, tuple(cues))
    return Show(evening.name, "UTC", (number,), {}, {}, {}, Patch())


def perform(evening: Evening, lead: Seconds) -> Count:
    """The show, run through by the follower."""
    show = show_of(evening, lead)
    state, told = ShowState(), list[AnyEvent]()
    follower = Follower(evening.score)
    asked: list[tuple[float, Hear | StartNumber]] = [(0.0, StartNumber("1"))]
    for observation in observations(evening.notes):
        asked.append((observation.heard_at, Hear(follower.step(observation))))
        for at, command in asked:
            answer = decide(show, state, command, Instant(at))
            assert not isinstance(answer, Refused)
            for event in answer:
                state = evolve(show, state, event)
            told += answer
        asked.clear()
    return count(show, evening, told, lead)


def count(show: Show, evening: Evening, told: Sequence[AnyEvent], lead: float) -> Count:
    """What became of every cue that was due."""
    result = Count()
    fired: dict[str, list[float]] = defaultdict(list)
    offers: dict[str, list[float]] = defaultdict(list)
    for event in told:
        if isinstance(event, CueFired):
            fired[event.cue].append(event.at)
            result.ahead += event.cause is Cause.AHEAD
        elif isinstance(event, CueOffered):
            offers[event.cue].append(event.at)
    for cue in show.numbers[0].cues:
        assert isinstance(cue.trigger, AtPlace)
        place = float(cue.trigger.words)
        due = [each[place] - lead for each in evening.passes if place in each]
        _count_cue(result, due, fired[cue.number], offers[cue.number])
    return result


def _count_cue(result: Count, due: list[float], fired: list[float], offers: list[float]) -> None:
    """A firing and an instant it was due belong together, the nearest pair first."""
    result.due += len(due)
    spent, met = set[int](), set[int]()
    for _, f, d in sorted(
        (abs(at - meant), f, d) for f, at in enumerate(fired) for d, meant in enumerate(due)
    ):
        if f in spent or d in met:
            continue
        spent.add(f)
        met.add(d)
        behind = fired[f] - due[d]
        result.late_ms.append(1000 * behind)
        result.early += behind < -EARLY_S
        result.late += behind > LATE_S
        result.fired += -EARLY_S <= behind <= LATE_S
    result.early += len(fired) - len(spent)
    for d, meant in enumerate(due):
        if d not in met:
            offered = any(at >= meant - EARLY_S for at in offers)
            result.offered += offered
            result.missed += not offered


# ------------------------------------------------------------------- figures


def row_of(case: str, counts: Iterable[Count]) -> Row:
    """The counts of a case together; shares in percent of the cues that were due."""
    total, shows = Count(), 0
    for one in counts:
        total.add(one)
        shows += 1
    share = 100 / max(total.due, 1)
    return {
        "case": case,
        "shows": shows,
        "due": total.due,
        "fired": round(share * total.fired, 2),
        "early": total.early,
        "late": total.late,
        "offered": total.offered,
        "missed": total.missed,
        "ahead": total.ahead,
        "median_ms": round(median(total.late_ms), 1) if total.late_ms else None,
    }


def table(rows: Sequence[Row]) -> str:
    """As in the documents."""
    names = ("case", "shows", "due", "fired", "early", "late", "offered", "missed", "ahead")
    heads = (*names[:3], "fired within 300 ms %", *names[4:], "median ms")
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for row in rows:
        cells = [str(row[name]) for name in names]
        late = "-" if row["median_ms"] is None else f"{row['median_ms']:.0f}"
        lines.append(f"| {' | '.join([*cells, late])} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
