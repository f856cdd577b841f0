"""A demo is its author's: sealed, without what the file said, heard by them and once by a link."""

import asyncio
import json
import random
import struct
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.unit.care.song_sounds import CANARY, flac, mp3, wav
from tests.unit.care.song_world import ORIGIN, SongWorld

from collavoce.care.events import Refused
from collavoce.care.outcome import Kept
from collavoce.runtime.care.kept.songs import decoding, strongroom
from collavoce.runtime.care.kept.songs.links import LASTS_S, name_of
from collavoce.runtime.care.kept.songs.strongroom import (
    HELD_BYTES,
    SEALED_BYTES,
    Strongroom,
    StrongroomError,
)

TITLE = "canary Song For The Corner"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SongWorld]:
    world = SongWorld(tmp_path)
    yield world
    world.close()


@pytest.mark.process
@pytest.mark.parametrize(
    ("file", "seconds"),
    [(wav(1.5), 1.5), (flac(1.0), 1.0), (mp3(60), 60 * 1152 / 44_100)],
    ids=["wav", "flac", "mp3"],
)
def test_what_is_kept_is_the_sound_and_nothing_the_file_said_besides(
    world: SongWorld, file: bytes, seconds: float
) -> None:
    assert CANARY.encode() in file
    token = world.phone("pianist")
    outcome, demo = world.brings(token, file)
    assert outcome == Kept()
    [shown] = world.view_of(token)["demos"]
    assert shown["seconds"] == round(seconds)
    heard = world.heard(token, demo)
    assert heard is not None
    assert heard[:4] == b"RIFF"
    assert heard[36:40] == b"data", "the header is 44 bytes: there is no chunk for words in it"
    assert len(heard) == 44 + struct.unpack("<I", heard[40:44])[0]
    assert b"canary" not in heard
    assert b"canary" not in world.bytes_on_disk()
    assert "canary" not in world.readable_all()


@pytest.mark.process
def test_the_samples_are_those_of_the_file(world: SongWorld) -> None:
    token = world.phone("pianist")
    _, demo = world.brings(token, wav(0.5, rate=8000, channels=1))
    heard = world.heard(token, demo)
    assert heard is not None
    assert heard[44:] == struct.pack("<h", 1000) * 4000


@pytest.mark.process
@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "empty"),
        (b"x" * 5000, "no sound file"),
        (b"RIFF" + bytes(3000), "no sound file"),
        (b"OggS" + random.Random(1).randbytes(50_000), "no sound file"),
        (b"fLaC" + random.Random(2).randbytes(50_000), "no sound file"),
        (wav(16 * 60, rate=8000, channels=1), "longer than 15 minutes"),
        (bytes(30 * 1024 * 1024 + 1), "larger than 30 MB"),
        (b"\x7fELF" + random.Random(3).randbytes(100_000), "no sound file"),
    ],
    ids=["empty", "words", "riff", "ogg", "flac", "long", "big", "program"],
)
def test_a_file_that_is_not_kept_says_why_and_leaves_nothing(
    world: SongWorld, file: bytes, says: str
) -> None:
    token = world.phone("pianist")
    outcome, demo = world.brings(token, file, piece=1 << 20)
    assert isinstance(outcome, Refused)
    assert says in outcome.why
    assert demo == ""
    assert world.recordings() == []
    assert world.view_of(token)["demos"] == []


@pytest.mark.process
@pytest.mark.parametrize("fate", ["killed", "stuck", "deaf"])
def test_a_decoder_that_a_file_kills_or_holds_up_hurts_nobody(
    world: SongWorld, monkeypatch: pytest.MonkeyPatch, fate: str
) -> None:
    token = world.phone("pianist")
    script = str(Path(__file__).with_name("a_dying_decoder.py"))
    monkeypatch.setattr(decoding, "COMMAND", (sys.executable, script, fate))
    monkeypatch.setattr(decoding, "DECODED_WITHIN_S", 2.0)
    monkeypatch.setattr(decoding, "COMES_WITHIN_S", 2.0)
    outcome, _ = world.brings(token, wav(0.5))
    assert isinstance(outcome, Refused)
    assert "damaged" in outcome.why
    assert world.recordings() == []
    monkeypatch.undo()
    assert world.brings(token, wav(0.5))[0] == Kept()


@pytest.mark.process
def test_file_store_key_and_backup_together_open_nothing(world: SongWorld) -> None:
    token = world.phone("pianist")
    demo = world.demo(token, TITLE)
    [file] = world.recordings()
    assert file.name == demo
    assert file.stat().st_size % SEALED_BYTES == 0
    assert struct.pack("<h", 1000) * 8 not in world.bytes_on_disk()
    # All that the server's own key opens, which is more than a backup with it holds.
    assert "canary" not in world.readable_all()
    assert "pianist" not in str(file)


@pytest.mark.process
def test_only_its_authors_phone_plays_it(world: SongWorld) -> None:
    token = world.phone("pianist")
    demo = world.demo(token, TITLE)
    assert world.heard(token, demo) is not None
    for other in ("friend", "manager"):
        theirs = world.phone(other)
        assert world.heard(theirs, demo) is None
        assert world.care.songs.link(theirs, demo, "")[0] == Refused(
            "There is no such recording or song here."
        )
        assert isinstance(world.care.songs.drop_demo(theirs, demo), Refused)
        assert isinstance(world.care.songs.name_demo(theirs, demo, "x"), Refused)
    assert world.heard("a token of nobody", demo) is None


@pytest.mark.process
def test_a_link_plays_once_and_then_says_what_a_link_says_that_never_was(world: SongWorld) -> None:
    token = world.phone("pianist")
    secret = world.link(token, world.demo(token, TITLE))
    client = world.client()
    heads = {"origin": ORIGIN}

    def ask(secret: str) -> tuple[int, bytes]:
        body = {"type": "PlayOnce", "secret": secret}
        answer = client.post("/care/demo/play", json=body, headers=heads)
        return answer.status_code, answer.content

    first, second = ask(secret), ask(secret)
    never = ask("A" * len(secret))
    assert first[0] == 200
    assert first[1][:4] == b"RIFF"
    assert second == never
    assert len(never[1]) == 512
    rows = world.care.own_log(token)
    assert [(row.who, row.what, row.why) for row in rows] == [("a listening link", "demo", "link")]


@pytest.mark.process
def test_of_several_who_use_a_link_at_once_exactly_one_hears_it(world: SongWorld) -> None:
    token = world.phone("pianist")
    demo = world.demo(token)
    links = world.care.songs._demos._links
    together = threading.Barrier(4)

    def use(secret: str) -> bool:
        together.wait()
        return links.use(secret, "") is not None

    with ThreadPoolExecutor(4) as threads:
        for _ in range(40):
            heard = list(threads.map(use, [world.link(token, demo)] * 4))
            assert sum(heard) == 1


@pytest.mark.process
def test_a_link_for_one_person_is_nothing_to_another_and_is_not_used_up_by_them(
    world: SongWorld,
) -> None:
    token = world.phone("pianist")
    secret = world.link(token, world.demo(token), to="friend")
    assert world.once(secret) is None
    assert world.once(secret, "manager") is None
    assert world.once(secret, "friend") is not None
    assert world.once(secret, "friend") is None


@pytest.mark.process
def test_a_link_lapses_after_seven_days_and_its_file_goes(world: SongWorld) -> None:
    token = world.phone("pianist")
    demo = world.demo(token)
    secret, late = world.link(token, demo), world.link(token, demo)
    world.wall += LASTS_S - 2
    assert world.once(secret) is not None
    world.wall += 2
    assert world.once(late) is None
    for part in world.care.songs.parts:
        part.purge()
    assert [p.name for p in world.recordings()] == [demo]
    [shown] = world.view_of(token)["demos"]
    assert shown["links"] == []


@pytest.mark.process
def test_a_link_can_be_taken_back_and_the_server_has_no_secret_of_it(world: SongWorld) -> None:
    token = world.phone("pianist")
    secret = world.link(token, world.demo(token), to="friend")
    assert secret.encode() not in world.bytes_on_disk()
    assert secret not in world.readable_all()
    [link] = world.view_of(token)["demos"][0]["links"]
    assert link["link"] == name_of(secret)
    assert link["to"] == "friend"
    assert isinstance(world.care.songs.drop_link(world.phone("friend"), link["link"]), Refused)
    assert world.care.songs.drop_link(token, link["link"]) == Kept()
    assert world.once(secret, "friend") is None


@pytest.mark.process
def test_erased_nothing_of_it_is_left_and_what_is_being_heard_ends(world: SongWorld) -> None:
    token = world.phone("pianist")
    demo = world.demo(token, seconds=60.0)
    secret = world.link(token, demo)
    playing = world.care.songs.play(token, demo)
    assert playing is not None
    next(playing.pieces)
    next(playing.pieces)
    assert world.care.songs.drop_demo(token, demo) == Kept()
    assert list(playing.pieces) == []
    assert world.recordings() == []
    assert world.once(secret) is None
    assert world.view_of(token)["demos"] == []


@pytest.mark.process
def test_leaving_takes_the_file_along_by_name_and_leaves_none_here(world: SongWorld) -> None:
    token = world.phone("pianist")
    demo = world.demo(token, TITLE)
    world.link(token, demo)
    world.phone("friend")
    things = json.loads(world.care.export(token))
    [taken] = things["demos"]
    assert taken == {"demo": demo, "title": TITLE, "seconds": 2.0, "file": f"{demo}.wav"}
    assert things["listening_links"][0]["demo"] == demo
    assert world.heard(token, demo) is not None
    assert world.care.erase(token) == Kept()
    assert world.recordings() == []
    assert demo.encode() not in world.bytes_on_disk()


@pytest.mark.process
def test_it_is_there_after_a_restart_and_a_file_without_its_paper_goes(world: SongWorld) -> None:
    token = world.phone("pianist")
    demo = world.demo(token, TITLE)
    world.again()
    world.own.unlock(token)
    assert world.heard(token, demo) is not None
    [file] = world.recordings()
    file.with_name("left-behind").write_bytes(b"x")
    for part in world.care.songs.parts:
        part.purge()
    assert world.recordings() == [file]


@pytest.mark.process
def test_the_limits_hold(world: SongWorld) -> None:
    token = world.phone("pianist")
    demos = [world.demo(token, seconds=0.1) for _ in range(8)]
    refused = world.brings(token, wav(0.1))[0]
    assert isinstance(refused, Refused)
    assert "At most 8" in refused.why
    for _ in range(12):
        world.link(token, demos[0])
    assert isinstance(world.care.songs.link(token, demos[0], "")[0], Refused)
    assert isinstance(world.care.songs.name_demo(token, demos[0], "x" * 81), Refused)
    assert isinstance(world.care.songs.name_demo(token, demos[0], "a\nb"), Refused)
    assert isinstance(world.brings("a token of nobody", wav(0.1))[0], Refused)


def test_a_full_disk_is_said_before_the_file_is_read(
    world: SongWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strongroom, "FREE_BYTES", 1 << 60)
    refused, _ = world.brings(world.phone("pianist"), wav(0.1))
    assert isinstance(refused, Refused)
    assert "too little room" in refused.why


@pytest.mark.parametrize("size", [0, 1, HELD_BYTES - 1, HELD_BYTES, HELD_BYTES + 1, 3 * HELD_BYTES])
def test_what_is_put_in_comes_out_whatever_its_length(tmp_path: Path, size: int) -> None:
    room = Strongroom(tmp_path)
    coming = room.begin("owner")
    samples = random.Random(size).randbytes(size)
    coming.write(samples[: size // 3])
    coming.write(samples[size // 3 :])
    coming.done()
    assert b"".join(room.read("owner", coming.id, coming.key)) == samples


def test_pieces_that_are_cut_off_moved_or_changed_do_not_open(tmp_path: Path) -> None:
    room = Strongroom(tmp_path)
    coming = room.begin("owner")
    coming.write(bytes(3 * HELD_BYTES))
    coming.done()
    path = room.path("owner", coming.id)
    whole = path.read_bytes()
    first, second = whole[:SEALED_BYTES], whole[SEALED_BYTES : 2 * SEALED_BYTES]
    for wrong in (
        whole[: 2 * SEALED_BYTES],
        second + first + whole[2 * SEALED_BYTES :],
        whole[:100] + bytes((whole[100] ^ 1,)) + whole[101:],
        whole + first,
    ):
        path.write_bytes(wrong)
        with pytest.raises(StrongroomError):
            list(room.read("owner", coming.id, coming.key))
    path.write_bytes(whole)
    with pytest.raises(StrongroomError):
        list(room.read("owner", coming.id, bytes(32)))


@pytest.mark.process
def test_two_may_bring_at_once_and_a_third_waits(world: SongWorld) -> None:
    tokens = [world.phone(person) for person in ("pianist", "friend", "second")]

    async def all_at_once() -> list[object]:
        async def pieces() -> AsyncIterator[bytes]:
            yield wav(0.2, rate=8000, channels=1)

        found = await asyncio.gather(*(world.care.songs.take_in(t, pieces()) for t in tokens))
        return [outcome for outcome, _ in found]

    assert asyncio.run(all_at_once()) == [Kept()] * 3
