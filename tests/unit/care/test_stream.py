"""Frames of one size on one beat."""

import asyncio

import pytest

from collavoce.desk.care.stream import FRAME_BYTES, every, frame


@pytest.mark.parametrize("length", [2, 100, 2000, 2025, 2030, 2031, 2040, 5000])
@pytest.mark.parametrize("count", [1, 999_999_999])
def test_a_frame_is_whole_and_fills_its_size(length: int, count: int) -> None:
    view = b'"' + b"x" * (length - 2) + b'"'
    said = frame(count, view)
    assert len(said) % FRAME_BYTES == 0
    assert len(said) < len(view) + 2 * FRAME_BYTES
    assert said.startswith(b"id: %d\ndata: %b\n\n:" % (count, view))
    assert said.endswith(b"\n\n")
    assert said.count(b"\n\n") == 2


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
