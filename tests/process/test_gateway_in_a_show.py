"""A whole show moved from outside: keyed OSC, a web request; strangers; a gateway that dies."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.process.gateway_house import (
    PATIENCE_S,
    Controller,
    heard_messages,
    wait_until,
)

from collavoce.runtime.config import state_dir
from collavoce.wire.keyed import Answer
from collavoce.wire.osc import OscMessage, encode

pytestmark = [pytest.mark.process, pytest.mark.timeout(180)]

CUES = """
title = "From outside"
timezone = "UTC"
guard = 0

[patch.osc]
video = "127.0.0.1:{port}"

[[numbers]]
id = "song"
title = "Song"
""" + "".join(
    f"""
[[numbers.cues]]
number = "{n}"
name = "Clip {n}"
department = "VID"
by = "hand"
inputs = ["osc /foot/{n}"]
osc = [{{ to = "video", address = "/clip/{n}" }}]
"""
    for n in range(1, 7)
)


@dataclass
class House:
    folder: Path
    osc_port: int
    web_port: int
    clips: socket.socket
    running: "subprocess.Popen[str]"
    key: bytes
    token: str

    def arrived(self, clip: int) -> bool:
        self.seen += [address for address, _ in heard_messages(self.clips)]
        return f"/clip/{clip}" in self.seen

    def __post_init__(self) -> None:
        self.seen: list[str] = []


def free_port() -> int:
    with socket.socket() as door, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        door.bind(("127.0.0.1", 0))
        port = int(door.getsockname()[1])
        other.bind(("127.0.0.1", port))
        return port


@pytest.fixture
def house(tmp_path: Path) -> Generator[House]:
    clips = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    clips.bind(("127.0.0.1", 0))
    folder = tmp_path / "show"
    folder.mkdir()
    text = CUES.replace("{port}", str(clips.getsockname()[1]))
    (folder / "show.toml").write_text(text, encoding="utf-8")
    env = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    program = (sys.executable, "-m", "collavoce")
    added = subprocess.run(
        (*program, "connections", str(folder), "add", "wings", "--json"),
        check=True,
        capture_output=True,
        text=True,
        env=env,
    )
    told = json.loads(added.stdout)
    osc_port, web_port = free_port(), free_port()
    ports = ("--osc-port", str(osc_port), "--port", str(web_port))
    log = (tmp_path / "errors").open("w", encoding="utf-8")
    running = subprocess.Popen(
        (*program, "run", str(folder), *ports),
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        env=env,
    )
    assert running.stdout is not None
    said = ""
    while "Ctrl-C" not in said:
        line = running.stdout.readline()
        assert line, said + (tmp_path / "errors").read_text(encoding="utf-8")
        said += line
    assert f"127.0.0.1:{osc_port}" in said
    key = bytes.fromhex(told["key"])
    try:
        yield House(folder, osc_port, web_port, clips, running, key, told["token"])
    finally:
        running.send_signal(signal.SIGINT)
        try:
            running.wait(30)
        finally:
            running.kill()
            running.stdout.close()
            log.close()
            clips.close()


def gateway_of(house: House) -> int:
    """The process id of the gateway, 0 while there is none."""
    listed = subprocess.run(
        ["ps", "-axwwo", "pid=,ppid=,command="], check=True, capture_output=True, text=True
    ).stdout
    for line in listed.splitlines():
        pid, ppid, command = line.split(None, 2)
        if int(ppid) == house.running.pid and "collavoce.runtime.gateway" in command:
            return int(pid)
    return 0


def test_a_show_is_moved_from_outside_by_those_who_may_and_by_nobody_else(house: House) -> None:
    wings = Controller(house.osc_port, "wings", house.key)
    assert wings.say("/collavoce/go").answer == Answer.KEPT
    wait_until(lambda: house.arrived(1))

    refused = wings.say("/collavoce/go/5")
    assert refused.answer == Answer.REFUSED
    assert "5" in refused.words

    request = urllib.request.Request(
        f"http://127.0.0.1:{house.web_port}/remote",
        data=json.dumps({"address": "/collavoce/fire/3"}).encode(),
        headers={"Authorization": f"Bearer {house.token}", "Content-Type": "application/json"},
    )
    wait_until(lambda: wings.say("/collavoce/hello").answer == Answer.KEPT)
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        assert answer.status == 200
    wait_until(lambda: house.arrived(3))

    stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    stranger.connect(("127.0.0.1", house.osc_port))
    for address in ("/collavoce/go", "/collavoce/fire/6", "/foot/6", "/collavoce/panic"):
        stranger.send(encode(OscMessage(address)))
    assert wings.say("/foot/5").answer == Answer.KEPT
    wait_until(lambda: house.arrived(5))

    log = state_dir(house.folder) / "refused.log"
    wait_until(lambda: log.exists() and "gateway stranger" in log.read_text(encoding="ascii"))
    before = gateway_of(house)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: gateway_of(house) not in {0, before}, 30)
    assert wings.say("/collavoce/fire/2").answer == Answer.KEPT
    wait_until(lambda: house.arrived(2))

    assert sorted(house.seen) == ["/clip/1", "/clip/2", "/clip/3", "/clip/5"]
    listed = subprocess.run(
        (sys.executable, "-m", "collavoce", "log", str(house.folder)),
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "remote wings" in listed
    wings.close()
    stranger.close()
