"""A show of a story, opened for real: its processes, its stores, a phone for each, the desk."""

from collections.abc import Collection, Generator, Iterable, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from collavoce.cli.errors import UsageError
from collavoce.cli.run import readable_show
from collavoce.cli.stories.account import StoryError
from collavoce.cli.stories.page import DeskPage, PhonePage
from collavoce.desk.pairing import PairingDesk
from collavoce.runtime.care.doorway import BOX
from collavoce.runtime.live import ALL, LivePerformance, live_performance
from collavoce.runtime.opening import OpeningError, Options
from collavoce.words import say


@dataclass(slots=True)
class StoryHouse:
    """phones: by person. fallen: processes that died, in order."""

    live: LivePerformance
    folder: Path
    desk: DeskPage
    phones: Mapping[str, PhonePage]
    fallen: list[str] = field(default_factory=list[str])

    def others(self, *but: str) -> list[PhonePage]:
        """Every phone but those of `but`."""
        return [phone for person, phone in self.phones.items() if person not in but]

    def care_bytes(self) -> bytes:
        """All that lies in the folders of care, what is not in its store's file yet too."""
        found = sorted((self.folder.parent / "care").rglob("*"))
        return b"".join(file.read_bytes() for file in found if file.is_file())

    def care_files(self) -> list[Path]:
        """The stores of care and line."""
        return sorted((self.folder.parent / "care").glob("*/*.db"))


@contextmanager
def open_house(
    folder: Path,
    people: Iterable[str],
    speed: float = 1.0,
    only: Collection[str] = ALL,
    performer: Path | None = None,
) -> Generator[StoryHouse]:
    """The show in `folder` running, a paired phone for each of `people`; closed in order.

    Stores are kept beside the folder. Raises UsageError when the show cannot be opened.
    """
    prepared, plan = readable_show(folder)
    care = folder.parent / "care"
    options = Options(folder, speed=speed, care_root=care, headless=True, performer=performer)
    fallen: list[str] = []

    def told(name: str, state: str, _: int) -> None:
        if state in ("down", "given up"):
            fallen.append(name)

    with ExitStack() as stack:
        try:
            live = stack.enter_context(live_performance(options, prepared, plan, told, only))
        except OpeningError as error:
            raise UsageError(str(error)) from error
        phones = dict(_paired(live, people, stack))
        desk = DeskPage(live.desk_url)
        stack.callback(desk.close)
        yield StoryHouse(live, folder, desk, phones, fallen)


def _paired(
    live: LivePerformance, people: Iterable[str], stack: ExitStack
) -> Generator[tuple[str, PhonePage]]:
    with PairingDesk(live.config.box("story")) as desk:
        for person in people:
            link = desk.ask(live.config.box(BOX), person)
            if link is None:
                raise StoryError(say("story.no_pairing"))
            phone = PhonePage(person, link.url)
            stack.callback(phone.close)
            yield person, phone
