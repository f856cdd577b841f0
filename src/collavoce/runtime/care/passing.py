"""What passes between line, care and show while they run; what may is decided in `policies.py`.

A breach is answered before anybody's ladder is looked at, so that the answer takes as long and
says the same whoever comes off there. After a restart what was asked for in the last minute is
passed on once more: whoever has it already does nothing with it.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from collavoce.care.commands import HandOver, OweAftercare, SettleSong
from collavoce.care.events import AnyEvent as CareEvent
from collavoce.care.events import SongProposed, SongRecalled
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Outcome as CareOutcome
from collavoce.care.reached.calling import People, with_them
from collavoce.care.state import CareState
from collavoce.care.states.leave import Shown
from collavoce.care.states.song import Stands
from collavoce.company.availability import availability_words
from collavoce.line import events as line
from collavoce.line.commands import AnyCommand, AskSupport
from collavoce.line.events import Outcome
from collavoce.line.roles import Who
from collavoce.line.support import asks_by_itself
from collavoce.line.view import View, line_view, sees_away
from collavoce.runtime.care.policies import (
    Away,
    Released,
    ToShow,
    availability,
    besides,
    from_care,
    from_line,
    from_song,
    hand_overs,
    owed,
    restricted,
    restrictions,
)
from collavoce.runtime.clock import fresh_id
from collavoce.runtime.line.asking import EngineAsker
from collavoce.runtime.line.config import LineConfig
from collavoce.runtime.line.counter import Counter
from collavoce.runtime.line.house import LineHouse

AskCare = Callable[[HandOver | OweAftercare | SettleSong], CareOutcome]
"""Care's own rules decide what follows."""

CATCH_UP_S = 60.0
PHONE_MOST = 4
"""Breaches, ways, medics on one phone's page, each: a frame stays short."""


class Passing:
    """The line of one show beside its care.

    later : does something after what is being answered now. secret: the server's own.
    """

    def __init__(
        self,
        config: LineConfig,
        house: LineHouse,
        run_dir: Path,
        *,
        people: People,
        moment: Callable[[], Moment],
        later: Callable[[Callable[[], None]], object],
        secret: bytes,
    ) -> None:
        self.house = house
        self.engine = EngineAsker(run_dir, moment)
        self.counter = Counter(run_dir, self.at_desk, self.desk_view)
        self._config = config
        self._people = people
        self._moment = moment
        self._later = later
        self._secret = secret
        self._away = Away()
        self._care: Callable[[], CareState] = CareState
        self._ask_care: AskCare | None = None
        self._restricted: tuple[str, ...] | None = None
        self._mentioned: set[str] = set()
        house.told.append(self._line_told)

    def care_told(self, event: CareEvent, state: CareState) -> None:
        """Care kept `event`, now or before this process was started; `state` is after it."""

        def counts(owner: str, trusted: str) -> bool:
            return bool(with_them(self._people, state, owner, (trusted,)))

        self._now_away(self._away.evolve(event, counts))
        self._now_restricted(state)
        if isinstance(event, SongRecalled) and self._ask_care is not None:
            self._recall(event)

    def release(self, song: str, released: Released) -> None:
        """Tell the show of a song what its author released: they just did, or their phone is back.

        Told twice it stands once.
        """
        event = SongProposed(self._moment(), "", song)
        self._tell_show(from_song(event, released, fresh_id()))

    def open(self, care: Callable[[], CareState], ask_care: AskCare) -> None:
        """Begin: care has been read. Say again what may not have arrived."""
        self._care, self._ask_care = care, ask_care
        self._away = self._away.lapsed(care(), self._moment())
        # Whoever came back while this process or the engine was away is said to be back, too.
        known = sorted(self._mentioned | self._away.persons)
        self._tell_show(availability(p, self._away, fresh_id()) for p in known)
        self._now_restricted(care())
        for joined in care().songs.by_id.values():
            if joined.stands is Stands.RECALLED:
                self._recall(SongRecalled(self._moment(), joined.person, joined.song))
        for event in self.house.recent(CATCH_UP_S):
            self._line_told(event)

    def ask(self, person: str, command: AnyCommand) -> Outcome:
        """Carry out what `person` says at the line."""
        return self.house.ask(command, self._who(person))

    def at_desk(self, command: AnyCommand, role: str = "caller") -> Outcome:
        """Carry out what a desk says."""
        return self.house.ask(command, self.house.place.desk(role))

    def view(self, person: str) -> View:
        """The line as the page of `person` shows it."""
        who = self._who(person)
        view = line_view(self.house.place, self.house.state, who, self.house.utc(), PHONE_MOST)
        if sees_away(who.roles):
            known = self.house.place.people
            view["away"] = {
                p: _words(self._away.shown(p)) for p in sorted(self._away.persons) if p in known
            }
        return view

    def desk_view(self) -> View:
        """The line as the caller's desk shows it."""
        who = self.house.place.desk()
        return line_view(self.house.place, self.house.state, who, self.house.utc())

    def turn(self) -> None:
        """Let time pass, about twice a second."""
        self.house.turn()
        self.engine.turn()
        self.counter.tell()
        if self._ask_care is not None:
            self._now_away(self._away.lapsed(self._care(), self._moment()))
            # Whoever is erased tells nobody, and leaves no restriction behind.
            self._now_restricted(self._care())
        now, state = self.house.utc(), self.house.state
        if asks_by_itself(self.house.place, state, now, self._config.starts_at):
            self.at_desk(AskSupport(fresh_id()))

    def close(self) -> None:
        """Take the mailboxes away and close the file."""
        self.engine.close()
        self.counter.close()
        self.house.close()

    def _who(self, person: str) -> Who:
        now = self._moment()
        return self.house.place.who(person, besides(self._people, self._care(), now, person))

    def _now_away(self, after: Away) -> None:
        before, self._away = self._away, after
        self._mentioned |= before.persons ^ after.persons
        if self._ask_care is not None:
            self._tell_show(from_care(before, after, fresh_id))

    def _now_restricted(self, state: CareState) -> None:
        """Tell which cues carry a restriction where that is news; after a start it always is."""
        if self._ask_care is None:
            return
        cues = restrictions(self._people, state)
        if cues != self._restricted:
            self._restricted = cues
            self._tell_show((restricted(cues, fresh_id()),))

    def _line_told(self, event: line.AnyEvent) -> None:
        zones = self.house.place.zones
        self._tell_show(from_line(event, zones))
        self.counter.tell()
        if isinstance(event, line.LineRaised | line.HandAsked | line.LineAcknowledged):
            self._later(lambda: self._told_care(event))

    def _told_care(self, event: line.AnyEvent) -> None:
        assert self._ask_care is not None, "care is read before anybody asks"
        zones, comes_off = self.house.place.zones, self._config.comes_off
        ladders = hand_overs(event, zones, comes_off, self._secret)
        for command in (*ladders, *owed(event, self._secret)):
            # Whatever came of it is nobody's to know who asked.
            self._ask_care(command)

    def _recall(self, event: SongRecalled) -> None:
        """Ask a song back; whether the show had taken it is care's to know."""

        def settled(given_back: bool) -> None:  # noqa: FBT001  the answer is all there is
            if self._ask_care is not None:
                self._ask_care(SettleSong(event.song, taken=not given_back))

        for one in from_song(event, None, fresh_id()):
            self.engine.ask(one.command, one.key, one.slot, settled)

    def _tell_show(self, told: Iterable[ToShow]) -> None:
        for one in told:
            self.engine.ask(one.command, one.key, one.slot)


def _words(shown: Shown) -> str:
    """As everybody reads it to whom it is shown."""
    return availability_words(performs=shown.performs, rehearses=shown.rehearses, until=shown.until)
