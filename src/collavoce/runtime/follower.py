"""The follower's process: hears, follows, tells engine and desk where the music is.

It is apart from the engine because a long step in the engine's interpreter would delay a GO. It
may be killed at any moment: it leaves its last belief in a small file, and its successor starts
from there instead of from the top.

With the player's own word it begins with what earlier takes taught (`runtime/takes`).
"""

import gc
import os
import select
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from collavoce.following.estimate import Estimate, Music
from collavoce.following.follower import Follower
from collavoce.following.incoming import Incoming
from collavoce.listening.ear import Ear
from collavoce.listening.observation import Observation
from collavoce.runtime.clock import wall_ns
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Heard, Hello, MailError, Noticed, PlaceAt, Play, pack, unpack
from collavoce.runtime.players import Player, nobody, player_of, source_of
from collavoce.runtime.policies import followers
from collavoce.runtime.prepared import prepared_scores, prepared_show
from collavoce.runtime.readiness import ready
from collavoce.runtime.takes.remembering import Remembering, report
from collavoce.runtime.takes.shelf import Shelf
from collavoce.runtime.warming import warm
from collavoce.units import Instant, Quarters

LONGEST_SLEEP_S = 0.25

SILENCE_S = 0.02
"""Seconds of the performance after which silence is an observation."""

REST_S = 0.25
"""The same before the first note and after the last, where silence changes no belief and is only
a sign of life: nothing to do must cost next to nothing."""

SHORTEST_SILENCE_S = 0.005
"""Real seconds: a performance much faster than life is not listened to more often than this."""

DISK_S = 0.1
"""What was just played is there for the next start of the number, unless the disk is slow."""

BELIEF = struct.Struct("<dd")
"""What is left for a successor: instant, quarter."""


class Listener:
    """The follower of a stage's current number with its input and its mailbox."""

    def __init__(self, config: RunConfig, stage: str) -> None:
        self.config = config
        self.stage = stage
        self.clock = config.clock
        self.scores = prepared_scores(Path(config.run_dir))
        show = prepared_show(Path(config.run_dir))
        name = followers(show)[stage]
        self.name = name
        self.box = Mailbox(config.box(name))
        self.player: Player = nobody()
        self.ear = Ear()
        self.follower: Follower | None = None
        self.incoming: Incoming | None = None
        self.playing: tuple[str | None, float] | None = None
        self.heard_at = Instant(0.0)
        self.belief = config.box(f"belief of {name}")
        self.engine, self.desk = config.box("engine"), config.box("web")
        self.gateway = config.box("gateway")
        takes = Shelf(config.takes, lambda: wall_ns() * 1e-9)
        self.memory = Remembering(takes, show, report, _aside)
        self.played_by = source_of(config, show, stage)
        self.transpose = {number.id: number.transpose for number in show.numbers}

    def run(self) -> None:
        """Until killed; the supervisor ends it."""
        warm(self.scores.values())
        gc.collect()
        gc.freeze()
        ready(self.name)
        self.box.send(self.engine, pack(Hello(self.stage)))
        ending = Ending.listen(self.config.run_dir)
        while not ending.due:
            self._turn()
            bell = self.player.bell
            doors = [self.box] if bell is None else [self.box, bell]
            select.select(doors, [], [], self._sleep_s())
            while (mail := self.box.receive()) is not None:
                self._read(mail[0])
        self.memory.end(self.follower)

    def _sleep_s(self) -> float:
        """Real seconds until there is something to do, unless somebody rings first."""
        if self.follower is None:
            return LONGEST_SLEEP_S
        now = self.clock.now()
        silence = self.clock.real_seconds(self.heard_at + self._silence_s() - now)
        sleep = min(max(silence, SHORTEST_SILENCE_S), LONGEST_SLEEP_S)
        if self.player.next_at is not None:
            sleep = min(sleep, self.clock.real_seconds(self.player.next_at - now))
        return max(sleep, 0.0)

    def _silence_s(self) -> float:
        resting = self.follower is None or self.follower.state in {Music.WAITING, Music.ENDED}
        return REST_S if resting else SILENCE_S

    def _turn(self) -> None:
        now = self.clock.now()
        heard = [o for at, m in self.player.due(now) if (o := self.ear.hear(at, m)) is not None]
        if self.follower is None:
            return
        estimate = None
        for observation in heard:
            estimate = self._step(self.follower, observation)
            self.heard_at = observation.heard_at
        if now - self.heard_at >= self._silence_s():
            estimate = self._step(self.follower, self.ear.silence(now))
            self.heard_at = now
        # A file is slow: once, when everything that was heard has been told.
        if estimate is not None and estimate.state is not Music.WAITING:
            self._leave(BELIEF.pack(estimate.at, estimate.quarter))
        self.memory.look(self.follower, now)

    def _leave(self, belief: bytes) -> None:
        # In place: some file systems bring a file that was cut short and closed to disk at once.
        file = os.open(self.belief, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, belief, 0)
        finally:
            os.close(file)

    def _step(self, follower: Follower, observation: Observation) -> Estimate:
        """Follow, tell where the music is, and only then what may be the matter with the input."""
        estimate = follower.step(observation)
        mail = pack(Heard(estimate, self.stage))
        self.box.send(self.engine, mail)
        self.box.send(self.desk, mail)
        self.box.send(self.gateway, mail)
        if self.incoming is not None:
            for notice in self.incoming.step(observation, estimate, self.ear.drums):
                noticed = Noticed(notice.matter, notice.words, notice.transpose, self.stage)
                self.box.send(self.desk, pack(noticed))
        return estimate

    def _read(self, datagram: bytes) -> None:
        try:
            mail = unpack(datagram)
        except MailError:
            return
        if isinstance(mail, Play):
            self._play(mail.number, mail.since, mail.player)
        elif isinstance(mail, PlaceAt) and self.follower is not None:
            self.follower.place_at(Quarters(mail.quarter), mail.by)
            self.heard_at = Instant(0.0)  # said at once, not after the rest

    def _play(self, number: str | None, since: float, player: str) -> None:
        # The same number started anew is another start: an old follower would still be at its end.
        if (number, since) == self.playing:
            return
        self.memory.end(self.follower)
        self.player = player_of(self.config, since, self.played_by)
        fresh = self.playing is None
        self.playing = (number, since)
        score = self.scores.get(number or "")
        start = self._start(fresh=fresh)
        timing = None if score is None else self.memory.begin(player, score)
        self.follower = None if score is None else Follower(score, start, timing)
        self.incoming = None if score is None else Incoming(score)
        self.ear = Ear(self.transpose.get(number or "", 0))

    def _start(self, *, fresh: bool) -> Quarters | None:
        """Where a killed predecessor believed the music to be; None to begin at the top."""
        if not fresh or not self.belief.exists():
            self.belief.unlink(missing_ok=True)
            return None
        left = self.belief.read_bytes()
        return Quarters(BELIEF.unpack(left)[1]) if len(left) == BELIEF.size else None


def _aside(write: Callable[[], None]) -> None:
    """Let the disk take its time: the music waits `DISK_S` for it. The process ends after it."""
    writing = threading.Thread(target=write)
    writing.start()
    writing.join(DISK_S)


def main(config: RunConfig, stage: str = "") -> None:
    """The follower's process, of one of several stages or of the only one."""
    Listener(config, stage).run()
