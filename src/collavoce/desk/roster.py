"""How every process fares, as the desk was told: by the supervisor, by itself, by the watchdog.

Two watch over care and say different things: the supervisor whether it runs, the watchdog whether
a press would get through. The worse word is shown. What the watchdog says is its heartbeat too:
when it is not heard it is shown as down, whatever the supervisor believes.
"""

from collections.abc import Callable

from collavoce.runtime.mail import DELIVERING, NOT_DELIVERING

WATCHED, WATCHER = "care", "watchdog"
HEARD_WITHIN_S = 7.0
"""Four heartbeats missed, and a second."""


class Roster:
    """Process name -> word, from what was told. clock: seconds, never set back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._told: dict[str, str] = {}
        self._delivers = True
        self._heard_at = clock()

    def take(self, name: str, state: str) -> None:
        """Somebody said that `name` fares as `state` says."""
        if state in (DELIVERING, NOT_DELIVERING):
            self._delivers = state == DELIVERING
            self._heard_at = self._clock()
        else:
            self._told[name] = state

    def now(self) -> dict[str, str]:
        """Every process told of, in the order of their first word."""
        shown = dict(self._told)
        if WATCHED in shown and not self._delivers and shown[WATCHED] != "given up":
            shown[WATCHED] = NOT_DELIVERING
        silent = self._clock() - self._heard_at > HEARD_WITHIN_S
        if shown.get(WATCHER) == "up" and silent:
            shown[WATCHER] = "down"
        return shown
