"""What everybody concerned reads of whether somebody plays: the one wording, without a reason."""

from datetime import date

from collavoce.words import say

NO_DATE = "none"
"""Of a length: said to be without an end."""


def availability_words(*, performs: bool, rehearses: bool | None = None, until: str = "") -> str:
    """In a few words. until: a day ("2026-12-12"), `NO_DATE`, or "" where nothing is said."""
    if rehearses is not None:
        return say(f"away.is.{_yes(rehearses)}_{_yes(performs)}")
    if performs:
        return say("away.is.there")
    if not until:
        return say("away.is.away")
    if until == NO_DATE:
        return say("away.is.no_date")
    return say("away.is.until", day=day_words(date.fromisoformat(until)))


def day_words(day: date) -> str:
    """12 December 2026."""
    month = say(f"away.month.m{day.month}")
    return say("away.day", day=day.day, month=month, year=day.year)


def _yes(said: bool) -> str:  # noqa: FBT001  a word for it
    return "yes" if said else "no"
