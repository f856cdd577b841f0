"""A view made to fit one frame, so that nobody's frame grows when much is shared with them.

What gives way is at the end of the longest list, of those that can be asked for or come up when
something before them is done. A call, a press, a phone that waits never give way.
"""

from collections.abc import Mapping
from typing import Any, cast

import msgspec

GIVES_WAY: tuple[tuple[str, ...], ...] = (
    ("songs",),
    ("ways",),
    ("gone",),
    ("meets", "rows"),
    ("found",),
    ("checkin_told",),
    ("knock", "heard"),
    ("asked",),
    ("trust",),
    ("line", "hazards"),
    ("line", "breaches"),
    ("line", "clears"),
    ("line", "medics"),
)
"""Where lists stand in a view, whose last row may be left out."""

_encode = msgspec.json.Encoder().encode


def fitted(view: Mapping[str, object], room: int) -> bytes:
    """`view` as JSON of at most `room` bytes, unless what never gives way is longer."""
    said = _encode(view)
    if len(said) <= room:
        return said
    left = cast("dict[str, Any]", msgspec.json.decode(said))
    lists = [found for path in GIVES_WAY if (found := _list_at(left, path))]
    while len(said) > room and any(lists):
        max(lists, key=lambda rows: len(_encode(rows)) if rows else 0).pop()
        said = _encode(left)
    return said


def _list_at(view: dict[str, Any], path: tuple[str, ...]) -> list[Any]:
    found: Any = view
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return cast("list[Any]", found) if isinstance(found, list) else []
