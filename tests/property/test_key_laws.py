"""Whatever phones do, in whatever order, with a disk that dies between: nobody is shut out unsaid.

Phones of three persons pair, are forgotten, recover by code or by two of the circle, renew; the
process is killed in the middle of any write of keys. What is checked after every step:

    a phone that is somebody's is told truly whether it opens what they sealed
    what was written is read by it, word for word, or it is told that it is elsewhere or gone
    a phone that has opened it opens it until it is forgotten
    whoever is no reader reads nothing
"""

import tempfile
from pathlib import Path
from random import Random

import pytest
from tests.unit.care.key_world import World

from collavoce.care.commands import (
    ConfirmDevice,
    ForgetDevice,
    ForgetOthers,
    SetCircle,
)
from collavoce.care.outcome import Kept
from collavoce.care.states.keys import Sight
from collavoce.care.states.pairing import secret_hash
from collavoce.runtime.care.kept.proof import Proof
from collavoce.runtime.care.kept.vault import Place

PERSONS = ("pianist", "friend", "second")
STEPS = 40
SEEDS = range(10)


class DiedError(Exception):
    """The process was killed here."""


class Walk(World):
    """One random life of three persons' keys. chance: decides everything."""

    def begin(self, seed: int) -> None:
        self.chance = Random(seed)
        self.phones: dict[str, list[str]] = {person: [] for person in PERSONS}
        self.waiting: list[tuple[str, str]] = []
        self.recovery_codes: dict[str, str] = {}
        self.wrote: dict[str, tuple[str, ...]] = {}
        self.seen_open: set[str] = set()
        for person in PERSONS:
            self.phones[person].append(self.phone(person))
        for person in PERSONS:
            others = tuple(p for p in PERSONS if p != person)
            self.circle(person, *others)

    def step(self) -> str:
        """One random thing happens, perhaps cut short; what it was."""
        person = self.chance.choice(PERSONS)
        mine = self.chance.choice(self.phones[person] or [""])
        name = self.chance.choice(
            ("claim", "yes", "forget", "others", "code", "recover", "shares", "vouch", "lines",
             "visit", "again", "late", "anew", "rotate")
        )  # fmt: skip
        if self.chance.random() < 0.15:
            self.die_at(self.chance.randrange(1, 3))
        try:
            getattr(self, "do_" + name)(person, mine)
        except DiedError:
            name += " (died)"
        self.live_again(died="died" in name)
        self.settle_phones()
        return f"{name} {person}"

    def die_at(self, write: int) -> None:
        """The next-but-`write` change of keys is the last of this process."""
        change, left = self.shelf.change, [write]

        def dying(
            things: dict[Place, bytes | None], boxes: dict[Place, list[bytes]] | None = None
        ) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise DiedError
            change(things, boxes)

        self.shelf.change = dying  # type: ignore[method-assign,assignment]

    def live_again(self, *, died: bool) -> None:
        self.shelf.__dict__.pop("change", None)
        if died:
            self.again()

    def settle_phones(self) -> None:
        """Who is whose is the state's to say: what was asked may have been cut short."""
        devices = self.house.state.pairings.devices
        known = {token for tokens in self.phones.values() for token in tokens}
        known |= {token for _, token in self.waiting}
        for person in PERSONS:
            theirs = [t for t in sorted(known) if devices.get(secret_hash(t)) == person]
            self.phones[person] = theirs
        waits = self.house.state.pairings
        self.waiting = [
            (p, t) for p, t in self.waiting if waits.waits(secret_hash(t), self.house.moment())
        ]

    # What may happen.

    def do_claim(self, person: str, _mine: str) -> None:
        self.waiting.append((person, self.claims(person)))

    def do_yes(self, person: str, mine: str) -> None:
        for who, token in self.waiting[:1]:
            if who == person and mine:
                command = ConfirmDevice(person, secret_hash(mine), secret_hash(token))
                self.own.ask(command, Proof(mine))

    def do_forget(self, person: str, mine: str) -> None:
        if len(self.phones[person]) > 1:
            other = self.chance.choice(self.phones[person])
            self.own.ask(ForgetDevice(person, secret_hash(other)), Proof(mine))

    def do_others(self, person: str, mine: str) -> None:
        if mine:
            self.own.ask(ForgetOthers(person, secret_hash(mine)), Proof(mine))

    def do_code(self, person: str, mine: str) -> None:
        if mine:
            self.recovery_codes[person] = ""
            code = self.recovery(person, mine, self.chance.randrange(1, 200))
            self.recovery_codes[person] = code

    def do_recover(self, person: str, _mine: str) -> None:
        for who, token in self.waiting:
            if who == person and self.recovery_codes.get(person):
                self.recovers(token, self.recovery_codes[person])

    def do_shares(self, person: str, mine: str) -> None:
        if mine:
            self.own.give_shares(mine, tuple(p for p in PERSONS if p != person))

    def do_vouch(self, _person: str, mine: str) -> None:
        for asked in self.own.recoveries(mine):
            self.own.confirm_recovery(mine, asked.device, asked.number)

    def do_lines(self, person: str, mine: str) -> None:
        words = (f"words {self.chance.random()}",)
        shared = tuple(p for p in PERSONS if p != person and self.chance.random() < 0.5)
        before = self.wrote.get(person, ())
        self.wrote[person] = ()
        outcome = self.own.write_lines(mine, words, shared)
        self.wrote[person] = words if isinstance(outcome, Kept) else before

    def do_visit(self, _person: str, mine: str) -> None:
        self.own.unlock(mine)

    def do_again(self, _person: str, _mine: str) -> None:
        self.again()

    def do_late(self, _person: str, _mine: str) -> None:
        self.now += 601.0

    def do_anew(self, person: str, mine: str) -> None:
        unlocked = self.own.unlock(mine)
        if unlocked is not None and unlocked.sight is Sight.GONE:
            self.wrote[person] = ()
            self.own.begin_anew(mine)

    def do_rotate(self, person: str, mine: str) -> None:
        if mine:
            self.phones[person].append(f"token {self.codes + 1} of a phone of {person}")
            self.claims(person, before=mine)

    # What must hold.

    def check(self) -> None:
        for person in PERSONS:
            opening = [t for t in self.phones[person] if self.opens(t)]
            assert self.seen_open.intersection(self.phones[person]) <= set(opening)
            self.seen_open.update(opening)
            for token in self.phones[person]:
                unlocked = self.own.unlock(token)
                assert unlocked is not None
                assert unlocked.person == person
                words, _ = self.own.lines(token)
                if unlocked.sight is Sight.OPEN:
                    assert words == self.wrote.get(person, ()) or not self.wrote.get(person), token
                else:
                    assert words == ()
                    assert (unlocked.sight is Sight.ELSEWHERE) == bool(opening)
            for reader in PERSONS:
                self.check_reader(person, reader)

    def opens(self, token: str) -> bool:
        unlocked = self.own.unlock(token)
        return unlocked is not None and unlocked.sight is Sight.OPEN

    def check_reader(self, owner: str, reader: str) -> None:
        tokens = self.phones[reader]
        if owner == reader or not tokens:
            return
        read = self.own.lines_for(tokens[0], owner)
        assert read == () or not self.wrote.get(owner) or read == self.wrote[owner]


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_is_shut_out_of_their_own_without_being_told(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        try:
            walk.begin(seed)
            told: list[str] = []
            for _ in range(STEPS):
                told.append(walk.step())
                walk.check()
            assert len(told) == STEPS
        finally:
            walk.close()


def test_a_walk_ends_a_wait_writes_and_renews_at_least_somewhere() -> None:
    """The walks above would prove little if most steps were refused."""
    kept = 0
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        walk.begin(1)
        before = walk.own._keyring.public_of("pianist")
        for _ in range(200):
            walk.step()
            kept += bool(walk.wrote.get("pianist"))
        assert walk.own._keyring.public_of("pianist") != before
        assert kept > 10
        walk.does(SetCircle("pianist", (), 20.0))
        walk.close()
