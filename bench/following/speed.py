"""How long the follower takes, how much it keeps, how soon it is there.

    python bench/following/speed.py --own [--small] [--out FILE.json]
    python bench/following/speed.py --harness HARNESS --set SET [--pairs N] [--out FILE.json]

A row of JSON for each measurement, with the machine's load. Every time of a block is given twice:
by the wall clock, and by the thread's own clock, which stands still while other work has the core.
Where they differ, the machine was busy. A block is 10 ms of a performance: what was heard in it,
then silence.

`--own` plays pieces made by rule, with all that makes a note dear: chords of ten, trills, wrong
notes, jumps, the tempo 1.6 times as fast. `--harness` plays the set's pairs with most notes a
second instead.
"""

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.recorded.pieces import note, score_of  # noqa: E402  not installed: found by the path

from collavoce.following.follower import Follower  # noqa: E402
from collavoce.following.incoming import Incoming  # noqa: E402
from collavoce.listening import Ear  # noqa: E402
from collavoce.runtime.warming import warm  # noqa: E402
from collavoce.score.model import Score  # noqa: E402
from collavoce.units import Instant  # noqa: E402

BLOCK_S = 0.01
STEP = 0.25
CHORD = 10
BPM = 120.0
FASTER = 1.6

Row = dict[str, Any]
Costs = npt.NDArray[np.float64]
Strokes = Sequence[tuple[float, int]]


def main() -> int:
    options = arguments()
    if options.own:
        measured = own(small=options.small)
    elif options.harness is None or not (options.harness / "perturb.py").is_file():
        print("missing: --harness, the folder of the benchmark; or use --own", file=sys.stderr)
        return 2
    else:
        measured = densest(options.harness, options.set, options.pairs)
    rows: list[Row] = []
    for row in measured:
        rows.append({**row, "load": round(os.getloadavg()[0], 1)})
        print(json.dumps(rows[-1]), flush=True)
    if options.out is not None:
        report = {"cores": os.cpu_count(), "rows": rows}
        options.out.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How long the follower takes.")
    parser.add_argument("--own", action="store_true", help="pieces made by rule")
    parser.add_argument("--small", action="store_true", help="with --own: a few seconds in all")
    parser.add_argument("--harness", type=Path, help="folder of the neutral benchmark")
    parser.add_argument("--set", type=Path, help="folder of a set of pairs")
    parser.add_argument("--pairs", type=int, default=3, help="how many of the densest")
    parser.add_argument("--out", type=Path, help="write the figures here as JSON")
    return parser.parse_args()


def own(*, small: bool) -> Iterator[Row]:
    sizes = (120,) if small else (500, 2_700, 5_000)
    yield load(sizes[-1])
    yield first_call(sizes[-1])
    yield alone(sizes[-1])
    for onsets in sizes:
        score = dense(onsets)
        yield played(f"{onsets} onsets", score, hard(score, seed=1))
    yield fault(dense(sizes[0]))
    yield growth(dense(sizes[0]), minutes=2 if small else 60)


def dense(onsets: int, seed: int = 1) -> Score:
    """A chord of ten or a single note at every step, a trill now and then; no two bars alike."""
    rng = np.random.default_rng(seed)
    notes = []
    for k in range(onsets):
        chord = rng.choice(np.arange(36, 97), CHORD if k % 4 == 0 else 1, replace=False)
        ornament = "trill" if k % 16 == 7 else ""
        notes += [note(k * STEP, int(pitch), STEP, ornament=ornament) for pitch in chord]
    return score_of(notes, bpm=BPM)


def hard(score: Score, seed: int) -> Strokes:
    """The piece at 1.6 of its tempo: trills, wrong notes, and every 20 s a jump."""
    rng = np.random.default_rng(seed)
    steps: dict[float, list[Any]] = {}
    for one in score.notes:
        steps.setdefault(one.onset, []).append(one)
    chords = [steps[onset] for onset in sorted(steps)]
    strokes: list[tuple[float, int]] = []
    second, at, k = STEP * 60 / BPM / FASTER, 1.0, 0
    for count in range(len(chords)):
        if count and count % int(20 / second) == 0:
            k = int(rng.integers(len(chords)))
        for one in chords[k % len(chords)]:
            wrong = int(rng.integers(-2, 3)) if rng.random() < 0.1 else 0
            strokes.append((at + float(rng.random()) * 0.02, one.pitch + wrong))
            if one.ornament:
                strokes += [(at + 0.06, one.pitch + 2), (at + 0.09, one.pitch)]
        at, k = at + second, k + 1
    return sorted(strokes)


def blocks(strokes: Strokes) -> Iterator[tuple[float, Strokes]]:
    """The end of every block, and what was struck in it."""
    k, count = 0, int(strokes[-1][0] / BLOCK_S) + 2
    for block in range(1, count):
        until, first = block * BLOCK_S, k
        while k < len(strokes) and strokes[k][0] < until:
            k += 1
        yield until, strokes[first:k]


def costs(score: Score, strokes: Strokes, times: int = 1) -> tuple[Costs, Costs]:
    """Milliseconds of every block, by the wall and by the thread: float64 [shape=(blocks,)].

    times : the piece is played again so often, from its top.
    """
    warm([score])
    follower, incoming, ear = Follower(score), Incoming(score), Ear()
    gc.collect()
    gc.freeze()
    wall = array("q")
    own_time = array("q")
    for again in range(times):
        shift = again * (strokes[-1][0] + 3.0)
        for until, struck in blocks(strokes):
            before, own_before = time.perf_counter_ns(), time.thread_time_ns()
            messages = [(at, bytes((0x90, pitch, 64))) for at, pitch in struck]
            heard = [ear.hear(Instant(shift + at), message) for at, message in messages]
            for observation in (*heard, ear.silence(Instant(shift + until))):
                if observation is not None:
                    incoming.step(observation, follower.step(observation), ear.drums)
            own_time.append(time.thread_time_ns() - own_before)
            wall.append(time.perf_counter_ns() - before)
    gc.unfreeze()
    return np.array(wall) / 1e6, np.array(own_time) / 1e6


def shares(name: str, cost: Costs) -> Row:
    return {
        f"{name}_p50_ms": round(float(np.percentile(cost, 50)), 3),
        f"{name}_p99_ms": round(float(np.percentile(cost, 99)), 3),
        f"{name}_max_ms": round(float(cost.max()), 2),
    }


def played(what: str, score: Score, strokes: Strokes) -> Row:
    wall, own_time = costs(score, strokes)
    return {"what": what, "notes": len(strokes), **shares("wall", wall), **shares("own", own_time)}


def fault(score: Score) -> Row:
    """A thousand notes in one second, and how long a block takes after it."""
    rng = np.random.default_rng(3)
    storm = [(1.0 + k / 1000, int(rng.integers(21, 109))) for k in range(1000)]
    wall, own_time = costs(score, [*storm, (4.0, 60)])
    during, after = own_time[99:201], own_time[201:]
    busy = float(own_time[99:201].sum())
    return {
        "what": "1,000 notes in a second",
        "busy_ms": round(busy, 1),
        **shares("wall", wall[99:201]),
        **shares("own", during),
        "after_p99_ms": round(float(np.percentile(after, 99)), 3),
    }


def growth(score: Score, minutes: int) -> Row:
    """Time and memory of the first and of the last sixth."""
    strokes = hard(score, seed=2)
    times = max(int(minutes * 60 / strokes[-1][0]), 2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, own_time = costs(score, strokes, times)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sixth = len(own_time) // 6
    return {
        "what": f"{len(own_time) * BLOCK_S / 60:.0f} minutes",
        **shares("first_sixth", own_time[:sixth]),
        **shares("last_sixth", own_time[-sixth:]),
        "peak_grew_kb": after - before,
        "kept_kb": kept(score, strokes),
    }


def kept(score: Score, strokes: Strokes) -> float:
    """KB that are held more after the piece was played twice than after once."""
    follower, incoming = Follower(score), Incoming(score)
    ear, sizes = Ear(), list[int]()
    tracemalloc.start()
    for again in range(3):
        for at, pitch in strokes:
            instant = Instant(again * (strokes[-1][0] + 3.0) + at)
            heard = ear.hear(instant, bytes((0x90, pitch, 64)))
            if heard is not None:
                incoming.step(heard, follower.step(heard))
        gc.collect()
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    return round(max(b - a for a, b in pairwise(sizes)) / 1024, 1)


def load(onsets: int) -> Row:
    """Seconds from the score to a follower that can hear the first note."""
    score = dense(onsets)
    before = time.perf_counter()
    follower = Follower(score)
    between = time.perf_counter()
    Incoming(score)
    row = {"what": f"opening {len(score.notes)} notes at {onsets} onsets"}
    assert follower.state
    return {
        **row,
        "follower_s": round(between - before, 3),
        "incoming_s": round(time.perf_counter() - between, 3),
    }


def first_call(onsets: int) -> Row:
    """The first note after `warm` against the median one, by the thread's clock."""
    score = dense(onsets)
    _, own_time = costs(score, hard(score, seed=4)[:400])
    sounding = own_time[own_time > np.percentile(own_time, 80)]
    return {
        "what": "the first note",
        "first_ms": round(float(own_time[99:103].max()), 3),
        "median_ms": round(float(np.median(sounding)), 3),
    }


ALONE = """
import pickle, resource, sys
from collavoce.following.follower import Follower
from collavoce.following.incoming import Incoming
score = pickle.load(open(sys.argv[1], "rb"))
kept = Follower(score), Incoming(score)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def alone(onsets: int) -> Row:
    """MB of a process that only follows."""
    import pickle

    with tempfile.NamedTemporaryFile() as file:
        file.write(pickle.dumps(dense(onsets)))
        file.flush()
        command = [sys.executable, "-c", ALONE, file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {"what": f"a process that follows {onsets} onsets", "rss_mb": int(done.stdout)}


def densest(harness: Path, pairs: Path, count: int) -> Iterator[Row]:
    """The pairs with most notes a second."""
    sys.path.insert(0, str(harness))
    from importlib import import_module

    from collavoce.score import read_score

    perturb = import_module("perturb")
    found: list[tuple[float, Path, Strokes]] = []
    for folder in sorted(path.parent for path in pairs.glob("*/score.musicxml")):
        notes, _, _ = perturb.make(str(folder), "clean", 0)
        strokes = sorted((start, pitch) for start, _, pitch, _ in notes)
        found.append((len(strokes) / strokes[-1][0], folder, strokes))
    found.sort(key=lambda pair: pair[0], reverse=True)
    for rate, folder, strokes in found[:count]:
        before = time.perf_counter()
        score = read_score((folder / "score.musicxml").read_bytes(), folder.name)
        read = time.perf_counter() - before
        row = played(f"{folder.name}, {rate:.1f} notes a second", score, strokes)
        yield {**row, "read_s": round(read, 2)}


if __name__ == "__main__":
    sys.exit(main())
