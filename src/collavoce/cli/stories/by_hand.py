"""A house whose clock is moved by hand, its phones speaking HTTP to it: where days have to pass."""

from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from collavoce.cli.stories.account import StoryError
from collavoce.cli.stories.page import PhonePage
from collavoce.desk.care.by_hand import HandCare
from collavoce.desk.care.by_hand_served import ServedByHand, served_by_hand
from collavoce.desk.pairing import PairingDesk
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.doorway import BOX
from collavoce.words import say


@dataclass(frozen=True, slots=True)
class HandHouse:
    """care : touched by `clock` alone once pages are up. phones : by person."""

    care: HandCare
    clock: ServedByHand
    phones: dict[str, PhonePage]

    def passes(self, seconds: float, *, wall: float | None = None) -> None:
        """Time goes by; what is due is done."""
        self.clock.passes(seconds, wall=wall)

    def pings(self, person: str, clock: float | None = None) -> None:
        """The page of `person` says what its clock says: the wall clock's time, or another."""
        self.phones[person].answer("Ping", clock=self.care.wall if clock is None else clock)


@contextmanager
def open_by_hand(
    config: CareConfig, folder: Path, wall: float, people: Iterable[str], *, stored: bool = True
) -> Generator[HandHouse]:
    """The house in `folder` (made), a paired phone for each of `people`. wall: UTC, s."""
    folder.mkdir(parents=True)
    care = HandCare(config, wall, folder if stored else None)
    with ExitStack() as stack:
        stack.callback(care.close)
        clock = stack.enter_context(served_by_hand(care, folder))
        phones: dict[str, PhonePage] = {}
        desk = stack.enter_context(PairingDesk(folder / "desk"))
        for person in people:
            link = desk.ask(folder / BOX, person)
            if link is None:
                raise StoryError(say("story.no_pairing"))
            phones[person] = PhonePage(person, link.url)
            stack.callback(phones[person].close)
        yield HandHouse(care, clock, phones)
