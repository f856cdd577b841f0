"""The book of connections, in memory and on disk."""

import stat
from pathlib import Path

import pytest
from tests.unit.gateway.little_house import DESK, KEY, PEDAL, little_book

from collavoce.runtime.gateway import book as b
from collavoce.runtime.gateway.book import (
    Book,
    entries,
    with_allowed,
    with_control,
    with_controller,
    without,
)
from collavoce.runtime.gateway.book_file import BookFile
from collavoce.runtime.gateway.errors import GatewayError
from collavoce.runtime.gateway.listing import connections_view


def test_a_book_lets_in_what_stands_in_it() -> None:
    book = little_book()
    assert book.allows(DESK, "/collavoce/go")
    assert not book.allows(DESK, "/collavoc/go")
    assert not book.allows("192.168.1.2", "/collavoce/go")
    assert book.controller("wings") is not None
    assert book.controller("wing") is None


def test_a_pattern_without_a_star_is_one_address() -> None:
    book = with_allowed(Book(), DESK, "/collavoce/go")
    assert book.allows(DESK, "/collavoce/go")
    assert not book.allows(DESK, "/collavoce/go/12")


@pytest.mark.parametrize("name", ["", "Wings", "a b", "w" * 25, "../x", "-a", "ü"])
def test_names_stand_in_logs_and_are_plain(name: str) -> None:
    with pytest.raises(GatewayError, match="no name"):
        with_controller(Book(), name, KEY, ())


def test_a_name_is_given_once() -> None:
    with pytest.raises(GatewayError, match="already"):
        with_controller(little_book(), "wings", KEY, ())


@pytest.mark.parametrize("source", ["", "localhost", "192.168.1", "192.168.1.20:9000", "midi:"])
def test_a_source_is_an_address_in_figures_or_a_midi_input(source: str) -> None:
    with pytest.raises(GatewayError, match="no source"):
        with_allowed(Book(), source, "/collavoce/*")


@pytest.mark.parametrize(
    ("source", "pattern"),
    [(DESK, "go"), (DESK, "/a b"), (DESK, ""), (DESK, "msc"), (PEDAL, "/go"), (PEDAL, "*")],
)
def test_a_pattern_fits_its_kind_of_source(source: str, pattern: str) -> None:
    with pytest.raises(GatewayError, match="no pattern"):
        with_allowed(Book(), source, pattern)


@pytest.mark.parametrize("does", ["", "going", "goto", "feedback", "hello", "follow/maybe"])
def test_a_control_does_something_that_the_map_has_whole(does: str) -> None:
    with pytest.raises(GatewayError, match="known: go"):
        with_control(Book(), DESK, "osc /a", does)


def test_a_control_taught_anew_does_the_new_thing_only() -> None:
    book = with_control(little_book(), PEDAL, "midi control 64 channel 1", "stage/main/hold")
    does = [one.does for one in book.learned if one.source == PEDAL]
    assert does == ["stage/main/hold"]


def test_an_entry_is_forgotten_by_its_number_or_its_name() -> None:
    book = little_book()
    listed = [entry["number"] for entry in connections_view(book)["entries"]]
    assert listed == list(range(1, len(entries(book)) + 1))
    assert without(book, "wings").controller("wings") is None
    third = entries(book)[2][1]
    assert third not in [one for _, one in entries(without(book, "3"))]
    assert len(entries(without(book, "3"))) == len(entries(book)) - 1


@pytest.mark.parametrize("what", ["", "0", "99", "nobody", "-1"])
def test_what_is_not_in_the_list_cannot_be_forgotten(what: str) -> None:
    with pytest.raises(GatewayError, match="neither"):
        without(little_book(), what)


def test_everything_has_a_limit() -> None:
    book = Book()
    for n in range(b.ALLOWED_MAX):
        book = with_allowed(book, f"10.0.0.{n}", "/a")
    with pytest.raises(GatewayError, match="more than"):
        with_allowed(book, "10.0.1.1", "/a")


def test_what_is_kept_is_read_by_another_and_by_nobody_else(tmp_path: Path) -> None:
    first, second = BookFile(tmp_path), BookFile(tmp_path)
    assert first.read() == Book()
    first.edit(lambda _: little_book())
    assert second.read() == little_book()
    second.edit(lambda book: without(book, "wings"))
    assert first.read() == without(little_book(), "wings")
    assert stat.S_IMODE((tmp_path / "connections.json").stat().st_mode) == 0o600


def test_a_change_that_cannot_be_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = BookFile(tmp_path)
    file.edit(lambda _: little_book())
    before = file.path.read_bytes()
    with pytest.raises(GatewayError):
        file.edit(lambda book: with_controller(book, "wings", KEY, ()))
    assert file.path.read_bytes() == before


def test_a_file_that_is_gone_allows_nothing(tmp_path: Path) -> None:
    file = BookFile(tmp_path)
    file.edit(lambda _: little_book())
    file.path.unlink()
    assert file.read() == Book()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"allowed": [{"source": "everybody", "pattern": "/*"}]}',
        b'{"controllers": [{"name": "a", "key": "00"}]}',
        b'{"allow": []}',
        b'{"learned": [{"source": "10.0.0.1", "input": "osc /a", "does": "dance"}]}',
        b" " * 300_000,
    ],
    ids=lambda content: content[:24],
)
def test_a_file_that_is_wrong_is_said_with_its_name(tmp_path: Path, content: bytes) -> None:
    file = BookFile(tmp_path)
    file.path.write_bytes(content)
    with pytest.raises(GatewayError) as refused:
        file.read()
    assert str(file.path) in str(refused.value)
