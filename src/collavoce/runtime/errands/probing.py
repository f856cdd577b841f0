"""Whether the servers of the show are there, before a cue needs one: a bare connection at times.

Nothing is asked of a server: a request starts something. That it takes a connection says that it
runs, not that it would do what a cue asks.
"""

import asyncio
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

PROBE_S = 5.0
"""Between two looks at every server."""

WITHIN_S = 2.0
"""A server that takes no connection for so long is said not to be there."""

PORTS = {"http": 80, "https": 443}

Tell = Callable[[str, bool], None]
"""(name in the patch, whether its server is there)"""


async def takes_connections(origin: str) -> bool:
    """Whether anybody takes a connection at `origin` ("http://host:port")."""
    place = urlsplit(origin)
    port = place.port or PORTS.get(place.scheme, 80)
    try:
        async with asyncio.timeout(WITHIN_S):
            _, writer = await asyncio.open_connection(place.hostname or "", port)
    except (OSError, UnicodeError):
        return False
    writer.close()
    return True


async def probe(origins: Mapping[str, str], tell: Tell, again_s: float = PROBE_S) -> None:
    """Look at every server of `origins` (name -> origin), tell of each, and again, for ever."""
    while True:
        there = await asyncio.gather(*(takes_connections(origin) for origin in origins.values()))
        for name, is_there in zip(origins, there, strict=True):
            tell(name, is_there)
        await asyncio.sleep(again_s)
