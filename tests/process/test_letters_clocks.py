"""A dated letter through the whole process, killed and started again in other years."""

import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.process.care_house import CareProcess, Phone
from tests.process.test_care_clocks import JUMPS, WallClock

from collavoce.runtime.care.postman import LOOK_EVERY_S

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform != "linux", reason="faketime is loaded by Linux' own loader"),
]

LETTER = "letter-0000000001"
DUE_IN_S = 3600.0
LOOK_S = LOOK_EVERY_S + 1.5
WORDS = "canary of a letter in a process"


def read(phone: Phone, what: str, **fields: str) -> dict[str, Any]:
    """What their page is shown."""
    return phone.client.post("/care/read", json={"type": what, **fields}).json()["shown"]


def given(phone: Phone) -> list[str]:
    """The letters on the reader's page."""
    return [one["id"] for one in read(phone, "ReadPost")["post"]["given"]]


@pytest.fixture
def wall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WallClock:
    assert shutil.which("faketime"), "install faketime, or run the tests by run.py"
    return WallClock(tmp_path / "wall", monkeypatch)


@pytest.mark.timeout(180)
def test_it_is_never_early_and_comes_once_whatever_the_wall_clock_does(
    tmp_path: Path, wall: WallClock
) -> None:
    care = CareProcess(tmp_path)
    try:
        care.start()
        writer, reader = care.phone("pianist"), care.phone("friend")
        due = time.time() + DUE_IN_S
        at = datetime.fromtimestamp(due, UTC)
        letter = {"letter": LETTER, "to": "friend", "way": "date", "words": WORDS}
        day = {"day": f"{at:%Y-%m-%d}", "at": f"{at:%H:%M}"}
        for person in (writer, reader):
            person.insist("Ping", clock=time.time())
        assert writer.insist("WriteLetter", **letter, **day)["kept"]
        assert writer.insist("SealLetter", letter=LETTER, sure=True)["kept"]
        for number, name in enumerate(("ten years on", "2038", "ten years back", "a second on")):
            wall.jump(JUMPS[name])
            if number % 2:
                care.kill()
                care.start()
            reader.insist("Ping", clock=time.time())
            time.sleep(LOOK_S if number < 2 else 0.5)
            assert given(reader) == [], f"early, after {name}"
        wall.jump(lambda now: now + DUE_IN_S)
        time.sleep(LOOK_S)
        assert given(reader) == [], "no phone has said so yet"
        writer.insist("Ping", clock=due + 1.0)
        time.sleep(LOOK_S)
        assert given(reader) == [LETTER]
        for name in ("ten years back", "ten years on"):
            wall.jump(JUMPS[name])
            care.kill()
            care.start()
            reader.insist("Ping", clock=wall.read())
            time.sleep(LOOK_S)
            assert given(reader) == [LETTER], f"again, or gone, after {name}"
        assert read(reader, "ReadLetter", letter=LETTER)["words"]["words"] == WORDS
        assert read(writer, "ReadLetter", letter=LETTER)["words"] is None
        assert care.stop() == 0
        assert care.written() == ""
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert not [path for path in files if WORDS.encode() in path.read_bytes()]
    finally:
        care.close()
