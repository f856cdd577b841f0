"""What happened to the stage without a cue firing."""

import msgspec

from collavoce.show.told.event import Event


class StageTracked(Event, frozen=True):
    """The stage was given what belongs where the music is now.

    levels : channels (by name) that go to 0..1 within `fade`; the rest was there already.
    cues : whose state was put there though they did not fire. sounds : cues whose looped sound
    plays there; ended : cues whose sound does not. switched : cues that are armed there, or not.
    """

    levels: dict[str, float]
    fade: float
    cues: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    switched: dict[str, bool] = msgspec.field(default_factory=dict[str, bool])
