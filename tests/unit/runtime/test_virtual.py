"""A virtual evening: repeatable, and kept like a real one."""

from pathlib import Path

from collavoce import evening
from collavoce.cli.evening_people import acknowledge_later
from collavoce.cli.run import readable_show
from collavoce.runtime.live import kept_events
from collavoce.runtime.opening import Options
from collavoce.runtime.virtual import run_virtually
from collavoce.show.events import AnyEvent, ExitAcknowledged, LightsOut, ShowClosed


def played(folder: Path) -> list[AnyEvent]:
    evening.lay_out(folder)
    prepared, plan = readable_show(folder)
    options = Options(folder, performer=folder / evening.PERFORMANCE)
    epoch = run_virtually(options, prepared, plan, (acknowledge_later,))
    events, head = kept_events(folder, epoch)
    assert len(head) == 64
    return events


def test_two_runs_of_one_evening_are_the_same_facts(tmp_path: Path) -> None:
    first, second = played(tmp_path / "a"), played(tmp_path / "b")
    assert first == second
    assert any(isinstance(event, ExitAcknowledged) for event in first)
    assert any(isinstance(event, LightsOut) for event in first)
    assert isinstance(first[-1], ShowClosed)
