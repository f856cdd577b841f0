"""The score follower: one observation in, one estimate out."""

from math import exp

import numpy as np

from collavoce.following.branches import branches_of, landings
from collavoce.following.commitment import ENDED, PLAYING, Commitment
from collavoce.following.confidence import PLACED, Trust
from collavoce.following.estimate import Ahead, Estimate, Jump, Music
from collavoce.following.foresight import Foresight
from collavoce.following.jumps import REST_S, Elsewhere, landing_prior
from collavoce.following.model import PITCHES, events_of, tempo_map
from collavoce.following.motion import LONG_AGO, REACH, SKIP
from collavoce.following.prediction import MeanPace, Prediction, Standing
from collavoce.following.rehearing import EXPLAINED, Heard, Rival
from collavoce.following.states import Sign, after
from collavoce.following.tables import tables_of
from collavoce.following.takes import Take, Taking
from collavoce.following.timing import Timing
from collavoce.following.track import Track
from collavoce.listening.observation import NoteOn, Observation
from collavoce.score.fingerprint import fingerprint
from collavoce.score.model import Score
from collavoce.units import Bpm, Instant, Quarters, Seconds

MISFIT, FIT = 0.35, 0.6
"""Share of explained notes below which the follower is lost, and above which it is not."""

TRIED_S = 3.0
"""A first onset after which nothing comes, for so long after the second was due, was a try."""

NEAR_S = 0.3
"""Seconds within which a position counts as right."""


class Follower:
    """Follows one player through `score`, from `start` or from its beginning.

    timing : what rehearsals of this score taught. Raises EmptyScoreError when the score holds no
    note.
    """

    def __init__(
        self, score: Score, start: Quarters | None = None, timing: Timing | None = None
    ) -> None:
        self._score = score
        written = tempo_map(score)
        self._foresight = Foresight(score, events_of(score, written), timing)
        self._taking = Taking(score.fermatas)
        self._told: Standing | None = None
        tempo = written if timing is None else timing.retimed(written)
        self._events = events_of(score, tempo)
        self._tables = tables_of(self._events)
        self._prediction = Prediction(self._events, tempo)
        self._prior = landing_prior(score, self._events)
        self._branches = branches_of(score, self._events)
        self._mean_pace = MeanPace()
        self._struck = np.full(PITCHES, LONG_AGO)
        self._heard_at: Instant | None = None
        self._placed: Jump | None = None
        self.state = Music.WAITING
        self._begin(1 if start is None else self._events.at(start), log_pace=0.0)
        self._said = float(self._events.quarter[0] if start is None else start)

    def _begin(self, event: int, log_pace: float) -> None:
        self._track = Track(self._tables, event, log_pace)
        self._elsewhere = Elsewhere(self._tables, self._prior)
        self._commitment = Commitment(self._tables)
        self._start, self._trust = event, Trust()
        self._standing: Standing | None = None

    def take(self) -> Take | None:
        """When the onsets were played so far, where they were surely followed; None for none."""
        return self._taking.take(fingerprint(self._score))

    def forget(self) -> None:
        """Follow on without what rehearsals taught, and drop the take gathered so far."""
        self._taking = Taking(self._score.fermatas)
        self._foresight.forget()
        tempo = tempo_map(self._score)
        self._events = events_of(self._score, tempo)
        self._tables = tables_of(self._events)
        self._prediction = Prediction(self._events, tempo)
        self._track.retime(self._tables)
        self._elsewhere = Elsewhere(self._tables, self._prior)
        self._commitment = Commitment(self._tables)

    def place_at(self, quarter: Quarters, by: str = "") -> None:
        """Believe a person who says that the music is at `quarter`; the next estimate tells of it.

        by : who says so, for the record; "" leaves the next estimate silent about it.
        """
        if by:
            self._placed = Jump(Quarters(self._said), quarter, placed_by=by)
        self._begin(self._events.at(quarter), self._log_pace())
        self._trust = Trust(PLACED)
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
            self._taking.wait()
        if self._tried(now):
            self._wait_again()
        placed, self._placed = self._placed, None
        if placed is not None:
            jump = placed if jump is None else Jump(placed.origin, jump.target)
        return self._estimate(now, jump)

    def _hear(self, note: NoteOn) -> Jump | None:
        at, pitch, last = note.heard_at, note.pitch, float(self._struck[note.pitch])
        rested = self._rested(at)
        self._elsewhere.stand(self._track.peak, exp(self._log_pace()))
        ways = landings(self._branches, self._track, at)
        on_track = self._track.hear(at, pitch, last)
        self._struck[pitch] = at
        self._elsewhere.hear(at, pitch, on_track, rested=rested, ways=ways)
        self._elsewhere.disregard(self._track.base, self._track.weight)
        self._commitment.hear(Heard(at, pitch, last, on_track, rested, ways))
        proof = ENDED if self.state is Music.ENDED else PLAYING
        rival = self._commitment.rival(self._track, self._elsewhere, self._log_pace(), proof)
        if rival is not None:
            return self._leap(rival, at)
        self._advance()
        self._weigh(pitch, on_track)
        if self._commitment.fit < MISFIT:
            self.state = after(self.state, Sign.MISFIT)
        elif self._commitment.fit > FIT:
            self.state = after(self.state, Sign.FIT)
        return None

    def _tried(self, now: Instant) -> bool:
        """Whether what was taken for the beginning was a key or a chord being tried."""
        stood = self._standing
        if stood is None or stood.event != self._start or self._trust.onsets != 1:
            return False
        silent = self.state is Music.HELD and now > self._prediction.due(stood) + TRIED_S
        return silent or self.state is Music.LOST

    def _wait_again(self) -> None:
        """Wait for the beginning anew; the position did not leave it."""
        self._track = Track(self._tables, self._start)
        self._elsewhere = Elsewhere(self._tables, self._prior)
        self._commitment.settle()
        self._trust, self._standing = Trust(), None
        self.state = after(self.state, Sign.TRIED)

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
        self._elsewhere.take_over(rival.event, left, 1.0 / rival.odds)
        self._commitment.leap(rival, self._track)
        self._track = rival.track
        self._track.settle()
        self.state = after(self.state, Sign.LEAP)
        state, self._standing = self.state, None
        # After the end anything may be played: an encore has all to prove.
        ended, proved = stood is not None and stood.event >= self._prediction.last, self._trust
        self._trust = Trust() if ended else proved.landing()
        self._advance()
        if self._standing is None:
            here = max(self._prediction.reached(self._track.peak), 1)
            self._standing = Standing(here, at, exp(self._log_pace()))
            self._trust.reach()
        self._said = self._prediction.quarter(self._standing, at)
        last = self._standing.event >= self._prediction.last
        if stood is not None and 0 <= self._standing.event - stood.event <= SKIP:
            self._said, self._trust = max(self._said, origin), proved
            self.state = after(state, Sign.LAST if last else Sign.ONSET)
            return None
        # The onset of the landing does not make it following: the next one does.
        self.state = after(state, Sign.LAST) if last else state
        return Jump(Quarters(origin), self._landed(rival.since, at))

    def _landed(self, since: float, at: float) -> Quarters:
        """Where the player landed: of the onsets that may have begun then, that of his pace.

        No later than where he is said to be by now.
        """
        base, onset = self._track.base, self._events.onset[self._track.base :]
        began = base + np.flatnonzero(self._track.entered[: len(onset)] == since)
        began = began[self._events.onset[began]]
        if len(began) == 0:
            return Quarters(self._said)
        back = self._tables.seconds[self._track.peak] - (at - since) / exp(self._log_pace())
        nearest = began[np.abs(self._tables.seconds[began] - back).argmin()]
        return Quarters(min(float(self._events.quarter[nearest]), self._said))

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
        played, swept = 0.0, 0.0
        if stood is not None:
            played, written = since - stood.since, self._prediction.written(stood.event, event)
            self._mean_pace.add(played, written)
            swept = written * exp(-REACH)
        # Keys that are swept over reach onsets, too, faster than anybody plays them.
        if played >= swept:
            self._trust.reach()
        self._standing = Standing(event, since, exp(float(self._track.pace[peak])))
        last = event >= self._prediction.last
        self.state = after(self.state, Sign.LAST if last else Sign.ONSET)

    def _estimate(self, now: Instant, jump: Jump | None) -> Estimate:
        standing = self._standing
        pace = exp(self._log_pace()) if standing is None else standing.pace
        if standing is not None:
            # The first onset may have been a try: the position leaves it with the second.
            tried = standing.event == self._start and self._trust.onsets == 1
            until = standing.since if tried else now
            self._said = max(self._said, self._prediction.quarter(standing, until))
        known, confidence = self.state is not Music.WAITING, self._confidence()
        remaining = self._prediction.remaining(self._said, self._mean_pace.pace(pace))
        return Estimate(
            at=now,
            heard_at=now if self._heard_at is None else self._heard_at,
            quarter=Quarters(self._said),
            tempo=Bpm(self._prediction.bpm(self._said, pace)),
            confidence=confidence,
            state=self.state,
            remaining=Seconds(remaining) if known else None,
            jump=jump,
            foreseen=self._foresee(now, jump, confidence),
        )

    def _foresee(self, now: Instant, jump: Jump | None, confidence: float) -> tuple[Ahead, ...]:
        """The places ahead; an onset that was just said is learned from, once."""
        standing = self._standing
        if standing is None or jump is not None:
            self._foresight.leave()
        if standing is not None and standing is not self._told:
            followed = jump is None and self.state in {Music.FOLLOWING, Music.ENDED}
            quarter = float(self._events.quarter[standing.event])
            self._foresight.stand(standing.event, standing.since)
            self._taking.hear(quarter, standing.since, confidence, followed=followed)
        self._told = standing
        return self._foresight.ahead(now) if self.state is Music.FOLLOWING else ()

    def _weigh(self, pitch: int, on_track: float) -> None:
        """Hold a key against the place said; what sounds after the end says nothing of it."""
        if self._standing is not None and self.state is not Music.ENDED:
            event = self._standing.event
            there = self._tables.written[pitch, event - 1 : event + 2]
            self._trust.hear(strange=not there.any(), stray=on_track <= EXPLAINED)

    def _confidence(self) -> float:
        """Probability that the event said is right within NEAR_S."""
        track, standing = self._track, self._standing
        others = float(self._elsewhere.odds.sum())
        if standing is None:
            yet = min(float(track.weight[: max(self._start - track.base, 0)].sum()), 1.0)
            waits = self.state is Music.WAITING
            return yet / (1.0 + others) if waits else self._trust.confidence(yet, others)
        seconds = self._tables.seconds[track.base : track.base + len(track.weight)]
        away = np.abs(seconds - self._tables.seconds[standing.event])
        belief = float(track.weight[away <= NEAR_S / standing.pace].sum())
        return self._trust.confidence(min(belief, 1.0), others)
