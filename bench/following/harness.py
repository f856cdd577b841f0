"""The neutral benchmark, driven from outside: one follower over a set of pairs.

The harness runs in a process of its own, one run at a time, under the interpreter the follower's
adapter needs; its own arithmetic is imported to read what it dumped, so that no error is computed
twice in two ways. What is kept of a run is figures alone: no note and no instant of a performance.
"""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from errors import curve_of, gaps_of

CLEAN = ("clean",)
HARD = ("wrong5", "wrong15", "freeze8", "skip_fwd", "repeat_back", "restart")
HARD += ("tempo0.6", "tempo1.6")
DRAWN = ("wrong5", "wrong15", "skip_fwd")
"""The cases that differ from seed to seed: which notes are wrong, how many bars are skipped. Where
a stop, a repeat or a restart lies follows from the piece, so one seed is all there is."""

JUMPS = ("skip_fwd", "repeat_back", "restart")

LIMIT_S = 300
"""A single run longer than this has failed: the longest performance lasts eight minutes, and a
follower that needs as long as the music is not one."""

Run = dict[str, Any]


class HarnessError(Exception):
    """The harness ended without figures; the message is its last word."""


@dataclass(frozen=True, slots=True)
class Harness:
    """folder holds `bench.py`; pairs is a set, with its `manifest.json`."""

    folder: Path
    pairs: Path

    def missing(self) -> str:
        """What is needed and not there, in a line; "" when all is."""
        if not (self.folder / "bench.py").is_file():
            return "missing: --harness, the folder that holds the benchmark's bench.py; or --own"
        if not (self.pairs / "manifest.json").is_file():
            return "missing: --set, a folder of pairs that holds a manifest.json; or --own"
        return ""

    def hard_pairs(self) -> list[str]:
        """The pairs the hard cases are made of, in the set's own order."""
        manifest = json.loads((self.pairs / "manifest.json").read_text(encoding="utf-8"))
        return [pair["id"] for pair in manifest["pairs"] if "hard" in pair["tags"]]

    def runs(
        self, adapter: Path, python: Path, seeds: Sequence[int], pictured: Collection[str]
    ) -> Iterator[Run]:
        """Every run of the follower behind `adapter`: clean, and the hard cases for each seed.

        pictured : names of runs, as `case pair`, whose gap is kept beside their figures.
        Raises HarnessError if the adapter does not even load.
        """
        for seed in seeds:
            groups = [(CLEAN, ""), (HARD, "hard")] if seed == seeds[0] else [(DRAWN, "hard")]
            for cases, tag in groups:
                with tempfile.TemporaryDirectory(prefix="collavoce-bench-") as folder:
                    self._measure(adapter, python, cases, tag, seed, Path(folder))
                    yield from self.read(Path(folder), pictured if seed == seeds[0] else ())

    def _measure(
        self, adapter: Path, python: Path, cases: Sequence[str], tag: str, seed: int, out: Path
    ) -> None:
        command = [
            *(str(python), "bench.py", "run", "--set", str(self.pairs.resolve())),
            *("--adapter", str(adapter.resolve()), "--mode", "midi", "--jobs", "1"),
            *("--cases", ",".join(cases), "--seed", str(seed), "--limit", str(LIMIT_S)),
            *(("--tag", tag) if tag else ()),
            *("--out", str(out / "runs.json"), "--dump", str(out / "dump")),
        ]
        alone = {"OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | alone,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            words = done.stderr.strip().splitlines() or [f"exit {done.returncode}"]
            raise HarnessError(words[-1])

    def read(self, folder: Path, pictured: Collection[str]) -> Iterator[Run]:
        """The runs the harness wrote into `folder`: `runs.json`, and `dump/` beside it."""
        arithmetic = self._arithmetic()
        told = json.loads((folder / "runs.json").read_text(encoding="utf-8"))
        for raw in told["runs"]:
            run = figures_of(raw) | {"seed": told["seed"]}
            dump = folder / "dump" / f"{told['name']}__{raw['pair']}__{raw['case']}.json"
            if dump.is_file():
                said = json.loads(dump.read_text(encoding="utf-8"))
                run["curve"] = curve_of(said, arithmetic)
                if f"{raw['case']} {raw['pair']}" in pictured:
                    run["gaps"] = gaps_of(said, arithmetic)
            yield run

    def _arithmetic(self) -> ModuleType:
        sys.dont_write_bytecode = True  # the harness is somebody else's folder
        spec = importlib.util.spec_from_file_location("harness_bench", self.folder / "bench.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def figures_of(raw: Run) -> Run:
    """What is kept of one of the harness's runs: shares in percent, times in seconds or ms."""
    run = {"pair": raw["pair"], "case": raw["case"], "fault": fault_of(raw)}
    if "note" not in raw:
        return run
    note = raw["note"]
    return run | {
        **{f"within_{t}": note[f"within_{t}"] for t in (25, 100, 300)},
        "early": note["early_300_pct"],
        "never": note["never_pct"],
        "time_within_300": raw["time_within_300_pct"],
        "lost": raw["time_within_1000_pct"] < 50,
        "median_ms": note.get("median_abs"),
        "jumped": "recovery_s" in raw,
        "found_after_s": raw.get("recovery_s"),
        "drift_quarters": raw.get("drift_in_freeze_quarters"),
        "p99_ms": raw["feed_ms"]["p99"],
        "max_ms": raw["feed_ms"]["max"],
        "load_s": raw["construct_s"],
        "memory_mb": raw["rss_mb"],
    }


def fault_of(raw: Run) -> str | None:
    """Why a run counts for nothing, in a line."""
    fault = raw.get("failed") or raw.get("error")
    return str(fault).splitlines()[0] if fault else None
