"""What the watchdog makes of what it has seen. Pure: every time is an argument.

One number decides nearly everything: the seconds since the last *good* pulse, that is, an answer
of care's own loop saying that the ladder's clock has turned lately. A death, a freeze, a starved
loop and a lost ladder task all stop it from being set back. The canary sees the rest.

| good pulse | care's box | pulse | canary | finding |
|---|---|---|---|---|
| within `TELL_AFTER_S` | | | came back | WELL |
| within `TELL_AFTER_S` | | | did not | LOST |
| longer ago | refuses | | | GONE |
| longer ago | takes | none | | MUTE |
| longer ago | takes | ladder late | | STILL |

`TELL_AFTER_S`: the question goes out every `ASK_EVERY_S`, so two answers in a row may be missed.
A ladder is late `LATE_S` after its last turn, which comes every second. So a freeze is said
within 5 s, a lost ladder within 7.5 s, each and a look.

`KILL_AFTER_S`: while care stands still every press waits, and the first step of a ladder may be
due 5 s after it; a start takes about 2 s. Longer than `TELL_AFTER_S`, because a disk that
holds a write back for some seconds comes round by itself, and a kill would only make presses
wait for a start as well. Nothing that was kept is lost by a kill. Each kill that did not bring the
canary back doubles the limit, for what is slow and not frozen must not be killed for ever.
"""

from dataclasses import dataclass, replace
from enum import Enum

ASK_EVERY_S = 1.5
TELL_AFTER_S = 5.0
KILL_AFTER_S = 8.0
LATE_S = 2.5
LOOK_MAX_S = 1.0
"""The most that counts between two looks: who was itself not running has seen nothing amiss."""

DOUBLINGS_MAX = 3


class Finding(Enum):
    """What is known of care's delivery."""

    WELL = "well"
    GONE = "gone"  # nobody is bound to care's box
    MUTE = "mute"  # somebody is, and does not answer
    STILL = "still"  # it answers, but the ladder's clock does not turn
    LOST = "lost"  # all of that is well, and yet the canary did not come back


@dataclass(frozen=True, slots=True)
class Watch:
    """What has been seen by `at`.

    bad_for : own seconds since the last good pulse. taken, answered : the last question.
    landed : whether the last canary came back. kills : without a canary come back since.
    """

    at: float
    bad_for: float = 0.0
    taken: bool = True
    answered: bool = True
    landed: bool = True
    kills: int = 0


def looked(watch: Watch, now: float) -> Watch:
    """Time has passed."""
    passed = min(LOOK_MAX_S, max(0.0, now - watch.at))
    return replace(watch, at=now, bad_for=watch.bad_for + passed)


def asked(watch: Watch, *, taken: bool) -> Watch:
    """A question went out. taken: somebody was bound to care's box."""
    return replace(watch, taken=taken, answered=False)


def pulsed(watch: Watch, turned_at: float) -> Watch:
    """Care answered: its ladder's clock last turned at `turned_at`."""
    good = watch.at - turned_at <= LATE_S
    return replace(watch, answered=True, bad_for=0.0 if good else watch.bad_for)


def landed(watch: Watch, *, back: bool) -> Watch:
    """A canary came back in time, or did not."""
    return replace(watch, landed=back, kills=0 if back else watch.kills)


def killed(watch: Watch) -> Watch:
    """Care was killed."""
    return replace(watch, kills=min(watch.kills + 1, DOUBLINGS_MAX))


def finding(watch: Watch) -> Finding:
    """The table."""
    if watch.bad_for < TELL_AFTER_S:
        return Finding.WELL if watch.landed else Finding.LOST
    if not watch.taken:
        return Finding.GONE
    return Finding.STILL if watch.answered else Finding.MUTE


def to_kill(watch: Watch) -> bool:
    """Whether care stands still for so long that only a new start helps."""
    stands = finding(watch) in (Finding.MUTE, Finding.STILL)
    return stands and watch.bad_for >= KILL_AFTER_S * 2.0**watch.kills
