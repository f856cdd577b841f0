"""Who is needed when, by a schedule: who plays, who sees them off, whom a cue waits for."""

from collections.abc import Iterator

from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Number, Show
from collavoce.show.setlist.evening import Busy
from collavoce.show.setlist.schedule import Row, Schedule
from collavoce.show.setlist.tonight import fallen_out, finish_by, performer_of, players_of
from collavoce.show.triggers import OnPerson
from collavoce.words import say


def needed(show: Show, times: Schedule) -> tuple[Busy, ...]:
    """Everybody who is needed in what is played now and in what comes, in its order."""
    return tuple(
        busy
        for row in times.rows
        if row.comes and row.number
        for busy in _of(show, row, row.number)
    )


def _of(show: Show, row: Row, number: Number) -> Iterator[Busy]:
    for who in players_of(number, row.item):
        does = say("setlist.does.plays", title=number.title)
        yield Busy(who, row.begins, row.ends, number.id, does)
    out = fallen_out(number.cues, finish_by(number, row.item))
    for cue in number.cues:
        if cue.number in out:
            continue
        for action in cue.actions:
            seat = show.seats.get(action.seat) if isinstance(action, CallPerson) else None
            if seat is not None and seat.person is not None and isinstance(action, CallPerson):
                way = show.exits.get(action.exit)
                exit_name = action.exit if way is None else way.name
                does = say("setlist.does.sees_off", title=number.title, exit=exit_name)
                begins = max(row.begins, row.ends - action.lead)
                yield Busy(seat.person, begins, row.ends, number.id, does)
        for person in _waited_for(show, number, row, (*cue.needs, cue.trigger)):
            does = say("setlist.does.waited_for", title=number.title, cue=cue.number)
            yield Busy(person, row.begins, row.ends, number.id, does)


def _waited_for(
    show: Show, number: Number, row: Row, triggers: tuple[object, ...]
) -> Iterator[str]:
    """Whom cues depend on, but for who plays: that one is there anyway."""
    for trigger in triggers:
        if not isinstance(trigger, OnPerson):
            continue
        seat = show.seats.get(trigger.who)
        person = trigger.who if seat is None else seat.person
        if person == number.performer:
            person = performer_of(number, row.item)
        if person is not None and person != performer_of(number, row.item):
            yield person
