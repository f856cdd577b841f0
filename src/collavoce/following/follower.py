"""The score follower: one observation in, one estimate out."""

from collections import deque
from math import exp

import numpy as np

from collavoce.following.commitment import (
    DECIDED,
    EXPLAINED,
    HESITATE,
    MEMORY,
    NOTES,
    PATIENCE,
    SUSPECT,
    SWITCH,
    Heard,
    Rival,
    onset_reached,
    rehear,
)
from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.following.jumps import REST_S, Elsewhere, landing_prior
from collavoce.following.model import PITCHES, events_of, tempo_map
from collavoce.following.motion import LONG_AGO
from collavoce.following.prediction import Prediction, Standing
from collavoce.following.states import Sign, after
from collavoce.following.tables import tables_of
from collavoce.following.track import Track
from collavoce.listening.observation import NoteOn, Observation
from collavoce.score.model import Score
from collavoce.units import Bpm, Instant, Quarters, Seconds

FORGET = 0.15
"""Weight of the newest note in how well notes fit of late."""

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
        self._prior = landing_prior(score, self._events)
        self._prediction = Prediction(self._events, tempo)
        self._memory: deque[Heard] = deque(maxlen=MEMORY)
        self._struck = np.full(PITCHES, LONG_AGO)
        self._heard_at: Instant | None = None
        self.state = Music.WAITING
        self._begin(1 if start is None else self._events.at(start))
        self._said = float(self._events.quarter[0] if start is None else start)

    def _begin(self, event: int) -> None:
        self._track = Track(self._tables, event)
        self._elsewhere = Elsewhere(self._tables, self._prior)
        self._standing: Standing | None = None
        self._fit = 1.0
        self._doubt, self._ahead = 0.0, 0

    def place_at(self, quarter: Quarters) -> None:
        """Believe a person who says that the music is at `quarter`."""
        self._begin(self._events.at(quarter))
        self._said = float(quarter)
        self._memory.clear()
        self.state = after(self.state, Sign.PLACED)

    def step(self, observation: Observation) -> Estimate:
        """Take in one observation; observations come in order of time."""
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
        self._elsewhere.stand(self._track.peak, exp(self._log_pace()))
        on_track = self._track.hear(at, pitch, last)
        self._struck[pitch] = at
        rested = self._rested(at)
        self._memory.append(Heard(at, pitch, last, on_track, rested))
        self._elsewhere.hear(at, pitch, on_track, rested=rested)
        self._elsewhere.disregard(self._track.base, self._track.weight)
        self._fit += FORGET * ((on_track > EXPLAINED) - self._fit)
        rival = self._rival()
        if rival is not None:
            return self._leap(rival, at)
        self._advance()
        if self._fit < MISFIT:
            self.state = after(self.state, Sign.MISFIT)
        elif self._fit > FIT:
            self.state = after(self.state, Sign.FIT)
        return None

    def _rested(self, at: float) -> bool:
        """Whether a silence that nothing foretold came before this note."""
        if self._standing is None or self._heard_at is None:
            return False
        due = max(self._prediction.due(self._standing), self._heard_at)
        return at > due + REST_S

    def _log_pace(self) -> float:
        return float(self._track.pace[self._track.weight.argmax()])

    def _rival(self) -> Rival | None:
        """Another place that explains what was heard so much better that it is to be believed."""
        event, odds, notes = self._elsewhere.best()
        if odds < SUSPECT or notes < NOTES - 1:
            self._doubt, self._ahead = odds, 0
            return None
        landing = self._elsewhere.landing
        rival = rehear(self._tables, self._memory, landing, event, notes, self._log_pace())
        self._doubt, self._ahead = min(odds, rival.odds), rival.ahead
        decided = notes >= PATIENCE or odds > DECIDED * self._elsewhere.second(event)
        return rival if odds > SWITCH and decided and rival.believed else None

    def _leap(self, rival: Rival, at: float) -> Jump:
        origin, left = self._said, self._track.peak
        self._track = rival.track
        self._elsewhere.take_over(rival.event, left, 1.0 / rival.odds)
        self._fit = 1.0
        self._doubt, self._ahead = 1.0 / rival.odds, 0
        self._said = 0.0
        self._standing = None
        self._advance()
        self.state = after(self.state, Sign.LEAP)
        if self._standing is None:
            self._standing = Standing(self._track.peak, at, exp(self._log_pace()))
        self._said = self._prediction.quarter(self._standing, at)
        return Jump(Quarters(origin), Quarters(self._said))

    def _advance(self) -> None:
        """Say the next onset, if it is believed."""
        # A place that explains no more than the track does is no reason to stand still.
        share = 1.0 / (1.0 + self._doubt) if self._ahead >= HESITATE else 1.0
        event = onset_reached(self._track, self._tables.onset, share)
        if event == 0 or (self._standing is not None and event <= self._standing.event):
            return
        k = event - self._track.base
        peak = int(self._track.weight.argmax())
        since = float(self._track.entered[k])
        if since <= LONG_AGO:
            since = float(self._track.entered[peak])
        self._standing = Standing(event, since, exp(float(self._track.pace[peak])))
        last = event >= self._prediction.last
        self.state = after(self.state, Sign.LAST if last else Sign.ONSET)

    def _estimate(self, now: Instant, jump: Jump | None) -> Estimate:
        standing = self._standing
        pace = exp(self._log_pace()) if standing is None else standing.pace
        if standing is not None:
            self._said = max(self._said, self._prediction.quarter(standing, now))
        known = self.state is not Music.WAITING
        return Estimate(
            at=now,
            heard_at=now if self._heard_at is None else self._heard_at,
            quarter=Quarters(self._said),
            tempo=Bpm(self._prediction.bpm(self._said, pace)),
            confidence=self._confidence(),
            state=self.state,
            remaining=Seconds(self._prediction.remaining(self._said, pace)) if known else None,
            jump=jump,
        )

    def _confidence(self) -> float:
        """Belief that lies within NEAR_S of the event that is said."""
        track = self._track
        event = 0 if self._standing is None else self._standing.event
        seconds = self._tables.seconds[track.base : track.base + len(track.weight)]
        reach = NEAR_S / (1.0 if self._standing is None else self._standing.pace)
        near = np.abs(seconds - self._tables.seconds[event]) <= reach
        return float(track.weight[near].sum()) / (1.0 + self._doubt)
