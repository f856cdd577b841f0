"""The set list of tonight: what was, is and comes, what is cut, covered or ends early."""

from collections.abc import Iterator

from collavoce.desk.views.people import person_name
from collavoce.desk.views.signs import View, sign
from collavoce.show.cues import Show
from collavoce.show.plan import Item
from collavoce.show.setlist.evening import Evening
from collavoce.show.setlist.missing import missing, ways_for
from collavoce.show.setlist.options import options
from collavoce.show.setlist.schedule import Schedule, schedule
from collavoce.show.setlist.tonight import plan_of
from collavoce.show.setlist.wording import lines
from collavoce.show.state import ShowState
from collavoce.words import say

MINUTE_S = 60


def set_view(show: Show, state: ShowState) -> list[View]:
    """Each entry in its order; id "" for an interval or a hold of tonight's own."""
    plan = plan_of(show, state)
    on = plan.index(state.number)
    return [
        {
            "id": item.number,
            "is": _is(item, index, on),
            "notes": list(_notes(show, item)),
            # The page knows the folder's titles; of a song that was taken it knows nothing.
            **({} if item.song is None else {"title": item.song.title}),
        }
        for index, item in enumerate(plan.items)
    ]


def _is(item: Item, index: int, on: int) -> str:
    if item.cut:
        return "cut"
    return "past" if index < on else "now" if index == on else "to_come"


def _notes(show: Show, item: Item) -> Iterator[str]:
    if not item.number and item.hold:
        yield say("desk.set.hold")
    if item.song is not None:
        yield say("desk.set.song", reference=item.song.reference)
    if item.cover:
        yield say("desk.set.covered", name=person_name(show, item.cover))
    if item.to:
        yield say("desk.set.ends", place=item.to)
    if item.minutes is not None:
        yield say("desk.set.minutes", minutes=f"{item.minutes:g}")


def times_view(evening: Evening) -> View:
    """Over or under, in whole minutes; sign None where nothing says when the evening should end."""
    times = schedule(evening)
    told: list[str] = [say("desk.time.ends", time=time_words(times.ends))]
    if times.spare is not None:
        key = "spare" if times.spare >= 0 else "late_by"
        told.append(say(f"desk.time.{key}", length=length_words(times.spare)))
    if times.unknown:
        told.append(say("desk.time.unknown", titles=", ".join(times.unknown)))
    return {"sign": _time_sign(times), "ends": ". ".join(told)}


def _time_sign(times: Schedule) -> View | None:
    if times.spare is not None and times.spare < 0:
        return _worded("time.late", times.spare)
    if times.over is None:
        return None if times.spare is None else _worded("time.spare", times.spare)
    if abs(times.over) < MINUTE_S:
        return sign("time.on")
    return _worded("time.over" if times.over > 0 else "time.under", times.over)


def _worded(key: str, seconds: float) -> View:
    shown = sign(key)
    return {**shown, "word": say(f"desk.time.{key[5:]}_by", length=length_words(seconds))}


def length_words(seconds: float) -> str:
    """A length of either sign in whole minutes, from an hour on with its hours: 9 h 30 min."""
    hours, minutes = divmod(int(abs(seconds) // MINUTE_S), 60)
    key = "hours" if hours else "minutes"
    return say(f"desk.time.{key}", hours=hours, minutes=minutes)


def time_words(seconds: float) -> str:
    """Seconds since a midnight as a time of day: 21:40."""
    minutes = int(seconds // MINUTE_S)
    return f"{minutes // 60 % 24}:{minutes % 60:02d}"


def options_view(evening: Evening) -> View:
    """Everything that can be done about the set list now, and what each way costs.

    items : what tonight's entries come to, in the order of `set_view`. options: plan and `instead`
    are what `ChangeSetList` takes. missing: numbers to come without somebody who plays them, each
    with the places of those options that concern it.
    """
    plan = plan_of(evening.show, evening.state)
    # As `ChangeSetList` takes it: None as long as nobody has changed the set list.
    instead = evening.state.edited.plan
    ways = options(evening)
    return {
        "items": [
            {"words": say("desk.time.row", begins=time_words(row.begins))} if row.comes else None
            for row in schedule(evening, plan).rows
        ],
        "options": [
            {
                "option": option.words,
                "words": option.words,
                "cost": list(lines(evening, option)),
                "doubt": bool(option.cost.conflicts),
                "plan": option.plan,
                "instead": instead,
            }
            for option in ways
        ],
        "missing": [
            {
                "number": one.number,
                "options": [
                    ways.index(way)
                    for way in ways_for(evening.show, evening.state, one.number, ways)
                ],
            }
            for one in missing(evening.show, evening.state)
        ],
    }


def missing_view(show: Show, state: ShowState) -> list[View]:
    """The numbers to come without somebody who plays them, each in a sentence. No reason."""
    return [
        {
            "number": one.number,
            "title": one.title,
            "words": say(
                "desk.missing.text",
                title=one.title,
                names=", ".join(filter(None, (person_name(show, p) for p in one.persons))),
            ),
        }
        for one in missing(show, state)
    ]
