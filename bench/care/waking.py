"""A desk that was killed with many ladders open, and is started again."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from clients import Watcher
from house import FRIEND, CareHouse, token

from collavoce.care.events import AlertRaised, AnyEvent
from collavoce.desk.care.process import moment

FRAME = "restart with {n} open ladders -> first frame with a call"
STEP = "restart with {n} open ladders -> everybody at their next step"


def waking(folder: Path, ladders: int) -> dict[str, float]:
    """Seconds from the start of the process. Every ladder's second step is due meanwhile."""
    people = [f"person-{n}" for n in range(ladders)]
    house = CareHouse(folder / "care", people)
    pressed = moment() - 30.0
    raised: list[AnyEvent] = [
        AlertRaised(
            at=pressed,
            person=person,
            press=f"open-{n:012d}",
            pressed_at=pressed,
            since=pressed,
            rung=0,
            order=(FRIEND,),
            second_after=20.0,
        )
        for n, person in enumerate(people)
    ]
    house.fill(raised)
    began = time.perf_counter()
    watcher, later = Watcher(), Watcher()
    with house.running():
        watcher.frames(house.port, token(FRIEND))
        while not watcher.seen:
            time.sleep(0.001)
        frame = min(watcher.seen.values()) - began
        # The loop that climbs answers phones: a new page's frame comes when all have climbed.
        later.frames(house.port, token(people[-1]))
        step = later.wait_first() - began
    return {FRAME.format(n=ladders): frame, STEP.format(n=ladders): step}


def waking_plainly(
    start: Callable[[], contextlib.AbstractContextManager[int]], ladders: int
) -> dict[str, float]:
    """The baseline: it has no steps."""
    began = time.perf_counter()
    watcher = Watcher()
    with start() as port:
        watcher.messages(port)
        while len(watcher.seen) < ladders:
            time.sleep(0.001)
        return {FRAME.format(n=ladders): watcher.first - began}
