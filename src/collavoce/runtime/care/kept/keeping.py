"""The house is tidied while nobody calls: places forgotten, what is too old taken away.

Writing the file anew holds every phone up for some milliseconds, so it waits for an open call to
end; nothing of a call is old while it is open.
"""

import asyncio
import contextlib
from collections.abc import Callable

from collavoce.ledger.errors import LedgerError
from collavoce.runtime.care.kept.own import OwnThings
from collavoce.runtime.care.kept.retention import LOOK_EVERY
from collavoce.runtime.care.kept.shelf import Shelf

TRACES_S = 5.0
"""Between two looks at whether something that was replaced still stands in the file."""


async def keep_tidy(care: OwnThings, calling: Callable[[], bool]) -> None:
    """Look every `LOOK_EVERY` seconds, first at the opening; never returns."""
    while True:
        if not calling():
            care.purge()
        await asyncio.sleep(LOOK_EVERY)


async def keep_traceless(shelf: Shelf, calling: Callable[[], bool]) -> None:
    """Take away what was replaced, once for all that has gathered; never returns.

    Nobody who writes waits for it, and what is written says nothing by how long that took. A disk
    that refuses is asked again.
    """
    while True:
        await asyncio.sleep(TRACES_S)
        if not calling():
            with contextlib.suppress(LedgerError):
                shelf.tidy()
