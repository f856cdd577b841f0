"""A rehearsal in real processes: the follower keeps its take, also when it was killed once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.takes.memories import held, play

from collavoce.cli.run import readable_show
from collavoce.runtime.clock import monotonic_ns, sleep

pytestmark = pytest.mark.process

PROGRAM = (sys.executable, "-m", "collavoce")
WITHIN_S = 60.0


class Recital:
    """The show of `collavoce new`, its song played as if live, on one laptop."""

    def __init__(self, root: Path) -> None:
        self.show = root / "show"
        self.root = root
        kept = {"XDG_DATA_HOME": str(root / "data"), "XDG_CONFIG_HOME": str(root / "config")}
        self.environment = {**os.environ, **kept}
        self.says("new", self.show)
        play(readable_show(self.show)[0].scores["song"], root / "song.mid")

    def says(self, *words: object) -> str:
        """What the program prints."""
        command = [*PROGRAM, *map(str, words)]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout

    def begins(self) -> "subprocess.Popen[str]":
        """The evening, at eight times its speed, until it closes by itself."""
        return subprocess.Popen(
            [*PROGRAM, "run", str(self.show), "--performer", str(self.root / "song.mid"),
             "--headless", "--speed", "8", "--json"],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def takes(self) -> list[dict[str, Any]]:
        return json.loads(self.says("takes", self.show, "--json"))["takes"]


def until(seen: Callable[[], object]) -> None:
    end = monotonic_ns() + int(WITHIN_S * 1e9)
    while not seen():
        assert monotonic_ns() < end, "not seen in time"
        sleep(0.05)


def followers_of(parent: int) -> list[int]:
    """The follower among the children of `parent`, by what it was started with."""
    found: list[int] = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().split(b"\0")
            stat = (place / "stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if b"follower" in words and int(stat[1]) == parent:
            found.append(int(place.name))
    return found


def test_a_take_is_kept_by_the_follower_and_killing_it_loses_no_other(tmp_path: Path) -> None:
    recital = Recital(tmp_path)
    nothing = recital.begins()
    assert nothing.wait(WITHIN_S) == 0
    assert not (tmp_path / "data" / "collavoce" / "takes").exists()
    recital.says("takes", recital.show, "allow", "player")
    first = recital.begins()
    assert first.wait(WITHIN_S) == 0
    assert [row["kept"] for row in recital.takes()] == [1]
    second = recital.begins()
    until(lambda: followers_of(second.pid))
    sleep(2.0)
    os.kill(followers_of(second.pid)[0], signal.SIGKILL)
    out, err = second.communicate(timeout=WITHIN_S)
    assert second.returncode == 0, (out, err)
    (row,) = recital.takes()
    assert row["kept"] in (1, 2), "that take is whole or not there"
    assert "takes" not in err
    taken = [content for path, content in held(tmp_path / "data").items()
             if path.suffix == ".takes"]  # fmt: skip
    everything = b"".join(held(recital.show).values())
    assert all(content not in everything for content in taken)
    recital.says("takes", recital.show, "forget", "player")
    assert [path for path in held(tmp_path / "data") if "takes" in path.parts] == []
