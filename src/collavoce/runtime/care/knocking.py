"""The knock, in the memory of this process and nowhere else (`care/knocks.py` has its rules).

A restart forgets all of it, and so do `LASTS_S` seconds. It is no fact of care: nothing is decided,
written, logged or exported of it.
"""

from collavoce.care.events import Refused
from collavoce.care.knocks import Knocks, Says
from collavoce.care.outcome import Kept, Outcome
from collavoce.runtime.care.kept.keep import Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.words import say

HEARD_SHOWN = 2
MINE_SHOWN = 1
ANSWERS_SHOWN = 4
"""On one page at a time, the latest: a frame has one size."""


class Knocking(Part):
    """places : zones of the show, id -> name."""

    def __init__(self, keep: Keep, places: frozenset[str]) -> None:
        self._keep = keep
        self._places = places
        self._knocks = Knocks()

    def be_here(self, person: str, place: str) -> Outcome:
        """`person` may be knocked at in `place`; with "" no more."""
        if place and place not in self._places:
            return Refused(say("music.refused.place"))
        return self._become(self._knocks.is_here(person, place, self._keep.house.moment()))

    def knock(self, id_: str, person: str, place: str, *, named: bool) -> Outcome:
        """`person` knocks at `place`. id_ : drawn by their page; said twice it is one knock."""
        now = self._keep.house.moment()
        if place not in self._places:
            return Refused(say("music.refused.place"))
        if id_ not in self._knocks.knocks and not self._knocks.may_knock(person, now):
            return Refused(say("music.refused.minute"))
        return self._become(self._knocks.knocked(id_, person, place, now, named=named))

    def answer(self, id_: str, person: str, says: Says, *, named: bool) -> Outcome:
        """`person` answers, or asks for what is not theirs to answer: both are taken alike."""
        return self._become(self._knocks.answered(id_, person, says, named=named))

    def put_away(self, id_: str, person: str) -> Outcome:
        """It goes from the page of `person`."""
        return self._become(self._knocks.put_away(id_, person))

    def turn(self) -> None:
        """Forget what is too old."""
        left = self._knocks.after(self._keep.house.moment())
        if left is not self._knocks:
            self._become(left)

    def forget(self, person: str) -> None:
        """Forget `person`."""
        self._become(self._knocks.without(person))

    def seen(self, reader: Reader) -> Shown:
        """Where they may be knocked at, what they heard, and what came of their own."""
        person = reader.person
        heard = self._knocks.heard_by(person)[-HEARD_SHOWN:]
        mine = self._knocks.of(person)[-MINE_SHOWN:]
        return {
            "knock": {
                "here": self._knocks.place_of(person),
                "heard": [
                    {"id": k.id, "place": k.place, "who": k.who, "said": k.said, "named": k.named}
                    for k in heard
                ],
                "mine": [
                    {
                        "id": knock.id,
                        "place": knock.place,
                        "named": knock.named,
                        "answers": [
                            {"says": answer.says, "who": answer.who}
                            for answer in knock.answers[:ANSWERS_SHOWN]
                        ],
                    }
                    for knock in mine
                ],
            }
        }

    def _become(self, knocks: Knocks) -> Outcome:
        self._knocks = knocks
        self._keep.stir()
        return Kept()
