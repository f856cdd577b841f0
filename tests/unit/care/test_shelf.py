"""Care's events in a sealed store: readable again with the key, and only with it."""

from pathlib import Path

import pytest
from tests.scenario.press_stage import PEOPLE, Evening

from collavoce.care.commands import CancelAlert, OfferCode, PairDevice, RaiseAlert, SayComing
from collavoce.care.events import AlertEvent, AnyEvent
from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import new_key
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.home import Home, HomeError, care_home, server_key
from collavoce.runtime.care.kept.shelf import Shelf


def an_evening() -> list[AnyEvent]:
    evening = Evening()
    evening.circle("pianist", "friend", "second")
    evening.does(OfferCode("friend", "c"), PairDevice("c", "d"))
    evening.does(RaiseAlert("pianist", "p1"), SayComing("friend", "p1"))
    evening.does(RaiseAlert("singer", "p2"), CancelAlert("singer", "p2"))
    return evening.events()


def opened(folder: Path) -> SealedStore:
    return SealedStore.open(folder / "care.db", ballast_bytes=0)


def kept(folder: Path, key: bytes) -> list[AnyEvent]:
    store = opened(folder)
    try:
        return list(Shelf(store, key, PEOPLE).replay())
    finally:
        store.close()


def test_what_is_kept_is_read_back_in_order(tmp_path: Path) -> None:
    key, events = new_key(), an_evening()
    store = opened(tmp_path)
    shelf = Shelf(store, key, PEOPLE)
    for event in events[:5]:
        shelf.append((event,))
    shelf.append(events[5:])
    store.close()
    assert kept(tmp_path, key) == events


def test_another_key_reads_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path)
    Shelf(store, new_key()).append(an_evening())
    store.close()
    with pytest.raises(SealBrokenError):
        kept(tmp_path, new_key())


def test_no_name_and_no_kind_stands_in_the_file_and_all_bodies_are_alike(tmp_path: Path) -> None:
    store = opened(tmp_path)
    Shelf(store, new_key()).append(an_evening())
    lengths = {len(body) for _, _, body in store.read_all()}
    store.close()
    assert len(lengths) == 1, "the length tells the kind"
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for word in (*PEOPLE, "AlertRaised", "HelpComing", "p1", "CircleSet"):
        assert len(word) < 3 or word.encode() not in content


def test_an_erased_press_is_gone_and_all_else_is_there(tmp_path: Path) -> None:
    key, events = new_key(), an_evening()
    store = opened(tmp_path)
    shelf = Shelf(store, key, PEOPLE)
    shelf.append(events)
    shelf.erase_press("singer", "p2")
    shelf.erase_press("singer", "p2")
    shelf.erase_press("nobody", "p9")
    store.close()
    expected = [e for e in events if not (isinstance(e, AlertEvent) and e.press == "p2")]
    assert len(expected) < len(events)
    assert kept(tmp_path, key) == expected


def test_a_show_has_the_same_home_at_every_opening_and_never_inside_its_folder(
    tmp_path: Path,
) -> None:
    show, other = tmp_path / "show", tmp_path / "other"
    show.mkdir()
    other.mkdir()
    data, keys = tmp_path / "data", tmp_path / "config"
    home = care_home(show, data, keys)
    assert care_home(show, data, keys) == home
    assert care_home(other, data, keys) != home
    assert home.folder.parent == data
    assert home.key_file.parent == keys
    assert home.folder.stat().st_mode & 0o777 == 0o700
    assert "show" not in home.folder.name
    assert list(show.iterdir()) == []


def test_a_store_without_its_key_is_not_begun_anew(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path / "keys" / "k")
    key = server_key(home)
    assert server_key(home) == key
    assert home.key_file.stat().st_mode & 0o777 == 0o600
    opened(tmp_path).close()
    home.key_file.unlink()
    with pytest.raises(HomeError, match="put the key file back"):
        server_key(home)
