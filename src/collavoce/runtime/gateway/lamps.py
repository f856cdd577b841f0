"""Lamps of learned MIDI controls: the key that holds is lit while the show is held.

A lamp is switched by the message that its key sends, to the output of the same name: a note with
velocity 127 or 0, a controller with 127 or 0. What has no such output has no lamp.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from collavoce.rig.midi_out import MidiOut, System, system
from collavoce.runtime.gateway.addresses import Meant, meaning
from collavoce.runtime.gateway.book import MIDI, Control
from collavoce.show.commands import Follow, Go, Hold, PointTo, Resume
from collavoce.show.inputs import InputKind, read_input
from collavoce.show.state import ShowState
from collavoce.units import Instant
from collavoce.wire.midi.message import LOUDEST, control, note_on


def _lit(states: Mapping[str, ShowState], meant: Meant) -> bool:
    """Whether what a control does is ready to be done, or stands. states: by stage, in order."""
    state = states.get(meant.stage) or next(iter(states.values()))
    match meant.command:
        case Go(cue=None):
            return state.pointer is not None
        case Go(cue=cue) | PointTo(cue=cue):
            # A cue's number says which stage is meant.
            return any(cue == one.pointer for one in states.values())
        case Hold() | Resume():
            return state.held
        case Follow(on=on):
            return state.follow is on
        case _:
            return False


class Lamps:
    """The lamps of the controls that were learned."""

    def __init__(self, driver: Callable[[], System] = lambda: system) -> None:
        self._driver = driver
        self._controls: tuple[Control, ...] = ()
        self._lamps: list[tuple[str, int, int, Meant, bool]] = []
        self._shown: dict[tuple[str, int, int], bool] = {}
        self._out: MidiOut | None = None

    @property
    def wanted(self) -> bool:
        """Whether there is any lamp to be looked after."""
        return bool(self._lamps)

    def learn(self, controls: tuple[Control, ...]) -> None:
        """The controls are these from now on."""
        if controls == self._controls:
            return
        self._controls = controls
        self.close()
        self._lamps = list(_lamps(controls))
        ports = {port: port for port, *_ in self._lamps}
        self._out = MidiOut(ports, self._driver()) if ports else None

    def show(self, states: Mapping[str, ShowState], heard: Collection[str], now: float) -> None:
        """Switch what changed. states: by stage, in order. heard: the inputs that are there.

        A lamp whose input is gone is not looked for: asking the system costs, and tells its log.
        """
        if self._out is None:
            return
        for port, channel, number, meant, is_note in self._lamps:
            if port not in heard:
                continue
            lit, which = _lit(states, meant), (port, channel, number)
            if self._shown.get(which) is lit:
                continue
            make = note_on if is_note else control
            message = make(channel, number, LOUDEST if lit else 0)
            if self._out.send(port, [message], Instant(now)).datagrams:
                self._shown[which] = lit

    def close(self) -> None:
        """Let go of the outputs, their lamps dark."""
        if self._out is not None:
            for port, channel, number, _, is_note in self._lamps:
                make = note_on if is_note else control
                if self._shown.get((port, channel, number)):
                    self._out.send(port, [make(channel, number, 0)], Instant(0.0))
            self._out.close()
        self._out = None
        self._shown.clear()


def _lamps(controls: Iterable[Control]) -> Iterable[tuple[str, int, int, Meant, bool]]:
    for one in controls:
        learned = read_input(one.input)
        meant = meaning(f"/collavoce/{one.does}")
        kinds: Mapping[InputKind, bool] = {InputKind.NOTE: True, InputKind.CONTROL: False}
        if one.source.startswith(MIDI) and learned.kind in kinds and isinstance(meant, Meant):
            port = one.source.removeprefix(MIDI)
            yield port, learned.channel or 1, int(learned.key), meant, kinds[learned.kind]
