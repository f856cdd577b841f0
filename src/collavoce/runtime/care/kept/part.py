"""One noun of a person's own things, as those who go through all of them see it.

Papers need no word here: they are found by their index when they are renewed, and erased with
their person. A part says what is worth doing when a phone arrives, what goes into the person's
export, what has become too old, and what stands on their page besides.
"""

from collections.abc import Mapping

from collavoce.runtime.care.kept.keep import Reader

Shown = Mapping[str, object]
"""A part of a page: plain JSON."""


class Part:
    """What a part does unless it says otherwise: nothing."""

    def arrived(self, reader: Reader) -> None:
        """A phone of a person is here and opens their things: do what waited for it."""

    def seen(self, reader: Reader) -> Shown:
        """What their page's stream carries of it: short, since a frame has one size."""
        del reader
        return {}

    def exported(self, reader: Reader) -> Shown:
        """What goes into their file of everything, under names of its own."""
        del reader
        return {}

    def to_look_over(self, reader: Reader) -> tuple[str, ...]:
        """Sentences of what its owner alone may want to look at: never shown to anybody else."""
        del reader
        return ()

    def purge(self) -> None:
        """Take away what is too old; asked now and then, while nobody calls."""
