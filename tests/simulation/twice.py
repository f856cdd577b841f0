"""The same evening twice, with and without a secret: what those see who are not meant.

Everything goes through the real application, streams and all; the line stands beside care as in
the real process. What is compared is every byte with the moment at which it was sent.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from tests.simulation.cast import PEOPLE, SMS, STRANGER, address
from tests.simulation.evening import memory, same_chance
from tests.simulation.machine import Machine
from tests.simulation.wires import SimulatedMailbox
from tests.simulation.world import World

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    OfferCode,
    PairDevice,
    SetCircle,
    SetContacts,
    SetOpening,
    SetWords,
)
from collavoce.care.outcome import Kept
from collavoce.care.states.pairing import secret_hash
from collavoce.desk.care.secret_words import word_hash

LASTS_S = 75.0
PRESS_S = 10.0
OFF_BEAT_S = 0.137
"""So that no two things fall on the same microsecond, where only their order would differ."""

OWNER = "pianist"
PRESS = "press-of-the-pianist"
CIRCLE = ("friend", "second")
NOT_MEANT = (STRANGER, "fourth", "singer")
"""A manager in no circle; a steward, who may ask for a hand-over; a performer with her own."""

UNKNOWN = "a device of nobody"
Told = tuple[float, str]


@dataclass
class Seen:
    """What those see who are not meant: who and where -> (moment, bytes)."""

    bytes_of: dict[str, list[tuple[int, bytes]]] = field(
        default_factory=dict[str, list[tuple[int, bytes]]]
    )
    left: list[str] = field(default_factory=list[str])
    """to whom messages left the house"""
    kept: bool = False
    """whether the owner's press, perhaps taken back, is known: that something happened at all"""


Secret = Callable[["Twice"], None]


class Twice:
    """One of the two. hand, breach: what the owner allows others to open."""

    def __init__(self, world: World, root: Path, *, hand: bool, breach: bool) -> None:
        self.world = world
        self.machine = Machine(world, root, with_line=True)
        self.seen = Seen()
        self.hand, self.breach = hand, breach

    def run(self, secret: Secret) -> Seen:
        """The evening, with `secret` happening in it."""
        with same_chance(self.machine):
            self.machine.outside.leaves = lambda left: self.seen.left.append(left.address)
            desks = {
                name: SimulatedMailbox(self.machine.wires, self.machine.run_dir / name)
                for name in ("engine", "web")
            }
            self.machine.start()
            self._settle_in()
            for person in (*NOT_MEANT, UNKNOWN):
                self._sees(person, "GET", "/care/stream")
            self.world.run(PRESS_S)
            secret(self)
            for at in range(1, int(LASTS_S)):
                self.world.after(at + OFF_BEAT_S, lambda at=at: self._tries(at))
            self.world.run(LASTS_S)
            for name, box in desks.items():
                received = iter(box.receive, None)
                self.seen.bytes_of[name] = [(0, payload) for payload, _ in received]
            self._close()
        return self.seen

    def act(self, person: str, act_: str, after_s: float, **fields: object) -> None:
        """`person` says something `after_s` from now."""
        body = msgspec.json.encode({"type": act_, **fields})
        life = self.machine.life
        assert life is not None
        token = _token(person)
        self.world.after(
            after_s, lambda: life.request("/care/act", body, token, lambda _status, _said: None)
        )

    def _tries(self, at: int) -> None:
        """What somebody curious tries, once a second, the same in both evenings."""
        person = (*NOT_MEANT, UNKNOWN)[at % 4]
        match at % 7:
            case 0:
                self._sees(person, "GET", "/care/")
            case 1 | 2 | 3:
                kind = ("Shown", "Coming", "With")[at % 7 - 1]
                self._posts(person, {"type": kind, "press": PRESS})
            case 4:
                self._posts(person, {"type": "Press", "press": f"{PRESS}-{at}"[:24], "ago": 0})
            case 5:
                self._posts(person, {"type": "Ping"})
            case _:
                self._posts(person, {"type": "Reply", "owner": OWNER, "agrees": True})
        if at in (20, 40):
            handed: dict[str, object] = {
                "type": "HandToFriend",
                "key": f"hand-over-{at}",
                "person": OWNER,
            }
            self._posts("fourth", handed)
        if at == 55:
            self._posts("fourth", {"type": "RaiseLine", "key": "a-breach-1", "zone": "left"})

    def _posts(self, person: str, act: dict[str, object]) -> None:
        self._sees(person, "POST", "/care/act", msgspec.json.encode(act))

    def _sees(self, person: str, method: str, path: str, body: bytes = b"") -> None:
        life = self.machine.life
        assert life is not None
        seen = self.seen.bytes_of.setdefault(f"{person} {method} {path}", [])

        def sees(what: bytes) -> None:
            # In whole milliseconds: the microsecond is the simulation's own rounding.
            seen.append((self.world.now_us // 1000, what))

        life.does(
            lambda: life.loop.create_task(life.watched(method, path, body, _token(person), sees))
        )

    def _settle_in(self) -> None:
        life = self.machine.life
        assert life is not None
        commands: list[AnyCommand] = []
        for person in PEOPLE:
            code = secret_hash(f"code of {person}")
            device = secret_hash(_token(person))
            commands += [OfferCode(person, code), PairDevice(code, device)]
        for owner, order in ((OWNER, CIRCLE), ("singer", ("third",))):
            commands.append(SetCircle(owner, order, 20.0))
            commands += [AnswerRequest(trusted, owner, agrees=True) for trusted in order]
        commands += [
            SetOpening(OWNER, hand=self.hand, breach=self.breach),
            SetWords(OWNER, word_hash("lily"), word_hash("orchid")),
            *(
                SetContacts(person, (Contact(Channel.SMS, address(person, SMS)),))
                for person in PEOPLE
            ),
        ]
        for command in commands:
            assert life.house.ask(command) == Kept(), command

    def _close(self) -> None:
        life = self.machine.life
        assert life is not None
        self.seen.kept = life.house.state.alerts.knows(OWNER, PRESS)
        passing = life.passing
        self.machine.on = False
        self.machine.kill()
        if passing is not None:
            passing.house.close()
        self.machine.vfs.unregister()


def seen_with(seed: int, secret: Secret, *, hand: bool = False, breach: bool = False) -> Seen:
    """What those see who are not meant, in the evening of `seed` in which `secret` happens."""
    with memory() as root:
        return Twice(World(seed), root, hand=hand, breach=breach).run(secret)


def _token(person: str) -> str:
    return f"token-of-{person}".replace(" ", "-")
