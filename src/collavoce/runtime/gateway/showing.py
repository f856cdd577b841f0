"""Feedback and lamps: the show folded for those who are told, and for nobody else."""

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from collavoce.following.estimate import Estimate
from collavoce.runtime.clock import utc_now
from collavoce.runtime.config import RunConfig
from collavoce.runtime.folded import FoldedShow
from collavoce.runtime.gateway.feedback import Feedback
from collavoce.runtime.gateway.lamps import Lamps
from collavoce.runtime.gateway.signs import Args, Seen, signs
from collavoce.runtime.prepared import prepared_scores
from collavoce.score.model import Score
from collavoce.show.cues import Show
from collavoce.show.setlist.evening import Evening, Lengths, lengths_of
from collavoce.units import Quarters, Seconds


class Showing:
    """What controllers are shown. music: the followers' latest beliefs, by stage."""

    def __init__(self, config: RunConfig, show: Show) -> None:
        self.feedback = Feedback()
        self.lamps = Lamps()
        self.music: dict[str, Estimate] = {}
        self._config = config
        self._show = show
        self._folded = FoldedShow(show, config.ring_dir)
        self._scores: tuple[dict[str, Score], Lengths] | None = None
        self._zone = ZoneInfo(show.timezone or "UTC")

    @property
    def wanted(self) -> bool:
        """Whether there is anybody to be shown anything."""
        return self.feedback.wanted or self.lamps.wanted

    def turn(self, heard: Collection[str], now: float) -> None:
        """Show what is so. heard: the MIDI inputs that are there."""
        if not self.wanted:
            return
        self._folded.catch_up()
        self.lamps.show(self._folded.states, heard, now)
        if self.feedback.wanted:
            self.feedback.turn(self._signs(), now)

    def played(self, stage: str) -> Quarters | None:
        """Where the music of a stage is believed to be; "" for the first."""
        music = self.music.get(stage or self._show.stage_ids[0])
        return None if music is None else music.quarter

    def _signs(self) -> dict[str, Args]:
        """Of every stage under its name; of the first, or the only one, without a name too."""
        scores, lengths = self._written()
        at, wall = self._config.clock.now(), self._wall()
        told: dict[str, Args] = {}
        for stage in reversed(self._show.stage_ids):
            state = self._folded.states[stage]
            evening = Evening(self._show.on_stage(stage), state, at, wall, lengths)
            seen = Seen(evening, self.music.get(stage), scores.get(state.number or ""))
            told |= signs(seen, stage) if stage else {}
            if stage == self._show.stage_ids[0]:
                told |= signs(seen)
        return told

    def _wall(self) -> Seconds:
        """The time of day in the venue's zone, since the midnight before the opening."""
        now = utc_now().astimezone(self._zone)
        clock = self._config.clock
        opened = now - timedelta(seconds=clock.real_seconds(clock.now()))
        midnight = opened.replace(hour=0, minute=0, second=0, microsecond=0)
        return Seconds((now - midnight).total_seconds())

    def _written(self) -> tuple[dict[str, Score], Lengths]:
        """The scores, read when they are first asked for: most shows have no such controller."""
        if self._scores is None:
            scores = prepared_scores(Path(self._config.run_dir))
            self._scores = scores, lengths_of(self._show, scores)
        return self._scores
