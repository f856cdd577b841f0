"""A house whose people write cards, over a real sealed store, on a wall clock moved by hand."""

from dataclasses import dataclass, field

from tests.unit.care.key_world import PEOPLE, SERVER_KEY, World

from collavoce.care.card import Field
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.company.people import Person
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.card import Card
from collavoce.runtime.care.kept.chest import Chest
from collavoce.runtime.care.kept.own import OwnThings
from collavoce.runtime.care.kept.shelf import Shelf

DAY = 86_400.0


@dataclass
class CardWorld(World):
    """people : who is of the show from the next restart on."""

    people: dict[str, Person] = field(default_factory=lambda: dict(PEOPLE))

    def open(self) -> None:
        store = SealedStore.open(self.folder / "care.db", ballast_bytes=0)
        self.shelf = Shelf(store, SERVER_KEY, self.people, lambda: self.wall)
        self.house = House(self.people, self.shelf, lambda: Moment(self.now))
        self.house.open("one boot")
        self.own = OwnThings(self.house, self.shelf)
        self.own.keep.wall = lambda: self.wall
        self.card = Card(self.own.keep)
        self.own.parts = (self.card,)

    @property
    def today(self) -> int:
        return self.own.keep.today()

    def writes(self, token: str, **fields: str) -> None:
        """Each field by its name."""
        for name, words in fields.items():
            assert self.card.keep_field(token, Field(name), words) == Kept()

    def shares(self, token: str, person: str, *fields: Field, until: int | None = None) -> None:
        assert self.card.share(token, person, fields, until) == Kept()

    def loses_key(self, person: str) -> None:
        """Nothing opens what was sealed to them any more: every phone that could is gone."""
        chest = self.own.keep.keyring.chest(person)
        assert chest is not None
        self.own.keep.keyring.keep(person, Chest(chest.public))
