"""`collavoce check`: who on stage has no way to be reached, and not a byte of anything else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.care.key_world import SERVER_KEY, World

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import (
    AnyCommand,
    RaiseAlert,
    SayAlone,
    SayDone,
    SetAftercare,
    SetCircle,
    SetContacts,
    SetLadder,
    SetNear,
)
from collavoce.care.near import Kind, Near
from collavoce.care.outcome import Kept
from collavoce.cli import main
from collavoce.runtime.care.home import STORE, care_home, keep_key
from collavoce.runtime.care.kept.ear import Ear
from collavoce.runtime.care.reachable import unreached

SHOW = """
title = "An evening"
timezone = "Europe/Vienna"

[[people]]
id = "pianist"
name = "Yuna Park"
roles = ["performer"]

[[people]]
id = "second"
name = "Ines Okafor"
roles = ["performer"]

[[people]]
id = "third"
name = "Tove Lind"
roles = ["welfare lead", "caller"]

[[numbers]]
id = "one"
title = "One"
performer = "pianist"

[[numbers.cues]]
number = "1"
name = "Look"
department = "LX"
by = "hand"
memo = "Look up"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "show"
    folder.mkdir()
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    return folder


def housed(folder: Path) -> World:
    """The care of this show, with its store where a running show has it."""
    home = care_home(folder)
    keep_key(home, SERVER_KEY)
    return World(home.folder)


def check(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        main(["check", str(folder), *more])
    assert left.value.code == 0
    return capsys.readouterr().out


def files(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_before_anybody_is_paired_it_says_so_once_and_makes_no_store(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = check(folder, capsys)
    assert out.count("no phone has been paired yet") == 1
    assert "no other way to be reached" not in out
    assert out.endswith("Errors: 0, warnings: 0. The show can be run.\n")
    assert [path for path in files(folder.parent) if "/show/" not in path] == []


def test_a_performer_without_phone_or_contact_is_warned_of_by_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = housed(folder)
    world.phone("pianist")
    warned = "warning: Ines Okafor comes on, and has no phone paired here"
    out = check(folder, capsys)
    assert warned in out
    assert "Yuna Park comes on" not in out
    assert "Tove Lind" not in out
    world.does(SetContacts("second", (Contact(Channel.SMS, "+4366412345"),)))
    assert warned not in check(folder, capsys)
    found = json.loads(check(folder, capsys, "--json"))
    assert [one["severity"] for one in found] == ["note"]
    world.close()


def test_it_reads_while_the_show_runs_and_changes_no_byte(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = housed(folder)
    world.phone("pianist")
    before = files(folder.parent)
    check(folder, capsys)
    assert files(folder.parent) == before
    world.phone("second")
    assert unreached(folder, ("pianist", "second")) == ()
    world.close()


def everything(world: World) -> None:
    """Whatever somebody may settle, write, keep and do, but pairing and giving a number."""
    own, mine = world.own, world.tokens["pianist"][0]
    friend = world.phone("friend")
    world.circle("pianist", "friend", "manager")
    commands: tuple[AnyCommand, ...] = (
        SetLadder("pianist", 5.0, 60.0, 90.0, "third"),
        SetNear("pianist", Near(Kind.NOT, ("manager",))),
        SetAftercare("pianist", 600),
        SayAlone("pianist", 30.0, 10.0),
        RaiseAlert("pianist", "p1"),
        SayDone("pianist"),
    )
    for command in commands:
        world.does(command)
    own.write_lines(mine, ("a canary line",), ("friend",))
    own.write_aftercare(mine, "a canary afterwards")
    own.keep.write("leaf 1", "pianist", ("a canary leaf",), {"friend": None})
    ear = Ear(own.keep)
    ear.keep_line(mine, "1", "a canary in the ear", b"")
    ear.give(friend, "pianist", "a canary given", b"")


def emptied(world: World) -> None:
    """A circle of nobody, and a rule that keeps everybody away."""
    world.does(SetCircle("pianist", (), 20.0))
    world.does(SetNear("pianist", Near(Kind.ONLY, ())))


def withdrawn(world: World) -> None:
    """Circle and contacts are sealed to their own phones."""
    assert world.own.set_routing(world.tokens["pianist"][0], on=False) == Kept()


@pytest.mark.parametrize("settles", [everything, emptied, withdrawn])
def test_whatever_people_keep_it_says_the_same(
    folder: Path, capsys: pytest.CaptureFixture[str], settles: Callable[[World], None]
) -> None:
    world = housed(folder)
    world.phone("pianist")
    before = check(folder, capsys), check(folder, capsys, "--json")
    settles(world)
    assert (check(folder, capsys), check(folder, capsys, "--json")) == before
    assert "canary" not in before[0]
    world.close()


def test_a_store_whose_key_is_gone_is_said_and_stays_as_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = housed(folder)
    world.phone("pianist")
    world.close()
    home = care_home(folder)
    home.key_file.unlink()
    out = check(folder, capsys)
    assert "whether everybody on stage can be reached is not known" in out
    assert str(home.key_file) in out
    assert not home.key_file.exists()
    assert (home.folder / STORE).exists()


def test_a_show_without_performers_says_nothing_of_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SHOW.replace('"performer"', '"operator"').replace('performer = "pianist"\n', "")
    (folder / "show.toml").write_text(text, encoding="utf-8")
    assert check(folder, capsys) == "Nothing to find fault with.\n"
