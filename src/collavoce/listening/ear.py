"""What comes over a cable, made fit to be followed: one instrument, one stroke, one order of time.

Nothing here is a guess about music. What is changed is what no hand can have done: a key struck
twice within a few milliseconds, and a message from before the last one.
"""

from dataclasses import dataclass, field

from collavoce.listening.midi import drums, observe
from collavoce.listening.observation import NoteOn, Observation, Silence
from collavoce.units import Instant

DOUBLED_S = 0.010
"""The same key again within this is the same stroke, come a second time: two ports of one
instrument merged, local control on, two voices of a file in unison. The fastest repetition of a
grand piano takes some 65 ms."""

BEFORE = Instant(float("-inf"))


@dataclass(slots=True)
class Ear:
    """Hears one player's messages in the order in which they come.

    transpose : semitones added to every key. drums : strokes on channel 10, which are not heard.
    """

    transpose: int = 0
    drums: int = 0
    _latest: Instant = BEFORE
    _struck: dict[int, Instant] = field(default_factory=dict[int, Instant])

    def hear(self, at: Instant, message: bytes) -> Observation | None:
        """What `message` lets the follower hear; None when there is nothing new in it."""
        if drums(message):
            self.drums += 1
        heard = observe(self._in_order(at), message, self.transpose)
        if isinstance(heard, NoteOn) and self._doubled(heard):
            return None
        return heard

    def silence(self, at: Instant) -> Silence:
        """That nothing came up to `at`."""
        return Silence(self._in_order(at))

    def _in_order(self, at: Instant) -> Instant:
        """`at`, or the latest instant if that was later: time that goes back stands still."""
        # The comparison is this way round so that what is no number counts as the latest, too.
        self._latest = max(self._latest, at)
        return self._latest

    def _doubled(self, note: NoteOn) -> bool:
        """Whether this is the stroke that was just heard, once more."""
        struck = self._struck.get(note.pitch, BEFORE)
        if note.heard_at - struck < DOUBLED_S:
            return True
        self._struck[note.pitch] = note.heard_at
        return False
