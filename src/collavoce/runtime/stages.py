"""All stages of a house: one performance each, one light frame, one set of wires.

A stage's hold, standby and waits are its own. What a command is about says whose it is; what is a
fact about the house or a person is asked of every stage.
"""

from collections.abc import Callable, Iterable, Iterator

from collavoce.runtime.entry import Entry
from collavoce.runtime.mail import Declined, Kept
from collavoce.runtime.performance import Lights, Outputs, Performance
from collavoce.runtime.policies import first_number, may_close
from collavoce.show import commands as c
from collavoce.show.asked.command import Command
from collavoce.show.cues import Show
from collavoce.show.events import AnyEvent
from collavoce.units import Instant
from collavoce.words import say

StageRecorder = Callable[[str, AnyEvent, str, str, int], int]
"""(stage, event, actor, key, cause) -> ring sequence number."""

OF_THE_HOUSE: frozenset[type[Command]] = frozenset(
    {c.SetAvailable, c.SetRestrictions, c.SayPerson, c.ReadClock}
    | {c.HoldRisk, c.TakeRisk, c.ClearRisk}
)
"""Asked of every stage, whatever stage the asker looks at."""

UNLESS_NAMED: frozenset[type[Command]] = frozenset({c.AskStop, c.LightsSeen})
"""Asked of every stage unless the asker names one: a stop that may be meant for any is for all."""


class Stages:
    """The performances by stage; in a show that names none, one called ""."""

    def __init__(
        self, show: Show, record: StageRecorder, outputs: Outputs, now: Callable[[], Instant]
    ) -> None:
        self.show = show
        self._now = now
        self._outputs = outputs
        self._lights = Lights()
        self.performances = {
            stage: Performance(
                show.on_stage(stage),
                _recorder(record, stage),
                outputs,
                now,
                stage=stage,
                lights=self._lights,
            )
            for stage in show.stage_ids
        }
        self._first = next(iter(self.performances.values()))
        self._of_number = {
            number.id: stage for stage, p in self.performances.items() for number in p.show.numbers
        }
        self._of_cue = {
            cue: stage for stage, p in self.performances.items() for cue in p.show.cues_by_number
        }

    def __iter__(self) -> Iterator[Performance]:
        """The performances, in the order of the stages."""
        return iter(self.performances.values())

    @property
    def seq(self) -> int:
        """The last ring entry that any of them folded."""
        return max(performance.seq for performance in self)

    def restore(self, entries: Iterable[tuple[int, Entry]]) -> None:
        """Fold what was kept before; what is of a stage that the folder has no more is left."""
        for entry in entries:
            performance = self.performances.get(entry[1].stage)
            if performance is not None:
                performance.restore((entry,))

    def settle(self) -> tuple[str, ...]:
        """See `Performance.settle`."""
        return tuple(cue for performance in self for cue in performance.settle())

    def open(self, plan: str) -> None:
        """Open each that is not, and start its first number."""
        for performance in self:
            if performance.state.opened:
                continue
            performance.open(plan)
            number = first_number(performance.show)
            if number is not None:
                performance.ask(c.StartNumber(number), "engine")

    def ask(
        self, command: c.AnyCommand, by: str, key: str = "", stage: str = ""
    ) -> Kept | Declined:
        """Ask whoever `command` is for; the answer is the one of the stage that is named first."""
        if stage and stage not in self.performances:
            return Declined(key, say("run.no_stage", stage=stage))
        kind = type(command)
        if kind in OF_THE_HOUSE or (kind in UNLESS_NAMED and not stage):
            answers = [p.ask(command, by, _key_on(p, key, self._first)) for p in self]
            return _as_asked(answers[0], key)
        return self.performance_for(command, stage).ask(command, by, key)

    def performance_for(self, command: c.AnyCommand, stage: str = "") -> Performance:
        """Where `command` belongs: the stage that is named, or that of its cue or number."""
        if stage:
            return self.performances[stage]
        about = self._of_cue.get(getattr(command, "cue", None) or "")
        about = about or self._of_number.get(getattr(command, "number", None) or "")
        return self._first if about is None else self.performances[about]

    def turn(self) -> None:
        """Let time pass on each; the wires and the lights get their turn once."""
        for performance in self:
            performance.let_time_pass()
        now = self._now()
        self._outputs.turn(now)
        for answer in self._outputs.answers(now):
            self.ask(answer, answer.to)
        self._first.lights()

    def lights(self) -> None:
        """Send the light data that is due."""
        self._first.lights()

    def next_turn(self) -> Instant:
        """The instant at which `turn` must be called at the latest."""
        return min(performance.next_turn() for performance in self)

    def may_close(self, now: Instant) -> bool:
        """Whether an unattended house has nothing left to do."""
        return all(may_close(performance.state, performance.look, now) for performance in self)


def _recorder(record: StageRecorder, stage: str) -> Callable[[AnyEvent, str, str, int], int]:
    def recorded(event: AnyEvent, actor: str, key: str, cause: int) -> int:
        return record(stage, event, actor, key, cause)

    return recorded


def _key_on(performance: Performance, key: str, first: Performance) -> str:
    """The ledger holds each key once: those of further stages are told apart."""
    return f"{key}@{performance.stage}" if key and performance is not first else key


def _as_asked(answer: Kept | Declined, key: str) -> Kept | Declined:
    return Declined(key, answer.why) if isinstance(answer, Declined) else Kept(key, answer.seq)
