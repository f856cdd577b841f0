"""What must hold when the dust has settled, read from ring, ledger, desk, stage and answers."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.simulation.show.desk import Desk
from tests.simulation.show.disk import Disk
from tests.simulation.show.engine import EngineProcess
from tests.simulation.show.stage import Stage
from tests.simulation.show.world import World

from collavoce.ledger.record import Record, verify
from collavoce.runtime.entry import decode_body
from collavoce.show import events as e
from collavoce.show.cues import AfterJump, Show
from collavoce.show.evolve import evolve
from collavoce.show.looks import Look, look_after
from collavoce.show.state import ShowState

SAME_LEVEL = 1e-6
BY_ITSELF = frozenset({e.Cause.FOLLOWER, e.Cause.AFTER, e.Cause.END, e.Cause.JUMP})


def judge(
    world: World, show: Show, engine: EngineProcess, desk: Desk, disk: Disk, stage: Stage
) -> None:
    """Every promise, one after another."""
    records = _all(disk)
    events = [decode_body(record.body) for record in records]
    _chain(world, records)
    if engine.alive is None:
        world.breaks("an engine comes back", "it did not")
        return
    _states(world, show, engine, desk, events)
    _answers(world, desk, records)
    _firings(world, show, events)
    _holds(world, show, events)
    _confirmed(world, events)
    _lights(world, show, engine, stage, events)


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


def _states(
    world: World, show: Show, engine: EngineProcess, desk: Desk, events: Sequence[e.AnyEvent]
) -> None:
    state = ShowState()
    for event in events:
        state = evolve(show, state, event)
    assert engine.alive is not None
    if state != engine.alive.state:
        world.breaks("ledger and engine tell the same show", _differing(state, engine.alive.state))
    desk.folded.catch_up()
    if desk.folded.state != engine.alive.state:
        world.breaks(
            "desk and engine show the same", _differing(desk.folded.state, engine.alive.state)
        )


def _differing(one: ShowState, other: ShowState) -> list[str]:
    return [
        f"{name}: {getattr(one, name)} and {getattr(other, name)}"
        for name in ShowState.__struct_fields__
        if getattr(one, name) != getattr(other, name)
    ]


def _answers(world: World, desk: Desk, records: Sequence[Record]) -> None:
    """A command that was answered as kept is there; no command was carried out twice."""
    last = len(records)
    own = Counter(record.key.split(":", 3)[3] for record in records if record.key.count(":") > 2)
    for key, seq in desk.acked.items():
        if seq > last:
            world.breaks("what was answered as kept is in the ledger", (key, seq, last))
    twice = [key for key, times in own.items() if times > 1]
    if twice:
        world.breaks("a command is carried out once, however often it arrives", twice)
    for key in desk.refused:
        if f"{key}:0" in own and key not in desk.acked:
            world.breaks("what was refused was not done", key)


def _firings(world: World, show: Show, events: Sequence[e.AnyEvent]) -> None:
    """By itself a cue fires once a pass; again only where something declared met it anew."""
    spent: set[str] = set()
    again = {c.number for n in show.numbers for c in n.cues if c.again is AfterJump.FIRE}
    after = {c.number for followers in show.cues_after.values() for c in followers}
    for event in events:
        match event:
            case e.NumberStarted(number=number):
                spent -= {cue.number for cue in show.number(number).cues}
            case e.CuesArmed(cues=cues):
                spent -= set(cues) | after
            case e.MusicJumped(origin=origin, target=target) if target < origin:
                spent -= again
            case e.MusicChanged():
                pass
            case e.CueFired(cue=cue, cause=cause):
                # A cue after another comes along each time that one fires.
                if cause in BY_ITSELF - {e.Cause.AFTER} and cue in spent:
                    world.breaks("no cue fires twice by itself in a pass", f"{cue} by {cause}")
                world.counts[f"fired by {cause}"] += 1
                spent.add(cue)
            case _:
                pass


def _holds(world: World, show: Show, events: Sequence[e.AnyEvent]) -> None:
    """In a hold, and with follow off, nothing fires by itself; told from the events alone."""
    state, held, follow = ShowState(), False, True
    for event in events:
        if isinstance(event, e.CueFired) and event.cause in BY_ITSELF:
            if held:
                world.breaks("in a hold nothing fires by itself", event)
            if event.cause is e.Cause.FOLLOWER and not follow:
                world.breaks("with follow off the follower fires nothing", event)
            if event.cause is e.Cause.FOLLOWER and event.cue not in state.armed:
                world.breaks("only what is armed fires by itself", event)
        held = isinstance(event, e.ShowHeld | e.ShowStopped) or (
            held and not isinstance(event, e.ShowResumed)
        )
        follow = event.on if isinstance(event, e.FollowSwitched) else follow
        state = evolve(show, state, event)


def _confirmed(world: World, events: Sequence[e.AnyEvent]) -> None:
    """Of every firing it is known what became of it, be it "perhaps sent"."""
    waiting: Counter[str] = Counter()
    for event in events:
        if isinstance(event, e.CueFired):
            waiting[event.cue] += 1
        elif isinstance(event, e.CueSent):
            waiting[event.cue] = 0
            world.counts["perhaps sent"] += bool(event.problem) and not event.datagrams
    left = [cue for cue, count in waiting.items() if count]
    if left:
        world.breaks("of every firing it is known whether it was sent", left)


def _lights(
    world: World, show: Show, engine: EngineProcess, stage: Stage, events: Sequence[e.AnyEvent]
) -> None:
    """The stage looks as the record says it must."""
    look = Look()
    for event in events:
        look = look_after(show, look, event)
    meant = look.at(engine.now())
    names = meant.keys() | stage.levels.keys()
    wrong = {
        name: (meant.get(name, 0.0), stage.levels.get(name, 0.0))
        for name in names
        if abs(meant.get(name, 0.0) - stage.levels.get(name, 0.0)) > SAME_LEVEL
    }
    if wrong:
        world.breaks("the stage looks as the show says", wrong)


def swept_away(ring: Path) -> None:
    """Nothing of a seed is left on the machine."""
    for path in sorted(ring.glob("*")):
        path.unlink()
    ring.rmdir()
