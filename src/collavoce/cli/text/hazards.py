"""Hazards on places, typed, at a phone's page as at the caller's desk."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from collavoce.cli.text.asking import AskingError, Doing, one_of
from collavoce.cli.text.door import View
from collavoce.line.hazards import KINDS, MINUTES_LEAST, MINUTES_MOST
from collavoce.words import say

MINUTES = 60
"""Of whoever does not say for how long."""


class Hazards:
    """zones: id -> name. rules: of the house. tell: says it at the line, answers in words."""

    def __init__(
        self, zones: Mapping[str, str], rules: Sequence[str], tell: Callable[..., str]
    ) -> None:
        self._zones = zones
        self._rules = rules
        self._tell = tell
        self._stand: list[str] = []

    def commands(self) -> dict[str, Doing]:
        """Word -> what it does."""
        return {"hazard": self._raise, "safe": self._lift, "house": self._house}

    def says(self, hazards: Sequence[View]) -> Iterator[str]:
        """What stands, to the length of it; what is about a place is about everybody."""
        self._stand = [self._words(one) for one in hazards]
        # The minutes that are left go by without a word: only what is new is said.
        yield from (self._words({**one, "left": one["minutes"]}) for one in hazards)

    def _words(self, one: View) -> str:
        zone = self._zones.get(one["zone"], one["zone"])
        return say("hazards.text.row", kind=_kind(one["kind"]), zone=zone, left=one["left"])

    def _raise(self, words: str) -> str:
        place, kind, minutes = [*(part.strip() for part in words.split(",")), "", ""][:3]
        if not kind or (minutes and not minutes.isdigit()):
            raise AskingError(say("hazards.text.how", kinds=", ".join(KINDS)))
        span = int(minutes or MINUTES)
        if not MINUTES_LEAST <= span <= MINUTES_MOST:
            raise AskingError(say("hazards.text.span", least=MINUTES_LEAST, most=MINUTES_MOST))
        return self._tell(type="RaiseHazard", **self._where(place, kind), minutes=span)

    def _lift(self, words: str) -> str:
        place, kind = [*(part.strip() for part in words.split(",")), ""][:2]
        if not kind:
            raise AskingError(say("hazards.text.over_how"))
        return self._tell(type="LiftHazard", **self._where(place, kind))

    def _where(self, place: str, kind: str) -> dict[str, str]:
        kinds = {one: one for one in KINDS}
        return {
            "zone": one_of(place, self._zones, say("text.what.zone")),
            "kind": one_of(kind, kinds, say("hazards.text.kind")),
        }

    def _house(self, _: str) -> str:
        """The rules of the house, and what stands with the minutes that are left."""
        return " ".join([*self._rules, *self._stand]) or say("hazards.text.none")


def _kind(kind: str) -> str:
    return say(f"hazards.kind.{kind.replace(' ', '_')}")
