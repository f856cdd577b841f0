"""A house, its courier, and services that answer when and what a test says. The clock is a hand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import AnswerRequest, AnyCommand, SetCircle, SetContacts
from collavoce.care.decide import next_due
from collavoce.care.events import AlertEvent, AnyEvent
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.company.people import Person
from collavoce.ledger.errors import StoreFullError
from collavoce.rig.channels import Accepted, Outcome
from collavoce.runtime.care.house import House
from collavoce.runtime.care.ways.courier import Courier
from collavoce.runtime.care.ways.deadman import Foreseen

PEOPLE = {
    who: Person(who, who.title(), roles)
    for who, roles in (
        ("pianist", ("performer",)),
        ("first", ()),
        ("second", ()),
        ("third", ()),
        ("welfare", ("welfare lead",)),
    )
}
URL = "https://show.example.org:8081/care/"
SOON_S = 0.2

ADDRESS = {
    Channel.PUSH: '{"endpoint": "https://push.example.org/a", "keys": {"p256dh": "k", "auth": "a"}}',  # noqa: E501  one value
    Channel.SMS: "+491511111111",
    Channel.VOICE: "+491522222222",
    Channel.MAIL: "mira@example.org",
    Channel.OTHER: "ntfys://example.org/topic",
}

Answers = Callable[[str, str], tuple[Outcome, float] | None]
"""(channel, address) -> what comes of it and after how many seconds; None for never."""


@dataclass
class Hand:
    now: float = 1000.0

    def __call__(self) -> Moment:
        return Moment(self.now)


@dataclass
class Store:
    """Records in memory. syncs : how often the disk was waited for."""

    events: list[AnyEvent] = field(default_factory=list[AnyEvent])
    syncs: int = 0
    ill: bool = False

    def replay(self) -> Iterable[AnyEvent]:
        return tuple(self.events)

    def append(self, events: Sequence[AnyEvent]) -> None:
        if self.ill:
            raise StoreFullError("full")
        self.syncs += 1
        self.events.extend(events)

    def erase_press(self, person: str, press: str) -> None:  # noqa: ARG002  the shelf's own names
        self.events = [
            event
            for event in self.events
            if not isinstance(event, AlertEvent) or event.press != press
        ]


@dataclass(frozen=True)
class Handed:
    at: float
    channel: str
    address: str
    text: str
    key: str


@dataclass
class Services:
    """The porter's side."""

    clock: Hand
    answers: Answers = lambda _channel, _address: (Accepted(), SOON_S)
    handed: list[Handed] = field(default_factory=list[Handed])
    rooms: dict[str, int] = field(default_factory=dict[str, int])
    due: dict[int, tuple[float, Outcome]] = field(default_factory=dict[int, tuple[float, Outcome]])
    number: int = 0
    on_disk: Callable[[str], bool] = lambda _key: True

    def room(self, channel: str) -> int:
        return self.rooms.get(channel, 128)

    def hand(self, channel: str, address: str, text: str, key: str, *, distress: bool) -> int:
        assert distress in (True, False)
        assert self.on_disk(key), "on disk before it leaves"
        self.number += 1
        self.handed.append(Handed(self.clock.now, channel, address, text, key))
        answer = self.answers(channel, address)
        if answer is not None:
            self.due[self.number] = (self.clock.now + answer[1], answer[0])
        return self.number

    def collect(self) -> list[tuple[int, Outcome]]:
        ready = [number for number, (at, _) in self.due.items() if at <= self.clock.now]
        return [(number, self.due.pop(number)[1]) for number in ready]


@dataclass
class Claims:
    """taken : what the watchdog had claimed."""

    taken: set[str] = field(default_factory=set[str])

    def take(self, key: str) -> bool:
        if key in self.taken:
            return False
        self.taken.add(key)
        return True


@dataclass
class Letters:
    """The mailbox to and from the watchdog."""

    left: list[tuple[float, tuple[Foreseen, ...], tuple[str, ...]]] = field(
        default_factory=list[tuple[float, tuple[Foreseen, ...], tuple[str, ...]]]
    )
    carried: dict[str, tuple[bool, str]] = field(default_factory=dict[str, tuple[bool, str]])

    def leave(self, as_of: float, items: Sequence[Foreseen], got: Iterable[str]) -> None:
        self.left.append((as_of, tuple(items), tuple(got)))

    def stood_in(self) -> dict[str, tuple[bool, str]]:
        said, self.carried = self.carried, {}
        return said


class World:
    """One evening."""

    def __init__(self, store: Store | None = None, answers: Answers | None = None) -> None:
        self.clock = Hand()
        self.store = store or Store()
        self.services = Services(self.clock)
        if answers is not None:
            self.services.answers = answers
        self.claims = Claims()
        self.letters = Letters()
        self.open()

    def open(self) -> None:
        """A process over the store as it stands."""
        self.house = House(PEOPLE, self.store, self.clock)
        self.house.open("boot")
        self.courier = Courier(self.house, self.services, self.claims, self.letters, URL, "112")

    def ask(self, *commands: AnyCommand) -> None:
        for command in commands:
            assert self.house.ask(command) == Kept(), command

    def circle(self, *trusted: str, second_after: float = 20.0) -> None:
        self.ask(SetCircle("pianist", trusted, second_after))
        for who in trusted:
            self.ask(AnswerRequest(who, "pianist", agrees=True))

    def reached_by(self, person: str, *ways: Channel) -> None:
        """`person` has one address on each of `ways`, in order."""
        self.ask(SetContacts(person, tuple(Contact(way, ADDRESS[way]) for way in ways)))

    def pass_until(self, at: float) -> None:
        """Let everything happen that happens until `at`, each at its own moment."""
        while True:
            self.settle()
            moments = [
                next_due(self.house.state),
                self.courier._outgoing.next_at(),
                *(due for due, _ in self.services.due.values()),
            ]
            later = [m for m in moments if m is not None and self.clock.now < m <= at]
            if not later:
                break
            self.clock.now = min(later)
        self.clock.now = at
        self.settle()

    def settle(self) -> None:
        """Let ladder and courier turn as long as one gives the other something to do."""
        self.house.turn()
        stirred = self.house.stirred
        stirred.set()
        while stirred.is_set():
            stirred.clear()
            if self.courier.turn():
                stirred.set()

    @property
    def told(self) -> list[str]:
        """The channels of everything handed over, in order."""
        return [handed.channel for handed in self.services.handed]
