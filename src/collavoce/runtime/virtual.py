"""A whole performance on a virtual clock: the lockstep run with its ring, store and sockets."""

from collections.abc import Callable
from pathlib import Path

from collavoce.ledger.ring import RingWriter
from collavoce.ledger.sqlite import SqliteStore
from collavoce.rig.performer import Performer
from collavoce.rig.stage_listener import StageListener
from collavoce.runtime.clock import VirtualClock, fresh_id, wall_ns
from collavoce.runtime.entry import Entry, encode
from collavoce.runtime.lockstep import Following, Lockstep, Reaction
from collavoce.runtime.opening import Options, next_epoch, prepare_state_dir, sole_engine
from collavoce.runtime.players import LEAD_IN
from collavoce.runtime.policies import lit_channels
from collavoce.runtime.prepared import Prepared
from collavoce.runtime.stages import Stages
from collavoce.runtime.takes.place import takes_place
from collavoce.runtime.takes.remembering import Remembering, report
from collavoce.runtime.takes.shelf import Shelf
from collavoce.runtime.wires import Wires, source_id
from collavoce.runtime.writer import STORE, drain_left_behind, drain_ring
from collavoce.show.cues import Show
from collavoce.show.events import AnyEvent, ShowClosed
from collavoce.units import Instant, Seconds
from collavoce.wire.midi import read_performance


class _Ears:
    """The stage listener as the lockstep run hears it."""

    def __init__(self, listener: StageListener, show: Show) -> None:
        self._listener = listener
        self._lit = {stage: lit_channels(show, stage) for stage in show.stage_ids}

    def dark(self, stage: str) -> bool | None:
        """Whether every channel of `stage` is at zero on the wire."""
        self._listener.receive()
        if not self._listener.levels:
            return None
        return self._listener.dark(self._lit[stage])


def run_virtually(
    options: Options,
    prepared: Prepared,
    plan: str,
    reactions: tuple[Reaction, ...] = (),
    progress: Callable[[Instant], None] = lambda _: None,
) -> int:
    """Play a show on a virtual clock; the epoch under which it is kept.

    reactions : what modelled people do about events. progress : told about once a virtual second.
    """
    show = prepared.show
    state = prepare_state_dir(options.folder)
    with sole_engine(state):
        epoch = next_epoch(state)
        store = SqliteStore.open(state / STORE)
        drain_left_behind(store, state / "ring", epoch)
        ring = RingWriter.open(state / "ring" / f"{epoch:06d}")
        clock = VirtualClock()
        boot = fresh_id()
        listener = StageListener(cid=source_id(boot))
        wires = Wires(show, boot, taps=(listener.address,))
        lockstep: Lockstep

        def record(stage: str, event: AnyEvent, actor: str, key: str, cause: int) -> int:
            # On a virtual clock the machine's own would mean nothing.
            entry = Entry(event, actor, key, cause, int(clock.now() * 1e9), wall_ns(), stage)
            seq = ring.append(encode(entry))
            lockstep.react(event)
            return seq

        stages = Stages(show, record, wires, clock.now)
        lockstep = Lockstep(
            stages,
            clock,
            tuple(
                Following(performance, prepared.scores, player, _memory(options, show))
                for performance, player in zip(stages, _players(options, show), strict=True)
            ),
            _Ears(listener, show),
            reactions,
            lambda now, _: progress(now),
        )
        try:
            stages.open(plan)
            lockstep.run()
            for stage in show.stage_ids:
                record(stage, ShowClosed(at=clock.now()), "engine", "", 0)
        finally:
            wires.close()
            listener.close()
            ring.close()
            drain_ring(store, state / "ring" / f"{epoch:06d}", epoch, boot)
            store.checkpoint()
            store.close()
    return epoch


def _memory(options: Options, show: Show) -> Remembering:
    """The takes of the show; what is wrong with them is said in a line and stops nothing."""
    shelf = Shelf(takes_place(options.folder, options.care_root), lambda: wall_ns() * 1e-9)
    return Remembering(shelf, show, report)


def _players(options: Options, show: Show) -> list[Performer]:
    """Who plays on each stage: nobody where no recording is given."""
    given = {show.stage_ids[0]: options.performer, **options.performers}
    start = Instant(LEAD_IN)
    return [Performer(_messages(given.get(stage)), start=start) for stage in show.stage_ids]


def _messages(performer: Path | None) -> tuple[tuple[Seconds, bytes], ...]:
    return () if performer is None else tuple(read_performance(performer.read_bytes()))
