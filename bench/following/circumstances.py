"""Where, when, under which load and with which state of the source something was measured."""

import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def circumstances() -> dict[str, Any]:
    """One record for every file of figures. load: of the last 1, 5 and 15 minutes, as of now."""
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} "
        f"{'.'.join(platform.release().split('.')[:2])}",
        "python": platform.python_version(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
    }


def in_words(measured: Mapping[str, Any]) -> str:
    """The record in a line."""
    return (
        f"{measured['machine']}, Python {measured['python']}, commit {measured['commit']}, "
        f"{when(measured)}."
    )


def when(measured: Mapping[str, Any]) -> str:
    """The date, the load and the seeds of a record."""
    load = " / ".join(f"{each:.1f}" for each in measured["load"])
    seeds = ", ".join(map(str, measured.get("seeds", ())))
    date = measured["date"][:16].replace("T", " ")
    return f"{date} UTC, load {load}" + (f", seeds {seeds}" if seeds else "")


def _commit() -> str:
    """The commit, with a + where the follower differs from it; "no commit" outside a repository."""
    commit = _git("rev-parse", "--short", "HEAD") or "no commit"
    return commit + ("+" if _git("status", "--porcelain", "--", "src/collavoce/following") else "")


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    if about.is_file():
        for line in about.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def _git(*words: str) -> str:
    if shutil.which("git") is None:
        return ""
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()
