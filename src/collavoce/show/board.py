"""The one light frame of a show: what the cues of all its stages have made of the channels.

A channel belongs to the stage whose cue set it last. A stop on one stage takes the light of that
stage away and leaves the others theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collavoce.show.cues import Show
from collavoce.show.events import AnyEvent, ShowStopped
from collavoce.show.looks import Look, look_after
from collavoce.units import Instant, Seconds


@dataclass(frozen=True, slots=True)
class Board:
    """The look of the house. owners : channel -> the stage that set it last."""

    look: Look = field(default_factory=Look)
    owners: Mapping[str, str] = field(default_factory=dict[str, str])


def board_after(show: Show, board: Board, stage: str, event: AnyEvent) -> Board:
    """The board from `event` of `stage` on. show: with the cues of that stage at least."""
    if isinstance(event, ShowStopped):
        own = [name for name in board.look.fades if board.owners.get(name) == stage]
        fade = Seconds(0.0 if event.hard else event.fade)
        black = board.look.fire(dict.fromkeys(own, 0.0), fade, Instant(event.at))
        return Board(black, board.owners)
    look = look_after(show, board.look, event)
    if look is board.look:
        return board
    before = board.look.fades
    moved = {name: stage for name, fade in look.fades.items() if before.get(name) is not fade}
    return Board(look, {**board.owners, **moved})
