"""What the desk's machine tells of itself, from a tree like the kernel's."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from collavoce.desk.machine import LOW_PERCENT, Machine, look_at_machine
from collavoce.desk.views import machine_view


def tell(system: Path, where: str, **files: str) -> None:
    folder = system / where
    folder.mkdir(parents=True)
    for name, words in files.items():
        (folder / name).write_text(words + "\n", encoding="ascii")


def test_a_machine_without_a_battery_is_on_mains(tmp_path: Path) -> None:
    tell(tmp_path, "power_supply/AC", type="Mains", online="1")
    assert look_at_machine(tmp_path).battery is None
    assert look_at_machine(tmp_path).power == "machine.power"


def test_the_weakest_of_two_batteries_counts(tmp_path: Path) -> None:
    tell(tmp_path, "power_supply/BAT0", type="Battery", capacity="81", status="Discharging")
    tell(tmp_path, "power_supply/BAT1", type="Battery", capacity="34", status="Full")
    machine = look_at_machine(tmp_path)
    assert (machine.battery, machine.charging) == (34, False)
    assert machine.power == "machine.battery"


def test_a_battery_that_runs_out_is_danger_and_one_that_is_fed_is_not() -> None:
    assert Machine(LOW_PERCENT, charging=False).power == "machine.low"
    assert Machine(LOW_PERCENT, charging=True).power == "machine.power"


def test_the_loopback_is_no_network(tmp_path: Path) -> None:
    tell(tmp_path, "net/lo", operstate="up")
    tell(tmp_path, "net/eth0", operstate="down")
    assert look_at_machine(tmp_path).network == ()
    tell(tmp_path, "net/wlan0", operstate="up")
    assert look_at_machine(tmp_path).network == ("wlan0",)


def test_where_nothing_is_told_nothing_is_claimed(tmp_path: Path) -> None:
    assert look_at_machine(tmp_path / "nowhere") == Machine()
    tell(tmp_path, "power_supply/BAT0", type="Battery", capacity="unknown")
    assert look_at_machine(tmp_path).battery is None


def test_it_is_shown_as_words_and_shapes() -> None:
    view = machine_view(Machine(12, charging=False))
    assert view["power"] == {
        "is": "machine.low",
        "word": "battery low 12 %",
        "shape": "▲",
        "tone": "danger",
    }
    assert dict(cast("Mapping[str, str]", view["network"]))["word"] == "no network"
