"""The engine is killed and frozen again and again; its spare goes on, and everything agrees.

The bench that measures how long that takes is run small; none of its times is judged here.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from collavoce import evening
from collavoce.cli.run import readable_show
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.links import Mailbox
from collavoce.runtime.live import live_performance
from collavoce.runtime.mail import Asked, Kept, pack, unpack
from collavoce.runtime.opening import Options
from collavoce.show.commands import Go

BENCH = Path(__file__).parents[2] / "bench" / "show" / "survival_run.py"
KILLS = int(os.environ.get("COLLAVOCE_ENGINE_KILLS", "5"))
GOS = int(os.environ.get("COLLAVOCE_ENGINE_GOS", "3000"))


@pytest.mark.process
@pytest.mark.timeout(60 + 2 * KILLS + GOS // 50)
def test_whoever_leads_dies_or_freezes_nothing_is_lost_missed_or_doubled(tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    command = [sys.executable, BENCH, "--out", out, "--gos", GOS]
    command += ["--kills", KILLS, "--freezes", max(2, KILLS // 5)]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert out.exists(), done.stderr
    results = json.loads(out.read_text(encoding="utf-8"))
    for part in ("killed", "frozen", "under fire"):
        found = results[part]
        assert (found["lost"], found["doubled"], found["missed"]) == (0, 0, 0), found
        assert found["light_after_farewell"] == 0, found
        assert found["fired"] > 0
        # What was perhaps sent may have arrived or not.
        assert found["fired"] - found["perhaps"] <= found["arrived"] <= found["fired"], found
    assert results["killed"]["strikes"] == KILLS
    assert results["under fire"]["unanswered"] == 0
    assert results["under fire"]["blows"], "nobody was struck, nothing was shown"
    assert done.returncode == 0


DISK = BENCH.with_name("survival_disk.py")
CANNOT = 77


@pytest.mark.process
def test_on_a_full_disk_nothing_is_lost_that_was_said_to_be_kept() -> None:
    sizes = ["--to", os.environ.get("COLLAVOCE_LARGEST_FULL_DISK", "600000"), "--step", "36864"]
    command = [sys.executable, str(DISK), *sizes]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == CANNOT:
        pytest.skip("this system lets us mount no small file system")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["ledger full"] > found["refused at opening"] > 0, found


@pytest.mark.process
def test_frozen_processes_hold_up_no_hand_and_are_made_anew(tmp_path: Path) -> None:
    evening.lay_out(tmp_path / "show")
    prepared, plan = readable_show(tmp_path / "show")
    options = Options(tmp_path / "show", care_root=tmp_path / "care")
    said: list[tuple[str, str, int]] = []

    def hears(name: str, state: str, restarts: int) -> None:
        said.append((name, state, restarts))

    with (
        live_performance(options, prepared, plan, hears) as live,
        Mailbox(Path(live.config.run_dir) / "hand") as hand,
    ):
        names = ("web", "follower", "writer", "spare")
        before = live.supervisor.pids()
        for name in names:
            os.kill(before[name], signal.SIGSTOP)
        key = fresh_id()
        hand.send(live.config.box("engine"), pack(Asked(Go(), "caller", key)))
        until = time.monotonic() + 60.0
        while (answer := hand.receive()) is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        kept = unpack(answer[0])
        assert isinstance(kept, Kept)
        while any((name, "up", 1) not in said for name in names):
            live.turn()
            assert time.monotonic() < until, said
        assert live.supervisor.pids()["engine"] == before["engine"]
        live.folded.catch_up()
        assert live.folded.state.last_fired is not None
