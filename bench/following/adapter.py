"""The follower behind the benchmark's own interface: a class with `feed(chunk, t)`.

A report is the position of the last onset believed in: the benchmark measures when onsets are
reached, and the position between two onsets is a prediction that it does not ask for.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from collavoce.following.estimate import Estimate, Music
from collavoce.following.follower import Follower as ScoreFollower
from collavoce.listening import Silence, observe
from collavoce.score import read_score
from collavoce.units import Instant

TICK = 1 / 1200
"""Quarters. Readers of one file disagree by less when they sum up its odd tuplets; a report is this
much past its onset, or the one that sums up to more would never see it reached."""


class Follower:
    """One pair of the benchmark; MIDI only."""

    def __init__(
        self,
        score_path: str,
        sample_rate: int | None = None,  # noqa: ARG002 - the benchmark's signature
        hop: int | None = None,  # noqa: ARG002
        mode: str = "midi",
    ) -> None:
        if mode != "midi":
            raise NotImplementedError(mode)
        score = read_score(Path(score_path).read_bytes(), score_path)
        onsets = [note.onset for note in score.notes if not note.grace]
        self.onsets = np.unique(np.array(onsets, float))
        self.follower = ScoreFollower(score)
        self.said = -1

    def feed(self, chunk: Sequence[tuple[float, bytes]], t: float) -> list[tuple[float, float]]:
        """The onsets reached in the block of MIDI messages that ends at `t`."""
        reports: list[tuple[float, float]] = []
        for at, message in chunk:
            observation = observe(Instant(at), message)
            if observation is not None:
                self._report(self.follower.step(observation), t, reports)
        self._report(self.follower.step(Silence(Instant(t))), t, reports)
        return reports

    def _report(self, estimate: Estimate, t: float, reports: list[tuple[float, float]]) -> None:
        reached = int(np.searchsorted(self.onsets, estimate.quarter + 1e-6)) - 1
        if estimate.state is not Music.WAITING and reached not in {self.said, -1}:
            self.said = reached
            reports.append((t, float(self.onsets[reached]) + TICK))
