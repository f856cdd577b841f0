"""The house is tidied while nobody calls: places forgotten, what is too old taken away.

Writing the file anew holds every phone up for some milliseconds, so it waits for an open call to
end; nothing of a call is old while it is open.
"""

import asyncio
from collections.abc import Callable

from collavoce.runtime.care.kept.own import OwnThings
from collavoce.runtime.care.kept.retention import LOOK_EVERY


async def keep_tidy(care: OwnThings, calling: Callable[[], bool]) -> None:
    """Look every `LOOK_EVERY` seconds, first at the opening; never returns."""
    while True:
        if not calling():
            care.purge()
        await asyncio.sleep(LOOK_EVERY)
