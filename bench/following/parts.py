"""The benches beside this one, one question each; every one of them also runs by itself.

    python bench/following/PART.py --harness HARNESS --set SET [--out FILE.json]
    python bench/following/PART.py --own [--small] [--out FILE.json]

prints its table and writes its figures. They run one after the other in processes of their own:
one of them measures time and memory, and nothing may lie in its way.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Part:
    """question heads its table; turns: what it is asked with over a set, one table each."""

    name: str
    question: str
    turns: tuple[tuple[str, ...], ...] = ((),)

    @property
    def file(self) -> Path:
        """The script."""
        return HERE / f"{self.name}.py"


PARTS = (
    Part("knowing", "How sure it is, and how often it is right", ((), ("--hard",), ("--wrong",))),
    Part("foreseeing", "What it foresees, and what a rehearsal adds", ((), ("--memory",))),
    Part("shows", "Cues of whole shows"),
    Part("speed", "Time and memory"),
)


class PartError(Exception):
    """A part ended without figures; the message is its last word."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a part printed and wrote."""

    table: str
    figures: Any


def ask(part: Part, options: Sequence[str]) -> Answer:
    """Run `part` with `options`; raises PartError."""
    with tempfile.TemporaryDirectory(prefix="collavoce-bench-") as folder:
        out = Path(folder) / "figures.json"
        command = [sys.executable, str(part.file), *options, "--out", str(out)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0 or not out.is_file():
            last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
            raise PartError(f"{part.name}: {last}")
        figures = json.loads(out.read_text(encoding="utf-8"))
        if isinstance(figures, dict):
            figures.pop("pairs", None)  # what is kept is about the set, not about one playing
        return Answer(done.stdout.strip(), figures)


def ask_all(names: Collection[str], options: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """What the parts of these names say, where they are there: figures, and tables with headings.

    Over its own pieces a part has one turn. Of one that failed, a line says how.
    """
    asked: dict[str, Any] = {}
    said: list[str] = []
    for part in PARTS:
        if part.name not in names or not part.file.is_file():
            continue
        asked[part.name] = []
        heading = [f"### {part.question}"]
        for turn in ((),) if "--own" in options else part.turns:
            try:
                answer = ask(part, [*options, *turn])
            except PartError as error:
                print(error, file=sys.stderr)
            else:
                asked[part.name].append(answer.figures)
                said += [*heading, answer.table]
                heading = []
    return asked, said
