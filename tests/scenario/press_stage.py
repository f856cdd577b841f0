"""An evening of presses on a clock moved by hand, over the pure rules alone.

Every page is played as the real one behaves: it rings once for a key, sends its receipt, and
notes each change of what it is told. Whoever has contacts gets messages by a courier, which tries
each once, and by services that behave as the test has them. `exactly` then says what everybody
was told, by page and by message, and that nobody was told anything else.

It is a rule of the house that every evening ends so: `conftest.py` fails a test whose last word
about an evening it opened is neither `exactly` nor, for laws over many of them, `lawful`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import msgspec

from collavoce.care.channels import Channel, Contact, Fate, Message
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    ConfirmDevice,
    ConfirmShown,
    OfferCode,
    PairDevice,
    RaiseAlert,
    RecordFate,
    RecordTry,
    SetCircle,
    SetContacts,
)
from collavoce.care.decide import decide, due, next_due
from collavoce.care.events import AnyEvent, CareOpened, Refused, Unseen
from collavoce.care.ladder import Moment
from collavoce.care.opened import Opened
from collavoce.care.reached.outbox import next_wanted, wanted
from collavoce.care.reached.seen import company_of, company_seen
from collavoce.care.reached.standing import Call, CallState, calls, standing
from collavoce.care.state import CareState, evolve
from collavoce.company.people import Person

PEOPLE = {
    person: Person(person, name)
    for person, name in (
        ("pianist", "Yuna"),
        ("friend", "Mira"),
        ("second", "Ben"),
        ("third", "Caro"),
        ("singer", "Sol"),
        ("manager", "Otto"),
    )
}

LEAD = Person("lead", "Uma", ("welfare lead",))
WITH_LEAD = {**PEOPLE, "lead": LEAD}
"""The same company with somebody whose work is to look after people."""

PUSH = Contact(Channel.PUSH, '{"endpoint":"https://push.test/1","keys":{"p256dh":"k","auth":"a"}}')
SMS = Contact(Channel.SMS, "+491701234567")
VOICE = Contact(Channel.VOICE, "+491701234567")
MAIL = Contact(Channel.MAIL, "somebody@example.org")
OTHER = Contact(Channel.OTHER, "gotify://example.org/token")

TAKES, DELIVERS, FAILS = (Fate.ACCEPTED,), (Fate.ACCEPTED, Fate.DELIVERED), (Fate.FAILED,)
SILENT: tuple[Fate, ...] = ()
"""How a service answers what it is handed."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(AnyEvent).decode


@dataclass
class Evening:
    """restarting: the process is killed and started again after every single step."""

    opened: ClassVar[list["Evening"] | None] = None
    """every evening of this test, where the rule of the house holds"""

    restarting: bool = False
    people: Mapping[str, Person] = field(default_factory=lambda: PEOPLE)
    now: float = 1000.0
    life: float = 0.0
    """real seconds lived, whatever the machine's clock says"""
    boot: str = "boot-1"
    state: CareState = field(default_factory=CareState)
    kept: list[bytes] = field(default_factory=list[bytes])
    lived: list[float] = field(default_factory=list[float])
    """the real second of each kept event"""
    open_pages: set[str] = field(default_factory=lambda: set(PEOPLE))
    looks_every: float = 1.0
    """seconds after which a page looks again though nothing is due"""
    shows: bool = True
    """whether the called persons' phones show what they receive"""
    courier: bool = True
    """whether anybody carries messages"""
    services: dict[Channel, tuple[Fate, ...]] = field(
        default_factory=dict[Channel, tuple[Fate, ...]]
    )
    """how each service answers; one not named takes what it is handed"""
    sent: list[tuple[float, Message]] = field(default_factory=list[tuple[float, Message]])
    told: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    rings: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    calls_now: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    beside_now: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    said: dict[str, list[str]] | None = None
    """what the test last said that everybody had been told"""
    is_lawful: bool = False

    def __post_init__(self) -> None:
        self.open_pages |= set(self.people)
        for person in self.people:
            self.told[person], self.rings[person] = [], []
            self.calls_now[person], self.beside_now[person] = {}, []
        if Evening.opened is not None:
            Evening.opened.append(self)
        self.restart()

    # What people do.

    def ask(self, command: AnyCommand) -> Refused | None:
        """Ask, keep, fold; why not, if refused."""
        decision = decide(self.people, self.state, command, Moment(self.now))
        if isinstance(decision, Refused):
            return decision
        for event in decision.events if isinstance(decision, Unseen) else decision:
            self.keep(event)
        if self.restarting:
            self.restart()
        self.look()
        return decision.refused if isinstance(decision, Unseen) else None

    def does(self, *commands: AnyCommand) -> None:
        """Ask each, none refused."""
        for command in commands:
            refused = self.ask(command)
            assert refused is None, (command, refused)

    def circle(self, owner: str, *trusted: str, second_after: float = 20.0) -> None:
        """A circle in which everybody agreed."""
        self.does(SetCircle(owner, trusted, second_after))
        self.does(*(AnswerRequest(person, owner, agrees=True) for person in trusted))

    def contacts(self, **contacts: tuple[Contact, ...]) -> None:
        """By what else each may be called."""
        self.does(*(SetContacts(person, theirs) for person, theirs in contacts.items()))

    def press(self, person: str = "pianist", press: str = "p1", ago: float = 0.0) -> None:
        """The button."""
        self.does(RaiseAlert(person, press, ago))

    def pair(self, person: str, device: str) -> None:
        """A device of `person`; a further one by the yes of their latest."""
        before = self.state.pairings.devices_of(person)
        self.claim(person, device)
        if before:
            self.does(ConfirmDevice(person, before[-1], device))

    def claim(self, person: str, device: str) -> None:
        """A device that shows a code of `person`: theirs if it is the first, else it waits."""
        self.does(OfferCode(person, f"code of {device}"), PairDevice(f"code of {device}", device))

    # What time and machines do.

    def advance(self, seconds: float) -> None:
        """Let time pass, stopping wherever something is due or a page looks again."""
        until = self.now + seconds
        while self.now < until:
            found = (next_due(self.state), next_wanted(self.state, self.now))
            at = min((at for at in found if at is not None), default=until)
            self._pass(min(until, self.now + self.looks_every, max(at, self.now)))
            for command in due(self.state, Moment(self.now)):
                self.does(command)
            self.look()

    def sleep(self, seconds: float) -> None:
        """The process is away; the clock is not."""
        self._pass(self.now + seconds)
        self.restart()
        for command in due(self.state, Moment(self.now)):
            self.does(command)
        self.look()

    def restart(self) -> None:
        """Forget everything but the kept bytes, and fold them; it is the same state."""
        before = self.state
        self.state = fold(_decode(event) for event in self.kept)
        assert self.state == before or not self.kept
        self.keep(CareOpened(self.now, self.boot))

    def reboot(self, uptime: float = 30.0) -> None:
        """The machine starts anew: its clock begins again."""
        self.life += uptime
        self.now = uptime
        # Some systems do not say which start of the machine this is; their boot is always "".
        self.boot = self.boot and f"{self.boot}+"
        self.keep(CareOpened(self.now, self.boot))
        self.look()

    def keep(self, event: AnyEvent) -> None:
        """As the store does: bytes, then the fold."""
        self.kept.append(_encode(event))
        self.lived.append(self.life)
        self.state = evolve(self.state, event)

    def _pass(self, to: float) -> None:
        self.life += to - self.now
        self.now = to

    def events(self) -> list[AnyEvent]:
        """Everything that was kept, read back."""
        return [_decode(event) for event in self.kept]

    # What people are told.

    def look(self) -> None:
        """The courier carries, every open page looks once, the courier carries what follows."""
        self.carry()
        now, reachable = Moment(self.now), frozenset(self.open_pages)
        for person in sorted(self.open_pages):
            mine = standing(self.state, person, reachable, now)
            self._note(person, " ".join(("press:", mine.feedback, *mine.who)))
        for person in sorted(self.open_pages):
            for call in calls(self.state, person, now):
                if call.state is CallState.OPEN and call.key not in self.rings[person]:
                    if not self.shows:
                        continue
                    self.rings[person].append(call.key)
                    self.does(ConfirmShown(person, call.press))
                if self.calls_now[person].get(call.key) != call.state:
                    self.calls_now[person][call.key] = call.state
                    self.told[person].append(_heard(call))
            self._look_beside(person, now)
        self.carry()

    def carry(self) -> None:
        """The courier: whatever is wanted is tried, once, and handed over."""
        while self.courier and (messages := wanted(self.state, Moment(self.now))):
            message = messages[0]
            self.does_now(RecordTry(message.press, message.key))
            self.sent.append((self.now, message))
            self.told[message.to].append(f"{message.channel}: {message.wording}")
            for fate in self.services.get(message.channel, TAKES):
                self.does_now(RecordFate(message.press, message.key, fate))

    def does_now(self, command: AnyCommand) -> None:
        """Ask, not refused, and no page looks meanwhile."""
        decision = decide(self.people, self.state, command, Moment(self.now))
        assert isinstance(decision, tuple), (command, decision)
        for event in decision:
            self.keep(event)
        if self.restarting:
            self.restart()

    def _look_beside(self, person: str, now: Moment) -> None:
        """Who is with whom and who is alone, as far as this page says so."""
        own = company_of(self.people, self.state, person, now)
        lines = [f"with me: {other}" for other in own.beside]
        lines += ["alone"] if own.alone_for is not None else []
        for seen in company_seen(self.people, self.state, person, now):
            lines += [f"with {seen.owner}: {other}" for other in seen.beside]
            lines += [f"{seen.owner} alone"] if seen.alone_for is not None else []
            lines += [f"look after {seen.owner}"] if seen.look else []
        before = self.beside_now[person]
        self.told[person] += [line for line in lines if line not in before]
        self.told[person] += [f"no more {line}" for line in before if line not in lines]
        self.beside_now[person] = lines

    def _note(self, person: str, words: str) -> None:
        said = [w for w in self.told[person] if w.startswith("press:")]
        if words != (said[-1] if said else "press: none"):
            self.told[person].append(words)

    def exactly(self, **told: list[str]) -> None:
        """Everybody named was told just this, in order; nobody else was told anything."""
        assert set(told) <= set(self.people)
        expected = {person: told.get(person, []) for person in self.people}
        assert self.told == expected
        for person, keys in self.rings.items():
            assert len(keys) == len(set(keys)), f"{person} was rung twice for one step"
        keys = [message.key for _, message in self.sent]
        assert len(keys) == len(set(keys)), "a message was sent twice"
        self.said = {person: list(words) for person, words in self.told.items()}

    def lawful(self) -> None:
        """This evening is one of many whose laws are tested; what was told is not spelt out."""
        self.is_lawful = True

    def closed(self) -> None:
        """The rule of the house: nobody was told anything that the test did not name."""
        told = {person: words for person, words in self.told.items() if words}
        named = self.is_lawful or not told or self.said == self.told
        assert named, f"not ended with `exactly`: {told}"


def _heard(call: Call) -> str:
    marks = (
        "" if call.how is Opened.SELF else f" ({call.how})",
        " (other word)" if call.duress else "",
        " (stand back)" if call.stand_back else "",
    )
    return f"{call.owner} {call.state}{''.join(marks)}"


def fold(events: Iterable[AnyEvent]) -> CareState:
    """The state after `events`."""
    state = CareState()
    for event in events:
        state = evolve(state, event)
    return state
