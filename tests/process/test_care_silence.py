"""Nobody else learns: not from a page, a stream, a folder, a process list, a log or a disk."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.process.care_house import EXITS, PEOPLE, CareProcess, care_process, make_circle, press_id

from collavoce.desk.care.stream import FRAME_BYTES

pytestmark = pytest.mark.process

FRAMES = 8
CANARIES = (
    *(name for _, name in PEOPLE),
    *(person for person, _ in PEOPLE),
    *(name for _, name in EXITS),
    "press-",
    "AlertRaised",
    "CircleSet",
    "HelpComing",
    "DevicePaired",
)
"""Every word that a circle and a press are made of."""


def an_evening_of_care(care: CareProcess) -> None:
    """A circle, a press with a place, an answer, one press taken back."""
    performer, friend = care.phone("pianist"), care.phone("friend")
    make_circle(performer, {"friend": friend, "second": care.phone("second")})
    assert performer.act("Press", press=press_id(1), place="right")["kept"]
    friend.until(lambda view: view["calls"], ring=True)
    assert friend.act("Coming", press=press_id(1))["kept"]
    assert friend.act("With", press=press_id(1))["kept"]
    assert performer.act("Press", press=press_id(2))["kept"]
    assert performer.act("Cancel", press=press_id(2))["kept"]


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_no_word_of_a_press_is_found_where_others_look(tmp_path: Path) -> None:
    with care_process(tmp_path) as care:
        show_before = bytes_in(care.show_dir)
        an_evening_of_care(care)
        assert care.process is not None
        proc = Path("/proc") / str(care.process.pid)
        if proc.exists():
            for file in ("cmdline", "environ", "comm"):
                told = (proc / file).read_bytes().replace(str(tmp_path).encode(), b"")
                assert not [word for word in CANARIES if word.encode() in told], file
        assert care.stop() == 0
        assert care.written() == ""
        assert bytes_in(care.show_dir) == show_before
        stored = b"".join(bytes_in(care.care_dir).values())
        assert len(stored) > 10_000
        assert not [word for word in CANARIES if word.encode() in stored]
        modes = {path.stat().st_mode & 0o777 for path in care.care_dir.rglob("*")}
        assert modes == {0o600}
        assert care.key_file.stat().st_mode & 0o777 == 0o600


def what_the_manager_can_see(root: Path, *, pressed: bool) -> dict[str, Any]:
    """Every byte a person in nobody's circle is sent, with or without somebody pressing."""
    with care_process(root) as care:
        performer, friend = care.phone("pianist"), care.phone("friend")
        make_circle(performer, {"friend": friend})
        manager = care.phone("manager")
        frames: list[bytes] = []
        watching = threading.Thread(target=lambda: frames.extend(manager.raw_frames(FRAMES)))
        watching.start()
        if pressed:
            performer.act("Press", press=press_id(1), place="right")
            friend.until(lambda view: view["calls"], ring=True)
            friend.act("Coming", press=press_id(1))
            friend.act("With", press=press_id(1))
        watching.join()
        page = manager.client.get("/care/")
        tries = [
            manager.client.post("/care/act", json={"type": act, "press": press_id(1)})
            for act in ("Shown", "Coming", "With")
        ]
        stranger = httpx.get(f"{care.url}/care/")
        return {
            "frames": frames,
            "page": (page.content, headers_of(page)),
            "tries": [(answer.content, headers_of(answer)) for answer in tries],
            "stranger": (stranger.content, headers_of(stranger)),
            "show": bytes_in(care.show_dir),
            "written": care.written(),
        }


def headers_of(response: httpx.Response) -> list[tuple[str, str]]:
    """The headers, the process' own port left out."""
    port = str(response.request.url.port)
    return [(name, value.replace(port, "PORT")) for name, value in response.headers.items()]


def test_with_and_without_a_press_a_stranger_sees_the_same_bytes(tmp_path: Path) -> None:
    without = what_the_manager_can_see(tmp_path / "without", pressed=False)
    with_press = what_the_manager_can_see(tmp_path / "with", pressed=True)
    assert len(without["frames"]) == FRAMES
    assert with_press == without


def test_every_frame_has_the_same_size_whatever_it_says(tmp_path: Path) -> None:
    with care_process(tmp_path) as care:
        performer, friend = care.phone("pianist"), care.phone("friend")
        make_circle(performer, {"friend": friend})
        quiet = friend.raw_frames(2)
        performer.act("Press", press=press_id(1))
        called = friend.raw_frames(2)
        for frames in (quiet, called):
            assert [frame[-2:] for frame in frames] == [b"\n\n", b"\n\n"]
        assert b"open" in called[0]
        assert {len(frame) for frame in quiet + called} == {FRAME_BYTES}


def test_a_press_taken_back_is_erased_from_the_store(tmp_path: Path) -> None:
    with care_process(tmp_path) as care:
        performer, friend = care.phone("pianist"), care.phone("friend")
        make_circle(performer, {"friend": friend})
        before = streams_in(care)
        care.start()
        performer.insist("Press", press=press_id(1))
        performer.insist("Cancel", press=press_id(1))
        after = streams_in(care)
        assert after == before


def streams_in(care: CareProcess) -> set[str]:
    """The names of the streams in the store, once the process has let go of it."""
    import apsw

    assert care.stop() == 0
    connection = apsw.Connection(str(care.care_dir / "care.db"), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return {
            row[0]
            for table in ("entry", "stream_key")
            for row in connection.execute(f"SELECT DISTINCT stream FROM {table}")
        }
    finally:
        connection.close()


DYING = """
import sys
from pathlib import Path
from collavoce.desk.care import process
from collavoce.runtime.care.config import read_config

async def climb(house):
    raise ValueError("Yuna Park pressed at stage right")

process.climb = climb
process.main(read_config(Path(sys.argv[1])))
"""


def test_a_ladder_that_stops_ends_the_process_loudly_and_namelessly(tmp_path: Path) -> None:
    care = CareProcess(tmp_path)
    try:
        ended = subprocess.run(
            (sys.executable, "-c", DYING, str(care.config_path)),
            pass_fds=(care.door.fileno(),),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    finally:
        care.close()
    assert ended.returncode == 70
    assert ended.stderr.startswith("care: ended: the ladder stopped: ValueError at ")
    assert "Yuna" not in ended.stderr
    assert "stage" not in ended.stderr
