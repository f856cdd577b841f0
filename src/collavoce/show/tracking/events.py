"""What happened to the stage without a cue firing."""

from collavoce.show.event import Event


class StageTracked(Event, frozen=True):
    """The stage was given what belongs where the music is now.

    levels : channels (by name) that go to 0..1 within `fade`. cues : whose state that is.
    sounds : cues whose sound plays there. ended : cues whose sound does not.
    """

    levels: dict[str, float]
    fade: float
    cues: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
