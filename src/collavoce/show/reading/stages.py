"""The show file's stages and timers."""

from collavoce.show.cues import Countdown, Stage
from collavoce.show.reading.clock import read_clock
from collavoce.show.written.table import Table
from collavoce.units import Seconds

COUNTS = ("down", "up", "to")
TIMER_LONGEST_S = 24 * 3600.0
WARN_S = 60.0


def read_stages(top: Table) -> dict[str, Stage]:
    """The stages by their id; none where the show has one."""
    stages: dict[str, Stage] = {}
    for table in top.tables("stages", ("id", "name", "midi")):
        stage = Stage(table.id("id"), table.text("name", required=True), table.text("midi"))
        if stage.id in stages:
            table.error("id", "twice", id=stage.id)
        if stage.midi and any(stage.midi == other.midi for other in stages.values()):
            table.warning("midi", "midi_twice", midi=stage.midi)
        stages.setdefault(stage.id, stage)
    return stages


def read_timers(top: Table) -> dict[str, Countdown]:
    """The timers by their id."""
    timers: dict[str, Countdown] = {}
    for table in top.tables("timers", ("id", "name", "counts", "minutes", "seconds", "to", "warn")):
        timer = _timer(table)
        if timer.id in timers:
            table.error("id", "twice", id=timer.id)
        timers.setdefault(timer.id, timer)
    return timers


def _timer(table: Table) -> Countdown:
    counts = table.choice("counts", COUNTS, "to" if "to" in table else COUNTS[0])
    minutes = table.number("minutes", 0.0, 0.0, TIMER_LONGEST_S / 60)
    seconds = 60.0 * minutes + table.number("seconds", 0.0, 0.0, TIMER_LONGEST_S)
    until = read_clock(table, "to")
    if counts == "down" and not seconds:
        table.error("counts", "timer_length")
    if counts == "to" and until is None and "to" not in table:
        table.error("counts", "timer_to")
    for key in ("to",) if counts != "to" else ("minutes", "seconds"):
        if key in table:
            table.warning(key, "idle_timer", key=key, counts=counts)
    return Countdown(
        id=table.id("id"),
        name=table.text("name", required=True),
        counts=counts,
        seconds=Seconds(seconds),
        until=until if counts == "to" else None,
        warn=Seconds(table.number("warn", WARN_S, 0.0, TIMER_LONGEST_S)),
    )
