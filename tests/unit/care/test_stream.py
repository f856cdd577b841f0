"""Frames of one size on one beat."""

import asyncio
from typing import Any

import msgspec
import pytest

from collavoce.desk.care.fitting import GIVES_WAY, fitted
from collavoce.desk.care.stream import COUNT_MAX, FRAME_BYTES, VIEW_BYTES, every, frame


@pytest.mark.parametrize("length", [2, 100, 2000, 4096, 8150, 8164, 8165, 8166, 8167, 9000])
@pytest.mark.parametrize("count", [1, 999_999_999])
def test_a_frame_is_whole_and_fills_its_size(length: int, count: int) -> None:
    view = b'"' + b"x" * (length - 2) + b'"'
    said = frame(count, view)
    assert len(said) % FRAME_BYTES == 0
    assert len(said) < len(view) + 2 * FRAME_BYTES
    assert said.startswith(b"id: %d\ndata: %b\n\n:" % (count, view))
    assert said.endswith(b"\n\n")
    assert said.count(b"\n\n") == 2


def crowded(rows: int) -> dict[str, Any]:
    """A view with as many rows wherever there may be any, and a call that must be seen."""
    view: dict[str, Any] = {"press": {"is": "open"}, "calls": [{"key": "call"}]}
    for path in GIVES_WAY:
        inside = view
        for name in path[:-1]:
            inside = inside.setdefault(name, {})
        inside[path[-1]] = [f"row {row} of {path}" + "x" * 40 for row in range(rows)]
    return view


@pytest.mark.parametrize("rows", [0, 1, 5, 10, 40, 400])
def test_however_much_there_is_to_show_a_frame_is_as_long(rows: int) -> None:
    view = crowded(rows)
    said = fitted(view, VIEW_BYTES)
    assert {len(frame(count, said)) for count in (1, COUNT_MAX)} == {FRAME_BYTES}
    shown = msgspec.json.decode(said)
    assert (shown["press"], shown["calls"]) == (view["press"], view["calls"])
    if len(msgspec.json.encode(view)) <= VIEW_BYTES:
        assert shown == view
    else:
        assert VIEW_BYTES - len(said) < 200, "no more gives way than must"
        assert shown["songs"] == view["songs"][: len(shown["songs"])]
        assert shown["songs"], "the longest list gives way, not the first"


def test_what_never_gives_way_is_shown_in_a_longer_frame_rather_than_not_at_all() -> None:
    view = crowded(3) | {"calls": ["x" * FRAME_BYTES]}
    shown = msgspec.json.decode(fitted(view, VIEW_BYTES))
    assert shown["calls"] == view["calls"]
    assert shown["songs"] == []


def test_the_beat_keeps_its_grid_and_does_not_make_up_for_late_ones() -> None:
    class Clock:
        now = 0.0

        def __call__(self) -> float:
            return self.now

    clock, beats = Clock(), list[float]()

    async def work() -> bool:
        beats.append(clock.now)
        clock.now += 0.001 if len(beats) != 3 else 2.6
        return len(beats) < 6

    async def sleep(seconds: float) -> None:
        clock.now += seconds

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "sleep", sleep)
        asyncio.run(every(1.0, clock, work))
    assert beats == pytest.approx([0.0, 1.0, 2.0, 4.6, 5.0, 6.0], abs=0.01)
