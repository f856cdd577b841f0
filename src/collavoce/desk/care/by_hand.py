"""Care in this process, with both its clocks moved by hand: for what takes days, or a quarter hour.

House, rules, store, keys and acts are the very ones of the care process; what is not there is its
loop, which turns by the machine's own clock. Whoever moves the clocks turns instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from collavoce.care.commands import OfferCode, PairDevice
from collavoce.care.events import AnyEvent, LetterDelivered
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.care.state import CareState
from collavoce.care.states.pairing import secret_hash
from collavoce.desk.care.acts import read_act
from collavoce.desk.care.acts_quiet import OfQuiet, quiet_act
from collavoce.desk.care.read import filled, read_read, shown
from collavoce.ledger.seal import new_key
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.home import STORE
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.keep import Reader
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.postman import Postman
from collavoce.runtime.care.stagehand import LiveCare
from collavoce.runtime.clock import fresh_id

BEGAN = 1000.0
"""Where the machine's own count stands at the start, s."""

TOKEN_BITS = 256


@dataclass(slots=True)
class _Memory:
    """A store that ends with its process."""

    events: list[AnyEvent] = field(default_factory=list[AnyEvent])

    def replay(self) -> Iterable[AnyEvent]:
        return tuple(self.events)

    def append(self, events: Sequence[AnyEvent]) -> None:
        self.events.extend(events)

    def erase_press(self, person: str, press: str) -> None:
        """Nothing of a press outlives this process."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is true, and when: to go on from once more, another way."""

    state: CareState
    count: float
    wall: float


class HandCare:
    """The care of `config`. folder: of its store, None to keep it in memory. wall: UTC, s.

    count : the machine's own count, s, which no change of a wall clock moves.
    """

    def __init__(self, config: CareConfig, wall: float, folder: Path | None = None) -> None:
        self.config = config
        self.wall = wall
        self.count = BEGAN
        self.delivered = 0
        """Letters delivered since this process began, each as often as it was."""
        self._folder = folder
        self._key = new_key()
        self._tokens: dict[str, str] = {}
        self._streams: dict[str, Reader] = {}
        self._open()

    def _open(self) -> None:
        people = self.config.company
        self._shelf: Shelf | None = None
        if self._folder is not None:
            store = SealedStore.open(self._folder / STORE, ballast_bytes=0)
            self._shelf = Shelf(store, self._key, people, lambda: self.wall)
        records = _Memory() if self._shelf is None else self._shelf
        self.house = House(people, records, lambda: Moment(self.count))
        self.house.open("one boot")
        self.house.told.append(self._told)
        self.care = LiveCare(self.config, self.house, None, self._shelf)
        self.care.keep.wall = lambda: self.wall
        self._postman = Postman(self.care.post, self.care.daytime)

    def _told(self, event: AnyEvent, _: CareState) -> None:
        self.delivered += isinstance(event, LetterDelivered)

    def again(self) -> None:
        """The process ends, and another one starts over the same store; there must be one."""
        assert self._shelf is not None, "what is kept in memory does not outlive it"
        self.close()
        self._open()

    def close(self) -> None:
        """Close the store."""
        if self._shelf is not None:
            self._shelf.close()

    # Time.

    def passes(self, seconds: float, *, wall: float | None = None) -> None:
        """Time goes by, for the wall clock as much unless `wall` says it; what is due is done."""
        self.count += seconds
        self.wall += seconds if wall is None else wall
        self.turn()

    def turn(self) -> None:
        """What the process does by its clock, each second or few."""
        self.house.turn()
        self.care.found.turn()
        self.care.knocks.turn()
        self._postman.turn()

    def stands(self) -> Standing:
        """All that is true now."""
        return Standing(self.house.state, self.count, self.wall)

    def goes_back(self, to: Standing) -> None:
        """As if nothing had been since."""
        self.count, self.wall = to.count, to.wall
        # What looks once in a quarter hour looks again when this one comes another way.
        self.care.found.turn()
        self.house.state = to.state
        self.care.keep.stir()

    # People.

    def phone(self, person: str) -> None:
        """Pair a phone for `person`, and load its page."""
        code, token = fresh_id(), fresh_id(TOKEN_BITS)
        for outcome in (
            self.care.ask(OfferCode(person, secret_hash(code))),
            self.care.ask(PairDevice(secret_hash(code), secret_hash(token)), Proof(token)),
        ):
            assert outcome == Kept(), outcome
        self._tokens[person] = token
        self.here(person)

    def here(self, person: str, clock: float = 0.0) -> None:
        """A request of their phone comes, with its clock (UTC, s) if that says something."""
        self.care.unlock(self._tokens[person])
        self.care.pinged(person, clock, ())

    def does(self, person: str, act: str, **fields: object) -> bool:
        """What the phone of `person` posts; whether it is kept."""
        read = read_act(msgspec.json.encode({"type": act, **fields}))
        assert isinstance(read, OfQuiet), act
        return quiet_act(read, self.care, person, self._tokens[person]) == Kept()

    def reads(self, person: str, what: str, **fields: object) -> dict[str, Any]:
        """What the phone of `person` is shown when it asks."""
        asked = read_read(msgspec.json.encode({"type": what, **fields}))
        assert asked is not None, what
        said = filled(shown(self.care, asked, person, self._tokens[person]))
        return msgspec.json.decode(said, type=dict[str, dict[str, Any]])["shown"]

    def seen(self, person: str) -> dict[str, Any]:
        """What stands of their own things on the open page of `person`."""
        seen = self.care.seen(self._tokens[person])
        return msgspec.json.decode(msgspec.json.encode(seen), type=dict[str, Any])

    def found(self, person: str) -> list[str]:
        """Of whom the open page of `person` says that they ticked the same."""
        # As a stream does, which is a request that lasts.
        reader = self._streams.get(person) or self.care.keep.reader(self._tokens[person])
        assert reader is not None, "their phone is paired"
        self._streams[person] = reader
        shown = msgspec.json.encode(self.care.found.seen(reader))
        return [one["who"] for one in msgspec.json.decode(shown)["found"]]
