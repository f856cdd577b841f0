"""Everything that leaves the house, as `Performance` sees it."""

from collections.abc import Iterator, Mapping

from collavoce.rig.lights_out import LightsRig
from collavoce.rig.midi_out import MidiOut
from collavoce.rig.osc_out import OscRig
from collavoce.rig.udp import Address, Sent, UdpSender
from collavoce.runtime.mail import Process
from collavoce.runtime.reach import CONNECTED, NO_PORT, NOT_CONNECTED, reach
from collavoce.runtime.wires.auditioning import audition
from collavoce.runtime.wires.carriers import Carriers
from collavoce.runtime.wires.identity import SOURCE, source_id
from collavoce.runtime.wires.posts import Post
from collavoce.runtime.wires.shot import Shot
from collavoce.runtime.wires.sounds import Sounds
from collavoce.show.commands import HearAnswer
from collavoce.show.cues import Cue, Show
from collavoce.show.events import AnyEvent
from collavoce.show.state import ShowState
from collavoce.units import Instant

CATCH_UP = 21
"""Frames that a returning source sends at once.

E1.31 (6.7.2) has receivers drop a packet up to 20 behind the last one; a restarted engine does
not know where its predecessor's sequence numbers stood, and after 21 it is past any of them.
"""


class Wires:
    """The carriers of a show. Raises RigError for a host that cannot be found, before the show.

    taps : see `UdpSender`. post : to the processes that carry for the engine, None without them.
    """

    def __init__(
        self, show: Show, boot: str, taps: tuple[Address, ...] = (), post: Post | None = None
    ) -> None:
        patch = show.patch
        self._show = show
        self._sender = UdpSender(taps=taps)
        self._osc = OscRig(patch.osc, self._sender, patch.osc_tcp)
        self._midi = MidiOut(patch.midi)
        self._lights = LightsRig(patch, self._sender, cid=source_id(boot), source=SOURCE)
        self._carriers = Carriers(show, self._osc, self._midi, post)
        self._sounds = Sounds(self._carriers)

    def shots(self, cue: Cue) -> tuple[Shot, ...]:
        """What `cue` sends besides levels, each ready to be pulled."""
        return self._carriers.shots(cue)

    def lights(self, now: Instant, levels: Mapping[str, float], *, at_once: bool = False) -> Sent:
        """Send the light data that is due."""
        return self._lights.step(now, levels, at_once=at_once)

    def lights_due(self, now: Instant, *, moving: bool) -> Instant:
        """When the lights want to be stepped again."""
        return self._lights.next_due(now, moving=moving)

    def hear(self, event: AnyEvent) -> None:
        """Pass on what changes sounds that are under way."""
        self._sounds.hear(event)

    def audition(self, cue: Cue, levels: Mapping[str, float]) -> None:
        """Show on the virtual stage alone what `cue` would send, and the look it would make."""
        audition(self._sender, self._lights, cue, levels)

    def turn(self, now: Instant) -> None:
        """What wires do by themselves: connect, send on what waits."""
        self._osc.pump(now)

    def quiet(self, now: Instant) -> None:
        """What takes milliseconds and waits for a quiet moment: look for missing ports."""
        self._midi.look(now)

    def reached(self) -> Iterator[Process]:
        """How every destination fares of which that can be known without sending."""
        for to, there in self._osc.connected().items():
            yield reach(to, CONNECTED if there else NOT_CONNECTED)
        for to, there in self._midi.there().items():
            yield reach(to, CONNECTED if there else NO_PORT)

    def hearing(self, now: Instant) -> tuple[int, ...]:
        """The file descriptors on which an answer may come now; for `select`."""
        return self._osc.hearing(now)

    def answers(self, now: Instant) -> tuple[HearAnswer, ...]:
        """What other ends answered since the last call."""
        return tuple(HearAnswer(a.cue, a.to, a.words, a.ok, a.ms) for a in self._osc.answers(now))

    def sound_came_back(self, state: ShowState, boot: str) -> None:
        """The process that plays sounds was started anew: what loops plays on.

        A sound with an end of its own is not begun again in its middle; it is over. One that is
        paused stands at its beginning, and goes on from there when somebody lets it.
        """
        for cue, run in state.running.items():
            self._sounds.play_on((cue,), boot, stands=run.paused_at is not None)

    def catch_up(self) -> None:
        """Send the present levels past any sequence number a predecessor may have used."""
        for _ in range(CATCH_UP):
            self._lights.repeat()

    def close(self) -> None:
        """End the light streams in order, let go of ports and connections."""
        self._lights.terminate()
        self._osc.close()
        self._midi.close()
        self._sender.close()
