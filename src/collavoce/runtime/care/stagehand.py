"""The live care behind the phone pages: house, open pages, places, guesses, badges."""

from collections.abc import Mapping

from collavoce.care.commands import AnyCommand
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Outcome
from collavoce.care.state import CareState
from collavoce.company.people import Person
from collavoce.runtime.badges import write_badge
from collavoce.runtime.care.config import CareConfig
from collavoce.runtime.care.guesses import Guesses
from collavoce.runtime.care.house import House
from collavoce.runtime.care.presence import Presence
from collavoce.runtime.care.whereabouts import Whereabouts
from collavoce.runtime.clock import fresh_id, utc_now

TOKEN_BITS = 256


class LiveCare:
    """What the pages may ask of a running house."""

    def __init__(self, config: CareConfig, house: House) -> None:
        self.title = config.show
        self.emergency = config.emergency
        self.web_port = config.web_port
        self.secure = config.secure
        self.exits: Mapping[str, str] = dict(config.exits)
        self._house = house
        self._badge_key = config.badge_key
        self._presence = Presence()
        self._whereabouts = Whereabouts(self.exits, config.usual_exits)
        self._guesses = Guesses()

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

    def ask(self, command: AnyCommand) -> Outcome:
        """Carry out `command`; Kept means on disk."""
        return self._house.ask(command)

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

    def badge(self, person: str) -> str:
        """What the web desk knows the phone of `person` by."""
        return write_badge(self._badge_key, person, utc_now())
