"""Two worlds alike but for one thing: how to compare what is sent in each, byte by byte."""

import json
import re
from typing import Any

from collavoce.cli.stories.house import StoryHouse

FRAME_PARTS = 2
"""A frame of a phone's page is what it says, and what fills it up."""

_WALL = re.compile(rb'"wall":"[^"]*"')
"""The time of day beside what happened lately: two worlds, two moments."""


def ledger(house: StoryHouse) -> int:
    """How many facts the show's ledger holds."""
    house.live.folded.catch_up()
    return house.live.folded.seq


def timeless(event: bytes) -> bytes:
    """`event` without the time of day, and without the id that is made of its content."""
    data = b"\n".join(line for line in event.split(b"\n") if not line.startswith(b"id: "))
    return _WALL.sub(b'"wall":""', data)


def differing(one: bytes, other: bytes) -> int:
    """Bytes that are not the same, those too that only one has."""
    pairs = zip(one, other, strict=False)
    return sum(a != b for a, b in pairs) + abs(len(one) - len(other))


def differing_keys(one: Any, other: Any) -> set[str]:  # noqa: ANN401  plain JSON
    """Paths, two names deep, at which two views differ."""
    found: set[str] = set()
    for key in {*one, *other}:
        a, b = one.get(key), other.get(key)
        if isinstance(a, dict) and isinstance(b, dict):
            inner = {k for k in {*a, *b} if _plain(a.get(k)) != _plain(b.get(k))}
            found |= {f"{key}.{k}" for k in inner}
        elif _plain(a) != _plain(b):
            found.add(key)
    return found


def _plain(value: Any) -> str:  # noqa: ANN401  plain JSON
    return json.dumps(value, sort_keys=True)
