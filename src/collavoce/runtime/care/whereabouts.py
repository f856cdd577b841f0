"""Where somebody said they are, for as long as their press is open, in memory only.

A zone is not kept at rest. If this process is started again, the presser's own page sends the
place again with the same press; until then the running order's exit stands in.
"""

from collections.abc import Mapping

from collavoce.care.state import CareState

PLACES_MAX = 1000


class Whereabouts:
    """exits: id -> name; usual: person -> the exit the running order gives them."""

    def __init__(self, exits: Mapping[str, str], usual: Mapping[str, str]) -> None:
        self._exits = exits
        self._usual = usual
        self._said: dict[str, str] = {}

    def say(self, press: str, exit_id: str, state: CareState) -> None:
        """Remember the exit named with `press`; one that is none of the show's is not."""
        self.forget_ended(state)
        if exit_id in self._exits and press in state.alerts.by_press:
            self._said[press] = exit_id
            while len(self._said) > PLACES_MAX:
                self._said.pop(next(iter(self._said)))

    def said(self, press: str) -> str:
        """The exit id named with `press`, "" if none is known."""
        return self._said.get(press, "")

    def where(self, press: str, person: str) -> str:
        """The best known exit id for the press of `person`, "" if none is."""
        return self._said.get(press) or self._usual.get(person, "")

    def forget_ended(self, state: CareState) -> None:
        """Drop the places of every press that is over."""
        alerts = state.alerts.by_press
        self._said = {
            press: place
            for press, place in self._said.items()
            if press in alerts and alerts[press].end is None
        }
