"""The follower's process: hears, follows, tells engine and desk where the music is.

It is apart from the engine because a long step in the engine's interpreter would delay a GO. It
may be killed at any moment: it leaves its last belief in a small file, and its successor starts
from there instead of from the top.
"""

import select
import struct
from pathlib import Path

from collavoce.following import Estimate, Follower, Music
from collavoce.listening.midi import observe
from collavoce.listening.observation import Silence
from collavoce.rig.performer import Performer
from collavoce.runtime.config import RunConfig
from collavoce.runtime.ending import Ending
from collavoce.runtime.links import Mailbox
from collavoce.runtime.mail import Heard, Hello, MailError, PlaceAt, Play, pack, unpack
from collavoce.runtime.players import Player, player_of
from collavoce.runtime.prepared import prepared_scores
from collavoce.runtime.readiness import ready
from collavoce.units import Instant, Quarters

TURN_S = 0.005
"""Real seconds between two looks at the input."""

SILENCE_S = 0.02
"""Seconds of the performance after which silence is an observation."""

BELIEF = struct.Struct("<dd")
"""What is left for a successor: instant, quarter."""


class Listener:
    """The follower of the current number with its input and its mailbox."""

    def __init__(self, config: RunConfig) -> None:
        self.config = config
        self.clock = config.clock
        self.scores = prepared_scores(Path(config.run_dir))
        self.box = Mailbox(config.box("follower"))
        self.player: Player = Performer((), Instant(0.0))
        self.follower: Follower | None = None
        self.playing: tuple[str | None, float] | None = None
        self.heard_at = Instant(0.0)
        self.belief = config.box("belief")

    def run(self) -> None:
        """Until killed; the supervisor ends it."""
        ready("follower")
        self.box.send(self.config.box("engine"), pack(Hello()))
        ending = Ending.listen(self.config.run_dir)
        while not ending.due:
            self._turn()
            select.select([self.box], [], [], TURN_S)
            while (mail := self.box.receive()) is not None:
                self._read(mail[0])

    def _turn(self) -> None:
        now = self.clock.now()
        heard = [o for at, m in self.player.due(now) if (o := observe(at, m)) is not None]
        if self.follower is None:
            return
        for observation in heard:
            self._tell(self.follower.step(observation))
            self.heard_at = observation.heard_at
        if now - self.heard_at >= SILENCE_S:
            self._tell(self.follower.step(Silence(now)))
            self.heard_at = now

    def _tell(self, estimate: Estimate) -> None:
        mail = pack(Heard(estimate))
        self.box.send(self.config.box("engine"), mail)
        self.box.send(self.config.box("web"), mail)
        if estimate.state is not Music.WAITING:
            self.belief.write_bytes(BELIEF.pack(estimate.at, estimate.quarter))

    def _read(self, datagram: bytes) -> None:
        try:
            mail = unpack(datagram)
        except MailError:
            return
        if isinstance(mail, Play):
            self._play(mail.number, mail.since)
        elif isinstance(mail, PlaceAt) and self.follower is not None:
            self.follower.place_at(Quarters(mail.quarter))

    def _play(self, number: str | None, since: float) -> None:
        # The same number started anew is another start: an old follower would still be at its end.
        if (number, since) == self.playing:
            return
        self.player = player_of(self.config, since)
        fresh = self.playing is None
        self.playing = (number, since)
        score = self.scores.get(number or "")
        self.follower = None if score is None else Follower(score, start=self._start(fresh=fresh))

    def _start(self, *, fresh: bool) -> Quarters | None:
        """Where a killed predecessor believed the music to be; None to begin at the top."""
        if not fresh or not self.belief.exists():
            self.belief.unlink(missing_ok=True)
            return None
        left = self.belief.read_bytes()
        return Quarters(BELIEF.unpack(left)[1]) if len(left) == BELIEF.size else None


def main(config: RunConfig) -> None:
    """The follower's process."""
    Listener(config).run()
