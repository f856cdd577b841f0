"""The real process with and without all that a person keeps: what those see who are not meant.

One evening has a card, an answer after the show, words while away, a way back, letters, a message,
an invitation, wishes, a tick, a line in the ear, a demo, a song, a release; the other has none.
What a caller is told of a release goes another way (`test_meets_laws.py`).
"""

import re
import tempfile
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.process.care_house import CareProcess, Phone
from tests.process.quiet_facts import (
    CANARY,
    CONFIG,
    FOREIGN,
    MEANT,
    OWNER,
    every_file,
    every_read,
    known_to_all,
    tells,
)

from collavoce.desk.care.pages import PAGES

pytestmark = [pytest.mark.process, pytest.mark.timeout(180)]

FRAMES = 6
WATCHING = ("manager", "third", "second")
TIMES = re.compile(rb"\d{4}-\d\d-\d\dT[\d:+.]+Z?|1[78]\d{8}\.\d+")

Seen = dict[str, Any]


class Evening:
    """One run: what the others saw, and what lay on the disk while it ran."""

    def __init__(self, root: Path, *, told: bool) -> None:
        self.seen: Seen = {}
        self.care = CareProcess(root, CONFIG)
        temp_before = self._temp()
        try:
            self._run(told=told)
            self.disk = every_file(root)
            self.temp = {p: p.read_bytes() for p in self._temp() - temp_before if p.is_file()}
            assert self.care.process is not None
            proc = Path("/proc") / str(self.care.process.pid)
            self.process = [(proc / name).read_bytes() for name in ("cmdline", "environ", "comm")]
            assert self.care.stop() == 0
            self.disk |= {f"{name} at the end": b for name, b in every_file(root).items()}
            self.written = self.care.written()
        finally:
            self.care.close()

    def _temp(self) -> set[Path]:
        """What of this user's lies in the machine's own folder; the tests' own folders left out."""
        return {p for p in Path(tempfile.gettempdir()).glob("collavoce*") if p.exists()}

    def _run(self, *, told: bool) -> None:
        care, seen = self.care, self.seen
        care.start()
        performer, friend = care.phone(OWNER), care.phone(MEANT)
        known_to_all(care, performer, friend)
        others = {person: care.phone(person) for person in WATCHING}
        for phone in others.values():
            assert phone.act("Ping")["kept"]
        watching = [
            threading.Thread(target=watch, args=(seen, name, phone))
            for name, phone in others.items()
        ]
        for thread in watching:
            thread.start()
        if told:
            tells(performer, friend)
        for thread in watching:
            thread.join()
        waiting, nobody = care.claimed(OWNER), Phone(care.url)
        for name, phone in {**others, "waiting": waiting, "nobody": nobody}.items():
            seen[f"{name} asks"] = [sent(phone, "/care/read", b) for b in every_read(OWNER)]
            seen[f"{name} acts"] = [sent(phone, "/care/act", body) for body in FOREIGN]
            seen[f"{name} opens"] = [opened(phone, path) for path in PAGES.values()]
        seen["frames after"] = {name: phone.raw_frames(1) for name, phone in others.items()}
        seen["show"] = every_file(care.show_dir) and {
            p.name: (p.stat().st_mode, p.read_bytes()) for p in care.show_dir.rglob("*")
        }
        seen["run folder"] = sorted(p.name for p in care.run_dir.iterdir())


def watch(seen: Seen, name: str, phone: Phone) -> None:
    seen[name] = phone.raw_frames(FRAMES)


def sent(phone: Phone, path: str, body: dict[str, Any]) -> tuple[int, bytes, list[str]]:
    """What came back: status, bytes, names of headers; the hour of one's own log is left out."""
    try:
        answer = phone.client.post(path, json=body)
    except httpx.TransportError:  # whoever is refused unheard may be hung up on
        answer = phone.client.post(path, json=body)
    return answer.status_code, TIMES.sub(b"then", answer.content), list(answer.headers)


def opened(phone: Phone, path: str) -> tuple[int, int, list[str]]:
    """A page: its address is in it, so its length tells."""
    answer = phone.client.get(path)
    return answer.status_code, len(answer.content), list(answer.headers)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    """The evening with everything."""
    return Evening(tmp_path_factory.mktemp("told"), told=True)


def test_whoever_is_not_meant_is_sent_the_same_bytes_with_and_without_all_of_it(
    told: Evening, tmp_path: Path
) -> None:
    without = Evening(tmp_path, told=False)
    assert len(without.seen["manager"]) == FRAMES
    assert without.seen.keys() == told.seen.keys()
    for name, what in without.seen.items():
        assert told.seen[name] == what, name


def test_none_of_its_words_lies_on_the_disk_or_is_written_anywhere(told: Evening) -> None:
    assert told.written == ""
    assert any(name.endswith("care.db-wal") for name in told.disk), "while it ran"
    assert any(name.endswith("care.db at the end") for name in told.disk)
    places = {**told.disk, **{str(path): content for path, content in told.temp.items()}}
    places |= {f"process {n}": content for n, content in enumerate(told.process)}
    encodings = [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode().hex().encode()]
    hits = [name for name, content in places.items() for one in encodings if one in content]
    assert hits == []
