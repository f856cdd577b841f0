"""How a story is told: what failed is said to have failed, what is not there is not called held."""

import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from collavoce.cli import main
from collavoce.cli.run import readable_show
from collavoce.cli.stories.account import Account, Check, Figure, Held, Step, StoryError
from collavoce.cli.stories.line_cast import PHONES, Cast
from collavoce.cli.stories.line_many import misdirected
from collavoce.cli.stories.showing import Silent, Told, as_json, figure_words, summary
from collavoce.cli.stories.sockets import _address, _is_outside
from collavoce.cli.stories.terminal import shortest
from collavoce.cli.stories.twin import differing, differing_keys, timeless
from collavoce.cli.text.asking import Asking
from collavoce.line import Fact, Place, roles
from collavoce.line.roles import Sight
from collavoce.runtime.line.config import line_config
from collavoce.show.reading.folder import read_show_file


def played(*checks: Check) -> Account:
    account = Account("line", Silent())
    account.steps.append(Step("B5", "He presses.", checks, 0.5))
    return account


def test_a_step_that_cannot_be_played_to_its_end_did_not_hold_and_the_story_goes_on() -> None:
    account = Account("line", Silent())
    with account.step("B5") as taking:
        taking.is_so("told", True)
        raise StoryError("her page never came")
    with account.step("B6") as taking:
        taking.is_so("place", True)
    first, second = account.steps
    assert [check.held for check in first.checks] == [Held.YES, Held.NO]
    assert "her page never came" in first.checks[1].said
    assert [check.held for check in second.checks] == [Held.YES]
    assert account.count(Held.NO) == 1


def test_a_fault_of_the_program_is_no_step_that_did_not_hold() -> None:
    account = Account("line", Silent())
    with pytest.raises(KeyError), account.step("B5"):
        raise KeyError("a bug")


@pytest.mark.parametrize(
    ("found", "held", "worst"),
    [
        ([12.0, 1999.9], Held.YES, 2000.0),
        ([12.0, 2000.4], Held.NO, 2000.0),
        ([12.0, None], Held.NO, None),
        ([], Held.NO, None),
    ],
)
def test_the_worst_counts_and_what_never_came_never_holds(
    found: Sequence[float | None], held: Held, worst: float | None
) -> None:
    account = Account("line", Silent())
    with account.step("B5") as taking:
        taking.within("device", found, 2000.0)
    (check,) = account.steps[0].checks
    assert check.held is held
    assert (check.figure and check.figure.value) == worst


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure(0), "0"),
        (Figure(12.5, "ms"), "12.5 ms"),
        (Figure(12, "ms", 100), "12 ms, at most 100"),
        (Figure(5, "keys", 5, 4), "5 keys, at most 5, the worst of 4"),
    ],
)
def test_a_figure_says_its_unit_its_limit_and_how_often_it_was_measured(
    figure: Figure, words: str
) -> None:
    assert figure_words(figure) == words


def test_every_outcome_is_said_in_a_word_without_any_colour() -> None:
    out = io.StringIO()
    told = Told(Console(file=out, width=80))
    checks = tuple(Check(f"a check [bold]{held}[/]", held) for held in Held)
    told.begins("B5", "He presses.")
    told.ended(Step("B5", "He presses.", checks, 1.0))
    lines = out.getvalue().splitlines()
    assert lines[0].split() == ["B5", "He", "presses."]
    words = ("held", "NOT HELD", "not yet", "by people", "not shown")
    for line, word, held in zip(lines[1:], words, Held, strict=False):
        assert line.strip().startswith(word)
        assert f"a check [bold]{held}[/]" in line, "what is said is no markup"
    assert "\x1b" not in out.getvalue()


def test_for_machines_it_is_one_value_and_holds_only_if_nothing_failed() -> None:
    whole = played(Check("a", Held.YES, Figure(1, "ms")), Check("b", Held.NOT_YET))
    failed = played(Check("a", Held.NO))
    said = json.loads(msgspec.json.encode(as_json(whole, 1.0)))
    assert said["held"] is True
    assert said["checks"]["not_yet"] == 1
    assert said["steps"][0]["checks"][0]["figure"] == {"value": 1, "unit": "ms"}
    assert as_json(failed, 1.0)["held"] is False
    assert "1 did not hold" in summary(failed, 1.0)


@given(one=st.binary(max_size=40), other=st.binary(max_size=40))
def test_bytes_differ_exactly_when_they_are_not_the_same(one: bytes, other: bytes) -> None:
    assert (differing(one, other) == 0) is (one == other)


def test_the_time_of_day_alone_is_left_out_of_what_is_compared() -> None:
    one = b'id: 1a\nevent: state\ndata: {"seq":3,"recent":[{"wall":"20:14:03","text":"on"}]}\n\n'
    other = one.replace(b"20:14:03", b"20:14:04").replace(b"id: 1a", b"id: 2b")
    assert one != other
    assert timeless(one) == timeless(other)
    assert timeless(one) != timeless(one.replace(b'"seq":3', b'"seq":4'))


def test_where_two_views_differ_is_named() -> None:
    one = {"line": {"away": ["idol"], "may": []}, "calls": []}
    other = {"line": {"away": [], "may": []}, "calls": []}
    assert differing_keys(one, other) == {"line.away"}
    assert differing_keys(one, {**one, "calls": [1]}) == {"calls"}
    assert differing_keys(one, one) == set()


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("0100007F:1F90", "127.0.0.1"),
        ("00000000:0000", "0.0.0.0"),
        ("0A020A0A:0035", "10.10.2.10"),
        ("00000000000000000000000001000000:1F90", "::1"),
    ],
)
def test_addresses_are_read_as_the_kernel_writes_them(cell: str, address: str) -> None:
    assert _address(cell) == ip_address(address)


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("127.0.0.1", False),
        ("127.0.1.7", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("192.0.2.1", True),
        ("10.10.2.10", True),
        ("fe80::1", True),
        ("::ffff:192.0.2.1", True),
    ],
)
def test_what_is_not_this_machine_is_outside(address: str, *, outside: bool) -> None:
    assert _is_outside(ip_address(address)) is outside


def test_the_shortest_that_means_a_word_means_it_and_nothing_shorter_does() -> None:
    words = ("press", "cancel", "coming", "circle", "clear", "stop", "security", "settings", "c")
    asking = Asking("text.phone", {word: lambda _, word=word: word for word in words})
    for word in words:
        short = shortest(asking, word)
        assert asking.ask(short) == word
        shorter = [other for other in words if other.startswith(short[:-1])]
        assert len(short) == 1 or len(shorter) > 1


@pytest.mark.parametrize("name", ["Mira Ortiz", "서미나", 'Ann "A" \\ O\'Hara', "You"])
def test_the_seat_takes_any_name_and_nobody_of_the_house_is_without_one(
    tmp_path: Path, name: str
) -> None:
    folder = Cast(name).lay_out(tmp_path / "show")
    reading = read_show_file(
        (folder / "show.toml").read_bytes(),
        lambda _: None,
        resolves=lambda _: True,
        knows_timezone=lambda _: True,
    )
    assert reading.show is not None
    assert not reading.errors
    assert reading.show.people["friend"].name == name
    assert set(PHONES) | {"caller"} == set(reading.show.people)


def the_line(folder: Path) -> Place:
    prepared, _ = readable_show(Cast("You").lay_out(folder))
    return line_config(prepared.show, datetime(2026, 5, 1, tzinfo=UTC)).place()


def test_in_many_moments_nobody_is_shown_too_much(tmp_path: Path) -> None:
    assert misdirected(the_line(tmp_path), 400) == 0


@pytest.mark.parametrize(
    ("pair", "sight"),
    [
        (("guest", Fact.LINE), Sight.ALL),
        (("company manager", Fact.EARS), Sight.ALL),
        (("security lead", Fact.LINE), Sight.OWN),
        (("medic", Fact.MEDIC), Sight.NONE),
    ],
)
def test_one_wrong_line_in_the_table_of_who_sees_what_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pair: tuple[str, Fact], sight: Sight
) -> None:
    monkeypatch.setattr(roles, "SEES", {**roles.SEES, pair: sight})
    assert misdirected(the_line(tmp_path), 400) > 0


@pytest.mark.parametrize(
    "words",
    [
        ("story", "line", "--speed", "fast"),
        ("story", "line", "--friend", "x" * 61),
        ("story", "line", "--friend", "two\nlines"),
        ("story", "two-evenings"),
    ],
)
def test_what_cannot_be_played_is_said_in_one_line(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err
