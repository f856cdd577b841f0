"""What does not change while a show runs: its numbers, cues, channels and people."""

from collections.abc import Mapping
from hashlib import sha256

import msgspec

from collavoce.desk.views.line import line_plan
from collavoce.desk.views.people import person_name
from collavoce.desk.views.signs import View, all_signs
from collavoce.desk.views.standby import who_words
from collavoce.desk.views.timers import timers_plan
from collavoce.score.model import Bar, Score
from collavoce.score.places import where
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Cue, Number, Show
from collavoce.show.deeds import does
from collavoce.show.rules.crews import letters_of_cue
from collavoce.show.triggers import (
    AfterCue,
    AtClock,
    AtEnd,
    AtPlace,
    ByHand,
    InGroup,
    OnPerson,
    Trigger,
)
from collavoce.words import say


def plan_view(show: Show, scores: Mapping[str, Score], stage: str = "") -> View:
    """The show as a page needs it once. id: changes exactly when anything else in it does.

    stage : which one's page it is, "" where the show has one.
    """
    plan: View = {
        "title": show.title,
        "timezone": show.timezone,
        "guard": show.guard,
        "stage": stage,
        "stages": [{"id": one.id, "name": one.name} for one in show.stages.values()],
        "numbers": [_number(show, number, scores.get(number.id)) for number in show.numbers],
        "cues": [_cue(show, number, cue) for number in show.numbers for cue in number.cues],
        **line_plan(show),
        "signs": all_signs(),
        "channels": list(show.patch.channels),
        "departments": _departments(show),
        "timers": timers_plan(show),
        "curfew": show.curfew,
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
        "department": str(cue.department),
        "when": _when(show, number, cue.trigger),
        "quarter": cue.trigger.quarter if isinstance(cue.trigger, AtPlace) else None,
        "at_end": isinstance(cue.trigger, AtEnd),
        "exit": _exit(show, cue),
        **_beyond(show, cue),
    }


def _beyond(show: Show, cue: Cue) -> View:
    """What most cues do not have; left out where it is not, a thousand cues are one page's plan."""
    more: View = {
        "crews": [] if letters_of_cue(cue) == (str(cue.department),) else list(letters_of_cue(cue)),
        "hazard": cue.hazard,
        "pre": cue.pre,
        "lead": cue.lead,
        "inputs": [one.words for one in cue.inputs],
        "needs": [
            say("desk.when.person", who=who_words(show, need), state=need.state.value)
            for need in cue.needs
        ],
        "does": does(show, cue),
    }
    return {name: value for name, value in more.items() if value}


def _departments(show: Show) -> list[View]:
    """Every department that a cue names, in the order of the list; who answers for each."""
    cues = [cue for number in show.numbers for cue in number.cues]
    letters = dict.fromkeys([*(str(cue.department) for cue in cues), *show.crews])
    return [
        {
            "letters": one,
            "name": show.crews[one].name if one in show.crews else "",
            "people": list(show.crews[one].people) if one in show.crews else [],
        }
        for one in letters
    ]


def _when(show: Show, number: Number, trigger: Trigger) -> str:
    match trigger:
        case AtPlace(words=words):
            return say("desk.when.place", place=words)
        case AfterCue(cue=before, wait=wait, done=done):
            letters = next((str(c.department) for c in number.cues if c.number == before), "")
            key = "done" if done and not wait else "done_later" if done else "after"
            return say(f"desk.when.{key}", wait=f"{wait:g}", cue=f"{letters} {before}".strip())
        case AtClock(words=words):
            return say("desk.when.clock", time=words.removeprefix("clock "))
        case OnPerson():
            return say("desk.when.person", who=who_words(show, trigger), state=trigger.state.value)
        case InGroup():
            return say("desk.when.group")
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
