"""What may be edited, and taken back."""

from collavoce.show.asked.command import Command


class Arm(Command, frozen=True):
    """Arm cues, or disarm them: a disarmed one is passed over, whatever its trigger."""

    cues: tuple[str, ...]
    on: bool


class Lock(Command, frozen=True):
    """Show mode: with the lock on nothing can be edited; firing, holding and stopping go on."""

    on: bool


class Undo(Command, frozen=True):
    """Take the last edit back."""


class Redo(Command, frozen=True):
    """Make the edit again that was taken back last."""
