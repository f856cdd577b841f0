"""Whom the engine wakes with what it recorded: once each, and nobody twice."""

import select
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from collavoce import evening
from collavoce.cli.run import readable_show
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.links import Mailbox
from collavoce.runtime.live import live_performance
from collavoce.runtime.mail import AnyMail, Asked, Kept, News, pack, unpack
from collavoce.runtime.opening import Options
from collavoce.show.commands import MarkNote

PATIENCE_S = 20.0

pytestmark = [pytest.mark.process, pytest.mark.timeout(90)]


def quiet(name: str, state: str, restarts: int) -> None:
    """Nobody is told how the processes fare."""


class Box:
    """Asks the engine, and keeps what it is told of the ring."""

    def __init__(self, box: Mailbox, engine: Path) -> None:
        self.box = box
        self.engine = engine

    def asks(self) -> None:
        """Something that is recorded each time."""
        self.box.send(self.engine, pack(Asked(MarkNote("late"), "caller", fresh_id())))

    def told_until(self, last: type[AnyMail]) -> list[type[AnyMail]]:
        """Answers and news in order, up to the first of the kind `last`."""
        told: list[type[AnyMail]] = []
        until = time.monotonic() + PATIENCE_S
        while last not in told:
            assert select.select([self.box], [], [], until - time.monotonic())[0], told
            while (received := self.box.receive()) is not None:
                mail = unpack(received[0])
                if isinstance(mail, Kept | News):
                    told.append(type(mail))
        return told


@pytest.fixture
def boxes(tmp_path: Path) -> Generator[tuple[Box, Box]]:
    """Where the desk sits, and somebody else."""
    folder = tmp_path / "show"
    evening.lay_out(folder)
    prepared, plan = readable_show(folder)
    options = Options(folder, care_root=tmp_path / "care")
    with (
        live_performance(options, prepared, plan, quiet, only=("engine",)) as live,
        Mailbox(live.config.box("web")) as web,
        Mailbox(live.config.box("hand")) as hand,
    ):
        engine = live.config.box("engine")
        desk, other = Box(web, engine), Box(hand, engine)
        other.asks()
        # News leaves before the answer: now what the opening recorded is told.
        assert other.told_until(Kept) == [Kept]
        assert set(desk.told_until(News)) == {News}
        yield desk, other


def test_a_desk_that_asked_is_answered_and_not_woken_besides(boxes: tuple[Box, Box]) -> None:
    desk, _ = boxes
    for _ in range(2):
        desk.asks()
        assert desk.told_until(Kept) == [Kept]


def test_a_desk_is_woken_by_what_somebody_else_asked(boxes: tuple[Box, Box]) -> None:
    desk, other = boxes
    other.asks()
    assert desk.told_until(News) == [News]
