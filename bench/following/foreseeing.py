"""How well the near future is foreseen, and what it helps to have heard a rehearsal.

    python bench/following/foreseeing.py --harness HARNESS --set SET [--memory] [--out FILE.json]
    python bench/following/foreseeing.py --own [--small] [--memory] [--out FILE.json]

HARNESS and SET as for run.py. At every onset heard it is asked when the onset that is truly reached
0.5, 1, 2, 4 s later will be; the error is how far off the answer was. Beside the follower stand two
rules of thumb that are told the true onsets: the mean tempo since the beginning, and the tempo of
the last interval. A fade of 3 s that must end on a beat is begun when the beat is foreseen in 3 s:
its error is what it is late by. An exit's standby is called at 40 and 20 s before the end.

`--memory` lets one pianist's playing be the rehearsal of another's, where the set has two of them;
with `--own` the same modelled pianist's two playings are the rehearsals of the third.
"""

import argparse
import importlib
import json
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from collavoce.following.estimate import Estimate, Music
from collavoce.following.follower import Follower
from collavoce.following.model import tempo_map
from collavoce.following.takes import Take
from collavoce.following.timing import Timing, learn
from collavoce.listening import NoteOn, Observation, Silence
from collavoce.score import Score, read_score
from collavoce.units import Instant

if TYPE_CHECKING:
    from tests.recorded.playing import Played

ROOT = Path(__file__).resolve().parents[2]

HORIZONS_S = (0.5, 1.0, 2.0, 4.0)
SLACK_S = 0.5
"""An onset asked for at h s comes before h and so much more, or the question is left out."""

GRID_S = 0.02
FADE_S = 3.0
APART_S = 1.0
"""Beats that a fade is led to are so far apart at least."""

FROM_ONSET = 8
"""The first onsets are not asked: there is no tempo yet."""

EARLY_S = 0.3
LEADS_S = (40.0, 20.0)
HAIR = 1e-6

Row = dict[str, Any]


@dataclass(frozen=True)
class Playing:
    """A performance and the truth about it.

    notes : (instant, pitch). truth : (quarter, instant, whether on a beat) of every onset.
    """

    name: str
    score: Score
    notes: Sequence[tuple[float, int]]
    truth: Sequence[tuple[float, float, bool]]


@dataclass
class Answers:
    """Errors in seconds, positive where the music came later than foreseen.

    ours, mean, last : for each horizon. within : whether ours came within its give.
    asked : questions for each horizon, answered or not. late : by how much each onset was said
    after it was played, None for never.
    """

    ours: dict[float, list[float]] = field(default_factory=lambda: {h: [] for h in HORIZONS_S})
    mean: dict[float, list[float]] = field(default_factory=lambda: {h: [] for h in HORIZONS_S})
    last: dict[float, list[float]] = field(default_factory=lambda: {h: [] for h in HORIZONS_S})
    within: dict[float, list[bool]] = field(default_factory=lambda: {h: [] for h in HORIZONS_S})
    asked: dict[float, int] = field(default_factory=lambda: dict.fromkeys(HORIZONS_S, 0))
    fades: list[float] = field(default_factory=list[float])
    fades_asked: int = 0
    ends: dict[float, float] = field(default_factory=dict[float, float])
    late: list[float | None] = field(default_factory=list[float | None])
    take: Take | None = None


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--harness", type=Path, help="folder of the neutral benchmark")
    parser.add_argument("--set", type=Path, help="folder of a set of pairs, with its manifest.json")
    parser.add_argument("--pairs", help="only these, with commas between")
    parser.add_argument("--own", action="store_true", help="small pieces written by chance")
    parser.add_argument("--small", action="store_true", help="with --own: one piece")
    parser.add_argument("--memory", action="store_true", help="what a rehearsal helps")
    parser.add_argument("--out", type=Path, help="write the figures here as JSON")
    options = parser.parse_args()
    if options.own:
        groups = own_playings(range(1) if options.small else range(6))
    elif options.harness is None or options.set is None:
        print("missing: --harness and --set, or --own", file=sys.stderr)
        return 2
    else:
        only = options.pairs.split(",") if options.pairs else None
        groups = human_playings(options.harness, options.set, only)
    if options.memory:
        report: Row = memory(groups, own=options.own)
    else:
        each = {p.name: foresee(p) for group in groups for p in group}
        report = {"rows": rows_of(each.values()), **closing_of(each.values())}
        report["pairs"] = {name: rows_of([answers]) for name, answers in each.items()}
    print(table(report))
    if options.out is not None:
        options.out.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 0


# ------------------------------------------------------------------ playings


def human_playings(harness: Path, pairs: Path, only: list[str] | None) -> list[list[Playing]]:
    """The harness' own clean performances, those of one piece together."""
    sys.path.insert(0, str(harness.resolve()))
    perturb = importlib.import_module("perturb")
    manifest = json.loads((pairs / "manifest.json").read_text(encoding="utf-8"))
    names = [pair["id"] for pair in manifest["pairs"] if only is None or pair["id"] in only]
    playings: list[Playing] = []
    for name in names:
        notes, _, truth = perturb.make(str(pairs / name), "clean", 0)
        score = read_score((pairs / name / "score.musicxml").read_bytes(), name)
        heard = [(float(note[0]), int(note[2])) for note in notes]
        points = [(q, t, beat) for q, t, beat in truth["passes"][0]]
        playings.append(Playing(name, score, heard, points))
    playings.sort(key=_piece)
    return [list(group) for _, group in groupby(playings, key=_piece)]


def _piece(playing: Playing) -> str:
    """A set names its pairs SOURCE__PIECE__PLAYER."""
    return playing.name.rsplit("__", 1)[0]


def own_playings(seeds: Iterable[int]) -> list[list[Playing]]:
    """Each piece three times, by a pianist who takes the same liberties."""
    sys.path.insert(0, str(ROOT))
    from tests.recorded.pieces import piece
    from tests.recorded.playing import Pianist

    return [
        [
            own_playing(
                f"own__{seed}__{turn}",
                piece("ABC", seed),
                Pianist(10 * seed + turn, sway=0.25).play(piece("ABC", seed)),
            )
            for turn in range(3)
        ]
        for seed in seeds
    ]


def own_playing(name: str, score: Score, played: "Played") -> Playing:
    """What a modelled pianist played, as a playing."""
    notes = [(float(note.heard_at), int(note.pitch)) for note in played.notes]
    truth = [(q, at, q == round(q)) for at, q in played.truth[0]]
    return Playing(name, score, notes, truth)


# ------------------------------------------------------------------ asking


def foresee(playing: Playing, timing: Timing | None = None) -> Answers:
    """Follow a playing and ask at every onset; `timing` is what rehearsals taught."""
    follower = Follower(playing.score, timing=timing)
    answers = Answers()
    times = [at for _, at, _ in playing.truth]
    thumbs = Thumbs(playing)
    fades = Fades(playing)
    ends: dict[float, float] = {}
    heard = 0
    said = Said(playing)
    for observation in observations(playing.notes):
        estimate = follower.step(observation)
        fades.hear(estimate)
        said.hear(estimate)
        for lead in LEADS_S:
            if estimate.remaining is not None and estimate.remaining <= lead:
                ends.setdefault(lead, estimate.at)
        while heard < len(times) and times[heard] <= estimate.at + HAIR:
            if estimate.quarter < playing.truth[heard][0] - HAIR:
                break
            heard += 1
            if heard > FROM_ONSET:
                _ask(playing, answers, estimate, thumbs, times, heard - 1)
    answers.ends = {lead: times[-1] - at - lead for lead, at in ends.items()}
    answers.fades, answers.fades_asked = fades.errors(), len(fades.beats)
    answers.late = said.late()
    answers.take = follower.take()
    return answers


def observations(notes: Sequence[tuple[float, int]]) -> Iterator[Observation]:
    """The keys with the silences between them."""
    now = 0.0
    for at, pitch in notes:
        while now + GRID_S < at:
            now += GRID_S
            yield Silence(Instant(now))
        now = at
        yield NoteOn(Instant(at), pitch, 64)


def _ask(
    playing: Playing,
    answers: Answers,
    estimate: Estimate,
    thumbs: "Thumbs",
    times: list[float],
    onset: int,
) -> None:
    for h in HORIZONS_S:
        target = bisect_left(times, estimate.at + h)
        if target >= len(times) or target <= onset or times[target] > estimate.at + h + SLACK_S:
            continue
        answers.asked[h] += 1
        foreseen = arrival(estimate, playing.truth[target][0])
        if foreseen is None:
            continue
        after, give = foreseen
        late = times[target] - estimate.at - after
        answers.ours[h].append(late)
        answers.within[h].append(abs(late) <= give)
        for errors, pace in (
            (answers.mean, thumbs.mean(onset)),
            (answers.last, thumbs.last(onset)),
        ):
            errors[h].append(times[target] - times[onset] - thumbs.written(onset, target) * pace)


def arrival(estimate: Estimate, quarter: float) -> tuple[float, float] | None:
    """Seconds until `quarter` is reached, and the give; None where it is not foreseen."""
    ahead = estimate.foreseen
    if not ahead or quarter > ahead[-1].quarter + HAIR:
        return None
    places = [estimate.quarter, *(place.quarter for place in ahead)]
    after = np.interp(quarter, places, [0.0, *(place.after for place in ahead)])
    give = np.interp(quarter, places, [ahead[0].give, *(place.give for place in ahead)])
    return float(after), float(give)


class Thumbs:
    """The two rules of thumb, told the truth about every onset so far."""

    def __init__(self, playing: Playing) -> None:
        tempo = tempo_map(playing.score)
        self._written = [tempo.seconds_at(q) for q, _, _ in playing.truth]
        self._times = [at for _, at, _ in playing.truth]

    def written(self, begin: int, end: int) -> float:
        """Written seconds between two onsets."""
        return self._written[end] - self._written[begin]

    def mean(self, onset: int) -> float:
        """Played seconds a written second since the beginning."""
        return (self._times[onset] - self._times[0]) / self.written(0, onset)

    def last(self, onset: int) -> float:
        """The same of the last interval."""
        return (self._times[onset] - self._times[onset - 1]) / self.written(onset - 1, onset)


class Said:
    """When each onset was said to be reached."""

    def __init__(self, playing: Playing) -> None:
        self._truth = playing.truth
        self._reached: list[float] = []

    def hear(self, estimate: Estimate) -> None:
        """Note the onsets that are said for the first time."""
        if estimate.state is not Music.WAITING:
            while len(self._reached) < len(self._truth):
                if estimate.quarter < self._truth[len(self._reached)][0] - HAIR:
                    return
                self._reached.append(estimate.at)

    def late(self) -> list[float | None]:
        """Seconds after each onset."""
        missing = [None] * (len(self._truth) - len(self._reached))
        pairs = zip(self._reached, self._truth, strict=False)
        return [*(at - played for at, (_, played, _) in pairs), *missing]


class Fades:
    """A fade to every beat, begun when it is foreseen FADE_S away."""

    def __init__(self, playing: Playing) -> None:
        self.beats: list[tuple[float, float]] = []
        for quarter, at, beat in playing.truth:
            late_enough = at > playing.truth[0][1] + 2 * FADE_S
            if beat and late_enough and (not self.beats or at >= self.beats[-1][1] + APART_S):
                self.beats.append((quarter, at))
        self._begun: dict[float, float] = {}
        self._next = 0

    def hear(self, estimate: Estimate) -> None:
        """Begin the fades that are due."""
        while self._next < len(self.beats):
            quarter = self.beats[self._next][0]
            foreseen = arrival(estimate, quarter)
            passed = estimate.quarter >= quarter
            if not passed and (foreseen is None or foreseen[0] > FADE_S):
                return
            if not passed:
                self._begun[quarter] = estimate.at
            self._next += 1

    def errors(self) -> list[float]:
        """By how much each fade that was begun ended too early."""
        return [at - self._begun[q] - FADE_S for q, at in self.beats if q in self._begun]


# ------------------------------------------------------------------ rehearsals


def memory(groups: list[list[Playing]], *, own: bool) -> Row:
    """Foreseen and followed without and with rehearsals, for every playing that has one."""
    plain: list[Answers] = []
    taught: list[Answers] = []
    pairs: Row = {}
    for group in groups:
        if len(group) > 1:
            alone = [foresee(playing) for playing in group]
            for k, playing in enumerate(group):
                others = [a.take for j, a in enumerate(alone) if j != k and a.take is not None]
                for takes in [others] if own else [[take] for take in others]:
                    with_it = foresee(playing, learn(playing.score, takes))
                    plain.append(alone[k])
                    taught.append(with_it)
                    name = f"{playing.name} {len(pairs)}"
                    pairs[name] = {
                        "without": rows_of([alone[k]]),
                        "with": rows_of([with_it]),
                        "followed": [closing_of([a])["followed"] for a in (alone[k], with_it)],
                    }
    return {
        "rows": rows_of(plain),
        "taught": rows_of(taught),
        "without": closing_of(plain),
        "with": closing_of(taught),
        "pairs": pairs,
    }


# ------------------------------------------------------------------ figures


def rows_of(all_answers: Iterable[Answers]) -> list[Row]:
    """One row a horizon, over all questions; ms."""
    each = list(all_answers)
    rows: list[Row] = []
    for h in HORIZONS_S:
        asked = sum(answers.asked[h] for answers in each)
        row: Row = {"horizon_s": h, "asked": asked}
        for name in ("ours", "mean", "last"):
            errors = [abs(e) for answers in each for e in getattr(answers, name)[h]]
            row[name] = spread(errors)
            medians = [np.median(np.abs(e)) for a in each if (e := getattr(a, name)[h])]
            row[name]["of_pairs_ms"] = 1000.0 * float(np.mean(medians)) if medians else None
        within = [w for answers in each for w in answers.within[h]]
        row["answered"] = len(within) / asked if asked else 0.0
        row["within_give"] = float(np.mean(within)) if within else None
        rows.append(row)
    return rows


def closing_of(all_answers: Iterable[Answers]) -> Row:
    """Fades and ends over all playings."""
    each = list(all_answers)
    fades = [abs(e) for answers in each for e in answers.fades]
    asked = sum(answers.fades_asked for answers in each)
    ends = {lead: [abs(a.ends[lead]) for a in each if lead in a.ends] for lead in LEADS_S}
    late = [late for answers in each for late in answers.late]
    known = [x for x in late if x is not None]
    return {
        "followed": {
            **{
                f"within_{ms}_pct": 100.0 * sum(abs(x) <= ms / 1000 for x in known) / len(late)
                for ms in (25, 300)
            },
            "early_300_pct": 100.0 * sum(x < -EARLY_S for x in known) / len(late),
        },
        "fades": {**spread(fades), "begun": len(fades) / asked if asked else 0.0, "asked": asked},
        "ends_s": {
            str(lead): float(np.median(errors)) if errors else None for lead, errors in ends.items()
        },
    }


def spread(errors: list[float]) -> Row:
    """Median and the error that nine of ten stay under; ms."""
    if not errors:
        return {"median_ms": None, "p90_ms": None}
    median, most = np.percentile(np.array(errors) * 1000.0, (50, 90))
    return {"median_ms": float(median), "p90_ms": float(most)}


def table(report: Row) -> str:
    """Median / p90, and the mean of the playings' medians; ms."""
    lines = ["| seconds ahead | foreseen | mean tempo | last interval | answered % | in give % |"]
    lines.append("|---|---|---|---|---|---|")
    for title, rows in (("", report["rows"]), ("taught ", report.get("taught", []))):
        for row in rows:
            cells = [
                "-"
                if row[n]["median_ms"] is None
                else "{median_ms:.0f} / {p90_ms:.0f} ({of_pairs_ms:.0f})".format(**row[n])
                for n in ("ours", "mean", "last")
            ]
            within = "-" if row["within_give"] is None else f"{100 * row['within_give']:.0f}"
            share = f"{100 * row['answered']:.1f}"
            lines.append(
                f"| {title}{row['horizon_s']} | {' | '.join(cells)} | {share} | {within} |"
            )
    lines += [
        f"{key}: {json.dumps(report[key])}"
        for key in ("followed", "fades", "ends_s", "without", "with")
        if key in report
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
