"""What fires a cue, as the show file writes it: exactly one of `at`, `after`, `on` and `by`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from collavoce.score.model import Score
from collavoce.show.person import PersonIs
from collavoce.show.reading.clock import CLOCK, clock_seconds
from collavoce.show.reading.places import read_place
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
from collavoce.show.written.finding import Instead
from collavoce.show.written.table import Table
from collavoce.show.written.targets import Targets
from collavoce.units import Quarters, Seconds

WAIT_LONGEST_S = 3600.0

TRIGGERS = ("at", "after", "on", "by")
BY = ("hand", "group")

_SECONDS = r"(?P<wait>\d{1,5}(?:\.\d{1,6})?)"
_END = re.compile(rf"end(?:\s*\+\s*{_SECONDS})?", re.IGNORECASE)
_AT_CLOCK = re.compile(rf"clock\s+{CLOCK}", re.IGNORECASE)
_WAIT = re.compile(rf"(?P<cue>.*?\S)\s*\+\s*{_SECONDS}")
_DONE = re.compile(r"(?P<cue>.*\S)\s+done")
_PERSON = re.compile(rf"(?P<who>.*?\S)\s+(?P<state>{'|'.join(sorted(PersonIs, reverse=True))})")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What triggers of a number may speak of.

    has_score : one is named, whether or not it could be read. here: the number's cues.
    who : seats and persons' ids, and whether there is anybody.
    """

    score: Score | None
    has_score: bool
    who: Mapping[str, bool]
    here: Targets


def read_trigger(cue: Table, around: Surroundings) -> Trigger | None:
    """The trigger; None, with a finding, where none can be made out."""
    given = [key for key in TRIGGERS if key in cue]
    if len(given) != 1:
        cue.error(given[1] if given else "at", "one_trigger")
        return None
    key = given[0]
    words = cue.text(key, required=True)
    if not words:
        return None
    match key:
        case "at":
            return _at(cue, words, around)
        case "after":
            return _after(cue, words, around.here)
        case "on":
            return read_person(cue, "on", words, around.who)
        case _:
            return _by(cue, words)


def read_person(cue: Table, key: str, words: str, who: Mapping[str, bool]) -> OnPerson | None:
    """Somebody's whereabouts, "jun clear": of a seat's holder, or of a person by their id."""
    said = _PERSON.fullmatch(words)
    if said is None:
        cue.error(key, "bad_person", words=words, states=", ".join(PersonIs))
        return None
    if said["who"] not in who:
        cue.error(key, "unknown_who", who=said["who"], instead=Instead(said["who"], who))
        return None
    if not who[said["who"]]:
        cue.warning(key, "empty_person", seat=said["who"], state=said["state"])
    return OnPerson(said["who"], PersonIs(said["state"]))


def _at(cue: Table, words: str, around: Surroundings) -> Trigger | None:
    clock = _AT_CLOCK.fullmatch(words)
    if clock is not None:
        return AtClock(clock_seconds(clock), words)
    if words.casefold().startswith("clock"):
        cue.error("at", "bad_clock", time=words.partition(" ")[2])
        return None
    end = _END.fullmatch(words)
    if end is not None:
        wait = _seconds(cue, "at", end["wait"])
        if not around.has_score:
            cue.error("at", "no_score", at=words)
        return AtEnd(wait)
    quarter = read_place(cue, words, around.score)
    if not around.has_score:
        cue.error("at", "no_score", at=words)
    # A cue whose place is not known yet counts as a place cue all the same, so that what is
    # said about the rest of it is right.
    return AtPlace(Quarters(0.0) if quarter is None else quarter, words)


def _by(cue: Table, words: str) -> Trigger | None:
    if words not in BY:
        cue.error("by", "by_hand_only", by=words)
        return None
    return ByHand() if words == BY[0] else InGroup()


def _after(cue: Table, words: str, here: Targets) -> AfterCue | None:
    """A cue is called Fade out done + 2, another "2 done": what is a cue's name stays one."""
    waited = _WAIT.fullmatch(words)
    wait = Seconds(0.0)
    if waited is not None and here.find(words) is None:
        words = waited["cue"]
        wait = _seconds(cue, "after", waited["wait"])
    ended = _DONE.fullmatch(words)
    done = ended is not None and here.find(words) is None
    if words.startswith("+") or words == "done":
        cue.error("after", "bad_after", after=words)
        return None
    if ended is not None and done:
        words = ended["cue"]
    if " " in words and words not in here.names:
        cue.error("after", "bad_after", after=cue.text("after"))
        return None
    number = here.one(cue, "after", words)
    return None if number is None else AfterCue(number, wait, done)


def _seconds(cue: Table, key: str, words: str | None) -> Seconds:
    wait = float(words or 0)
    if wait > WAIT_LONGEST_S:
        high = f"{WAIT_LONGEST_S:g}"
        cue.error(key, "range", key=key, value=f"{wait:g}", low="0", high=high)
    return Seconds(wait)
