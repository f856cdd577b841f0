"""Whether each GO that was acknowledged fired one cue, and each firing sent one datagram.

Pure: what was asked, what the ledger has, what arrived. A firing that the show itself marked as
perhaps sent (the engine died between ring and wire) may have arrived or not; anything else must.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fired:
    """A firing in the ledger. key : of the GO that asked. doubtful : marked as perhaps sent."""

    key: str
    cue: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of all of them; all but `matched` and `doubtful_silent` must be 0.

    unfired : acknowledged, and in no firing. twice_fired : one GO, several firings.
    matched : firings whose datagram arrived. missed : firings without one, and not marked.
    doubtful_silent : marked, and without one. doubled : datagrams that belong to no firing.
    """

    unfired: int = 0
    twice_fired: int = 0
    matched: int = 0
    missed: int = 0
    doubtful_silent: int = 0
    doubled: int = 0

    @property
    def whole(self) -> bool:
        """Nothing missed, nothing doubled."""
        return not (self.unfired or self.twice_fired or self.missed or self.doubled)


def judge(acknowledged: Iterable[str], fired: Sequence[Fired], arrived: Sequence[str]) -> Verdict:
    """`arrived` : the cues' numbers in the order in which their datagrams were received.

    Loopback keeps the order, so both rows are walked together: a datagram belongs to the next
    firing of its cue, unless it repeats the one before.
    """
    of_key = Counter(one.key for one in fired)
    matched = missed = silent = doubled = 0
    at = 0
    last = ""
    for one in fired:
        while at < len(arrived) and arrived[at] != one.cue and arrived[at] == last:
            doubled += 1
            at += 1
        if at < len(arrived) and arrived[at] == one.cue:
            matched += 1
            at += 1
            last = one.cue
        elif one.doubtful:
            silent += 1
        else:
            missed += 1
    return Verdict(
        unfired=sum(not of_key[key] for key in acknowledged),
        twice_fired=sum(count > 1 for count in of_key.values()),
        matched=matched,
        missed=missed,
        doubtful_silent=silent,
        doubled=doubled + len(arrived) - at,
    )
