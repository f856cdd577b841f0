"""Laws of care, for whatever people, networks and machines do."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.press_stage import PEOPLE, Evening, fold

from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    CancelAlert,
    ConfirmShown,
    EndAlert,
    RaiseAlert,
    SayComing,
    SayWith,
    SetCircle,
)
from collavoce.care.events import AlertRaised, Refused, RungReached
from collavoce.care.ladder import Rung, Times

persons = st.sampled_from(["pianist", "friend", "second", "third", "singer", "manager"])
presses = st.sampled_from(["p1", "p2"])
commands: st.SearchStrategy[AnyCommand] = st.one_of(
    st.builds(
        SetCircle,
        persons,
        st.lists(persons, max_size=5, unique=True).map(tuple),
        st.sampled_from([5.0, 20.0, 60.0]),
    ),
    st.builds(AnswerRequest, persons, persons, st.booleans()),
    st.builds(RaiseAlert, persons, presses, st.sampled_from([0.0, 3.0, 600.0])),
    st.builds(CancelAlert, persons, presses),
    st.builds(EndAlert, persons, presses),
    st.builds(ConfirmShown, persons, presses),
    st.builds(SayComing, persons, presses),
    st.builds(SayWith, persons, presses),
)
waits = st.sampled_from([0.5, 9.0, 20.0, 41.0, 120.0]).map(lambda s: ("wait", s))
sleeps = st.sampled_from([0.0, 5.0, 90.0]).map(lambda s: ("sleep", s))
reboots = st.just(("reboot", 15.0))
toggles = persons.map(lambda person: ("page", person))
anything = st.lists(st.one_of(commands, waits, sleeps, reboots, toggles), max_size=25)

CIRCLE: list[AnyCommand] = [
    SetCircle("pianist", ("friend", "second", "third"), 20.0),
    *(AnswerRequest(person, "pianist", agrees=True) for person in ("friend", "second", "third")),
    SetCircle("singer", ("friend", "pianist"), 5.0),
    *(AnswerRequest(person, "singer", agrees=True) for person in ("friend", "pianist")),
]
steps = st.one_of(anything, anything.map(lambda after: [*CIRCLE, *after]))
"""Half of the evenings begin with two circles that stand, or too few would ever call anybody."""

Step = AnyCommand | tuple[str, float] | tuple[str, str]


def play(evening: Evening, step: Step, *, twice: bool = False) -> None:
    """One step; a command perhaps sent twice, as a network may."""
    match step:
        case ("wait", float(seconds)):
            evening.advance(seconds)
        case ("sleep", float(seconds)):
            evening.sleep(seconds)
        case ("reboot", float(uptime)):
            evening.reboot(uptime)
        case ("page", str(person)):
            evening.open_pages ^= {person}
        case _:
            assert not isinstance(step, tuple)
            evening.ask(step)
            if twice:
                before = evening.state
                evening.ask(step)
                if not isinstance(step, AnswerRequest | SetCircle):
                    assert evening.state.alerts.presses == before.alerts.presses


@settings(max_examples=150, deadline=None)
@given(steps=steps)
def test_what_was_kept_is_all_there_is(steps: list[Step]) -> None:
    evening = Evening()
    for step in steps:
        play(evening, step)
        assert fold(evening.events()) == evening.state


@settings(max_examples=150, deadline=None)
@given(steps=steps, twice=st.booleans())
def test_nobody_is_called_but_those_who_agreed_to_this_person(
    steps: list[Step],
    twice: bool,  # noqa: FBT001
) -> None:
    evening = Evening()
    for step in steps:
        play(evening, step, twice=twice)
        for alert in evening.state.alerts.by_press.values():
            if alert.end is not None:
                continue
            for trusted in alert.order:
                assert trusted in evening.state.circles.agreed(alert.person)
            for trusted in alert.calls:
                assert trusted in alert.order or trusted in alert.released
    raised = [event for event in evening.events() if isinstance(event, AlertRaised)]
    presses_raised = {(event.person, event.press) for event in raised}
    assert len(presses_raised) == len(raised), "one press, one alert"


@settings(max_examples=150, deadline=None)
@given(steps=steps)
def test_no_rung_is_early_and_no_person_is_rung_twice_for_one_step(steps: list[Step]) -> None:
    evening = Evening()
    for step in steps:
        play(evening, step)
    began: dict[tuple[str, str], tuple[float, Times]] = {}
    climbing: dict[str, float] = {}
    for lived, event in zip(evening.lived, evening.events(), strict=True):
        if isinstance(event, AlertRaised):
            since = lived if event.since == event.at else climbing[event.person]
            climbing[event.person] = since
            began[event.person, event.press] = since, Times(second_after=event.second_after)
        if isinstance(event, RungReached):
            since, times = began[event.person, event.press]
            assert lived - since >= times.at(Rung(event.rung)) - 1e-6, "a step was early"
    for keys in evening.rings.values():
        assert len(keys) == len(set(keys))


@settings(max_examples=150, deadline=None)
@given(steps=steps)
def test_every_open_press_is_either_answered_climbing_or_told_to_use_the_voice(
    steps: list[Step],
) -> None:
    evening = Evening()
    for step in steps:
        play(evening, step)
    evening.open_pages = set(PEOPLE)
    evening.advance(130.0)
    last = {
        person: ([w for w in told if w.startswith("press:")] or ["press: none"])[-1].split()[1]
        for person, told in evening.told.items()
    }
    for alert in evening.state.alerts.by_press.values():
        if alert.end is None:
            assert last[alert.person] in {"coming", "not_reached", "alone"}, last[alert.person]


@settings(max_examples=150, deadline=None)
@given(steps=steps, person=persons)
def test_what_strangers_do_changes_nothing_for_somebody_in_no_circle(
    steps: list[Step], person: str
) -> None:
    def about(step: Step) -> bool:
        if isinstance(step, tuple):
            return False
        named = {getattr(step, name, "") for name in ("person", "owner", "trusted")}
        return person in named or person in getattr(step, "order", ())

    evening = Evening()
    for step in steps:
        if not about(step):
            play(evening, step)
    assert evening.told[person] == []
    assert evening.rings[person] == []


@settings(max_examples=100, deadline=None)
@given(steps=steps, command=commands)
def test_a_refusal_changes_nothing(steps: list[Step], command: AnyCommand) -> None:
    evening = Evening()
    for step in steps:
        play(evening, step)
    before = evening.state
    if isinstance(evening.ask(command), Refused):
        assert evening.state == before
