"""In which order engraved bars are played: repeats, voltas, D.C., D.S., coda, fine.

The customs, where the page leaves them to the player:
- a repeat sign without a beginning goes back to the end of the last repeat, or to the start, but
  to a beginning further back that has no end yet: repeats within a repeat;
- after D.C. or D.S. repeats are not taken again and the last volta is chosen, unless a repeat
  says `after-jump` (MusicXML 4.0);
- Fine ends, and To Coda leaves, only after a D.C. or D.S.; each of those is obeyed once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

MAX_BARS_PLAYED = 50_000
"""Wagner's longest act has some 2,300 bars; beyond this a file's repeats are nonsense."""


class EndlessError(Exception):
    """More than MAX_BARS_PLAYED bars would be played."""


@dataclass(slots=True)
class Signs:
    """What one engraved bar says about the way.

    backward : how often the section is played in all (0: no repeat sign here).
    ending : the passes in which this bar, lying under a volta, is played; empty outside voltas.
    ending_starts : a volta's bracket begins here.
    to_segno : the label a D.S. looks for; "" takes the first segno.
    """

    forward: bool = False
    backward: int = 0
    after_jump: bool = False
    ending: frozenset[int] = frozenset()
    ending_starts: bool = False
    segno: str | None = None
    coda: str | None = None
    to_coda: str | None = None
    da_capo: bool = False
    to_segno: str | None = None
    fine: bool = False


@dataclass(slots=True)
class _Way:
    """Where the player is: `start` of the section, its pass, and which jumps are behind.

    outer : start and pass of the sections around this one that are begun and not ended.
    """

    again: bool
    bar: int = 0
    start: int = 0
    turn: int = 1
    jumped: bool = False
    obeyed: set[int] = field(default_factory=set[int])
    outer: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    @property
    def repeating(self) -> bool:
        """Repeat signs are obeyed now."""
        return self.again or not self.jumped

    def go(self, bar: int) -> None:
        """Jump to `bar`."""
        self.bar = self.start = bar
        self.turn = 1
        self.outer.clear()

    def close(self, bar: int) -> None:
        """End the section and read on at `bar`, in the section around it if there is one."""
        self.bar = bar
        self.start, self.turn = self.outer.pop() if self.outer else (bar, 1)


def play_order(signs: Sequence[Signs]) -> list[int]:
    """Indices into `signs` in the order the bars are played; raises EndlessError."""
    order: list[int] = []
    groups = _volta_groups(signs)
    way = _Way(again=any(sign.after_jump for sign in signs))
    while way.bar < len(signs):
        here, at = signs[way.bar], way.bar
        if here.forward and at != way.start:
            if signs[way.start].forward:
                way.outer.append((way.start, way.turn))
            way.start, way.turn = at, 1
        passes, group_end = groups.get(at, (2, at))
        wanted = way.turn if way.repeating else passes
        if here.ending and wanted not in here.ending:
            way.bar += 1
            if at == group_end:
                way.close(way.bar)
            continue
        order.append(at)
        if len(order) > MAX_BARS_PLAYED:
            raise EndlessError
        if way.jumped and here.fine:
            break
        _leave(way, signs, max(here.backward, passes) if here.backward else 0, group_end)
    return order


def _leave(way: _Way, signs: Sequence[Signs], passes: int, group_end: int) -> None:
    """Move `way` on from the bar just played. passes: of its section, 0 without repeat sign."""
    at, here = way.bar, signs[way.bar]
    if passes and way.turn < passes and way.repeating:
        way.bar, way.turn = way.start, way.turn + 1
        return
    target = _jump(way, signs)
    if target is not None:
        way.go(target)
    elif passes or (here.ending and at == group_end):
        if here.ending and at < group_end:  # over the voltas of the other passes
            way.bar += 1
        else:
            way.close(at + 1)
    else:
        way.bar += 1


def _jump(way: _Way, signs: Sequence[Signs]) -> int | None:
    """The bar a D.C., D.S. or To Coda in the bar just played leads to."""
    at, here = way.bar, signs[way.bar]
    if way.jumped and here.to_coda is not None:
        coda = _labelled([sign.coda for sign in signs], here.to_coda, after=at)
        if coda is not None:
            return coda
    if at in way.obeyed:
        return None
    target = None
    if here.da_capo:
        target = 0
    elif here.to_segno is not None:
        target = _labelled([sign.segno for sign in signs], here.to_segno)
    if target is not None:
        way.obeyed.add(at)
        way.jumped = True
    return target


def _labelled(labels: Sequence[str | None], wanted: str, after: int = -1) -> int | None:
    """The bar labelled `wanted`, else the first labelled one, beyond `after`."""
    known = [(index, label) for index, label in enumerate(labels) if label is not None]
    known = [(index, label) for index, label in known if index > after]
    for index, label in known:
        if label == wanted:
            return index
    return known[0][0] if known else None


def _volta_groups(signs: Sequence[Signs]) -> dict[int, tuple[int, int]]:
    """For each bar under a volta: passes of its whole group of voltas, the group's last bar."""
    groups: dict[int, tuple[int, int]] = {}
    first = 0
    while first < len(signs):
        last, seen = first, signs[first].ending
        while seen and last + 1 < len(signs) and _same_group(signs[last + 1], seen):
            last += 1
            seen |= signs[last].ending
        if seen:
            passes = max(2, *seen)
            groups |= dict.fromkeys(range(first, last + 1), (passes, last))
        first = last + 1
    return groups


def _same_group(sign: Signs, seen: frozenset[int]) -> bool:
    """A first volta that starts after others belongs to the next section."""
    if not sign.ending or sign.forward:
        return False
    return not sign.ending_starts or min(sign.ending) > min(seen)
