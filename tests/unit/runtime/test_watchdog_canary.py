"""The canary is seated in memory, found by nobody, and leaves nothing in the store."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from collavoce.care.commands import AnswerRequest, CancelAlert, OfferCode, RaiseAlert, SetCircle
from collavoce.care.events import AlertEvent, AnyEvent, Refused
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.care.reached.standing import calls
from collavoce.care.states.alert import End
from collavoce.care.states.circle import Answer
from collavoce.company.people import Person
from collavoce.desk.care import access
from collavoce.runtime.care.canary import CANARIES, FIRST, OWNER, SECOND, seated
from collavoce.runtime.care.house import House
from collavoce.runtime.watchdog import flight

PEOPLE = {who: Person(who, who.title()) for who in ("pianist", "friend")}
SECRET = "a secret of this test"


@dataclass
class Store:
    """Records in memory; a press that is erased is gone."""

    events: list[AnyEvent] = field(default_factory=list[AnyEvent])

    def replay(self) -> Iterable[AnyEvent]:
        return tuple(self.events)

    def append(self, events: Sequence[AnyEvent]) -> None:
        self.events.extend(events)

    def erase_press(self, person: str, press: str) -> None:
        self.events = [
            event
            for event in self.events
            if not (
                isinstance(event, AlertEvent) and (event.person, event.press) == (person, press)
            )
        ]


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> Moment:
        return Moment(self.now)


def opened(store: Store, clock: Clock) -> House:
    house = House(PEOPLE, store, clock)
    house.open("boot", seated(SECRET, clock(), "nowhere"))
    return house


def presses_in(store: Store) -> list[AnyEvent]:
    return [event for event in store.events if isinstance(event, AlertEvent)]


def test_a_canary_press_climbs_to_the_second_and_is_erased_when_taken_back() -> None:
    store, clock = Store(), Clock()
    house = opened(store, clock)
    before = list(store.events)
    assert house.ask(RaiseAlert(OWNER, "one")) == Kept()
    assert presses_in(store), "it is on disk like any other"
    assert [call.press for call in calls(house.state, FIRST, clock())] == ["one"]
    assert calls(house.state, SECOND, clock()) == ()
    clock.now += 5.0
    house.turn()
    assert [call.press for call in calls(house.state, SECOND, clock())] == ["one"]
    assert house.ask(CancelAlert(OWNER, "one")) == Kept()
    assert store.events == before
    assert house.state.alerts.by_press == {}


def test_a_canary_that_was_never_taken_back_goes_with_the_next() -> None:
    store, clock = Store(), Clock()
    house = opened(store, clock)
    before = list(store.events)
    house.ask(RaiseAlert(OWNER, "one"))
    clock.now += 30.0
    assert isinstance(house.ask(CancelAlert(OWNER, "one")), Refused)
    house.ask(RaiseAlert(OWNER, "two"))
    house.ask(CancelAlert(OWNER, "two"))
    assert store.events == before


def test_a_canary_left_in_the_store_goes_at_the_next_opening() -> None:
    store, clock = Store(), Clock()
    opened(store, clock).ask(RaiseAlert(OWNER, "one"))
    house = opened(store, clock)
    assert presses_in(store) == []
    assert house.state.alerts.by_press == {}


def test_an_open_canary_is_nobodys_call_and_a_press_is() -> None:
    house = opened(Store(), Clock())
    house.ask(RaiseAlert(OWNER, "one"))
    assert not house.calling
    house.ask(RaiseAlert("pianist", "two"))
    assert house.calling
    assert house.state.alerts.by_press["two"].end is not End.OVER


def test_nobody_is_paired_as_a_canary_or_writes_one_into_a_circle() -> None:
    house = opened(Store(), Clock())
    for canary in CANARIES:
        unknown = house.ask(OfferCode("nobody", "hash"))
        assert house.ask(OfferCode(canary, "hash")) == unknown
        assert isinstance(unknown, Refused)
        stranger = house.ask(SetCircle("pianist", ("nobody",), 20.0))
        assert house.ask(SetCircle("pianist", (canary,), 20.0)) == stranger
        assert isinstance(stranger, Refused)
        assert isinstance(house.ask(AnswerRequest("friend", canary, agrees=True)), Refused)
    assert CANARIES.isdisjoint(house.people)


def test_the_canary_is_seated_again_and_again_and_kept_nowhere() -> None:
    store, clock = Store(), Clock()
    for _ in range(3):
        house = opened(store, clock)
        assert house.state.circles.answer(OWNER, SECOND) is Answer.AGREED
    assert not [event for event in store.events if "canary" in repr(event)]


def test_without_a_secret_there_is_no_canary() -> None:
    assert seated("", Moment(0.0), "") == ()


def test_the_watchdog_sends_the_cookie_the_pages_read() -> None:
    plain = flight.Door("127.0.0.1", 8081, SECRET).headers(OWNER)
    assert plain["Cookie"] == f"{access.DEVICE_COOKIE}={SECRET}.{OWNER}"
    sealed = flight.Door("127.0.0.1", 8081, SECRET, "own.pem", "show.example.org").headers(OWNER)
    assert sealed["Cookie"] == f"__Host-{access.DEVICE_COOKIE}={SECRET}.{OWNER}"
    assert sealed["Origin"] == "https://show.example.org:8081"
