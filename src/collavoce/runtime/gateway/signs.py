"""What controllers are told of the show: an address and its values for each thing that is so.

One line of SIGNS is one address below /collavoce/out; docs/connections.md lists the same. Every
value is of one type always, as a button's feedback wants it; what is not there is "", 0 or -1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from collavoce.following.estimate import Estimate
from collavoce.score.model import Score
from collavoce.score.places import where
from collavoce.show.cues import Cue, Show
from collavoce.show.setlist.evening import Evening
from collavoce.show.setlist.schedule import schedule
from collavoce.show.setlist.tonight import number_tonight
from collavoce.show.state import ShowState
from collavoce.show.timers import shows
from collavoce.units import Quarters
from collavoce.wire.osc.types import OscArg

OUT = "/collavoce/out"

Args = tuple[OscArg, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the signs are made of. score: of the current number, None without one."""

    evening: Evening
    music: Estimate | None
    score: Score | None

    @property
    def show(self) -> Show:
        """The show."""
        return self.evening.show

    @property
    def state(self) -> ShowState:
        """Its state."""
        return self.evening.state


def _cue(seen: Seen, number: str | None) -> Args:
    cue = _of(seen, number)
    return ("", "") if cue is None else (cue.number, cue.name)


def _of(seen: Seen, number: str | None) -> Cue | None:
    known = number is not None and number in seen.show.numbers_by_cue
    return seen.show.cue(number) if known and number is not None else None


def _standby(seen: Seen) -> Args:
    return _cue(seen, seen.state.pointer)


def _fired(seen: Seen) -> Args:
    return _cue(seen, seen.state.last_fired)


def _number(seen: Seen) -> Args:
    number = number_tonight(seen.show, seen.state, seen.state.number)
    return (seen.state.number or "", "" if number is None else number.title)


def _held(seen: Seen) -> Args:
    return (int(seen.state.held),)


def _follow(seen: Seen) -> Args:
    return (int(seen.state.follow),)


def _offered(seen: Seen) -> Args:
    return (len(seen.state.offered),)


def _called(seen: Seen) -> Args:
    """0: the standby is not called; 1: called; 2: everybody asked is clear; 3: somebody is not."""
    called = seen.state.standbys.get(seen.state.pointer or "")
    if called is None:
        return (0,)
    answers = called.answers.values()
    if any(not answer.clear for answer in answers):
        return (3,)
    return (2 if len(called.answers) >= len(called.people) else 1,)


def _waiting(seen: Seen) -> Args:
    """The cue that fires next by itself after a wait, and the seconds until then."""
    if not seen.state.waiting:
        return ("", -1.0)
    cue, due = min(seen.state.waiting.items(), key=lambda item: item[1])
    now = seen.evening.now if seen.state.held_at is None else seen.state.held_at
    return (cue, round(max(0.0, due - now), 1))


def _music(seen: Seen) -> Args:
    return (seen.state.music.value,)


def _place(seen: Seen) -> Args:
    if seen.music is None or seen.score is None:
        return ("",)
    at = where(seen.score, Quarters(seen.music.quarter))
    return (f"{at.bar}.{int(at.beat)}",)


def _sure(seen: Seen) -> Args:
    return (-1.0 if seen.music is None else round(seen.music.confidence, 2),)


def _remaining(seen: Seen) -> Args:
    """Seconds until the last onset of the number, foreseen."""
    left = None if seen.music is None else seen.music.remaining
    return (-1.0 if left is None else round(float(left), 0),)


def _over(seen: Seen) -> Args:
    """Minutes that the evening ends later than planned, negative when earlier; 0 without a plan."""
    over = schedule(seen.evening).over
    return (0.0 if over is None else round(over / 60, 1),)


def _timers(seen: Seen) -> dict[str, Args]:
    """By timer: the seconds on its face, and how it stands."""
    evening = seen.evening
    faces = {
        timer: shows(evening.state, countdown, evening.now, evening.wall)
        for timer, countdown in evening.show.timers.items()
    }
    return {
        f"timer/{timer}": (float(round(face)), phase.value)
        for timer, (face, phase) in faces.items()
    }


SIGNS: Mapping[str, Callable[[Seen], Args]] = {
    "standby": _standby,
    "called": _called,
    "fired": _fired,
    "number": _number,
    "held": _held,
    "follow": _follow,
    "offered": _offered,
    "waiting": _waiting,
    "music": _music,
    "place": _place,
    "sure": _sure,
    "remaining": _remaining,
    "over": _over,
}
"""The last part of the address, and what it carries."""


def signs(seen: Seen, stage: str = "") -> dict[str, Args]:
    """Every address with its values, as things are. stage: "" where the show has one."""
    root = OUT if not stage else f"/collavoce/stage/{stage}/out"
    told = {name: make(seen) for name, make in SIGNS.items()} | _timers(seen)
    return {f"{root}/{name}": args for name, args in told.items()}
