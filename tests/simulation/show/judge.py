"""What must hold when the dust has settled, read from ring, ledger, desk, wires and answers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.simulation.show.desk import Desk
from tests.simulation.show.disk import Disk
from tests.simulation.show.engine import EngineProcess
from tests.simulation.show.gateway import Gateway
from tests.simulation.show.left import judge_what_left
from tests.simulation.show.look import judge_looks
from tests.simulation.show.referee import Inputs, Referee
from tests.simulation.show.stage import Stage
from tests.simulation.show.world import World

from collavoce.ledger.record import Record, verify
from collavoce.runtime.entry import Entry, decode_body, stage_of
from collavoce.show.cues import Show
from collavoce.show.evolve import evolve
from collavoce.show.state import ShowState


@dataclass(frozen=True)
class House:
    """Everything that is judged. entries: all of the ring, as a reader of its own saw it."""

    world: World
    show: Show
    engine: EngineProcess
    desk: Desk
    gateway: Gateway
    disk: Disk
    stage: Stage
    entries: Sequence[Entry]


def judge(house: House) -> None:
    """Every promise, one after another."""
    world = house.world
    records = _all(house.disk)
    _chain(world, records)
    _ledger_is_ring(house, records)
    if house.engine.alive is None:
        world.breaks("an engine comes back", "it did not")
        return
    _states(house)
    _answers(house)
    _rules(house)
    judge_what_left(world, house.show, house.entries, house.stage, house.engine.disturbed)
    heard = house.engine.quarters
    judge_looks(world, house.show, house.entries, house.stage, heard, house.engine.now())


def _all(disk: Disk) -> list[Record]:
    records: list[Record] = []
    while more := disk.read(after_seq=len(records)):
        records += more
    return records


def _chain(world: World, records: Sequence[Record]) -> None:
    broken = verify(records)
    if broken is not None:
        world.breaks("the chain of the ledger holds", broken)
    places = [int(record.key.split(":")[2]) for record in records]
    if places != list(range(1, len(places) + 1)):
        world.breaks("the ledger holds every entry of the ring once and in order", places)


def _ledger_is_ring(house: House, records: Sequence[Record]) -> None:
    """All of the ring is in the ledger; all up to the failure, where the disk has failed."""
    if len(records) != len(house.entries) and not house.disk.failed:
        told = len(records), len(house.entries)
        house.world.breaks("the ledger holds every entry of the ring once and in order", told)
    for record, entry in zip(records, house.entries, strict=False):
        if decode_body(record.body) != entry.event or stage_of(record.stream) != entry.stage:
            house.world.breaks("the ledger says what the ring said", (record.seq, entry))


def _states(house: House) -> None:
    shows = {stage: house.show.on_stage(stage) for stage in house.show.stage_ids}
    states = {stage: ShowState() for stage in shows}
    for entry in house.entries:
        on = entry.stage
        states[on] = evolve(shows[on], states[on], entry.event)
    house.desk.folded.catch_up()
    for performance in house.engine.alive or ():
        there = performance.stage
        if states[there] != performance.state:
            differing = _differing(states[there], performance.state)
            house.world.breaks("ledger and engine tell the same show", differing)
        if house.desk.folded.states[there] != performance.state:
            differing = _differing(house.desk.folded.states[there], performance.state)
            house.world.breaks("desk and engine show the same", differing)


def _differing(one: ShowState, other: ShowState) -> list[str]:
    return [
        f"{name}: {getattr(one, name)} and {getattr(other, name)}"
        for name in ShowState.__struct_fields__
        if getattr(one, name) != getattr(other, name)
    ]


def _answers(house: House) -> None:
    """A command that was answered as kept is there; no command was carried out twice."""
    world, last = house.world, len(house.entries)
    own = Counter(entry.key for entry in house.entries if entry.key)
    for key, seq in house.desk.acked.items():
        if seq > last:
            world.breaks("what was answered as kept is in the ledger", (key, seq, last))
    twice = [key for key, times in own.items() if times > 1]
    if twice:
        world.breaks("a command is carried out once, however often it arrives", twice)
    for key in house.desk.refused:
        if f"{key}:0" in own and key not in house.desk.acked:
            world.breaks("what was refused was not done", key)


def _rules(house: House) -> None:
    """Every stage by a referee who knows the show file and what was asked, and no rule of ours."""
    asked = {key: (one.command, one.by) for key, one in house.desk.asked.items()}
    pressed = {key: (command, "osc") for key, command in house.gateway.pressed.items()}
    inputs = Inputs({**asked, **pressed})
    for stage in house.show.stage_ids:
        referee = Referee(house.world, house.show.on_stage(stage), inputs)
        heard = {seq: hear for seq, on, hear in house.engine.heard if on == stage}
        for seq, entry in enumerate(house.entries, 1):
            if entry.stage == stage:
                referee.read(seq, entry)
            if (hear := heard.get(seq)) is not None:
                referee.heard(hear.estimate)
        assert house.engine.alive is not None
        state = house.engine.alive.performances[stage].state
        referee.settled(house.engine.now(), house.engine.wall_ns, state)


def swept_away(ring: Path) -> None:
    """Nothing of a seed is left on the machine."""
    for path in sorted(ring.glob("*")):
        path.unlink()
    ring.rmdir()
