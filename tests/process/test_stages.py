"""A show of two stages, live and on a virtual clock: each follows, holds and restarts by itself."""

import json
import os
import signal
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import pytest

from collavoce import evening
from collavoce.cli import main
from collavoce.cli.run import readable_show
from collavoce.desk.access import DESK_COOKIE, desk_token
from collavoce.report.page import as_json
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.links import Mailbox
from collavoce.runtime.live import LivePerformance, live_performance
from collavoce.runtime.mail import AnyMail, Asked, Kept, pack, unpack
from collavoce.runtime.opening import Options
from collavoce.runtime.reporting import read_report
from collavoce.runtime.virtual import run_virtually
from collavoce.score.model import Score
from collavoce.show.commands import AnyCommand, Go, Hold, PointTo
from collavoce.show.state import ShowState

STAGES = """
[[stages]]
id = "hall"
name = "Great hall"

[[stages]]
id = "tent"
name = "Tent"

"""

IN_THE_TENT = """
[[numbers]]
id = "tent-1"
title = "In the tent"
stage = "tent"
score = "scores/evening.musicxml"

[[numbers.cues]]
number = "T1"
name = "Bell"
department = "SND"
by = "hand"
osc = { to = "video", address = "/bell" }

[[numbers.cues]]
number = "T2"
name = "Bell again"
department = "SND"
by = "hand"
osc = { to = "video", address = "/bell" }

[[numbers.cues]]
number = "T3"
name = "When he is there"
department = "SND"
at = "bar 20"
osc = { to = "video", address = "/there" }
"""

PATIENCE_S = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The bundled evening in a hall, and beside it a tent."""
    made = tmp_path / "show"
    evening.lay_out(made)
    file = made / "show.toml"
    text = file.read_text(encoding="utf-8")
    head, people, rest = text.partition("[[people]]")
    file.write_text(head + STAGES + people + rest + IN_THE_TENT, encoding="utf-8")
    return made


def quiet(name: str, state: str, restarts: int) -> None:
    """Nobody is told how the processes fare."""


def wait_until(live: LivePerformance, what: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < until
        live.turn()
        time.sleep(0.01)


def ask(live: LivePerformance, hand: Mailbox, command: AnyCommand, stage: str) -> AnyMail:
    hand.send(live.config.box("engine"), pack(Asked(command, "caller", fresh_id(), stage)))
    until = time.monotonic() + PATIENCE_S
    while (answer := hand.receive()) is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    return unpack(answer[0])


def told(live: LivePerformance, path: str) -> tuple[int, dict[str, object]]:
    """What the desk answers."""
    line = HTTPConnection("127.0.0.1", live.config.web_port, timeout=10)
    cookie = f"{DESK_COOKIE}={desk_token(live.config.desk_key)}"
    line.request("GET", path, headers={"Cookie": cookie, "Host": f"127.0.0.1:{line.port}"})
    answer = line.getresponse()
    body = json.loads(answer.read())
    line.close()
    return answer.status, body


@pytest.mark.process
@pytest.mark.timeout(180)
def test_a_killed_engine_goes_on_on_both_stages(tmp_path: Path, folder: Path) -> None:
    prepared, plan = readable_show(folder)
    recording = folder / evening.PERFORMANCE
    options = Options(
        folder, care_root=tmp_path / "care", performers={"tent": recording}, speed=4.0
    )
    with (
        live_performance(options, prepared, plan, quiet) as live,
        Mailbox(Path(live.config.run_dir) / "hand") as hand,
    ):
        assert {"follower", "follower2"} <= set(live.supervisor.pids())

        def on(stage: str) -> ShowState:
            return live.folded.states[stage]

        assert isinstance(ask(live, hand, Hold(), "hall"), Kept)
        assert isinstance(ask(live, hand, Go(), "tent"), Kept)
        wait_until(live, lambda: on("hall").held and "T1" in on("tent").fired)
        assert not on("tent").held
        before = live.supervisor.pids()
        os.kill(before["engine"], signal.SIGKILL)
        # The tent's own follower is heard by whoever leads now, and the hall is held still.
        wait_until(live, lambda: "T3" in on("tent").fired)
        assert on("hall").held
        assert not [cue for cue in on("hall").fired if cue.startswith("T")]
        assert isinstance(ask(live, hand, PointTo("T2"), "tent"), Kept)
        assert isinstance(ask(live, hand, Go(), "tent"), Kept)
        wait_until(live, lambda: on("tent").last_fired == "T2")
        status, hall = told(live, "/plan.json")
        assert (status, hall["stage"]) == (200, "hall")
        status, tent = told(live, "/plan.json?stage=tent")
        assert (status, tent["stage"]) == (200, "tent")
        cues = tent["cues"]
        assert isinstance(cues, list)
        assert [cue["number"] for cue in cues] == ["T1", "T2", "T3"]
        assert told(live, "/plan.json?stage=moon")[0] == 404


@pytest.mark.timeout(120)
def test_a_virtual_run_plays_every_stage_and_the_log_says_which(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared, plan = readable_show(folder)
    recording = folder / evening.PERFORMANCE
    options = Options(
        folder, performer=recording, performers={"tent": recording}, care_root=tmp_path / "care"
    )
    run_virtually(options, prepared, plan)
    with pytest.raises(SystemExit) as ended:
        main(["log", str(folder)])
    assert ended.value.code == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "CueFired" in line]
    tent = [line for line in lines if "on tent" in line]
    assert [line.split()[3] for line in tent] == ["T3"]
    assert len(lines) - len(tent) > 5
    scores: dict[str, Score] = {}
    hall, in_tent = (read_report(folder, prepared.show, scores, stage=s) for s in ("", "tent"))
    assert (hall.title, in_tent.title) == ("An evening, Great hall", "An evening, Tent")
    assert "T3" in as_json(in_tent)
    assert "T3" not in as_json(hall)
    assert all("on hall" in line for line in lines if line not in tent)
