"""Short words from one person to another, and how each takes what is written to them."""

from collavoce.care.asked.base import Command


class SendNote(Command, frozen=True):
    """`owner` writes to `reader`. after: seconds until it goes out."""

    owner: str
    note: str
    reader: str
    after: float = 0.0


class WithdrawNote(Command, frozen=True):
    """`owner` takes it back, before it went out."""

    owner: str
    note: str


class ShowNote(Command, frozen=True):
    """It stands on a page of `person`."""

    person: str
    note: str


class OpenNote(Command, frozen=True):
    """`person` opens it."""

    person: str
    note: str


class SetPost(Command, frozen=True):
    """How `person` takes what is written to them, as `told.notes.PostSet`."""

    person: str
    told: bool
    read_after: float
    stopped: tuple[str, ...] = ()


class SeePost(Command, frozen=True):
    """`person` looks at what waits for them."""

    person: str


NotesCommand = SendNote | WithdrawNote | ShowNote | OpenNote | SetPost | SeePost
