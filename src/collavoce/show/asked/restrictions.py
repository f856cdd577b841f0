"""What somebody lets the caller know of a cue."""

from collavoce.show.asked.command import Command


class SetRestrictions(Command, frozen=True):
    """Exactly these cues carry a restriction on stage. No name, no reason, not whose."""

    cues: tuple[str, ...]
