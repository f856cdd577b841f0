"""After a little show the question stands on a phone, whoever died between end and question."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

import pytest
from tests.process.care_house import Phone
from tests.unit.takes.memories import play

from collavoce.cli.run import readable_show
from collavoce.desk.pairing import PairingDesk
from collavoce.runtime.care.doorway import BOX
from collavoce.runtime.live import live_performance
from collavoce.runtime.opening import Options
from collavoce.runtime.supervisor import Supervisor

WITHIN_S = 40.0
PROCESSES = ("writer", "care", "follower", "engine")


def quiet(name: str, state: str, restarts: int) -> None:
    """How the processes fare is not what this is about."""


class Kept:
    """Looks after the processes of a performance while a test waits for a phone."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._turn, daemon=True)

    def _turn(self) -> None:
        while not self._over.is_set():
            self._supervisor.turn()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(WITHIN_S)


@pytest.mark.process
@pytest.mark.parametrize("dies", ["care", "engine"])
def test_the_question_stands_after_the_last_onset_though_somebody_dies_at_that_moment(
    tmp_path: Path, dies: str
) -> None:
    folder, song = tmp_path / "show", tmp_path / "song.mid"
    subprocess.run(
        (sys.executable, "-m", "collavoce", "new", str(folder)), check=True, capture_output=True
    )
    prepared, plan = readable_show(folder)
    play(prepared.scores["song"], song)
    options = Options(folder, performer=song, speed=16.0, care_root=tmp_path / "care")
    with live_performance(options, prepared, plan, quiet, only=PROCESSES) as live:
        with PairingDesk(live.config.box("pair-test")) as pairing:
            link = pairing.ask(live.config.box(BOX), "player")
            assert link is not None
        phone = Phone(live.phone_url.removesuffix("/care"))
        assert phone.pair(link.url.partition("#")[2])["kept"]
        assert phone.act("ChooseDelay", minutes=0)["kept"]
        until = time.monotonic() + WITHIN_S
        while live.folded.state.ended_at is None:
            live.turn()
            assert time.monotonic() < until, "the song never ends"
        os.kill(live.supervisor.pids()[dies], signal.SIGKILL)
        with Kept(live.supervisor):
            assert phone.until(lambda view: view["checkin"])
            answer = phone.insist("SayCheckIn", said=1, key="k" * 22)
            assert answer["kept"], answer
            assert not phone.until(lambda view: not view["checkin"])["checkin"]
            time.sleep(3.0)
            assert not phone.view()["checkin"], "the engine says the end again and again"
