"""By whose hand a ladder was opened."""

from enum import StrEnum


class Opened(StrEnum):
    """Whoever is called sees it, nobody else."""

    SELF = "self"  # they pressed
    HAND = "hand"  # somebody beside them handed them over
    BREACH = "breach"  # a breach of the line at their exit
