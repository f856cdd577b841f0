"""A house after a show, over a real store: people with phones, and a question that stands."""

from pathlib import Path

from tests.unit.care.key_world import World

from collavoce.care.commands import AskWhoIsDue, HearEvening
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.checkin import MINUTE_S, Said
from collavoce.runtime.care.kept.checkin.own_rules import Rule
from collavoce.runtime.care.kept.checkin.part import CheckInPart

TONIGHT = "the id of an evening"
CANARY = "canarytoldword"


class AfterShow(World):
    """Care with the part of check-ins, its wall clock moved by hand too."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.answers = 0

    def open(self) -> None:
        super().open()
        self.own.keep.wall = lambda: self.wall
        self.checkin = CheckInPart(self.own.keep)
        self.own.parts = (self.checkin,)

    def hears(self, ago: float | None, evening: str = TONIGHT, *, begun: bool = True) -> None:
        """The engine says how far the evening is."""
        self.does(HearEvening(evening, begun, ago))

    def after_show(self, minutes: float = 20.0, evening: str = TONIGHT) -> None:
        """The evening ends, and so many minutes go by."""
        self.hears(0.0, evening)
        self.passes(minutes * MINUTE_S)

    def passes(self, seconds: float) -> None:
        """Both clocks go on, and whoever is due is asked."""
        self.now += seconds
        self.wall += seconds
        self.does(AskWhoIsDue())

    def is_asked(self, person: str) -> bool:
        return self.house.state.checkins.stands(person, Moment(self.now))

    def says(self, person: str, token: str, said: Said, key: str = "") -> Outcome:
        """`person` answers on the phone of `token`."""
        self.answers += 1
        return self.checkin.answer(person, token, said, key or f"answer-number-{self.answers:04}")

    def rule(self, token: str, answers: tuple[Said, ...], *persons: str) -> None:
        name = f"rule for {' '.join(persons)}"
        assert self.checkin.add_rule(token, Rule(name, answers, persons)) == Kept()

    def told(self, token: str) -> list[tuple[str, str]]:
        """(who, what) as it stands on the page of `token`."""
        shown = self.own.seen(token)["checkin_told"]
        assert isinstance(shown, list)
        return [(one["who"], str(one["said"])) for one in shown]


def trusting(world: AfterShow, *more: str) -> tuple[str, str]:
    """The pianist's phone and the friend's, who agreed to be in the circle."""
    mine, theirs = world.phone("pianist"), world.phone("friend")
    world.circle("pianist", "friend", *more)
    return mine, theirs
