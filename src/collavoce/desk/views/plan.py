"""What does not change while a show runs: its numbers, cues, channels and people."""

from collections.abc import Mapping
from hashlib import sha256

import msgspec

from collavoce.desk.views.line import line_plan
from collavoce.desk.views.people import person_name
from collavoce.desk.views.signs import View, all_signs
from collavoce.score.model import Bar, Score
from collavoce.score.places import where
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Cue, Number, Show
from collavoce.show.triggers import AfterCue, AtEnd, AtPlace, ByHand, Trigger
from collavoce.words import say


def plan_view(show: Show, scores: Mapping[str, Score]) -> View:
    """The show as a page needs it once. id: changes exactly when anything else in it does."""
    plan: View = {
        "title": show.title,
        "timezone": show.timezone,
        "guard": show.guard,
        "numbers": [_number(show, number, scores.get(number.id)) for number in show.numbers],
        "cues": [_cue(show, number, cue) for number in show.numbers for cue in number.cues],
        **line_plan(show),
        "signs": all_signs(),
        "channels": list(show.patch.channels),
        "people": [
            {"id": person.id, "name": person.name, "roles": list(person.roles)}
            for person in show.people.values()
        ],
    }
    plan["id"] = sha256(msgspec.json.encode(plan)).hexdigest()[:12]
    return plan


def _number(show: Show, number: Number, score: Score | None) -> View:
    return {
        "id": number.id,
        "title": number.title,
        "performer": person_name(show, number.performer),
        "score": score is not None,
        "bars": [] if score is None else [_bar(score, bar) for bar in score.bars],
        "end": score.end if score is not None else None,
    }


def _bar(score: Score, bar: Bar) -> View:
    """beat: the number of the beat it begins on; unit: of its beats, 4 for a quarter."""
    return {
        "number": bar.number,
        "turn": bar.turn,
        "start": bar.start,
        "beat": where(score, bar.start).beat,
        "unit": bar.beat_unit,
    }


def _cue(show: Show, number: Number, cue: Cue) -> View:
    return {
        "number": cue.number,
        "of": number.id,
        "name": cue.name,
        "department": cue.department.value,
        "when": _when(number, cue.trigger),
        "quarter": cue.trigger.quarter if isinstance(cue.trigger, AtPlace) else None,
        "at_end": isinstance(cue.trigger, AtEnd),
        "exit": _exit(show, cue),
    }


def _when(number: Number, trigger: Trigger) -> str:
    match trigger:
        case AtPlace(words=words):
            return say("desk.when.place", place=words)
        case AfterCue(cue=before, wait=wait):
            letters = next((c.department.value for c in number.cues if c.number == before), "")
            return say("desk.when.after", wait=f"{wait:g}", cue=f"{letters} {before}".strip())
        case AtEnd(wait=wait):
            return say("desk.when.end_later", wait=f"{wait:g}") if wait else say("desk.when.end")
        case ByHand():
            return say("desk.when.hand")


def _exit(show: Show, cue: Cue) -> View | None:
    for action in cue.actions:
        if isinstance(action, CallPerson):
            return {
                "seat": show.seats[action.seat].name,
                "exit": show.exits[action.exit].name,
                "person": person_name(show, show.seats[action.seat].person),
                "lead": action.lead,
            }
    return None
