"""Whatever people do with cards, keys, phones and days, in any order: who reads, and who does not.

The machine keeps its own book of what was written and given. After every step nobody reads what the
book does not give them, and no key that opened a field before it was taken back opens it now; once
its owner has been here, whoever the book gives a field to reads it, word for word.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.unit.care.card_world import DAY, CardWorld
from tests.unit.care.key_world import PEOPLE

from collavoce.care.card import Field
from collavoce.care.commands import ForgetDevice, ForgetOthers
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.pairing import secret_hash
from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import open_box, open_sealed
from collavoce.runtime.care.kept import papers
from collavoce.runtime.care.kept.card_shared import NOTHING_SHARED, kind_of
from collavoce.runtime.care.kept.proof import Proof

OWNERS = ("pianist", "friend")
PERSONS = ("pianist", "friend", "second")
FIELDS = (Field.HELPS, Field.TOUCH)

owners = st.sampled_from(OWNERS)
persons = st.sampled_from(PERSONS)
fields = st.sampled_from(FIELDS)
words = st.sampled_from(["", "quiet", "a glass of water", "조용히"])
days = st.sampled_from([None, 0, 2])

Line = tuple[str, Field]


class Cards(RuleBasedStateMachine):
    """Three persons, two of them with a card."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.world = CardWorld(Path(self.folder.name))
        self.phones = {person: self.world.phone(person) for person in PERSONS}
        self.here = set(PERSONS)
        self.words: dict[Line, str] = {}
        self.given: dict[Line, dict[str, int | None]] = {}
        self.taken: set[tuple[Line, str]] = set()
        self.keys: dict[tuple[Line, str], set[bytes]] = {}

    def teardown(self) -> None:
        self.world.close()
        self.folder.cleanup()

    # The book.

    def book_gives(self, line: Line, person: str) -> bool:
        until = self.given.get(line, {})
        if person not in until or not {line[0], person} <= self.here or not self.words.get(line):
            return False
        last = until[person]
        return last is None or last >= self.world.today

    def give(self, line: Line, person: str, until: int | None) -> None:
        self.given.setdefault(line, {})[person] = until
        self.taken.discard((line, person))

    def take(self, line: Line, person: str) -> None:
        if self.given.get(line, {}).pop(person, self) is not self:
            self.taken.add((line, person))

    def prune(self, owner: str) -> None:
        """The owner was here: what is over does not come back."""
        for line in [line for line in self.given if line[0] == owner]:
            for person in list(self.given[line]):
                if not self.book_gives(line, person):
                    self.take(line, person)

    def acts(self, owner: str) -> str | None:
        """The token of an owner who is of the show; their page was drawn, so they were here."""
        if owner not in self.here:
            return None
        self.world.own.unlock(self.phones[owner])
        self.prune(owner)
        return self.phones[owner]

    # What people do.

    @rule(owner=owners, field=fields, said=words)
    def write(self, owner: str, field: Field, said: str) -> None:
        token = self.acts(owner)
        if token is None:
            return
        assert self.world.card.keep_field(token, field, said) == Kept()
        self.words[owner, field] = said
        if not said:
            for person in list(self.given.get((owner, field), {})):
                self.take((owner, field), person)

    @rule(owner=owners, person=persons, some=st.sets(fields, min_size=1), lasts=days)
    def share(self, owner: str, person: str, some: set[Field], lasts: int | None) -> None:
        token = self.acts(owner)
        if token is None:
            return
        until = None if lasts is None else self.world.today + lasts
        outcome = self.world.card.share(token, person, some, until)
        whole = all(self.words.get((owner, field)) for field in some)
        if person == owner or person not in self.here or not whole:
            assert isinstance(outcome, Refused)
            return
        assert outcome == Kept()
        for field in some:
            self.give((owner, field), person, until)

    @rule(owner=owners, person=persons, field=fields)
    def stop(self, owner: str, person: str, field: Field) -> None:
        self.took(owner, (field,), (person,), lambda t: self.world.card.stop(t, field, person))

    @rule(owner=owners, person=persons)
    def stop_with(self, owner: str, person: str) -> None:
        self.took(owner, FIELDS, (person,), lambda t: self.world.card.stop_with(t, person))

    @rule(owner=owners)
    def take_back(self, owner: str) -> None:
        self.took(owner, FIELDS, PERSONS, self.world.card.take_back)

    def took(
        self,
        owner: str,
        some: tuple[Field, ...],
        whom: tuple[str, ...],
        act: Callable[[str], Outcome],
    ) -> None:
        token = self.acts(owner)
        if token is None:
            return
        assert act(token) == Kept()
        for field in some:
            for person in whom:
                self.take((owner, field), person)

    @rule(some=st.integers(1, 3))
    def days_pass(self, some: int) -> None:
        self.world.wall += some * DAY

    @rule(person=persons)
    def leaves_or_comes_back(self, person: str) -> None:
        self.here ^= {person}
        if person in self.here:
            self.world.people[person] = PEOPLE[person]
        else:
            self.world.people.pop(person)
        self.world.again()

    @rule()
    def restarts(self) -> None:
        self.world.again()

    # What becomes of phones and keys.

    @rule(person=persons)
    def new_phone_and_the_old_one_forgotten(self, person: str) -> None:
        if person not in self.here:
            return
        old, new = self.phones[person], self.world.phone(person)
        self.world.own.unlock(old)
        self.world.does(ForgetDevice(person, secret_hash(old)), Proof(new))
        self.phones[person] = new
        assert self.world.own.unlock(old) is None
        assert all(self.world.card.of(old, owner) == {} for owner in OWNERS)
        assert self.world.card.mine(old) == {}

    @rule(person=persons)
    def new_key(self, person: str) -> None:
        if person in self.here:
            token = self.phones[person]
            self.world.own.unlock(token)
            self.world.does(ForgetOthers(person, secret_hash(token)), Proof(token))

    @rule(person=persons)
    def loses_every_key_and_begins_anew(self, person: str) -> None:
        if person not in self.here:
            return
        self.world.loses_key(person)
        assert self.world.own.begin_anew(self.phones[person]) == Kept()
        self.card_is_gone(person)

    @rule(person=persons)
    def is_erased_and_pairs_again(self, person: str) -> None:
        if person not in self.here:
            return
        assert self.world.own.erase(self.phones[person]) == Kept()
        self.card_is_gone(person)
        for line in self.given:
            self.take(line, person)
            # Their key went with them: nobody is left who could have opened anything with it.
            self.keys.pop((line, person), None)
        self.world.tokens.pop(person)
        self.phones[person] = self.world.phone(person)

    def card_is_gone(self, owner: str) -> None:
        for line in [line for line in self.words if line[0] == owner]:
            self.words[line] = ""
            for person in list(self.given.get(line, {})):
                self.take(line, person)

    @rule(owner=owners)
    def owner_is_here_and_whoever_is_given_a_field_reads_it(self, owner: str) -> None:
        if self.acts(owner) is None:
            return
        for person in self.here - {owner}:
            read = self.world.card.of(self.phones[person], owner)
            assert read == {
                field: self.words[owner, field]
                for field in FIELDS
                if self.book_gives((owner, field), person)
            }
        card = self.world.card.mine(self.phones[owner])["fields"]
        assert isinstance(card, dict)
        for field in FIELDS:
            assert card[field]["words"] == self.words.get((owner, field), "")

    # What is true at every step.

    @invariant()
    def nobody_reads_what_is_not_given_to_them(self) -> None:
        for person in PERSONS:
            token = self.phones[person]
            given = {
                owner
                for owner in OWNERS
                if any(self.book_gives((owner, field), person) for field in FIELDS)
            }
            assert set(self.world.card.sharing(token)) == given
            assert (self.world.own.seen(token)["card"] == NOTHING_SHARED) is not bool(given)
            for owner in set(OWNERS) - {person}:
                for field, said in self.world.card.of(token, owner).items():
                    assert self.book_gives((owner, field), person)
                    assert said == self.words[owner, field]

    @invariant()
    def no_key_of_before_opens_what_was_taken_back(self) -> None:
        keyring = self.world.own.keep.keyring
        for owner in OWNERS:
            for field in FIELDS:
                line, kind = (owner, field), kind_of(field)
                paper = papers.paper(keyring, kind, owner)
                if paper is None:
                    continue
                for person in set(PERSONS) - {owner}:
                    reader = self.world.own.keep.reader(self.phones[person])
                    assert reader is not None
                    box = paper.boxes.get(keyring.vault.name(person))
                    if (line, person) in self.taken:
                        assert box is None
                        for key in self.keys.get((line, person), ()):
                            assert not opens(key, paper.sealed, kind)
                    elif box is not None:
                        key = open_box(reader.private, box, papers.PAPER_KEY)
                        self.keys.setdefault((line, person), set()).add(key)


def opens(key: bytes, sealed: bytes, kind: str) -> bool:
    try:
        open_sealed(key, sealed, papers.PAPER + kind.encode())
    except SealBrokenError:
        return False
    return True


Cards.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestCards = Cards.TestCase
