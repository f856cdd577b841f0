"""An evening of presses on a clock moved by hand, over the pure rules alone.

Every page is played as the real one behaves: it rings once for a key, sends its receipt, and
notes each change of what it is told. `exactly` then says what everybody was told, and that nobody
was told anything else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    ConfirmDevice,
    ConfirmShown,
    OfferCode,
    PairDevice,
    RaiseAlert,
    SetCircle,
)
from collavoce.care.decide import decide, due, next_due
from collavoce.care.events import AnyEvent, CareOpened, Refused
from collavoce.care.ladder import Moment
from collavoce.care.standing import CallState, calls, standing
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

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(AnyEvent).decode


@dataclass
class Evening:
    """restarting: the process is killed and started again after every single step."""

    restarting: bool = False
    now: float = 1000.0
    life: float = 0.0
    """real seconds lived, whatever the machine's clock says"""
    boot: str = "boot-1"
    state: CareState = field(default_factory=CareState)
    kept: list[bytes] = field(default_factory=list[bytes])
    lived: list[float] = field(default_factory=list[float])
    """the real second of each kept event"""
    open_pages: set[str] = field(default_factory=lambda: set(PEOPLE))
    shows: bool = True
    """whether the called persons' phones show what they receive"""
    told: dict[str, list[str]] = field(default_factory=lambda: {person: [] for person in PEOPLE})
    rings: dict[str, list[str]] = field(default_factory=lambda: {person: [] for person in PEOPLE})
    calls_now: dict[str, dict[str, str]] = field(
        default_factory=lambda: {person: {} for person in PEOPLE}
    )

    def __post_init__(self) -> None:
        self.restart()

    # What people do.

    def ask(self, command: AnyCommand) -> Refused | None:
        """Ask, keep, fold; why not, if refused."""
        decision = decide(PEOPLE, self.state, command, Moment(self.now))
        if isinstance(decision, Refused):
            return decision
        for event in decision:
            self.keep(event)
        if self.restarting:
            self.restart()
        self.look()
        return None

    def does(self, *commands: AnyCommand) -> None:
        """Ask each, none refused."""
        for command in commands:
            refused = self.ask(command)
            assert refused is None, (command, refused)

    def circle(self, owner: str, *trusted: str, second_after: float = 20.0) -> None:
        """A circle in which everybody agreed."""
        self.does(SetCircle(owner, trusted, second_after))
        self.does(*(AnswerRequest(person, owner, agrees=True) for person in trusted))

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
            at = next_due(self.state)
            self._pass(min(until, self.now + 1.0, until if at is None else max(at, self.now)))
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
        """Every open page looks once."""
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
                    self.told[person].append(f"{call.owner} {call.state}")

    def _note(self, person: str, words: str) -> None:
        said = [w for w in self.told[person] if w.startswith("press:")]
        if words != (said[-1] if said else "press: none"):
            self.told[person].append(words)

    def exactly(self, **told: list[str]) -> None:
        """Everybody named was told just this, in order; nobody else was told anything."""
        expected = {person: told.get(person, []) for person in PEOPLE}
        assert self.told == expected
        for person, keys in self.rings.items():
            assert len(keys) == len(set(keys)), f"{person} was rung twice for one step"


def fold(events: Iterable[AnyEvent]) -> CareState:
    """The state after `events`."""
    state = CareState()
    for event in events:
        state = evolve(state, event)
    return state
