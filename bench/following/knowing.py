"""Does the follower know what it knows? Reliability of its confidence, and cues fired unaided.

    python bench/following/knowing.py --harness HARNESS --set SET [--hard | --wrong] [--seeds 0 1]
    python bench/following/knowing.py --own [--small]

HARNESS and SET as in run.py: the performances and the cases come from there. A row a case: the
expected calibration error and the Brier score of the confidence, ten times a second; then of a cue
on every onset (and, after the bar, on every beat) the share that fires unaided, by the show's own
rule, of those fired the share that is more than 300 ms early, and the share that the caller is
offered. *astray*: onsets said surely that were never played there. `--wrong` follows every
performance by the scores of other pieces: nothing should fire at all. `--out` writes the rows as
JSON, with the ten bins [mean said, share right, count] for a reliability diagram.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.recorded import knowing  # noqa: E402 - the repository is no package that is installed
from tests.recorded.cases import CASES  # noqa: E402
from tests.recorded.knowing import Account, Row  # noqa: E402

from collavoce.following.follower import Follower  # noqa: E402
from collavoce.listening import Observation, Silence, observe  # noqa: E402
from collavoce.score import Score, read_score  # noqa: E402
from collavoce.units import Instant  # noqa: E402

HARD = [
    *("wrong5", "wrong15", "freeze8", "skip_fwd", "repeat_back", "restart"),
    *("tempo0.6", "tempo1.6"),
]
OTHERS = (1, 5, 11)
"""With --wrong: each performance goes with the scores so many places on in the set."""

TITLES = (
    ("case", "case", "{}"),
    ("runs", "runs", "{}"),
    ("ece", "ece", "{:.4f}"),
    ("brier", "brier", "{:.4f}"),
    ("unaided %", "unaided", "{:.2f}"),
    ("early of fired %", "fired_early", "{:.3f}"),
    ("early of all %", "all_early", "{:.3f}"),
    ("offered %", "offered", "{:.2f}"),
    ("within 2 s %", "soon", "{:.2f}"),
    ("astray", "astray", "{}"),
)


@dataclass(frozen=True, slots=True)
class Set:
    """The harness's modules `perturb` and `bench`, and a folder of pairs."""

    perturb: Any
    bench: Any
    folder: Path

    def pairs(self, tag: str = "") -> list[str]:
        """Their names; those with `tag` only, if one is given."""
        manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        return [p["id"] for p in manifest["pairs"] if not tag or tag in p["tags"]]

    def score(self, pair: str) -> Score:
        """What was played."""
        file = self.folder / pair / "score.musicxml"
        return read_score(file.read_bytes(), str(file))

    def heard(self, pair: str, case: str, seed: int) -> tuple[list[Observation], Any]:
        """The case in blocks as the harness makes them, and its truth."""
        notes, pedals, truth = self.perturb.make(str(self.folder / pair), case, seed)
        blocks = self.bench.chunks_midi(notes, pedals, truth["end"])
        return list(_observations(blocks, self.bench.DT)), truth["passes"]


def _observations(blocks: list[list[tuple[float, bytes]]], block_s: float) -> Iterator[Observation]:
    for k, block in enumerate(blocks, start=1):
        for at, message in block:
            observation = observe(Instant(at), message)
            if observation is not None:
                yield observation
        yield Silence(Instant(k * block_s))


def main() -> int:
    options = arguments()
    if options.own:
        rows = [own(case, range(1 if options.small else 8)) for case in options.cases or CASES]
    else:
        missing = missing_parts(options)
        if missing:
            print(missing, file=sys.stderr)
            return 2
        rows = human(harness_of(options), options)
    print(table(rows))
    if options.out is not None:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps({"cases": rows}, indent=1), encoding="utf-8")
    return 0


def missing_parts(options: argparse.Namespace) -> str:
    """What is needed and not there, in a line; "" when all is."""
    if not (options.harness and (options.harness / "perturb.py").is_file()):
        return "missing: --harness, the folder that holds perturb.py; or use --own"
    if not (options.set and (options.set / "manifest.json").is_file()):
        return "missing: --set, a folder of pairs that holds a manifest.json"
    return ""


def harness_of(options: argparse.Namespace) -> Set:
    sys.path.insert(0, str(options.harness))
    modules = (importlib.import_module(name) for name in ("perturb", "bench"))
    return Set(*modules, options.set)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harness", type=Path, help="folder of the neutral benchmark")
    parser.add_argument("--set", type=Path, help="folder of a set of pairs, with its manifest.json")
    parser.add_argument("--hard", action="store_true", help="the hard cases on the pairs for them")
    parser.add_argument("--wrong", action="store_true", help="performances by scores of others")
    parser.add_argument("--cases", nargs="+", help="with --hard or --own: these cases only")
    parser.add_argument("--pairs", nargs="+", help="these pairs only")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="of the case maker")
    parser.add_argument("--own", action="store_true", help="small pieces written by chance")
    parser.add_argument("--small", action="store_true", help="with --own: one piece a case")
    parser.add_argument("--out", type=Path, help="write the rows here as JSON")
    return parser.parse_args()


def human(harness: Set, options: argparse.Namespace) -> list[Row]:
    pairs = options.pairs or harness.pairs("hard" if options.hard else "")
    if options.wrong:
        return [wrong(harness, pairs)]
    cases = (options.cases or HARD) if options.hard else ["clean"]
    return [followed(harness, case, pairs, options.seeds) for case in cases]


def followed(harness: Set, case: str, pairs: list[str], seeds: list[int]) -> Row:
    """One case over the pairs and seeds."""
    found = Account()
    for pair in pairs:
        score = harness.score(pair)
        for seed in seeds:
            observations, passes = harness.heard(pair, case, seed)
            answers = list(knowing.told(Follower(score), score, observations))
            knowing.account(answers, passes, found)
    return {"runs": len(pairs) * len(seeds), **knowing.row(case, found)}


def wrong(harness: Set, pairs: list[str]) -> Row:
    """Performances by the scores of other pieces."""
    found, fired, onsets, runs = Account(), 0, 0, 0
    for k, pair in enumerate(pairs):
        observations, _ = harness.heard(pair, "clean", 0)
        for step in OTHERS:
            other = pairs[(k + step) % len(pairs)]
            if piece_of(other) == piece_of(pair):
                continue
            score = harness.score(other)
            answers = list(knowing.told(Follower(score), score, observations))
            count = len({note.onset for note in score.notes if not note.grace})
            fires, of = knowing.wrong_score(answers, count, found)
            fired, onsets, runs = fired + fires, onsets + of, runs + 1
    share = 100 * fired / max(onsets, 1)
    return {"runs": runs, **knowing.row("wrong score", found), "unaided": share, "astray": fired}


def piece_of(pair: str) -> str:
    """What a pair plays: SET__PIECE__PLAYER."""
    return pair.split("__")[1]


def own(case: str, seeds: range) -> Row:
    found = Account()
    for seed in seeds:
        score = CASES[case].score(seed)
        knowing.own(score, CASES[case].play(score, seed), found)
    return {"runs": len(seeds), **knowing.row(case, found)}


def table(rows: list[Row]) -> str:
    shown = [*TITLES, *((f"beats: {t}", k, s) for t, k, s in TITLES[4:6])]
    lines = [" | ".join(title for title, _, _ in shown), " | ".join("---" for _ in shown)]
    for row in rows:
        values = [row.get(key) for _, key, _ in TITLES]
        values += [row["beats"][key] for _, key, _ in TITLES[4:6]]
        shapes = [shape for _, _, shape in shown]
        cells = ("-" if v is None else s.format(v) for v, s in zip(values, shapes, strict=True))
        lines.append(" | ".join(cells))
    return "\n".join(f"| {line} |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
