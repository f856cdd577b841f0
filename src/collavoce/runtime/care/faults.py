"""How this process says that it is broken: loudly, and without a single value.

An exception's text may hold a name, a press, a place. What reaches the terminal or a log is the
kind of the error and the lines it came through, never its words; and no core file is written.
"""

import logging
import os
import resource
import sys
import traceback
from types import TracebackType

FAULT = 70
"""The exit code of a process that met its own bug (sysexits.h, EX_SOFTWARE)."""


def describe(error: BaseException) -> str:
    """The kind of `error` and where it passed, innermost last: "TypeError at house.py:63"."""
    frames = traceback.extract_tb(error.__traceback__)
    places = ", ".join(f"{os.path.basename(f.filename)}:{f.lineno}" for f in frames)  # noqa: PTH119  a frame's name may be no path
    return f"{type(error).__name__} at {places or 'no place'}"


def end(why: str) -> None:
    """Say why and end the process at once, so that whoever watches it starts it again."""
    sys.stderr.write(f"care: ended: {why}\n")
    sys.stderr.flush()
    os._exit(FAULT)


class _Nameless(logging.Handler):
    """Writes the kind and place of what went wrong."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        what = describe(error) if error is not None else f"{record.module}:{record.lineno}"
        sys.stderr.write(f"care: {record.levelname.lower()}: {what}\n")


def keep_silent() -> None:
    """Make every way in which this process could tell more than it should tell less."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.raiseExceptions = False
    logging.root.handlers = [_Nameless()]
    logging.root.setLevel(logging.WARNING)
    sys.excepthook = _last_words


def _last_words(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    sys.stderr.write(f"care: ended: {describe(error)}\n")
