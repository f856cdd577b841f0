"""Which action goes by which carrier: the table, and one small function for each kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from collavoce.rig.errors import RigError
from collavoce.rig.midi_out import MidiOut
from collavoce.rig.osc_out import OscRig
from collavoce.rig.udp import Sent
from collavoce.runtime.wires.posts import (
    ERRANDS,
    SOUND,
    AnyPost,
    Errand,
    LoadFile,
    PlayFile,
    Post,
    pack_post,
)
from collavoce.runtime.wires.said import said
from collavoce.runtime.wires.shot import Pull, Shot
from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.http import SendHttp
from collavoce.show.actions.load import LoadCue
from collavoce.show.actions.midi import SendMidi
from collavoce.show.actions.osc import SendOsc
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Cue, Show
from collavoce.show.latency import delay, destination
from collavoce.show.patch import SOUND as SOUNDS
from collavoce.words import say

Send = Callable[[Pull], Sent]


@dataclass(frozen=True, slots=True)
class Carriers:
    """Everything that carries. post: None where the clock is virtual and no process carries."""

    show: Show
    osc: OscRig
    midi: MidiOut
    post: Post | None

    def shots(self, cue: Cue) -> tuple[Shot, ...]:
        """What `cue` sends besides levels, in its order, each ready to be pulled."""
        return tuple(
            Shot(
                to=destination(action) or SOUNDS,
                what=said(action),
                replay=replay_of(action),
                delay=delay(self.show.patch, action),
                send=carry(self, action, number),
            )
            for number, action in enumerate(cue.actions)
            if (carry := CARRIERS.get(type(action))) is not None
        )

    def hand(self, process: str, post: AnyPost) -> Sent:
        """Mail to a process that carries for the engine."""
        if self.post is None:
            return Sent(0, (RigError(say("rig.post.virtual")),))
        if self.post(process, pack_post(post)):
            return Sent(1)
        return Sent(0, (RigError(say("rig.post.gone", process=process)),))


def replay_of(action: Action) -> Replay:
    """What becomes of `action` in doubt; a looped sound is a state of the stage, as a level is."""
    match action:
        case LoadCue() | PlaySound(loop=True) | SendOsc(sets=True):
            return Replay.ABSOLUTE
        case _:
            return action.replay


def play(action: PlaySound, cue: str, identity: str, *, stands: bool = False) -> PlayFile:
    """The mail that has `action` played. stands: paused from its first frame on."""
    return PlayFile(
        id=identity,
        cue=cue,
        to=action.to,
        file=action.file,
        level=action.level,
        loop=action.loop,
        fade=action.fade,
        start=action.start,
        stands=stands,
    )


def _osc(by: Carriers, action: SendOsc, _number: int) -> Send:
    send = by.osc.ready(action)
    return lambda pull: send(pull.cue, pull.now)


def _midi(by: Carriers, action: SendMidi, _number: int) -> Send:
    midi = by.midi
    return lambda pull: midi.send(action.to, action.messages, pull.now)


def _http(by: Carriers, action: SendHttp, number: int) -> Send:
    origin = by.show.patch.http.get(action.to)
    if origin is None:
        known = ", ".join(by.show.patch.http) or say("rig.patch.none_known")
        fault = RigError(say("rig.patch.no_destination", to=action.to, known=known))
        return lambda _pull: Sent(0, (fault,))

    def send(pull: Pull) -> Sent:
        errand = Errand(
            id=f"{pull.id}:{number}",
            cue=pull.cue,
            to=action.to,
            origin=origin,
            method=action.method,
            path=action.path,
            body=action.body,
            kind=action.kind,
        )
        return by.hand(ERRANDS, errand)

    return send


def _sound(by: Carriers, action: PlaySound, number: int) -> Send:
    return lambda pull: by.hand(SOUND, play(action, pull.cue, f"{pull.id}:{number}"))


def _load(by: Carriers, action: LoadCue, _number: int) -> Send:
    known = by.show.cues_by_number.get(action.cue)
    sounds = [a for a in (() if known is None else known.actions) if isinstance(a, PlaySound)]

    def send(_pull: Pull) -> Sent:
        handed = [by.hand(SOUND, LoadFile(s.file, s.start + action.start, s.loop)) for s in sounds]
        faults = tuple(fault for sent in handed for fault in sent.faults)
        return Sent(sum(sent.datagrams for sent in handed), faults)

    return send


CARRIERS: Mapping[type[Action], Callable[[Carriers, Any, int], Send]] = {
    SendOsc: _osc,
    SendMidi: _midi,
    SendHttp: _http,
    PlaySound: _sound,
    LoadCue: _load,
}
"""Levels go with the light grid; what else is not here changes the show only."""
