"""Bugs of the quiet half on purpose, one at a time: some seed below `WITHIN` must find each."""

import asyncio
import contextlib
from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import UTC, date
from typing import Any
from unittest import mock

from collavoce.care.commands import WithdrawNote
from collavoce.care.events import CheckInAnswered, DoneSaid, LetterDelivered, LetterWithdrawn
from collavoce.care.outcome import Kept
from collavoce.care.states import found
from collavoce.care.states.checkin import CheckIns
from collavoce.care.states.found import Found
from collavoce.care.states.leave import Leave, Leaves
from collavoce.care.states.letters import Letters
from collavoce.care.states.notes import Notes
from collavoce.runtime.care import policies
from collavoce.runtime.care.kept.card import Card
from collavoce.runtime.care.kept.checkin.part import CheckInPart
from collavoce.runtime.care.kept.keep import Keep
from collavoce.runtime.care.kept.post import delivery
from collavoce.runtime.care.kept.post.delivery import Delivery
from collavoce.runtime.care.kept.post.letters import LetterPapers
from collavoce.runtime.care.kept.post.notes import NotePapers
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.postman import Daytime

WITHIN = 200
"""Seeds in which each must be found."""

Patch = contextlib.AbstractContextManager[Any]
PLANTED: dict[str, Callable[[], Patch]] = {}


def _planted(bug: Callable[[], Generator[None]]) -> Callable[[], Patch]:
    planting = contextlib.contextmanager(bug)
    PLANTED[bug.__name__.removeprefix("_").replace("_", " ")] = planting
    return planting


def _instead(where: Any, name: str, what: Any) -> Patch:
    return mock.patch.object(where, name, what)


def _forgotten(kind: type) -> Patch:
    """A start that does not read the last fact of this kind."""
    replay = Shelf.replay

    def forgetful(self: Shelf) -> Any:
        events = list(replay(self))
        last = next((event for event in reversed(events) if isinstance(event, kind)), None)
        return [event for event in events if event is not last]

    return _instead(Shelf, "replay", forgetful)


# Letters.


@_planted
def _a_letter_goes_by_the_wall_clock_alone() -> Generator[None]:
    def utc(self: Daytime) -> float:
        return self._keep.wall()

    with _instead(Daytime, "utc", utc):
        yield


@_planted
def _a_letter_goes_by_the_clocks_of_phones_alone() -> Generator[None]:
    said: dict[int, float] = {}

    def heard(self: Daytime, utc: float) -> None:
        said[id(self)] = utc - self._keep.house.moment()

    def utc(self: Daytime) -> float | None:
        ahead = said.get(id(self))
        return None if ahead is None else self._keep.house.moment() + ahead

    with _instead(Daytime, "heard", heard), _instead(Daytime, "utc", utc):
        yield


@_planted
def _a_letter_is_delivered_again_after_a_restart() -> Generator[None]:
    with _forgotten(LetterDelivered):
        yield


@_planted
def _taking_a_letter_back_does_nothing() -> Generator[None]:
    with mock.patch.object(LetterPapers, "take_back", return_value=Kept()):
        yield


@_planted
def _a_letter_that_was_taken_back_is_on_its_way_still() -> Generator[None]:
    carried = Letters._carried

    def deaf(self: Letters, event: Any) -> Letters:
        return self if isinstance(event, LetterWithdrawn) else carried(self, event)

    with _instead(Letters, "_carried", deaf):
        yield


@_planted
def _a_letter_that_was_taken_back_waits_again_after_a_restart() -> Generator[None]:
    with _forgotten(LetterWithdrawn):
        yield


@_planted
def _a_letter_that_is_asked_for_comes_by_itself() -> Generator[None]:
    def eager(self: Delivery, _way: object, reader: str) -> None:
        for sealed in tuple(self._letters.waiting.values()):
            if sealed.way != "date" and sealed.reader == reader:
                self._deliver(sealed)

    with _instead(Delivery, "on", eager):
        yield


@_planted
def _the_day_of_a_letter_is_taken_in_utc() -> Generator[None]:
    with mock.patch.object(delivery, "zone_named", return_value=UTC):
        yield


@_planted
def _every_letter_stands_on_every_page() -> Generator[None]:
    def everybodys(self: LetterPapers, _person: str) -> Any:
        return tuple(self._letters.arrived.values())

    with _instead(LetterPapers, "given_to", everybodys):
        yield


@_planted
def _the_postman_is_dropped() -> Generator[None]:
    async def sleepy(_postman: object) -> None:
        await asyncio.Event().wait()

    with mock.patch("tests.simulation.quiet.life.keep_post", sleepy):
        yield


@_planted
def _what_is_delivered_does_not_move() -> Generator[None]:
    def dropped(self: Delivery, arrived: Any) -> None:
        self._settled.add(arrived.letter)

    with _instead(Delivery, "_move", dropped):
        yield


# Notes.


@_planted
def _a_note_is_there_before_it_goes_out() -> Generator[None]:
    def soon(self: Notes, reader: str, _now: float) -> Any:
        stopped = self.takes(reader).stopped
        mine = (note for note in self.by_id.values() if note.reader == reader)
        return tuple(note for note in mine if note.writer not in stopped)

    with _instead(Notes, "to_reader", soon):
        yield


@_planted
def _that_a_note_was_read_is_told_although_held_back() -> Generator[None]:
    def plain(_self: Notes, note: Any, _now: float) -> bool:
        return note.opened is not None

    with _instead(Notes, "read_seen", plain):
        yield


@_planted
def _who_is_kept_away_is_read_all_the_same() -> Generator[None]:
    def all_of_it(self: Notes, reader: str, now: float) -> Any:
        mine = (note for note in self.by_id.values() if note.reader == reader)
        return tuple(note for note in mine if note.goes <= now)

    with _instead(Notes, "to_reader", all_of_it):
        yield


@_planted
def _news_is_sent_to_who_wishes_none() -> Generator[None]:
    takes = Notes.takes

    def wished(self: Notes, person: str) -> Any:
        return replace(takes(self, person), told=True)

    with _instead(Notes, "takes", wished):
        yield


@_planted
def _the_paper_of_a_note_that_was_taken_back_stays() -> Generator[None]:
    read = NotePapers.read

    def still(self: NotePapers, token: str, note: str) -> Any:
        found_ = read(self, token, note)
        reader = self._keep.reader(token)
        return found_ if found_ or reader is None else self._own(note, reader)

    def kept(self: NotePapers, token: str, note: str) -> Any:
        reader = self._keep.reader(token)
        return self._keep.house.ask(WithdrawNote(reader.person if reader else "", note))

    with _instead(NotePapers, "read", still), _instead(NotePapers, "take_back", kept):
        yield


# Leave.


@_planted
def _who_is_away_is_called() -> Generator[None]:
    with mock.patch.object(Leaves, "rests", return_value=False):
        yield


@_planted
def _a_day_is_shown_without_leave() -> Generator[None]:
    def plain(self: Leave) -> str:
        return date.fromordinal(self.until).isoformat() if self.until else "none"

    with _instead(Leave, "length", property(plain)):
        yield


@_planted
def _that_somebody_is_done_does_not_pass() -> Generator[None]:
    rules = {kind: rule for kind, rule in policies.FROM_CARE.items() if kind is not DoneSaid}
    with _instead(policies, "FROM_CARE", rules):
        yield


@_planted
def _an_office_is_told_before_the_time() -> Generator[None]:
    with mock.patch.object(Leave, "waits", return_value=0.0):
        yield


# The card.


@_planted
def _a_field_that_is_taken_back_is_read_on() -> Generator[None]:
    shared, known = Keep.shared_with, dict[tuple[int, str, str], dict[str, int | None]]()

    def for_ever(self: Keep, kind: str, owner: str) -> dict[str, int | None]:
        key = id(self), kind, owner
        known[key] = {**known.get(key, {}), **shared(self, kind, owner)}
        return known[key]

    sealed = Keep.sealed

    def with_old_boxes(self: Keep, kind: str, owner: str, words: Any, readers: Any) -> bytes:
        return sealed(self, kind, owner, words, {**for_ever(self, kind, owner), **readers})

    with _instead(Keep, "shared_with", for_ever), _instead(Keep, "sealed", with_old_boxes):
        yield


@_planted
def _the_boxes_of_a_card_are_not_refitted() -> Generator[None]:
    with mock.patch.object(Card, "_take_back", return_value=Kept()):
        yield


# The check-in.


@_planted
def _a_check_in_comes_before_the_delay() -> Generator[None]:
    due = CheckIns.due

    def at_once(self: CheckIns, people: Any, now: Any) -> Any:
        return due(self, people, now + 50.0)

    with _instead(CheckIns, "due", at_once):
        yield


@_planted
def _a_check_in_is_asked_again_after_a_restart() -> Generator[None]:
    with _forgotten(CheckInAnswered):
        yield


@_planted
def _a_rule_is_told_to_who_was_dropped() -> Generator[None]:
    with mock.patch.object(CheckInPart, "_may_see", return_value=True):
        yield


@_planted
def _an_answer_is_told_to_the_whole_circle() -> Generator[None]:
    part = "collavoce.runtime.care.kept.checkin.part.named_by"
    with mock.patch(part, return_value=("friend", "second", "third", "fourth")):
        yield


# Same here.


@_planted
def _half_a_reveal() -> Generator[None]:
    on_page = Found.on_page

    def one_sided(self: Found, person: str) -> Any:
        return tuple(pair for pair in on_page(self, person) if pair.one == person)

    with _instead(Found, "on_page", one_sided):
        yield


@_planted
def _one_tick_is_enough() -> Generator[None]:
    def eager(self: Found, pool: frozenset[str], at: float) -> Any:
        ticks = [(p, topic) for p in pool & self.standing.keys() for topic in self.standing[p]]
        pairs = (
            found.Pair(min(person, other), max(person, other), topic)
            for person, topic in sorted(ticks)
            for other in sorted(pool - {person})
        )
        return tuple(p for p in pairs if p not in self.told) if self.is_open(pool, at) else ()

    with _instead(Found, "to_tell", eager):
        yield


@_planted
def _few_are_found_without_having_agreed() -> Generator[None]:
    with mock.patch.object(Found, "is_open", return_value=True):
        yield
