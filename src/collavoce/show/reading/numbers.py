"""The show file's numbers and their cues."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from collavoce.company.seats import seats_named, with_names
from collavoce.score.model import Score
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import AfterJump, Cue, Department, Number
from collavoce.show.reading.actions import House, read_actions
from collavoce.show.reading.finding import Instead
from collavoce.show.reading.lead import read_lead
from collavoce.show.reading.places import Scores, last_hold, read_place
from collavoce.show.reading.table import Table
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, ByHand, Trigger
from collavoce.units import Quarters, Seconds

WAIT_LONGEST_S = 3600.0

TRANSPOSE_MOST = 24
"""Semitones: two octaves, as far as keyboards go."""

NUMBER_KEYS = ("id", "title", "score", "performer", "transpose", "cues")
CUE_KEYS = (
    "number",
    "name",
    "department",
    "at",
    "after",
    "by",
    "levels",
    "fade",
    "osc",
    "person",
    "again",
    "skipped",
    "lead",
)
TRIGGERS = ("at", "after", "by")
HAND = "hand"

_SECONDS = r"(?P<wait>\d{1,5}(?:\.\d{1,6})?)"
_END = re.compile(rf"end(?:\s*\+\s*{_SECONDS})?", re.IGNORECASE)
_AFTER = re.compile(rf"(?P<cue>\S+)(?:\s+\+\s*{_SECONDS})?")


@dataclass(frozen=True, slots=True)
class Written:
    """A cue as read, and the table it was read from. trigger None: it was not one."""

    table: Table
    cue: Cue
    trigger: Trigger | None


def read_numbers(top: Table, house: House, scores: Scores) -> tuple[Number, ...]:
    """The numbers and their cues, places resolved."""
    numbers: list[Number] = []
    taken: set[str] = set()
    for table in top.tables("numbers", NUMBER_KEYS):
        number = _number(table, house, scores, taken)
        if number.id and any(number.id == other.id for other in numbers):
            table.error("id", "twice", id=number.id)
        numbers.append(number)
    if not numbers and "numbers" not in top:
        top.error("numbers", "no_numbers")
    return tuple(numbers)


def _number(table: Table, house: House, scores: Scores, taken: set[str]) -> Number:
    people = house.company.people
    performer = table.text("performer")
    if performer and performer not in people:
        known = Instead(performer, people)
        table.error("performer", "unknown_person", person=performer, instead=known)
    path, score = scores.read(table)
    written = [
        _cue(cue, house, score, has_score=path is not None)
        for cue in table.tables("cues", CUE_KEYS)
    ]
    for one in written:
        if one.cue.number and one.cue.number in taken:
            one.table.error("number", "cue_twice", cue=one.cue.number)
        taken.add(one.cue.number)
    _check_after(written)
    _check_order(written)
    if path is None:
        _check_calls(written)
    title = display_text(table, "title", house)
    return Number(
        id=table.id("id"),
        title=title,
        score=path,
        performer=performer or None,
        cues=tuple(one.cue for one in written),
        last_hold=last_hold(score) if score is not None else Quarters(0.0),
        transpose=_transpose(table),
    )


def _transpose(table: Table) -> int:
    """Semitones between what the keyboard sends and what is meant; a note says which way."""
    semitones = table.number("transpose", 0, -TRANSPOSE_MOST, TRANSPOSE_MOST)
    if semitones != int(semitones):
        table.error("transpose", "whole_semitones", value=f"{semitones:g}")
    elif semitones:
        kind = "heard_higher" if semitones > 0 else "heard_lower"
        table.note("transpose", kind, semitones=f"{abs(semitones):g}")
    return int(semitones)


def display_text(table: Table, key: str, house: House) -> str:
    """A required text in which `{{seat}}` may stand for a name."""
    words = table.text(key, required=True)
    seats = house.company.seats
    for seat in seats_named(words):
        if seat not in seats:
            known = Instead(seat, seats)
            table.error(key, "unknown_seat", blocking=False, seat=seat, instead=known)
    return with_names(words, seats, house.company.people)


def _cue(table: Table, house: House, score: Score | None, *, has_score: bool) -> Written:
    trigger = _trigger(table, score, has_score=has_score)
    department = table.choice("department", tuple(Department)) or Department.LX
    again = _policy(table, "again", trigger, (AtPlace, AtEnd))
    skipped = _policy(table, "skipped", trigger, (AtPlace,))
    actions = read_actions(table, house)
    cue = Cue(
        number=table.id("number"),
        name=display_text(table, "name", house),
        department=Department(department),
        trigger=trigger or ByHand(),
        actions=actions,
        again=again,
        skipped=skipped,
        lead=read_lead(table, trigger, actions),
    )
    return Written(table, cue, trigger)


def _policy(table: Table, key: str, trigger: Trigger | None, kinds: tuple[type, ...]) -> AfterJump:
    policy = AfterJump(table.choice(key, tuple(AfterJump), AfterJump.DROP))
    if key in table and trigger is not None and not isinstance(trigger, kinds):
        table.warning(key, "idle_policy", key=key)
    return policy


def _trigger(table: Table, score: Score | None, *, has_score: bool) -> Trigger | None:
    given = [key for key in TRIGGERS if key in table]
    if len(given) != 1:
        table.error(given[1] if given else "at", "one_trigger")
        return None
    words = table.text(given[0], required=True)
    if not words:
        return None
    if given[0] == "by":
        return ByHand() if _is_hand(table, words) else None
    if given[0] == "after":
        return _after(table, words)
    end = _END.fullmatch(words)
    if end is not None:
        wait = _wait(table, "at", end["wait"])
        if not has_score:
            table.error("at", "no_score", at=words)
        return AtEnd(wait)
    quarter = read_place(table, words, score)
    if not has_score:
        table.error("at", "no_score", at=words)
    # A cue whose place is not known yet counts as a place cue all the same, so that what is
    # said about the rest of it is right.
    return AtPlace(Quarters(0.0) if quarter is None else quarter, words)


def _is_hand(table: Table, words: str) -> bool:
    if words != HAND:
        table.error("by", "by_hand_only", by=words)
    return words == HAND


def _after(table: Table, words: str) -> AfterCue | None:
    parts = _AFTER.fullmatch(words)
    if parts is None:
        table.error("after", "bad_after", after=words)
        return None
    return AfterCue(parts["cue"], _wait(table, "after", parts["wait"]))


def _wait(table: Table, key: str, words: str | None) -> Seconds:
    wait = float(words or 0)
    if wait > WAIT_LONGEST_S:
        high = f"{WAIT_LONGEST_S:g}"
        table.error(key, "range", key=key, value=f"{wait:g}", low="0", high=high)
    return Seconds(wait)


def _check_after(written: Collection[Written]) -> None:
    """Every after-cue hangs on another cue of its number, and in the end on one that does not."""
    hangs_on = {
        one.cue.number: one.cue.trigger.cue
        for one in written
        if isinstance(one.cue.trigger, AfterCue)
    }
    known = {one.cue.number for one in written}
    for one in written:
        first = hangs_on.get(one.cue.number)
        if first is None:
            continue
        if first not in known:
            one.table.error("after", "unknown_after", cue=first, instead=Instead(first, known))
        elif _is_circle(one.cue.number, hangs_on):
            one.table.error("after", "circle", cue=one.cue.number)


def _is_circle(start: str, hangs_on: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    cue: str | None = hangs_on.get(start)
    while cue is not None and cue != start and cue not in seen:
        seen.add(cue)
        cue = hangs_on.get(cue)
    return cue == start


def _check_order(written: Collection[Written]) -> None:
    """GO takes the list from top to bottom; the music should meet it in the same order."""
    latest: tuple[Quarters, str] | None = None
    for one in written:
        trigger = one.trigger
        if not isinstance(trigger, AtPlace) or trigger.quarter == 0:
            continue
        if latest is not None and trigger.quarter < latest[0]:
            one.table.warning("at", "out_of_order", cue=one.cue.number, other=latest[1])
        else:
            latest = trigger.quarter, one.cue.number


def _check_calls(written: Collection[Written]) -> None:
    """Nobody can be called ahead of an end that nobody foresees."""
    for one in written:
        if any(isinstance(action, CallPerson) for action in one.cue.actions):
            one.table.warning("person", "never_called", cue=one.cue.number)
