"""Whatever people, services, clocks and crashes do, in any order: what stays true at every step.

A machine draws the steps. It keeps its own book of who may be called, who was dropped and which
messages left, and compares after each step.
"""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.scenario.press_stage import (
    DELIVERS,
    FAILS,
    MAIL,
    OTHER,
    PUSH,
    SILENT,
    SMS,
    TAKES,
    VOICE,
    WITH_LEAD,
    Evening,
    fold,
)

from collavoce.care.channels import CALLS, Channel, Fate, Wording
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    CancelAlert,
    EndAlert,
    EndWith,
    HandOver,
    RaiseAlert,
    RecordFate,
    RecordTry,
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
from collavoce.care.events import MessageEnded, MessageTried, Refused
from collavoce.care.ladder import Moment
from collavoce.care.near import Kind, Near
from collavoce.care.opened import Opened
from collavoce.care.reached.calling import last_of, order_of
from collavoce.care.reached.outbox import foreseen, next_wanted, of_press, wanted
from collavoce.care.reached.standing import CallState, calls, standing
from collavoce.care.states.alert import CANCEL_WITHIN

GENDERS = {"friend": "woman", "second": "man", "lead": "woman", "pianist": "man"}
"""`third` and the others give none."""

COMPANY = {p: replace(person, gender=GENDERS.get(p, "")) for p, person in WITH_LEAD.items()}
OWNERS = ("pianist", "singer")
HELPERS = ("friend", "second", "third", "pianist")
owners = st.sampled_from(OWNERS)
helpers = st.sampled_from(HELPERS)
presses = st.sampled_from(["p1", "p2", "p3"])
orders = st.lists(helpers, max_size=4, unique=True).map(tuple)
answers = st.sampled_from([TAKES, DELIVERS, FAILS, SILENT])

COMING = {*CALLS, Wording.LOOK}
"""What brings somebody near."""


def may_come(near: Near, person: str) -> bool:
    """The rule as it is said, and not as it is written."""
    if near.kind is Kind.ANYONE or person in near.but:
        return True
    gender = GENDERS.get(person, "")
    named = person in near.ids or gender in near.genders
    if near.kind is Kind.ONLY:
        return named
    return not named and (bool(gender) or not near.genders)


class Care(RuleBasedStateMachine):
    """One evening with every kind of step."""

    def __init__(self) -> None:
        super().__init__()
        self.evening = Evening(people=COMPANY)
        self.checked = 0

    def ask(self, command: AnyCommand) -> Refused | None:
        return self.evening.ask(command)

    @initialize(
        ways=st.lists(st.sampled_from([PUSH, SMS, VOICE, MAIL, OTHER]), max_size=5, unique=True)
    )
    def begins(self, ways: list) -> None:  # pyright: ignore[reportMissingTypeArgument, reportUnknownParameterType]  hypothesis draws it
        evening = self.evening
        for owner in OWNERS:
            evening.circle(owner, "friend", "second", "third")
        evening.does(SetWords("pianist", "true", "other"))
        evening.contacts(
            **{person: tuple(ways) for person in ("friend", "second", "pianist", "lead")}
        )

    @rule(owner=owners, press=presses, ago=st.sampled_from([0.0, 3.0, 700.0]))
    def press(self, owner: str, press: str, ago: float) -> None:
        self.ask(RaiseAlert(owner, f"{owner} {press}", ago))

    @rule(owner=owners, press=presses, how=st.sampled_from([Opened.HAND, Opened.BREACH]))
    def hand_over(self, owner: str, press: str, how: Opened) -> None:
        assert self.ask(HandOver(owner, f"{owner} {press}", how)) is None, "the answer is constant"

    @rule(owner=owners, press=presses, word=st.sampled_from(["", "true", "other"]))
    def take_back(self, owner: str, press: str, word: str) -> None:
        self.ask(CancelAlert(owner, f"{owner} {press}", word))

    @rule(owner=owners, press=presses, word=st.sampled_from(["", "other"]))
    def over(self, owner: str, press: str, word: str) -> None:
        self.ask(EndAlert(owner, f"{owner} {press}", word))

    @rule(helper=helpers, owner=owners, press=presses, arrived=st.booleans())
    def answer(self, helper: str, owner: str, press: str, *, arrived: bool) -> None:
        self.ask((SayWith if arrived else SayComing)(helper, f"{owner} {press}"))

    @rule(owner=owners, order=orders, second=st.sampled_from([5.0, 20.0]))
    def circle(self, owner: str, order: tuple[str, ...], second: float) -> None:
        self.ask(SetCircle(owner, order, second))

    @rule(helper=helpers, owner=owners, agrees=st.booleans())
    def consent(self, helper: str, owner: str, *, agrees: bool) -> None:
        self.ask(AnswerRequest(helper, owner, agrees))

    @rule(
        owner=owners,
        kind=st.sampled_from(Kind),
        ids=orders,
        genders=st.sampled_from([(), ("woman",), ("man",), ("man", "woman")]),
        but=st.sampled_from([(), ("friend",), ("third",), ("lead",)]),
    )
    def near(
        self,
        owner: str,
        kind: Kind,
        ids: tuple[str, ...],
        genders: tuple[str, ...],
        but: tuple[str, ...],
    ) -> None:
        self.ask(SetNear(owner, Near(kind, ids, genders, but)))

    @rule(owner=owners, last=st.sampled_from(["", "lead", "third"]))
    def ladder(self, owner: str, last: str) -> None:
        self.ask(SetLadder(owner, 3.0, 50.0, 100.0, last))

    @rule(owner=owners, allowed=st.booleans())
    def opening(self, owner: str, *, allowed: bool) -> None:
        self.ask(SetOpening(owner, hand=allowed, breach=allowed))

    @rule(helper=helpers, ways=st.lists(st.sampled_from([PUSH, SMS, MAIL]), unique=True))
    def contacts(self, helper: str, ways: list) -> None:  # pyright: ignore[reportMissingTypeArgument, reportUnknownParameterType]  hypothesis draws it
        self.ask(SetContacts(helper, tuple(ways)))

    @rule(helper=helpers, owner=owners, ends=st.booleans())
    def beside(self, helper: str, owner: str, *, ends: bool) -> None:
        self.ask((EndWith if ends else StartWith)(helper, owner))

    @rule(owner=owners, minutes=st.sampled_from([0.0, 1.0, 3.0]))
    def alone(self, owner: str, minutes: float) -> None:
        self.ask(SayAlone(owner, minutes, 0.5) if minutes else SayBack(owner))

    @rule(channel=st.sampled_from([c for c in Channel if c is not Channel.PAGE]), how=answers)
    def service(self, channel: Channel, how: tuple[Fate, ...]) -> None:
        self.evening.services[channel] = how

    @rule(shows=st.booleans(), courier=st.booleans())
    def behave(self, *, shows: bool, courier: bool) -> None:
        self.evening.shows, self.evening.courier = shows, courier

    @rule(data=st.data(), fate=st.sampled_from(Fate))
    @precondition(lambda self: self.evening.sent)
    def late_word(self, data: st.DataObject, fate: Fate) -> None:
        """A service says something again, or late, or in the wrong order."""
        _, message = data.draw(st.sampled_from(self.evening.sent))
        self.ask(RecordFate(message.press, message.key, fate))

    @rule(data=st.data(), carried=st.booleans())
    @precondition(lambda self: self.evening.sent)
    def sent_again(self, data: st.DataObject, *, carried: bool) -> None:
        _, message = data.draw(st.sampled_from(self.evening.sent))
        before = self.evening.state
        self.ask(RecordTry(message.press, message.key, carried))
        assert self.evening.state == before, "a message is tried once"

    @rule(seconds=st.sampled_from([0.5, 4.0, 11.0, 35.0, 120.0]))
    def wait(self, seconds: float) -> None:
        self.evening.advance(seconds)

    @rule(seconds=st.sampled_from([0.0, 20.0, 200.0]))
    def crash(self, seconds: float) -> None:
        self.evening.sleep(seconds)

    @rule()
    def reboot(self) -> None:
        self.evening.reboot(20.0)

    # What is true at every step.

    @invariant()
    def nobody_is_called_but_whoever_may_be(self) -> None:
        evening = self.evening
        for alert in evening.state.alerts.by_press.values():
            if alert.end is not None:
                continue
            order = order_of(COMPANY, evening.state, alert.person)
            assert set(alert.order) <= set(order)
            near = evening.state.terms.of(alert.person).near
            assert all(may_come(near, t) for t in filter(None, (*alert.order, alert.last)))
            for message in of_press(evening.state, alert.press):
                if message.wording in CALLS:
                    assert message.to in (*alert.order, alert.last)
        for owner in OWNERS:
            for person in COMPANY:
                for call in calls(evening.state, person, Moment(evening.now)):
                    if call.owner == owner and call.state is CallState.OPEN:
                        alert = evening.state.alerts.by_press[call.press]
                        assert alert.may_come(person)
        new, self.checked = evening.sent[self.checked :], len(evening.sent)
        assert all(message.to != "manager" for _, message in new)

    @invariant()
    def no_fallback_ever_breaks_who_may_come_near(self) -> None:
        state, now = self.evening.state, Moment(self.evening.now)
        for owner in OWNERS:
            near = state.terms.of(owner).near
            fallbacks = (*order_of(COMPANY, state, owner), last_of(COMPANY, state, owner))
            assert all(may_come(near, trusted) for trusted in filter(None, fallbacks))
            assert all(near.admits(p) == may_come(near, p) for p in COMPANY)
            for message in wanted(state, now):
                if message.person == owner and message.to != owner and message.wording in COMING:
                    assert may_come(near, message.to)

    @invariant()
    def nobody_chosen_is_forgotten(self) -> None:
        """A press of now would call those who may be: the circle, and the last resort."""
        for owner in OWNERS:
            order = order_of(COMPANY, self.evening.state, owner)
            assert set(order) <= set(self.evening.state.circles.agreed(owner))
            assert last_of(COMPANY, self.evening.state, owner) in ("", "lead", "third")

    @invariant()
    def a_message_leaves_once_and_is_wanted_when_it_is_due(self) -> None:
        evening = self.evening
        now = Moment(evening.now)
        keys = [message.key for _, message in evening.sent]
        assert len(keys) == len(set(keys))
        due = wanted(evening.state, now)
        assert not {message.key for message in due} & set(keys)
        assert len({message.key for message in due}) == len(due)
        assert [m.distress for m in due] == sorted((m.distress for m in due), reverse=True)
        at = next_wanted(evening.state, evening.now)
        if at is not None:
            before = {m.key for m in wanted(evening.state, Moment(at - 1e-6))}
            assert before <= {m.key for m in due}, "something was wanted before it was due"
            assert len(wanted(evening.state, at)) >= 1
        assert {m.key for m in due} <= {m.key for m in foreseen(evening.state, now, 30.0)}

    @invariant()
    def what_was_accepted_is_never_passed_off_as_delivered(self) -> None:
        evening = self.evening
        events = evening.events()
        delivered = {
            event.key
            for event in events
            if isinstance(event, MessageEnded) and event.fate is Fate.DELIVERED
        }
        tried = [event.key for event in events if isinstance(event, MessageTried)]
        assert len(tried) == len(set(tried))
        for alert in evening.state.alerts.by_press.values():
            for key, sent in alert.messages.items():
                assert (sent.fate is Fate.DELIVERED) is (key in delivered)

    @invariant()
    def a_hidden_press_is_seen_by_its_presser_nowhere(self) -> None:
        evening, now = self.evening, Moment(self.evening.now)
        for owner in OWNERS:
            mine = standing(evening.state, owner, frozenset(evening.open_pages), now)
            hidden = {a.press for a in evening.state.alerts.by_press.values() if a.hidden}
            assert mine.press not in hidden
            if mine.can_cancel:
                alert = evening.state.alerts.by_press[mine.press]
                assert now - alert.raised_at <= CANCEL_WITHIN
        for press in (a.press for a in evening.state.alerts.by_press.values() if a.hidden):
            planned = of_press(evening.state, press)
            assert all(message.wording is not Wording.UNREACHED for message in planned)

    def teardown(self) -> None:
        evening = self.evening
        assert fold(evening.events()) == evening.state, "what was kept is all there is"
        evening.courier, evening.shows = True, True
        evening.open_pages = set(COMPANY)
        evening.advance(130.0)
        for alert in evening.state.alerts.by_press.values():
            if alert.end is None and not alert.hidden:
                now, reachable = Moment(evening.now), frozenset(evening.open_pages)
                mine = standing(evening.state, alert.person, reachable, now)
                assert mine.feedback in ("coming", "not_reached", "alone")


Care.TestCase.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)
TestCare = Care.TestCase
