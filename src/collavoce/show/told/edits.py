"""What was edited, and taken back."""

from collavoce.show.told.event import Event


class CuesSwitched(Event, frozen=True):
    """These cues are armed, or disarmed, until somebody says otherwise."""

    cues: tuple[str, ...]
    on: bool
    by: str


class ShowLocked(Event, frozen=True):
    """Editing is forbidden, or allowed again."""

    on: bool
    by: str


class EditUndone(Event, frozen=True):
    """The last edit was taken back. what: its words, for the log."""

    by: str
    what: str = ""


class EditRedone(Event, frozen=True):
    """The edit that was taken back last was made again. what: its words, for the log."""

    by: str
    what: str = ""
