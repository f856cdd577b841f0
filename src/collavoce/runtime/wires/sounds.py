"""What the process that plays sounds hears of the show, beside what it is asked to play."""

from collections.abc import Iterable

from collavoce.runtime.wires.carriers import Carriers, play
from collavoce.runtime.wires.needed import uses
from collavoce.runtime.wires.posts import SOUND, AnyPost, EndSounds, PauseSounds
from collavoce.show import events as e
from collavoce.show.actions.sound import PlaySound


class Sounds:
    """Passes on what changes sounds under way; says nothing in a show without any.

    What is not taken was lost with its process, and the sounds with it.
    """

    def __init__(self, carriers: Carriers) -> None:
        self._by = carriers
        self._there = carriers.post is not None and uses(carriers.show, PlaySound)

    def hear(self, event: e.AnyEvent) -> None:
        """Whatever ends, pauses, or puts the stage right."""
        match event:
            case e.ShowStopped(fade=fade, hard=hard):
                self._tell(EndSounds(None, 0.0 if hard else fade))
            case e.ShowClosed():
                self._tell(EndSounds(None, 0.0))
            case e.CueHalted(cue=cue, fade=fade):
                self._tell(EndSounds((cue,), fade))
            case e.CuePaused(cue=cue) | e.CueResumed(cue=cue):
                self._tell(PauseSounds(cue, on=isinstance(event, e.CuePaused)))
            case e.StageTracked(ended=ended, sounds=sounds, fade=fade):
                if ended:
                    self._tell(EndSounds(ended, fade))
                self.play_on(sounds, f"tracked {event.at}")
            case _:
                pass

    def play_on(self, cues: Iterable[str], mark: str, *, stands: bool = False) -> None:
        """Have the looped sounds of `cues` play. mark: names the occasion, which is asked once.

        stands : they are there, and paused.
        """
        for cue in cues:
            known = self._by.show.cues_by_number.get(cue)
            for number, action in enumerate(() if known is None else known.actions):
                if isinstance(action, PlaySound) and action.loop:
                    identity = f"{mark}:{cue}:{number}"
                    self._tell(play(action, cue, identity, stands=stands))

    def _tell(self, post: AnyPost) -> None:
        if self._there:
            self._by.hand(SOUND, post)
