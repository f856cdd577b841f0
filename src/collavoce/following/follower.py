"""The score follower: one observation in, one estimate out."""

from math import exp

import numpy as np

from collavoce.following.commitment import ENDED, PLAYING, Commitment
from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.following.jumps import REST_S, Elsewhere, landing_prior
from collavoce.following.model import PITCHES, events_of, tempo_map
from collavoce.following.motion import LONG_AGO, SKIP
from collavoce.following.prediction import MeanPace, Prediction, Standing
from collavoce.following.rehearing import Heard, Rival
from collavoce.following.states import Sign, after
from collavoce.following.tables import tables_of
from collavoce.following.track import Track
from collavoce.listening.observation import NoteOn, Observation
from collavoce.score.model import Score
from collavoce.units import Bpm, Instant, Quarters, Seconds

MISFIT, FIT = 0.35, 0.6
"""Share of explained notes below which the follower is lost, and above which it is not."""

NEAR_S = 0.3
"""Seconds within which a position counts as right."""


class Follower:
    """Follows one player through `score`, from `start` or from its beginning.

    Raises EmptyScoreError when the score holds no note.
    """

    def __init__(self, score: Score, start: Quarters | None = None) -> None:
        tempo = tempo_map(score)
        self._events = events_of(score, tempo)
        self._tables = tables_of(self._events)
        self._prediction = Prediction(self._events, tempo)
        self._prior = landing_prior(score, self._events)
        self._mean_pace = MeanPace()
        self._struck = np.full(PITCHES, LONG_AGO)
        self._heard_at: Instant | None = None
        self.state = Music.WAITING
        self._begin(1 if start is None else self._events.at(start), log_pace=0.0)
        self._said = float(self._events.quarter[0] if start is None else start)

    def _begin(self, event: int, log_pace: float) -> None:
        self._track = Track(self._tables, event, log_pace)
        self._elsewhere = Elsewhere(self._tables, self._prior)
        self._commitment = Commitment(self._tables)
        self._standing: Standing | None = None

    def place_at(self, quarter: Quarters) -> None:
        """Believe a person who says that the music is at `quarter`."""
        self._begin(self._events.at(quarter), self._log_pace())
        self._said = float(quarter)
        self.state = after(self.state, Sign.PLACED)

    def step(self, observation: Observation) -> Estimate:
        """The belief after one observation; observations come in order of time."""
        now = observation.heard_at
        jump = None
        if isinstance(observation, NoteOn):
            jump = self._hear(observation)
            self._heard_at = now
        elif self._standing is not None and self._prediction.overdue(self._standing, now):
            self.state = after(self.state, Sign.OVERDUE)
        return self._estimate(now, jump)

    def _hear(self, note: NoteOn) -> Jump | None:
        at, pitch, last = note.heard_at, note.pitch, float(self._struck[note.pitch])
        rested = self._rested(at)
        self._elsewhere.stand(self._track.peak, exp(self._log_pace()))
        on_track = self._track.hear(at, pitch, last)
        self._struck[pitch] = at
        self._elsewhere.hear(at, pitch, on_track, rested=rested)
        self._elsewhere.disregard(self._track.base, self._track.weight)
        self._commitment.hear(Heard(at, pitch, last, on_track, rested))
        proof = ENDED if self.state is Music.ENDED else PLAYING
        rival = self._commitment.rival(self._elsewhere, self._log_pace(), proof)
        if rival is not None:
            return self._leap(rival, at)
        self._advance()
        if self._commitment.fit < MISFIT:
            self.state = after(self.state, Sign.MISFIT)
        elif self._commitment.fit > FIT:
            self.state = after(self.state, Sign.FIT)
        return None

    def _rested(self, at: float) -> bool:
        """Whether a silence that nothing foretold ends with a note at `at`."""
        if self._standing is None or self._heard_at is None:
            return False
        return at > max(self._prediction.due(self._standing), self._heard_at) + REST_S

    def _log_pace(self) -> float:
        return float(self._track.pace[self._track.weight.argmax()])

    def _leap(self, rival: Rival, at: float) -> Jump | None:
        """Go where the player is; a Jump unless he only got ahead by a few events."""
        origin, left, stood = self._said, self._track.peak, self._standing
        self._track = rival.track
        self._elsewhere.take_over(rival.event, left, 1.0 / rival.odds)
        self._commitment.settle(1.0 / rival.odds)
        self.state = after(self.state, Sign.LEAP)
        self._standing = None
        self._advance()
        if self._standing is None:
            here = max(self._prediction.reached(self._track.peak), 1)
            self._standing = Standing(here, at, exp(self._log_pace()))
        self._said = self._prediction.quarter(self._standing, at)
        if stood is not None and 0 <= self._standing.event - stood.event <= SKIP:
            self._said = max(self._said, origin)
            return None
        return Jump(Quarters(origin), Quarters(self._said))

    def _advance(self) -> None:
        """Say the next onset, if it is to be said."""
        event, stood = self._commitment.reached(self._track), self._standing
        if event == 0 or (stood is not None and event <= stood.event):
            return
        peak = int(self._track.weight.argmax())
        since = float(self._track.entered[event - self._track.base])
        if since <= LONG_AGO:
            since = float(self._track.entered[peak])
        if self.state is Music.WAITING and not self._commitment.begun(since):
            return
        if stood is not None:
            written = self._prediction.written(stood.event, event)
            self._mean_pace.add(since - stood.since, written)
        self._standing = Standing(event, since, exp(float(self._track.pace[peak])))
        last = event >= self._prediction.last
        self.state = after(self.state, Sign.LAST if last else Sign.ONSET)

    def _estimate(self, now: Instant, jump: Jump | None) -> Estimate:
        standing = self._standing
        pace = exp(self._log_pace()) if standing is None else standing.pace
        if standing is not None:
            self._said = max(self._said, self._prediction.quarter(standing, now))
        known = self.state is not Music.WAITING
        remaining = self._prediction.remaining(self._said, self._mean_pace.pace(pace))
        return Estimate(
            at=now,
            heard_at=now if self._heard_at is None else self._heard_at,
            quarter=Quarters(self._said),
            tempo=Bpm(self._prediction.bpm(self._said, pace)),
            confidence=self._confidence(),
            state=self.state,
            remaining=Seconds(remaining) if known else None,
            jump=jump,
        )

    def _confidence(self) -> float:
        """Belief that lies within NEAR_S of the event that is said."""
        track, event, pace = self._track, 0, 1.0
        if self._standing is not None:
            event, pace = self._standing.event, self._standing.pace
        seconds = self._tables.seconds[track.base : track.base + len(track.weight)]
        near = np.abs(seconds - self._tables.seconds[event]) <= NEAR_S / pace
        return float(track.weight[near].sum()) / (1.0 + self._commitment.doubt)
