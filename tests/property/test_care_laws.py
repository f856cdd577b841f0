"""Laws of care, for whatever people, networks and machines do."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.press_stage import MAIL, PUSH, SMS, VOICE, WITH_LEAD, Evening, fold

from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    CancelAlert,
    ConfirmShown,
    EndAlert,
    EndWith,
    HandOver,
    RaiseAlert,
    SayAlone,
    SayBack,
    SayComing,
    SayWith,
    SetCircle,
    SetContacts,
    SetLadder,
    SetNear,
    SetOpening,
    SetWords,
    StartWith,
)
from collavoce.care.decide import decide
from collavoce.care.events import AlertRaised, Refused, RungReached
from collavoce.care.ladder import Moment, Rung, Times
from collavoce.care.near import Kind, Near
from collavoce.care.opened import Opened
from collavoce.care.reached.calling import order_of

persons = st.sampled_from(["pianist", "friend", "second", "third", "singer", "manager"])
presses = st.sampled_from(["p1", "p2"])
words = st.sampled_from(["", "true", "other"])
some = st.lists(persons, max_size=5, unique=True).map(tuple)
ways = st.lists(st.sampled_from([PUSH, SMS, VOICE, MAIL]), max_size=4, unique=True).map(tuple)
wishes: st.SearchStrategy[AnyCommand] = st.one_of(
    st.builds(
        SetLadder,
        persons,
        st.sampled_from([2.0, 5.0]),
        st.sampled_from([61.0, 90.0]),
        st.sampled_from([100.0, 120.0]),
        st.sampled_from(["", "lead", "manager"]),
    ),
    st.builds(SetNear, persons, st.builds(Near, st.sampled_from(Kind), some)),
    st.builds(SetOpening, persons, st.booleans(), st.booleans()),
    st.builds(SetWords, persons, st.just("true"), st.just("other")),
    st.builds(SetContacts, persons, ways),
)
company: st.SearchStrategy[AnyCommand] = st.one_of(
    st.builds(HandOver, persons, presses, st.sampled_from([Opened.HAND, Opened.BREACH])),
    st.builds(StartWith, persons, persons),
    st.builds(EndWith, persons, persons),
    st.builds(SayAlone, persons, st.sampled_from([1.0, 3.0]), st.sampled_from([0.0, 0.5])),
    st.builds(SayBack, persons),
)
commands: st.SearchStrategy[AnyCommand] = st.one_of(
    st.builds(
        SetCircle,
        persons,
        some,
        st.sampled_from([5.0, 20.0, 60.0]),
    ),
    st.builds(AnswerRequest, persons, persons, st.booleans()),
    st.builds(RaiseAlert, persons, presses, st.sampled_from([0.0, 3.0, 600.0])),
    st.builds(CancelAlert, persons, presses, words),
    st.builds(EndAlert, persons, presses, words),
    st.builds(ConfirmShown, persons, presses),
    st.builds(SayComing, persons, presses),
    st.builds(SayWith, persons, presses),
    wishes,
    company,
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
    evening = Evening(people=WITH_LEAD)
    for step in steps:
        play(evening, step)
        assert fold(evening.events()) == evening.state


@settings(max_examples=150, deadline=None)
@given(steps=steps, twice=st.booleans())
def test_nobody_is_called_but_those_who_agreed_to_this_person(
    steps: list[Step],
    twice: bool,  # noqa: FBT001
) -> None:
    evening = Evening(people=WITH_LEAD)
    for step in steps:
        play(evening, step, twice=twice)
        for alert in evening.state.alerts.by_press.values():
            if alert.end is not None:
                continue
            may_come = order_of(WITH_LEAD, evening.state, alert.person)
            assert set(alert.order) <= set(may_come)
            for trusted in alert.calls:
                known = (*alert.order, alert.last, *alert.released)
                assert trusted in known
    raised = [event for event in evening.events() if isinstance(event, AlertRaised)]
    presses_raised = {(event.person, event.press) for event in raised}
    assert len(presses_raised) == len(raised), "one press, one alert"


@settings(max_examples=150, deadline=None)
@given(steps=steps)
def test_no_rung_is_early_and_no_person_is_rung_twice_for_one_step(steps: list[Step]) -> None:
    evening = Evening(people=WITH_LEAD)
    for step in steps:
        play(evening, step)
    began: dict[tuple[str, str], tuple[float, Times]] = {}
    climbing: dict[str, float] = {}
    for lived, event in zip(evening.lived, evening.events(), strict=True):
        if isinstance(event, AlertRaised):
            since = lived if event.since == event.at else climbing[event.person]
            climbing[event.person] = since
            began[event.person, event.press] = (
                since,
                Times(event.second_after, event.all_after, event.voice_after),
            )
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
    evening = Evening(people=WITH_LEAD)
    for step in steps:
        play(evening, step)
    evening.open_pages = set(WITH_LEAD)
    evening.advance(130.0)
    last = {
        person: ([w for w in told if w.startswith("press:")] or ["press: none"])[-1].split()[1]
        for person, told in evening.told.items()
    }
    for alert in evening.state.alerts.by_press.values():
        if alert.end is None and not alert.hidden:
            assert last[alert.person] in {"coming", "not_reached", "alone"}, last[alert.person]


@settings(max_examples=150, deadline=None)
@given(steps=steps, person=persons)
def test_what_strangers_do_changes_nothing_for_somebody_in_no_circle(
    steps: list[Step], person: str
) -> None:
    def about(step: Step) -> bool:
        if isinstance(step, tuple):
            return False
        roles = ("person", "owner", "trusted", "by", "last_resort")
        named = {getattr(step, name, "") for name in roles}
        return person in named or person in getattr(step, "order", ())

    evening = Evening(people=WITH_LEAD)
    for step in steps:
        if not about(step):
            play(evening, step)
    assert evening.told[person] == []
    assert evening.rings[person] == []


@settings(max_examples=100, deadline=None)
@given(steps=steps, command=commands)
def test_a_refusal_changes_nothing(steps: list[Step], command: AnyCommand) -> None:
    evening = Evening(people=WITH_LEAD)
    for step in steps:
        play(evening, step)
    before = evening.state
    if isinstance(decide(WITH_LEAD, before, command, Moment(evening.now)), Refused):
        evening.ask(command)
        assert evening.state == before
