"""Figures as files: written, taken up again, and put where people read them.

A document holds the comparison between two marks:

    <!-- figures: begin, written by bench/following/run.py -->
    <!-- figures: end -->
"""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from followed import Followed

BEGIN = "<!-- figures: begin, written by bench/following/run.py -->\n"
END = "<!-- figures: end -->\n"


UNTIMED = dict.fromkeys(("p99_ms", "max_ms", "load_s"))


class DocumentError(Exception):
    """The document has no place for figures."""


def write(out: Path, figures: dict[str, Any], said: str) -> None:
    """Write the figures to `out`, and the tables as Markdown beside it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(lines(figures), encoding="utf-8")
    out.with_suffix(".md").write_text(said + "\n", encoding="utf-8")


def lines(figures: dict[str, Any]) -> str:
    """As JSON, a list of numbers on one line: what changes is what a difference shows."""
    spread = json.dumps(figures, indent=1) + "\n"
    return re.sub(r"\[[-\d.,\sulnE+]*\]", lambda found: "".join(found[0].split()), spread)


def peers_of(file: Path) -> list[Followed]:
    """The others of an earlier file of figures; its own follower is never taken up.

    Nor are times: they were taken under another load, and would be compared with today's.
    """
    figures = json.loads(file.read_text(encoding="utf-8"))
    others = [Followed(**one) for one in figures["followers"][1:]]
    return [replace(one, rows=[row | UNTIMED for row in one.rows]) for one in others]


def insert(document: Path, figures: str) -> None:
    """Replace what stands between the marks of `document`; raises DocumentError."""
    before, after = parted(document)
    document.write_text(f"{before}{BEGIN}\n{figures}\n\n{END}{after}", encoding="utf-8")


def parted(document: Path) -> tuple[str, str]:
    """What stands before and after the marks of `document`; raises DocumentError."""
    before, begin, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise DocumentError(f"{document}: the marks are missing: {BEGIN.strip()} {END.strip()}")
    return before, after
