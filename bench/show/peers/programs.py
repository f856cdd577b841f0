"""A peer's program: there or not, started, waited for, ended."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Generator
from pathlib import Path

ANSWERS_WITHIN_S = 30.0
ENDS_WITHIN_S = 5.0


class NotHereError(Exception):
    """Why a peer is not measured, in a sentence."""


def found(program: str, how: str) -> str:
    """The path of `program`; raises NotHereError. how : what would bring it here."""
    path = shutil.which(program)
    if path is None:
        raise NotHereError(f"`{program}` is not installed here ({how})")
    return path


@contextlib.contextmanager
def started(
    argv: list[str], folder: Path, answers: Callable[[], bool], **environment: str
) -> Generator[int]:
    """The process id of a program that `answers`; raises NotHereError when it does not.

    Its home is `folder`, and so is its log.
    """
    env = os.environ | {"HOME": str(folder)} | environment
    # Ours is on the path for our own processes; a Python program of others has its own.
    env.pop("PYTHONPATH", None)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            argv, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder
        )
        try:
            until = time.monotonic() + ANSWERS_WITHIN_S
            while not answers():
                if process.poll() is not None:
                    raise NotHereError(f"it ended with {process.returncode}: {_last(folder)}")
                if time.monotonic() > until:
                    raise NotHereError(f"it did not answer in {ANSWERS_WITHIN_S:.0f} s")
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _last(folder: Path) -> str:
    lines = (folder / "log").read_text(encoding="utf-8", errors="replace").split("\n")
    said = [line.strip() for line in lines if line.strip()]
    return said[-1] if said else "it said nothing"
