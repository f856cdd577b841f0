"""A house whose clock is moved on by hand, and what would leave it in the time ahead.

The rules, the store and the outbox are those of a show. Nothing is sent: at every look the messages
that ought to be out are counted, what the show would be told, and what happened by itself.
"""

from collections.abc import Iterable
from pathlib import Path

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import (
    AnswerRequest,
    AnyCommand,
    LetKnow,
    SayAlone,
    SayBack,
    SayDone,
    SetCircle,
    SetContacts,
)
from collavoce.care.events import AnyEvent
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.care.reached.outbox import wanted
from collavoce.care.state import CareState
from collavoce.company.people import Person
from collavoce.ledger.seal import new_key
from collavoce.ledger.sealed import SealedStore
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.policies import Away, from_care
from collavoce.runtime.clock import fresh_id

BEGINS_S = 1000.0
BEGINS_UTC = 1_800_000_000.0
SECOND_AFTER_S = 20.0
NUMBER = Contact(Channel.SMS, "+4915112345678")
"""Of everybody, so that a message would have somewhere to go."""


class Ahead:
    """What is ahead of `person`, whose circle is `friend`. looks: how often was looked.

    messages : that ought to be out, over all looks. facts : events since the last `forget`.
    to_show : commands the show would be given since then. folder : of a new store.
    """

    def __init__(self, folder: Path, company: Iterable[str], person: str, friend: str) -> None:
        self.looks = self.messages = self.facts = self.to_show = 0
        self._now, self._person, self._away = BEGINS_S, person, Away()
        people = {one: Person(one, one, ()) for one in company}
        store = SealedStore.open(folder / "ahead.db", ballast_bytes=0)
        self._shelf = Shelf(store, new_key(), people, lambda: BEGINS_UTC + self._now)
        self._house = House(people, self._shelf, lambda: Moment(self._now))
        self._house.told.append(self._fact)
        self._house.open(fresh_id())
        for one in people:
            self._asks(SetContacts(one, (NUMBER,)))
        self._asks(SetCircle(person, (friend,), SECOND_AFTER_S))
        self._asks(AnswerRequest(friend, person, agrees=True))

    def alone(self, minutes: float, look_after: float) -> bool:
        """They are left alone; whether that was kept. look_after: minutes."""
        return self._asks(SayAlone(self._person, minutes, look_after))

    def back(self) -> bool:
        """They are there again; whether that was kept."""
        return self._asks(SayBack(self._person))

    def done(self) -> bool:
        """They are done, for now; whether that was kept."""
        return self._asks(SayDone(self._person))

    def let_know(self, office: str) -> bool:
        """They let an office know; False when it is refused."""
        return self._asks(LetKnow(self._person, office))

    @property
    def stands(self) -> bool:
        """Whether they are away without an end, and nobody has been let know."""
        leave = self._house.state.leaves.by_person.get(self._person)
        return leave is not None and not leave.until and not leave.offices

    def passes(self, seconds: float) -> None:
        """Move on by `seconds`, and look."""
        self._now += seconds
        self._house.turn()
        state, now = self._house.state, Moment(self._now)
        self._now_away(self._away.lapsed(state, now))
        self.looks += 1
        self.messages += len(wanted(state, now))

    def forget(self) -> None:
        """Count anew."""
        self.looks = self.messages = self.facts = self.to_show = 0

    def close(self) -> None:
        """Close the store."""
        self._shelf.close()

    def _asks(self, command: AnyCommand) -> bool:
        return isinstance(self._house.ask(command), Kept)

    def _fact(self, event: AnyEvent, _: CareState) -> None:
        self.facts += 1
        self._now_away(self._away.evolve(event, lambda _, __: True))

    def _now_away(self, after: Away) -> None:
        self.to_show += len(from_care(self._away, after, fresh_id))
        self._away = after
