"""A player's own word about their takes, said on their own phone.

It is no fact of care and stands in no stream of it: the follower must be able to read it without
care's key, and the keyboard of a recital without a care process. So care only hands it on to where
the takes are (`runtime/takes`), and nothing comes back but to the player.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.company.people import Person
from collavoce.runtime.takes.errors import TakesError
from collavoce.runtime.takes.shelf import Shelf
from collavoce.runtime.takes.tidying import sweep
from collavoce.runtime.takes.word import By, may_be_remembered
from collavoce.words import say

NOT_RECORDED = NotRecorded(done=False)


@dataclass(frozen=True, slots=True)
class OwnTakes:
    """What the phone of one of `people` may ask about their takes on `shelf`."""

    shelf: Shelf
    people: Mapping[str, Person]

    def view(self, person: str) -> dict[str, object] | None:
        """Whether takes are kept, and how many; None for whom there is nothing to ask."""
        if not self._concerns(person):
            return None
        try:
            word = self.shelf.yes(person)
            return {"on": word is not None, "kept": sum(1 for _ in self.shelf.of(person))}
        except TakesError:
            return {"on": False, "kept": 0}  # what cannot be read is not used

    def remember(self, person: str, *, on: bool) -> Outcome:
        """Keep takes of `person` from now on, or keep none and erase those there are."""
        if not self._concerns(person):
            return Refused(say("takes.refused.not_here"))
        return self._done(
            lambda: (
                self.shelf.allow(person, By.PHONE) if on else self.shelf.withdraw(person, By.PHONE)
            )
        )

    def forget(self, person: str) -> Outcome:
        """Erase every take of `person`; whether more are kept is as before."""
        return self._done(lambda: self.shelf.forget(person))

    def erase(self, person: str) -> bool:
        """Leave nothing of `person`, not even their word; whether it is so."""
        return self._done(lambda: self.shelf.erase(person)) == Kept()

    def sweep(self) -> None:
        """Erase what may be kept no more; what fails now is tried again at the next."""
        self._done(lambda: sweep(self.shelf, self.people))

    def exported(self, person: str) -> list[dict[str, Any]]:
        """Every take as it is kept, plain; [] where nothing can be read."""
        try:
            return [msgspec.to_builtins(kept) for kept in self.shelf.of(person)]
        except TakesError:
            return []

    def _concerns(self, person: str) -> bool:
        one = self.people.get(person)
        here = bool(self.shelf.place.root) and one is not None and "performer" in one.roles
        return here and may_be_remembered(self.people[person], self.shelf.wall())

    def _done(self, act: Callable[[], object]) -> Outcome:
        try:
            act()
        except TakesError:
            return NOT_RECORDED
        return Kept()
