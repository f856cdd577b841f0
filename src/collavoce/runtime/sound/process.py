"""The sound process: mail of the engine in, sound out, answers and worries back."""

import select
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from collavoce.rig.sound import Card
from collavoce.rig.sound.card import SystemCards
from collavoce.runtime.clock import monotonic_ns, utc_now
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Asked, Noticed, Process, SoundBack, pack
from collavoce.runtime.prepared import prepared_show
from collavoce.runtime.readiness import ready
from collavoce.runtime.sound.player import Began, Player
from collavoce.runtime.wires.posts import SOUND, PlayFile, PostError, unpack_post
from collavoce.show.commands import HearAnswer
from collavoce.words import say

TURN_S = 0.05
REST_S = 0.25
"""Between two turns while nothing sounds."""

LOOK_S = 2.0
"""Between two looks at the cards: asking the system costs milliseconds."""

MATTER = "sound"


class SoundProcess:
    """A player with its mailbox, and what it tells whom."""

    def __init__(self, config: RunConfig, box: Mailbox) -> None:
        show = prepared_show(Path(config.run_dir))
        self._box = box
        self._boot = config.boot
        self._engine, self._desk = config.box("engine"), config.box("web")
        self._zone = ZoneInfo(show.timezone)
        self._since: dict[str, str] = {}
        self._look_at = 0.0
        self.player = Player(
            Path(config.folder), show.patch.sound, SystemCards(), self._answered, _now
        )
        self.player.prepare(show)
        # Whoever asked for sounds before may have asked a process that is no more.
        self._box.send(self._engine, pack(SoundBack()))

    def turn(self) -> bool:
        """Look after sounds and cards; whether anything sounds."""
        sounds = self.player.turn()
        if _now() >= self._look_at:
            self._look_at = _now() + LOOK_S
            self._look()
        return sounds

    def read(self) -> None:
        """Do what the engine asks."""
        while (received := self._box.receive()) is not None:
            try:
                self.player.do(unpack_post(received[0]))
            except PostError:
                # An answer of the engine's to what it was told, or torn: worth no stop.
                continue

    def _answered(self, post: PlayFile, began: Began) -> None:
        told = HearAnswer(post.cue, post.to or SOUND, began.words, began.playing, began.ms)
        self._box.send(self._engine, pack(Asked(told, SOUND, f"{self._boot} {post.id}")))

    def _look(self) -> None:
        worry = ""
        for card in self.player.cards:
            card.look()
            worry = self._worry(card) or worry
        silent = any(not card.plays_on for card in self.player.cards)
        state = "no card" if silent else ("another card" if worry else "up")
        self._box.send(self._desk, pack(Process(SOUND, state)))
        if worry:
            self._box.send(self._desk, pack(Noticed(MATTER, worry)))

    def _worry(self, card: Card) -> str:
        """What is wrong with a card, since when, and the remedy; "" while nothing is."""
        if card.in_place:
            self._since.pop(card.wanted, None)
            return ""
        now = datetime.astimezone(utc_now(), self._zone).strftime("%H:%M:%S")
        since = self._since.setdefault(card.wanted, now)
        if not card.plays_on:
            return say("rig.sound.no_card", since=since)
        return say("rig.sound.other_card", wanted=card.wanted, since=since, card=card.plays_on)


def _now() -> float:
    return monotonic_ns() * 1e-9


def main(config: RunConfig) -> None:
    """The sound process, until it is asked to end."""
    ending = Ending.listen(config.run_dir)
    with Mailbox(config.box(SOUND)) as box:
        sound = SoundProcess(config, box)
        ready(SOUND)
        while not ending.due:
            busy = sound.turn()
            select.select([box], [], [], TURN_S if busy else REST_S)
            sound.read()
        sound.player.close()
