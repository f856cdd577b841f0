"""The evening, number after number and stage after stage, as fast as the machine can.

Every stage has a virtual clock of its own: nothing on one stage decides anything on another, and
what they share, people and time, is compared afterwards.
"""

from collections.abc import Callable, Mapping, Sequence

from collavoce.evening.chance import Dice
from collavoce.runtime.rehearsal.account import Account, account
from collavoce.runtime.rehearsal.log import Log
from collavoce.runtime.rehearsal.walking import Messages, Walk
from collavoce.score.model import Score
from collavoce.show.cues import Show
from collavoce.show.reading.clock import DAY, whole_clock
from collavoce.show.triggers import AtClock

USUALLY_BEGINS = 19.5 * 3600.0
"""Of a show that does not say when."""

BEFORE_CLOCK = 30.0
"""The house opens so long before the first clock cue, if that comes before the beginning."""


def rehearse(
    show: Show,
    scores: Mapping[str, Score],
    recorded: Mapping[str, Messages] | None = None,
    seed: int = 1,
    progress: Callable[[float], None] = lambda _: None,
) -> Account:
    """Play the whole of `show` and say what came of it.

    scores : by number id. recorded : performances by number id; a model plays the others.
    progress : told about once a virtual second how many seconds of all stages are over.
    """
    logs: list[Log] = []
    over = 0.0
    for stage in show.stage_ids:
        played = show.on_stage(stage)
        opens = opens_at(played)
        walk = Walk(played, stage, scores, recorded or {}, Dice(seed), opens)
        before = over

        def tell(now: float, before: float = before) -> None:
            progress(before + now)

        walk.run(tell)
        over = before + walk.clock.now()
        logs.append(walk.log)
    return account(show, logs, seed)


def opens_at(show: Show) -> tuple[float, float]:
    """The venue's time when the house opens, and when the performance begins."""
    begins = whole_clock(show.starts)
    begins = USUALLY_BEGINS if begins is None else begins
    clocks: Sequence[float] = [
        cue.trigger.time
        for number in show.numbers[:1]
        for cue in number.cues
        if isinstance(cue.trigger, AtClock) and begins - DAY / 4 < cue.trigger.time < begins
    ]
    return min([begins, *(time - BEFORE_CLOCK for time in clocks)]), begins
