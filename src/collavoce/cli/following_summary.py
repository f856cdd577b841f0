"""What came of following a performance, in a few lines."""

from dataclasses import dataclass, field

from collavoce.following.estimate import Estimate, Jump, Music
from collavoce.listening import NoteOn, Observation
from collavoce.score import Score, where
from collavoce.show.rules.sure import why_unsure
from collavoce.units import Instant, Quarters
from collavoce.words import say


def clock(seconds: float) -> str:
    """Minutes, seconds and tenths: "2:05.3"."""
    tenths = round(seconds * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02d}.{tenths % 10}"


def place(score: Score, quarter: Quarters) -> str:
    """`quarter` as a person says it."""
    if not score.bars:
        return say("follow.no_place", quarter=quarter)
    at = where(score, quarter)
    return say("follow.place", bar=at.bar, beat=f"{at.beat:g}")


@dataclass(slots=True)
class Summary:
    """Counts over the estimates of one performance, in the order in which they came."""

    score: Score
    notes: int = 0
    jumps: int = 0
    stops: int = 0
    sure_s: float = 0.0
    played_s: float = 0.0
    ended_at: Instant | None = None
    last: Estimate | None = None
    in_state: dict[Music, float] = field(default_factory=dict[Music, float])

    def add(self, observation: Observation, estimate: Estimate) -> None:
        """Count one estimate; what lies between two belongs to the earlier one."""
        self.notes += isinstance(observation, NoteOn)
        self.jumps += estimate.jump is not None
        before = self.last
        if before is not None:
            passed = estimate.at - before.at
            self.in_state[before.state] = self.in_state.get(before.state, 0.0) + passed
            if before.state is not Music.WAITING:
                self.played_s += passed
                self.sure_s += passed * (why_unsure(before) is None)
        if estimate.state is Music.HELD and (before is None or before.state is not Music.HELD):
            self.stops += 1
        if estimate.state is Music.ENDED and self.ended_at is None:
            self.ended_at = estimate.at
        self.last = estimate

    def jump(self, at: Instant, jump: Jump) -> str:
        """A jump in a line."""
        origin, target = place(self.score, jump.origin), place(self.score, jump.target)
        return say("follow.jumped", t=clock(at), origin=origin, target=target)

    def lines(self) -> list[str]:
        """The summary."""
        seconds = 0.0 if self.last is None else self.last.at
        lines = [
            say(
                "follow.summary.heard",
                title=self.score.title,
                notes=self.notes,
                seconds=clock(seconds),
            )
        ]
        if self.ended_at is not None:
            lines.append(say("follow.summary.ended", at=clock(self.ended_at)))
        elif self.last is not None:
            here = place(self.score, self.last.quarter)
            lines.append(say("follow.summary.not_ended", place=here))
        lines.append(say("follow.summary.jumps", count=self.jumps))
        held, lost = self.in_state.get(Music.HELD, 0.0), self.in_state.get(Music.LOST, 0.0)
        if self.stops:
            lines.append(say("follow.summary.held", count=self.stops, seconds=held))
        if lost:
            lines.append(say("follow.summary.lost", seconds=lost))
        if self.played_s:
            percent = round(100 * self.sure_s / self.played_s)
            lines.append(say("follow.summary.sure", percent=percent))
        return lines
