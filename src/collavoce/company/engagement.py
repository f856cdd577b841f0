"""How long after somebody's last day something of theirs may still be kept."""

from datetime import UTC, datetime

from collavoce.company.people import Person

HOUR = 3600.0
DAY = 24 * HOUR
AFTER_ENGAGEMENT = 7 * DAY
LAST_ZONE = 12 * HOUR


def engagement_over(person: Person, wall: float) -> bool:
    """Whether the engagement of `person` ended so long ago at `wall` (UTC, s) that nothing stays.

    The last day is over when it is over everywhere on earth (UTC-12).
    """
    if not person.engagement_end:
        return False
    last = datetime.fromisoformat(person.engagement_end).replace(tzinfo=UTC).timestamp()
    return wall > last + DAY + LAST_ZONE + AFTER_ENGAGEMENT
