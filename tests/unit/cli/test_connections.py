"""`collavoce connections` while no show runs."""

import contextlib
import json
import re
import socket
import threading
import time
from pathlib import Path

import pytest
from tests.unit.gateway.little_house import bare

from collavoce.cli import main
from collavoce.runtime.config import state_dir
from collavoce.runtime.gateway.book_file import BookFile
from collavoce.wire.keyed import http_token


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "show.toml").write_text('title = "Little"\n', encoding="utf-8")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as left:
        main(["connections", *words])
    out = capsys.readouterr()
    assert left.value.code == code, out.err
    return out.out + out.err


def test_at_first_nothing_moves_the_show(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing from outside moves this show" in said(capsys, str(folder))


def test_a_key_is_shown_once_and_never_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = said(capsys, str(folder), "add", "wings", "--may", "go,back")
    key = re.search(r"[0-9a-f]{64}", shown)
    assert key is not None
    assert http_token(bytes.fromhex(key[0])) in shown
    listed = said(capsys, str(folder)) + said(capsys, str(folder), "--json")
    assert "wings, with a key: go, back" in listed
    assert key[0] not in listed
    kept = BookFile(state_dir(folder)).read().controller("wings")
    assert kept is not None
    assert (kept.key, kept.may) == (key[0], ("go", "back"))


def test_two_keys_are_never_alike(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = {
        json.loads(said(capsys, str(folder), "add", name, "--json"))["key"] for name in ("a", "b")
    }
    assert len(keys) == 2


def test_what_is_allowed_bare_is_said_with_its_risk(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = said(capsys, str(folder), "allow", "10.0.0.1", "/collavoce/*", "--feedback", "9000")
    assert "Whoever can send packets with this address" in words
    assert "told at port 9000" in said(capsys, str(folder))
    console = said(capsys, str(folder), "allow", "midi:Console", "msc")
    assert "Whoever reaches that cable" in console


def test_what_was_allowed_is_forgotten_by_its_number(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, str(folder), "allow", "10.0.0.1", "/collavoce/*")
    said(capsys, str(folder), "forget", "1")
    assert BookFile(state_dir(folder)).read().allowed == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add",), "say NAME"),
        (("add", "Wings"), "no name"),
        (("add", "wings", "--may", "dance"), "known: go"),
        (("add", "a", "b"), "no more"),
        (("allow", "10.0.0.1"), "say PATTERN"),
        (("allow", "everybody", "/a"), "no source"),
        (("allow", "10.0.0.1", "a"), "no pattern"),
        (("allow", "10.0.0.1", "/a", "--feedback", "70000"), "no port"),
        (("learn",), "say WHAT"),
        (("learn", "dance"), "known: go"),
        (("forget", "nobody"), "neither"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_remedy(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    code = 1 if words == ("learn", "dance") else 2
    assert told in said(capsys, str(folder), *words, code=code)


def test_a_folder_without_a_show_is_no_place_for_connections(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "there is no show" in said(capsys, str(tmp_path), code=2)
    assert not state_dir(tmp_path).exists()


def test_a_control_is_learned_with_own_ears(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    over = threading.Event()

    def press() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as button:
            button.connect(("127.0.0.1", port))
            while not over.is_set():
                with contextlib.suppress(ConnectionRefusedError):
                    button.send(bare("/x/1", 1.0))
                time.sleep(0.05)

    finger = threading.Thread(target=press)
    finger.start()
    try:
        shown = said(capsys, str(folder), "learn", "go", "--osc-port", str(port))
    finally:
        over.set()
        finger.join()
    assert f"OSC at 127.0.0.1:{port}" in shown
    assert "Learned: osc /x/1 from 127.0.0.1 does go." in shown
    (learned,) = BookFile(state_dir(folder)).read().learned
    assert (learned.source, learned.input, learned.does) == ("127.0.0.1", "osc /x/1", "go")
