"""Where, when, beside what load and with which state of the source something was measured."""

import contextlib
import os
import platform
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

from regimes import allowed

HERE = Path(__file__).parent


class Around:
    """The circumstances of one part, from its beginning on."""

    def __init__(self) -> None:
        self.load = os.getloadavg()[0]
        self.began = time.monotonic()

    def said(self) -> dict[str, str]:
        """As they are when it is over."""
        git = ["git", "describe", "--always", "--dirty"]
        commit = subprocess.run(git, capture_output=True, text=True, check=False, cwd=HERE)
        return {
            "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            "commit": commit.stdout.strip() or "no commit",
            "machine": f"{_processor()}, {os.cpu_count()} cores",
            "system": f"{platform.system()} {platform.release()}, "
            f"Python {platform.python_version()}",
            "load": f"load average {self.load:.1f} before, {os.getloadavg()[0]:.1f} after",
            "regimes": " and ".join(allowed()),
            "took": f"{time.monotonic() - self.began:.0f} s",
        }


def _processor() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
