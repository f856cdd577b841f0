"""Short words from one person to another: that there are some, and how far they have come."""

from collavoce.care.told.base import Event


class NoteSent(Event, frozen=True):
    """`owner` wrote to `reader`. after: seconds until it goes out; until then it is theirs.

    past : its writer is shown it no more; so age makes of it, whether or not it was opened.
    """

    owner: str
    note: str
    reader: str
    after: float
    past: bool = False


class NoteWithdrawn(Event, frozen=True):
    """`owner` took it back before it went out."""

    owner: str
    note: str


class NoteShown(Event, frozen=True):
    """A page of `person` said that it stands there: the device's receipt."""

    person: str
    note: str


class NoteOpened(Event, frozen=True):
    """`person` opened it. told_after: seconds until its writer may see that, -1 for never."""

    person: str
    note: str
    told_after: float


class PostSet(Event, frozen=True):
    """How `person` takes what is written to them.

    told : by their own contacts too, when something waits. read_after : as `NoteOpened.told_after`.
    stopped : whose words are kept from them, unseen.
    """

    person: str
    told: bool
    read_after: float
    stopped: tuple[str, ...] = ()


class PostSeen(Event, frozen=True):
    """`person` looked at what waits for them."""

    person: str


NotesEvent = NoteSent | NoteWithdrawn | NoteShown | NoteOpened | PostSet | PostSeen
