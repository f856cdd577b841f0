"""Who has a page open now. Kept in memory only: it is nobody's history."""

from collections import Counter


class Presence:
    """Open pages, counted by person."""

    def __init__(self) -> None:
        self._pages: Counter[str] = Counter()

    def came(self, person: str) -> None:
        """A page of `person` opened its stream."""
        self._pages[person] += 1

    def went(self, person: str) -> None:
        """It closed."""
        self._pages[person] -= 1

    def reachable(self) -> frozenset[str]:
        """The persons with at least one open page."""
        return frozenset(person for person, pages in self._pages.items() if pages > 0)
