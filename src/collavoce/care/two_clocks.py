"""The day as two clocks say it: the machine's own wall clock, and the clocks of phones.

A letter that comes early breaks a word that was given; one that comes late does not. So a day has
come when *both* clocks say so. Time is an argument: UTC in seconds since 1970, and the machine's
own count, which no change of a wall clock moves.

    a fresh process, a fresh machine      nothing is believed until a phone agrees within 5 min
    they agree                            the earlier is believed, and carried on by count
    set forward, or woken from sleep      what was believed runs on by count, until a phone agrees
    set back                              believed at once: it makes nobody early
    set back and forward again            never further than where they last agreed
    a phone that lies                     agrees, and changes nothing, or is not heard: late at most

What is left: a machine and a phone that are wrong together, by the same amount.
"""

from dataclasses import dataclass, replace
from math import isfinite

from collavoce.care.aftertime import UTC_MAX

AGREE_S = 300.0
"""How far apart two clocks may be that are said to agree."""


@dataclass(frozen=True, slots=True)
class TwoClocks:
    """How far clocks are ahead of the machine's count, s.

    wall : the wall clock at the last look, None if it said nothing. agreed : the earlier of the
    two when a phone last agreed with it, None while none has.
    """

    wall: float | None = None
    agreed: float | None = None

    def looked(self, utc: float, count: float) -> "TwoClocks":
        """After a look at the wall clock."""
        return replace(self, wall=utc - count if _is_time(utc) else None)

    def heard(self, utc: float, count: float) -> "TwoClocks":
        """After a phone said that it is `utc`; the wall clock was looked at just before."""
        if self.wall is None or not _is_time(utc) or abs(utc - count - self.wall) > AGREE_S:
            return self
        both = min(utc - count, self.wall)
        before = both if self.agreed is None else min(self.agreed, self.wall)
        return replace(self, agreed=max(both, before))

    def utc(self, count: float) -> float | None:
        """The time that both say has come; None while there is no such time."""
        if self.wall is None or self.agreed is None:
            return None
        return count + min(self.wall, self.agreed)


def _is_time(utc: float) -> bool:
    return isfinite(utc) and 0.0 <= utc <= UTC_MAX
