"""Sounds of a show on their cards: what the engine asks for, done with voices and mixers."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from collavoce.rig.errors import RigError
from collavoce.rig.sound import Card, Cards, Mixer, SoundFile, Voice
from collavoce.rig.sound.mixer import VOICES_MOST
from collavoce.runtime.wires.posts import AnyPost, EndSounds, LoadFile, PauseSounds, PlayFile
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Show
from collavoce.words import say

KNOWN_MOST = 4096
"""Ids remembered: what is asked for again plays already, or has played."""

READY_MOST = 256
"""Sounds whose beginning is kept in memory, half a second each: 50 MB. Others begin from disk."""


class Began(NamedTuple):
    """What came of a playing. ms: until the card took its first frames."""

    words: str
    playing: bool
    ms: float


Told = Callable[[PlayFile, Began], None]


@dataclass(slots=True)
class _Playing:
    """A voice under way. asked_at: on the player's clock; answered: the engine was told."""

    post: PlayFile
    voice: Voice
    card: Card
    asked_at: float
    answered: bool = False
    ending: bool = False


@dataclass(slots=True)
class _Beginnings:
    """Voices that wait, by (file, start, loop); each is good for one playing."""

    folder: Path
    ready: dict[tuple[str, float, bool], Voice] = field(
        default_factory=dict[tuple[str, float, bool], Voice]
    )
    missing: list[tuple[str, float, bool]] = field(default_factory=list[tuple[str, float, bool]])

    def want(self, file: str, start: float, *, loop: bool) -> None:
        """Have it ready soon."""
        key = (file, start, loop)
        if key not in self.ready and key not in self.missing and len(self.ready) < READY_MOST:
            self.missing.append(key)

    def take(self, file: str, start: float, *, loop: bool) -> Voice:
        """The voice, from memory if it is ready; raises RigError."""
        voice = self.ready.pop((file, start, loop), None)
        self.want(file, start, loop=loop)
        return self._read(file, start, loop=loop) if voice is None else voice

    def make_one(self) -> None:
        """Read one beginning that is wanted; what cannot be read is said when it is played."""
        if self.missing:
            file, start, loop = self.missing.pop(0)
            try:
                self.ready[file, start, loop] = self._read(file, start, loop=loop)
            except RigError:
                return

    def _read(self, file: str, start: float, *, loop: bool) -> Voice:
        path = (self.folder / file).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise RigError(say("rig.sound.no_file", file=file))
        return Voice(SoundFile(path, start, loop=loop))


class Player:
    """Plays on the cards of `cards`: name in the patch -> the card it wants.

    told : hears of each playing, once. now : seconds, never set back.
    """

    def __init__(
        self,
        folder: Path,
        wanted: Mapping[str, str],
        cards: Cards,
        told: Told,
        now: Callable[[], float],
    ) -> None:
        self._told = told
        self._now = now
        # A sound that names no destination plays on the usual card.
        every = {"": "", **wanted}
        self._cards = {name: Card(card, cards, Mixer()) for name, card in every.items()}
        self._beginnings = _Beginnings(folder)
        self._playing: list[_Playing] = []
        self._known: OrderedDict[str, None] = OrderedDict()

    def prepare(self, show: Show) -> None:
        """Have the beginning of every sound of the show in memory."""
        for action in _sounds(show):
            self._beginnings.want(action.file, action.start, loop=action.loop)

    def do(self, post: AnyPost) -> None:
        """What the engine asks."""
        match post:
            case PlayFile():
                self._play(post)
            case LoadFile(file=file, start=start, loop=loop):
                self._beginnings.want(file, start, loop=loop)
            case EndSounds(cues=cues, fade=fade):
                self._end(cues, fade)
            case PauseSounds(cue=cue, on=on):
                for playing in self._of((cue,)):
                    voice = playing.voice
                    playing.card.mixer.order(voice.stand if on else voice.go_on)
            case _:
                pass

    def turn(self) -> bool:
        """Read on; tell what began. Often enough for `voice.AHEAD`. Whether anything sounds."""
        for playing in self._playing:
            playing.voice.feed()
            if playing.voice.began and not playing.answered:
                self._answer(playing)
        self._playing = [playing for playing in self._playing if not playing.voice.over]
        self._beginnings.make_one()
        return bool(self._playing)

    @property
    def cards(self) -> Iterable[Card]:
        """The cards, for whoever looks after them."""
        return self._cards.values()

    def close(self) -> None:
        """Fall silent."""
        for card in self._cards.values():
            card.close()

    def _play(self, post: PlayFile) -> None:
        if post.id in self._known:
            return
        self._known[post.id] = None
        if len(self._known) > KNOWN_MOST:
            self._known.popitem(last=False)
        alike = (p for p in self._of((post.cue,)) if p.post.file == post.file and not p.ending)
        if post.loop and any(alike):
            return  # A looped sound is a state of the stage, and it is so already.
        if len(self._playing) >= VOICES_MOST:
            self._told(post, Began(say("rig.sound.full", count=VOICES_MOST), playing=False, ms=0.0))
            return
        asked_at = self._now()
        try:
            voice = self._beginnings.take(post.file, post.start, loop=post.loop)
        except RigError as error:
            self._told(post, Began(str(error), playing=False, ms=0.0))
            return
        voice.begin(post.level, post.fade)
        if post.stands:
            voice.wait()
        card = self._cards.get(post.to) or self._cards[""]
        card.mixer.add(voice)
        self._playing.append(_Playing(post, voice, card, asked_at))

    def _end(self, cues: tuple[str, ...] | None, fade: float) -> None:
        for playing in self._of(cues):
            playing.ending = True
            voice = playing.voice
            playing.card.mixer.order(lambda voice=voice: voice.end(fade))

    def _of(self, cues: tuple[str, ...] | None) -> Iterator[_Playing]:
        """What `cues` play; None: everything."""
        for playing in self._playing:
            if cues is None or playing.post.cue in cues:
                yield playing

    def _answer(self, playing: _Playing) -> None:
        playing.answered = True
        card = playing.card.plays_on
        words = say("rig.sound.playing", card=card) if card else say("rig.sound.unheard")
        ms = round(1000.0 * (self._now() - playing.asked_at), 3)
        self._told(playing.post, Began(words, bool(card), ms))


def _sounds(show: Show) -> Iterator[PlaySound]:
    for cue in show.cues_by_number.values():
        for action in cue.actions:
            if isinstance(action, PlaySound):
                yield action
