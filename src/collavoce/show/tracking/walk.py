"""What cues come to, one after the other: levels, looped sounds, what is armed."""

from dataclasses import dataclass, field

from collavoce.show.actions.arm import SwitchCues
from collavoce.show.actions.levels import SetLevels
from collavoce.show.actions.others import ActOn, What
from collavoce.show.actions.sound import PlaySound
from collavoce.show.cues import Cue


@dataclass(slots=True)
class Walk:
    """The stage after some cues. Only what stays until something else is said is tracked.

    levels : channel -> 0..1. owners : channel -> the cue that set it last.
    sounds : cues whose looped sound plays. switched : cue -> armed or not, as cues said.
    fade : of the last cue that set levels, seconds.
    """

    levels: dict[str, float] = field(default_factory=dict[str, float])
    owners: dict[str, str] = field(default_factory=dict[str, str])
    sounds: dict[str, None] = field(default_factory=dict[str, None])
    switched: dict[str, bool] = field(default_factory=dict[str, bool])
    fade: float = 0.0

    def pass_by(self, cue: Cue) -> None:
        """The stage after `cue` as well."""
        for action in cue.actions:
            match action:
                case SetLevels(levels, fade):
                    self.levels |= levels
                    self.owners |= dict.fromkeys(levels, cue.number)
                    self.fade = fade
                case PlaySound() if action.loop:
                    self.sounds[cue.number] = None
                case SwitchCues(cues, on):
                    self.switched |= dict.fromkeys(cues, on)
                case ActOn(What.STOP | What.FADE as what, cues, within):
                    self._end(cues, faded=what is What.FADE, within=within)
                case _:
                    pass  # an event on the stage, not a state of it

    def _end(self, cues: tuple[str, ...], *, faded: bool, within: float) -> None:
        named = set(cues) if cues else {*self.sounds, *self.owners.values()}
        for cue in named:
            self.sounds.pop(cue, None)
        if not faded:
            return
        for channel, owner in self.owners.items():
            if owner in named:
                self.levels[channel] = 0.0
                self.fade = within
