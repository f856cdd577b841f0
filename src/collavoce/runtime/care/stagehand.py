"""The live care behind the phone pages: house, open pages, places, guesses, badges."""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from collavoce.care.commands import RaiseAlert
from collavoce.care.events import Refused
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept, NotRecorded, Outcome
from collavoce.care.state import CareState
from collavoce.company.people import Person
from collavoce.ledger.errors import LedgerError
from collavoce.ledger.seal import new_key
from collavoce.line import events as line
from collavoce.line.commands import AnyCommand as LineCommand
from collavoce.runtime.badges import PairedPhones, write_badge
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.guesses import Guesses
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.card import Card
from collavoce.runtime.care.kept.checkin.part import CheckInPart
from collavoce.runtime.care.kept.ear import Ear
from collavoce.runtime.care.kept.found import Findings
from collavoce.runtime.care.kept.leave import Leaving
from collavoce.runtime.care.kept.meets import Meets
from collavoce.runtime.care.kept.own import OwnThings
from collavoce.runtime.care.kept.post.desk import Post
from collavoce.runtime.care.kept.shelf import Shelf, Whose
from collavoce.runtime.care.kept.wishes import Wishes
from collavoce.runtime.care.knocking import Knocking
from collavoce.runtime.care.music import OwnMusic
from collavoce.runtime.care.passing import Passing
from collavoce.runtime.care.policies import Released
from collavoce.runtime.care.postman import Daytime
from collavoce.runtime.care.presence import Presence
from collavoce.runtime.care.songs import OwnSongs
from collavoce.runtime.care.takes import NOT_RECORDED, OwnTakes
from collavoce.runtime.care.together import Together
from collavoce.runtime.care.whereabouts import Whereabouts
from collavoce.runtime.clock import fresh_id, utc_now, wall_ns
from collavoce.runtime.takes.shelf import Shelf as TakesShelf

TOKEN_BITS = 256


class LiveCare(OwnThings):
    """What the pages may ask of a running house. shelf: None for a house in memory."""

    def __init__(
        self,
        config: CareConfig,
        house: House,
        passing: Passing | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        super().__init__(house, shelf, ZoneInfo(config.timezone))
        self.title = config.show
        self.emergency = config.emergency
        self.web_port = config.web_port
        self.secure = config.secure
        # A browser lets itself be woken by pages from a secure context only.
        self.push = config.push if config.secure else ""
        self.exits: Mapping[str, str] = dict(config.exits)
        self.zones: Mapping[str, str] = {i: name for i, name, _ in config.line.zones}
        self.house_rules = config.line.house_rules
        self._passing = passing
        self._together = Together(house)
        self._badge_key = config.badge_key
        run_dir = Path(config.run_dir) if config.run_dir else None
        self._phones = None if run_dir is None else PairedPhones(run_dir, config.badge_key)
        self._presence = Presence()
        self._whereabouts = Whereabouts(self.exits, config.usual_exits)
        self._guesses = Guesses()
        takes = TakesShelf(config.takes, lambda: wall_ns() * 1e-9)
        self._takes = OwnTakes(takes, house.people)
        self.pieces = dict(config.pieces)
        topics = new_key() if shelf is None else shelf.key_for(b"found topics")
        self.wishes = Wishes(self.keep, self.pieces)
        self.found = Findings(self.keep, topics, self.pieces)
        self.knocks = Knocking(self.keep, frozenset(self.zones))
        self.music = OwnMusic(self.keep, self.wishes, self.found, self.knocks)
        self.card = Card(self.keep)
        self.checkin = CheckInPart(self.keep)
        self.meets = Meets(self.keep, config.sheet, self.ask)
        self.leave = Leaving(self.keep)
        self.ear = Ear(self.keep)
        self.post = Post(self.keep, self._forget_stream)
        self.songs = OwnSongs(
            self.keep,
            None if shelf is None else Path(config.care_dir),
            Path(config.folder) if config.folder else None,
            house.ask,
            self._release,
        )
        self.parts = (
            self.wishes,
            self.found,
            self.knocks,
            self.card,
            self.checkin,
            self.meets,
            self.leave,
            self.ear,
            *self.post.parts,
            *self.songs.parts,
        )
        self.daytime = Daytime(self.keep)

    @property
    def people(self) -> Mapping[str, Person]:
        """The people of the show by id."""
        return self._house.people

    def state(self) -> CareState:
        """What is true now."""
        return self._house.state

    def moment(self) -> Moment:
        """Now."""
        return self._house.moment()

    def line_view(self, person: str) -> dict[str, object]:
        """The line as the page of `person` shows it; nothing where no line is kept."""
        return {"may": []} if self._passing is None else self._passing.view(person)

    async def press(self, command: RaiseAlert) -> Outcome:
        """Carry out a press, in one sync with those that came at the same moment."""
        return await self._together.ask(command)

    def ask_line(self, person: str, act: LineCommand) -> Outcome:
        """Carry out what `person` says at the line; Kept means on disk."""
        if self._passing is None:
            return NotRecorded(done=False)
        match self._passing.ask(person, act):
            case line.Kept():
                return Kept()
            case line.NotRecorded(done=done):
                return NotRecorded(done)
            case line.Refused(why=why):
                return Refused(why)

    def came(self, person: str) -> None:
        """A page of `person` opened its stream."""
        self._presence.came(person)

    def went(self, person: str) -> None:
        """It closed."""
        self._presence.went(person)

    def reachable(self) -> frozenset[str]:
        """The persons with an open page."""
        return self._presence.reachable()

    def say_where(self, press: str, exit_id: str) -> None:
        """Remember where the presser said they are, while the press is open."""
        self._whereabouts.say(press, exit_id, self.state())

    def purge(self) -> int:
        """Forget the places of calls that are over, and what the store holds too long."""
        self._whereabouts.forget_ended(self.state())
        self._takes.sweep()
        return super().purge()

    def pinged(self, person: str, clock: float, shown: tuple[str, ...]) -> None:
        """A page of `person` says what its clock says (UTC s, 0 for nothing), and what it shows."""
        if clock:
            self.daytime.heard(clock)
        self.post.notes.shown(person, shown)

    def _forget_stream(self, place: Whose) -> None:
        """Take a stream off the disk; what the disk refuses goes when it is tidied."""
        if self._shelf is not None:
            with contextlib.suppress(LedgerError):
                self._shelf.write_anew({place: ()})

    def takes_view(self, person: str) -> Mapping[str, object] | None:
        """Whether takes of `person` are kept, and how many; None if that is not asked of them."""
        return self._takes.view(person)

    def remember_takes(self, person: str, *, on: bool) -> Outcome:
        """Keep takes of `person` from now on, or none and erase those there are."""
        return self._takes.remember(person, on=on)

    def forget_takes(self, person: str) -> Outcome:
        """Erase every take of `person`."""
        return self._takes.forget(person)

    def export(self, token: str) -> bytes:
        """Everything of mine that is kept here, my takes too."""
        said = super().export(token)
        opened = self._opened(token)
        if opened is None:
            return said
        things = msgspec.json.decode(said) | {"takes": self._takes.exported(opened[0])}
        return msgspec.json.format(msgspec.json.encode(things), indent=2)

    def erase_person(self, person: str) -> Outcome:
        """Erase `person`, their takes first; what they sent and is another's by now stays there."""
        self.post.letters.delivery.settle()
        self.knocks.forget(person)
        gone = self._takes.erase(person) and self.songs.forget(person)
        return super().erase_person(person) if gone else NOT_RECORDED

    def _release(self, song: str, released: Released) -> None:
        """A house without a show has nobody to tell."""
        if self._passing is not None:
            self._passing.release(song, released)

    def said_where(self, press: str) -> str:
        """The exit id they named, "" if none is known."""
        return self._whereabouts.said(press)

    def where(self, press: str, person: str) -> str:
        """The best known exit id, "" if none is."""
        return self._whereabouts.where(press, person)

    def may_guess(self, address: str) -> bool:
        """Whether `address` may show a pairing code now."""
        return self._guesses.allows(address, self.moment())

    def guessed_wrong(self, address: str) -> None:
        """`address` showed a code that was none."""
        self._guesses.wrong(address, self.moment())

    def fresh_token(self) -> str:
        """A new device's token."""
        return fresh_id(TOKEN_BITS)

    def badge(self, person: str, device: str = "") -> str:
        """What the web desk knows the phone of `person` by. device: the hash of its token."""
        # Before the page has it, the desk must know it.
        self.keep_phones()
        return write_badge(self._badge_key, person, utc_now(), device)

    def keep_phones(self) -> None:
        """Tell the web desk which phones are paired."""
        if self._phones is not None:
            self._phones.keep(self.state().pairings.devices)
