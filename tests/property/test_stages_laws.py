"""Stages do not know of each other: whatever happens on one, another lives as if it were alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.runtime.small_show import SHOW, Stage, estimate

from collavoce.runtime.entry import Entry
from collavoce.runtime.stages import Stages
from collavoce.show.commands import (
    AnyCommand,
    Go,
    GoTo,
    Hear,
    Hold,
    PointTo,
    Resume,
    StartNumber,
    Stop,
    Tick,
)
from collavoce.show.cues import Number
from collavoce.show.cues import Stage as Named
from collavoce.show.events import AnyEvent
from collavoce.show.state import ShowState

NAMES = ("hall", "tent")


def on(stage: str) -> tuple[str, ...]:
    return tuple(f"{stage}-{cue.number}" for cue in SHOW.numbers[0].cues)


def number_on(stage: str) -> Number:
    cues = tuple(
        replace(cue, number=f"{stage}-{cue.number}")
        for cue in SHOW.numbers[0].cues
        if cue.number != "3"
    )
    return replace(SHOW.numbers[0], id=stage, stage=stage, cues=cues)


HOUSE = replace(
    SHOW,
    numbers=tuple(number_on(stage) for stage in NAMES),
    stages={stage: Named(stage, stage) for stage in NAMES},
)


@dataclass
class House(Stage):
    """The stages of a show over wires that remember."""

    stages: Stages = field(init=False)

    def __post_init__(self) -> None:
        self.stages = Stages(HOUSE, self.record_on, self, self.clock.now)
        self.stages.open("plan")

    def record_on(self, stage: str, event: AnyEvent, actor: str, key: str, cause: int) -> int:
        self.ring.append(Entry(event, actor, key, cause, 0, 0, stage))
        return len(self.ring)


def heard(quarter: float) -> AnyCommand:
    return Hear(estimate(0.0, quarter))


def with_its_name(stage: str) -> st.SearchStrategy[tuple[str, AnyCommand]]:
    return st.tuples(st.just(stage), commands(stage))


def commands(stage: str) -> st.SearchStrategy[AnyCommand]:
    cues = st.sampled_from(on(stage))
    return st.one_of(
        st.sampled_from([Go(), Hold(), Resume(), Stop(1.0), Tick(), StartNumber(stage)]),
        st.builds(PointTo, cues),
        st.builds(GoTo, cues),
        st.builds(heard, st.floats(0, 20)),
    )


asked = st.lists(st.sampled_from(NAMES).flatmap(with_its_name), max_size=25)


def lived(these: Sequence[tuple[str, AnyCommand]], stage: str) -> ShowState:
    house = House()
    for name, command in these:
        house.stages.ask(command, "caller", stage=name)
    return house.stages.performances[stage].state


@settings(max_examples=60, deadline=None)
@given(asked)
def test_a_stage_lives_as_if_it_were_alone(these: list[tuple[str, AnyCommand]]) -> None:
    for stage in NAMES:
        assert lived(these, stage) == lived([one for one in these if one[0] == stage], stage)


@settings(max_examples=60, deadline=None)
@given(asked)
def test_a_successor_is_where_every_stage_was(these: list[tuple[str, AnyCommand]]) -> None:
    house = House()
    for name, command in these:
        house.stages.ask(command, "caller", stage=name)
    successor = Stages(HOUSE, house.record_on, house, house.clock.now)
    successor.restore(list(enumerate(house.ring, 1)))
    for stage in NAMES:
        assert successor.performances[stage].state == house.stages.performances[stage].state
        assert successor.performances[stage].look == house.stages.performances[stage].look
