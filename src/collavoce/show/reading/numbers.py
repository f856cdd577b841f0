"""The show file's numbers and their cues."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from collavoce.company.seats import seats_named, with_names
from collavoce.score.model import Score
from collavoce.show.actions.house import House
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Crew, Finish, Number, Stage
from collavoce.show.reading.cues import CUE_KEYS, Named, Written, read_cue
from collavoce.show.reading.groups import check_chains, check_endless, check_groups
from collavoce.show.reading.people import Company
from collavoce.show.reading.places import Scores, last_hold, read_place
from collavoce.show.reading.policies import with_policies
from collavoce.show.reading.triggers import Surroundings
from collavoce.show.setlist.finishing import finish_at
from collavoce.show.triggers import AtPlace
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.show.written.targets import Targets
from collavoce.units import Quarters

TRANSPOSE_MOST = 24
"""Semitones: two octaves, as far as keyboards go."""

MINUTES_MOST = 24 * 60.0

NUMBER_KEYS = (
    "id",
    "title",
    "score",
    "performer",
    "transpose",
    "stage",
    "minutes",
    "change",
    "ends",
    "covers",
    "interval",
    "reference",
    "cues",
)


@dataclass(frozen=True, slots=True)
class Tonight:
    """What numbers may speak of beside what their cues do."""

    company: Company
    crews: Mapping[str, Crew]
    stages: Mapping[str, Stage]

    def text(self, table: Table, key: str) -> str:
        """A required text in which `{{seat}}` may stand for a name."""
        words = table.text(key, required=True)
        seats = self.company.seats
        for seat in seats_named(words):
            if seat not in seats:
                known = Instead(seat, seats)
                table.error(key, "unknown_seat", blocking=False, seat=seat, instead=known)
        return with_names(words, seats, self.company.people)


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number as read, with its table and its cues' tables."""

    number: Number
    table: Table
    written: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class _Open:
    """A number's table, its cues named but not read yet."""

    table: Table
    cues: tuple[Named, ...]
    here: Targets


def read_numbers(
    top: Table, house: House, tonight: Tonight, scores: Scores
) -> tuple[ReadNumber, ...]:
    """The numbers and their cues, places resolved. house: without the names of the cues."""
    opened = [_open(table, tonight) for table in top.tables("numbers", NUMBER_KEYS)]
    show = Targets()
    taken: set[str] = set()
    for named in chain.from_iterable(one.cues for one in opened):
        if named.number and named.number in taken:
            named.table.error("number", "cue_twice", cue=named.number)
        taken.add(named.number)
        show.add(named.number, named.name)
    sounding = {c.number for one in opened for c in one.cues if "sound" in c.table}
    house = replace(house, show=show, sounding=sounding)
    read = tuple(_number(one, replace(house, here=one.here), tonight, scores) for one in opened)
    _check_all(read)
    if not read and "numbers" not in top:
        top.error("numbers", "no_numbers")
    return read


def _open(table: Table, tonight: Tonight) -> _Open:
    here = Targets(number=True)
    cues = tuple(
        Named(cue, cue.id("number"), tonight.text(cue, "name"))
        for cue in table.tables("cues", CUE_KEYS)
    )
    for cue in cues:
        here.add(cue.number, cue.name)
    return _Open(table, cues, here)


def _number(opened: _Open, house: House, tonight: Tonight, scores: Scores) -> ReadNumber:
    table = opened.table
    company = tonight.company
    performer = table.text("performer")
    _known_people(table, "performer", [performer] if performer else [], company)
    path, score = scores.read(table)
    who = {name: seat.person is not None for name, seat in company.seats.items()}
    who |= dict.fromkeys(company.people, True)
    around = Surroundings(score, path is not None, who, opened.here)
    written = [read_cue(named, house, around, tonight.crews) for named in opened.cues]
    _check_cues(written, has_score=path is not None)
    said = {(w.cue.number, key) for w in written for key in ("again", "skipped") if key in w.table}
    reference, lasts = _reference(table, house)
    covers = table.words("covers")
    _known_people(table, "covers", covers, company)
    number = Number(
        id=table.id("id"),
        title=tonight.text(table, "title"),
        score=path,
        performer=performer or None,
        cues=with_policies((one.cue for one in written), said),
        last_hold=last_hold(score) if score is not None else Quarters(0.0),
        transpose=_transpose(table),
        stage=_stage(table, tonight.stages),
        minutes=_minutes(table, lasts if path is None else None),
        change=table.number("change", 0.0, 0.0, MINUTES_MOST),
        ends=tuple(dict.fromkeys(table.words("ends"))),
        finishes=_finishes(table, score, has_score=path is not None),
        covers=tuple(dict.fromkeys(covers)),
        interval=table.yes("interval"),
        reference=reference,
    )
    if number.interval and number.score is not None:
        table.error("interval", "interval_music")
    if number.performer is not None and number.performer in number.covers:
        table.warning("covers", "own_cover", person=number.performer)
    return ReadNumber(number, table, tuple(written))


def _reference(table: Table, house: House) -> tuple[str, float | None]:
    """A recording of the number, and how many minutes it lasts, as far as anybody can tell."""
    path = table.text("reference")
    if not path:
        return "", None
    return path, house.sounds.length(table, "reference", path) / 60 or None


def _minutes(table: Table, lasts: float | None) -> float | None:
    """As planned; else as long as its recording, if that is all there is of its music."""
    return table.number("minutes", 0.0, 0.0, MINUTES_MOST) if "minutes" in table else lasts


def _check_cues(written: Sequence[Written], *, has_score: bool) -> None:
    check_chains(written)
    check_groups(written)
    _check_order(written)
    _check_inputs(written)
    if not has_score:
        _check_calls(written)


def _check_all(read: Sequence[ReadNumber]) -> None:
    """What only the whole show tells."""
    cues = [one.cue for number in read for one in number.written]
    seen: set[str] = set()
    for one in read:
        check_endless(one.written, cues)
        if one.number.id and one.number.id in seen:
            one.table.error("id", "twice", id=one.number.id)
        seen.add(one.number.id)


def _known_people(table: Table, key: str, people: Collection[str], company: Company) -> None:
    for person in people:
        if person not in company.people:
            known = Instead(person, company.people)
            table.error(key, "unknown_person", person=person, instead=known)


def _stage(table: Table, stages: Mapping[str, Stage]) -> str:
    """The stage it is played on; the first where several are named and it says nothing."""
    stage = table.text("stage")
    if stage and stage not in stages:
        table.error("stage", "unknown_stage", stage=stage, instead=Instead(stage, stages))
    return stage or next(iter(stages), "")


def _finishes(table: Table, score: Score | None, *, has_score: bool) -> tuple[Finish, ...]:
    """Places where the number may end early."""
    finishes: dict[str, Finish] = {}
    ends = table.words("ends")
    if ends and not has_score:
        table.error("ends", "no_score", at=ends[0])
    for words in ends:
        quarter = read_place(table, words, score, key="ends")
        if score is None or quarter is None:
            continue
        finish = finish_at(score, words, quarter)
        if finish is None:
            table.error("ends", "ends_empty", at=words)
        else:
            finishes[words] = finish
    return tuple(finishes.values())


def _transpose(table: Table) -> int:
    """Semitones between what the keyboard sends and what is meant; a note says which way."""
    semitones = table.number("transpose", 0, -TRANSPOSE_MOST, TRANSPOSE_MOST)
    if semitones != int(semitones):
        table.error("transpose", "whole_semitones", value=f"{semitones:g}")
    elif semitones:
        kind = "heard_higher" if semitones > 0 else "heard_lower"
        table.note("transpose", kind, semitones=f"{abs(semitones):g}")
    return int(semitones)


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


def _check_inputs(written: Collection[Written]) -> None:
    """One press of a foreign button fires one cue of a number."""
    listens: dict[tuple[str, str, int | None], str] = {}
    for one in written:
        for heard in one.cue.inputs:
            key = (heard.kind.value, heard.key, heard.channel)
            first = listens.setdefault(key, one.cue.number)
            if first != one.cue.number:
                one.table.warning("inputs", "input_twice", input=heard.words, first=first)


def _check_calls(written: Collection[Written]) -> None:
    """Nobody can be called ahead of an end that nobody foresees."""
    for one in written:
        if any(isinstance(action, CallPerson) for action in one.cue.actions):
            one.table.warning("person", "never_called", cue=one.cue.number)
