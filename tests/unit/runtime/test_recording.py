"""The show goes on when the ring cannot: nothing is lost, nothing renumbered."""

from pathlib import Path

import pytest

from collavoce.ledger.errors import RingFullError
from collavoce.ledger.ring import RingReader, RingWriter
from collavoce.runtime.recording import Recording


def test_a_full_disk_holds_back_and_later_brings_everything_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = Recording(tmp_path / "ring")
    assert recording.append(b"one") == 1
    whole = RingWriter.append

    def full(_: RingWriter, payload: bytes) -> int:
        raise RingFullError(f"no room for {len(payload)} bytes")

    monkeypatch.setattr(RingWriter, "append", full)
    assert recording.append(b"two") == 2
    assert recording.append(b"three") == 3
    assert not recording.whole
    monkeypatch.setattr(RingWriter, "append", whole)
    recording.catch_up()
    assert recording.whole
    assert recording.append(b"four") == 4
    recording.close()
    kept = RingReader(tmp_path / "ring").read()
    assert kept == [(1, b"one"), (2, b"two"), (3, b"three"), (4, b"four")]
