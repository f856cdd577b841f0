"""Sound cards: the one that is wanted, the computer's usual one instead, or none at all.

A card that is not there, or goes away in mid-show, is no reason for silence: the usual one plays
instead, and the wanted one is looked for again. On a computer without any, miniaudio's null card
takes the samples in real time, so that sounds begin and end as they would be heard.
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Protocol

from collavoce.rig.errors import RigError
from collavoce.rig.sound.mixer import Mixer
from collavoce.rig.sound.reading import miniaudio
from collavoce.rig.sound.samples import CHANNELS, RATE, Block
from collavoce.words import say

PERIOD_MS = 15
"""Samples are asked for in pieces of this length; two of them lie between a GO and the speaker."""

NAME = "Collavoce"


@dataclass(frozen=True, slots=True)
class Known:
    """A card of this computer. handle: the system's own."""

    name: str
    handle: Any


class Stream(Protocol):
    """A card that plays."""

    def close(self) -> None:
        """Stop."""
        ...


class Cards(Protocol):
    """The computer's sound; miniaudio's, or a test's."""

    def known(self) -> list[Known]:
        """The cards there are; none where there is no sound at all."""
        ...

    def play(self, card: Known | None, mixer: Mixer) -> Stream:
        """Have `card` (None: the usual one) play what `mixer` renders; raises RigError."""
        ...

    def pretend(self, mixer: Mixer) -> Stream:
        """Take what `mixer` renders in real time, unheard."""
        ...


class SystemCards:
    """What miniaudio finds. Raises RigError where the library is missing."""

    def __init__(self) -> None:
        self._library = miniaudio()

    def known(self) -> list[Known]:
        """The cards there are."""
        try:
            found = self._library.Devices().get_playbacks()
        except self._library.MiniaudioError:
            return []
        return [Known(str(card["name"]), card["id"]) for card in found]

    def play(self, card: Known | None, mixer: Mixer) -> Stream:
        """Have `card` play; raises RigError."""
        real = self._library.get_enabled_backends() - {self._library.Backend.NULL}
        return self._begin(card, mixer, sorted(real, key=lambda backend: backend.value))

    def pretend(self, mixer: Mixer) -> Stream:
        """Take samples in real time, unheard."""
        return self._begin(None, mixer, [self._library.Backend.NULL])

    def _begin(self, card: Known | None, mixer: Mixer, backends: list[Any]) -> Stream:
        try:
            device = self._library.PlaybackDevice(
                output_format=self._library.SampleFormat.FLOAT32,
                nchannels=CHANNELS,
                sample_rate=RATE,
                buffersize_msec=PERIOD_MS,
                device_id=None if card is None else card.handle,
                backends=backends,
                app_name=NAME,
            )
            rendering = _rendering(mixer)
            next(rendering)
            device.start(rendering)
        except self._library.MiniaudioError as error:
            name = say("rig.sound.usual") if card is None else card.name
            raise RigError(say("rig.sound.cannot_open", card=name, fault=error)) from error
        return device


def _rendering(mixer: Mixer) -> Generator[Block | bytes, int]:
    """What the card's thread asks: a number of frames in, the samples out."""
    count = yield b""
    while True:
        count = yield mixer.render(count)


class Card:
    """The card called `wanted` ("" for the usual one), or what plays in its place.

    plays_on : its name. in_place : it is the one that was wanted.
    """

    def __init__(self, wanted: str, cards: Cards, mixer: Mixer) -> None:
        self.wanted = wanted
        self.mixer = mixer
        self.plays_on = ""
        self.in_place = False
        self._cards = cards
        self._stream: Stream | None = None
        self._rendered = -1
        self._refused: list[str] | None = None
        self.look()

    def look(self) -> None:
        """Open what can be opened, go back to the wanted card when it is there. Takes a while."""
        alive = self._stream is not None and self.mixer.rendered != self._rendered
        self._rendered = self.mixer.rendered
        if alive and self.in_place:
            return
        known = self._cards.known()
        card = fitting(self.wanted, known)
        names = [one.name for one in known]
        # What none of these cards took does not get better by asking them again.
        if alive and (names == self._refused or (card is None and self.plays_on)):
            return
        self._open(card, known)
        self._refused = None if self.in_place else names

    def close(self) -> None:
        """Fall silent."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _open(self, card: Known | None, known: list[Known]) -> None:
        self.close()
        tries: list[Known | None] = [] if card is None else [card]
        for chosen in [*tries, None] if known else []:
            try:
                self._stream = self._cards.play(chosen, self.mixer)
            except RigError:
                continue
            self.plays_on = say("rig.sound.usual") if chosen is None else chosen.name
            self.in_place = chosen is not None or not self.wanted
            return
        self._stream = self._cards.pretend(self.mixer)
        self.plays_on, self.in_place = "", False


def fitting(wanted: str, known: list[Known]) -> Known | None:
    """The card called `wanted`, or the only one whose name holds it; None for the usual one."""
    if not wanted:
        return None
    for card in known:
        if card.name == wanted:
            return card
    holding = [card for card in known if wanted.lower() in card.name.lower()]
    return holding[0] if len(holding) == 1 else None
