"""Short words from one to another, how far each has come, and how each person takes them.

    sent        its writer sees it; before it has gone out they may change it or take it back
    gone out    stands in the reader's page as soon as there is one
    delivered   a page of the reader said that it stands there
    read        the reader opened it; told to the writer only as the reader wishes

What is written by whoever is stopped by a reader is delivered as ever, and not shown: a writer who
could compare with another's would know.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeVar

from collavoce.care.states.sent import Sent, ended, tried
from collavoce.care.told.notes import (
    NoteOpened,
    NoteSent,
    NotesEvent,
    NoteShown,
    NoteWithdrawn,
    PostSeen,
    PostSet,
)
from collavoce.care.told.press import MessageEnded, MessageTried

V = TypeVar("V")

NOTES_MAX = 300
"""Of one writer that are kept."""

AFTER_MAX = 3600.0
"""Seconds for which a writer may hold one back."""

READ_AFTER_MAX = 24 * 3600.0
"""Seconds for which a reader may hold back that it was read."""

NEVER = -1.0
"""That it was read is told to nobody."""

STOPPED_MAX = 100
NEWS = "news-"
"""How the name begins under which messages that something waits are kept: it has no press."""

NEWS_AFTER = 120.0
"""Seconds after which a person who wished it is told by another way: their page had its time."""


@dataclass(frozen=True, slots=True)
class Note:
    """sent, shown, opened : moments, None while it has not come so far. told_after : -1 for never.

    goes : the moment from which it is out. past: its writer is shown it no more.
    """

    note: str
    writer: str
    reader: str
    sent: float
    goes: float
    shown: float | None = None
    opened: float | None = None
    told_after: float = NEVER
    past: bool = False

    def shifted(self, seconds: float) -> "Note":
        """The same with every moment moved."""
        return replace(
            self,
            sent=self.sent + seconds,
            goes=self.goes + seconds,
            shown=None if self.shown is None else self.shown + seconds,
            opened=None if self.opened is None else self.opened + seconds,
        )


@dataclass(frozen=True, slots=True)
class Taking:
    """How a person takes what is written to them, as `PostSet` says."""

    told: bool = False
    read_after: float = NEVER
    stopped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class News:
    """Something waits for somebody since `at`. name, messages : of those sent for it, by key."""

    at: float
    name: str
    messages: Mapping[str, Sent] = field(default_factory=dict[str, Sent])


@dataclass(frozen=True, slots=True)
class Notes:
    """by_id : the notes, the oldest first. taking, news : by person."""

    by_id: Mapping[str, Note] = field(default_factory=dict[str, Note])
    taking: Mapping[str, Taking] = field(default_factory=dict[str, Taking])
    news: Mapping[str, News] = field(default_factory=dict[str, News])

    def takes(self, person: str) -> Taking:
        """How `person` takes what is written to them; quietly, unless they said otherwise."""
        return self.taking.get(person, Taking())

    def of_writer(self, writer: str) -> tuple[Note, ...]:
        """What they wrote, as far as they are shown it."""
        notes = self.by_id.values()
        return tuple(note for note in notes if note.writer == writer and not note.past)

    def out_to(self, reader: str, now: float) -> tuple[Note, ...]:
        """What has gone out to them, and what is kept from them: their device has both."""
        notes = self.by_id.values()
        return tuple(note for note in notes if note.reader == reader and note.goes <= now)

    def to_reader(self, reader: str, now: float) -> tuple[Note, ...]:
        """What has gone out to them and is not kept from them."""
        kept_from = self.takes(reader).stopped
        return tuple(note for note in self.out_to(reader, now) if note.writer not in kept_from)

    def read_seen(self, note: Note, now: float) -> bool:
        """Whether its writer may see that it was read: as the reader wished then, and does now."""
        wish = self.takes(note.reader).read_after
        if note.opened is None or NEVER in (wish, note.told_after):
            return False
        return now >= note.opened + max(wish, note.told_after)

    def evolve(self, event: NotesEvent) -> "Notes":
        """What is true after `event`."""
        match event:
            case NoteSent():
                sent = Note(
                    event.note,
                    event.owner,
                    event.reader,
                    event.at,
                    event.at + event.after,
                    past=event.past,
                )
                return replace(self, by_id={**_but(self.by_id, event.note), event.note: sent})
            case NoteWithdrawn():
                return replace(self, by_id=_but(self.by_id, event.note))
            case NoteShown():
                return self._further(event.note, shown=event.at)
            case NoteOpened():
                return self._further(event.note, opened=event.at, told_after=event.told_after)
            case PostSet():
                taking = Taking(event.told, event.read_after, frozenset(event.stopped))
                news = self.news if event.told else _but(self.news, event.person)
                return replace(self, taking={**self.taking, event.person: taking}, news=news)
            case PostSeen():
                return replace(self, news=_but(self.news, event.person))

    def begun(self, waits: Iterable[tuple[str, str, float]]) -> "Notes":
        """Something waits: (for whom, whose doing it is, since when). The first of it is news."""
        news = dict(self.news)
        for person, by, at in waits:
            taking = self.takes(person)
            if taking.told and by not in taking.stopped and person not in news:
                name = sha256(f"{person} {at!r}".encode()).hexdigest()[:32]
                news[person] = News(at, NEWS + name)
        return replace(self, news=news) if len(news) > len(self.news) else self

    def messaged(self, event: MessageTried | MessageEnded) -> "Notes":
        """What is true after a message of some news was tried or ended."""
        news = self.news.get(event.person)
        if news is None or news.name != event.press:
            return self
        if isinstance(event, MessageTried):
            sent = tried(event)
        elif event.key in news.messages:
            sent = ended(news.messages[event.key], event)
        else:
            return self
        after = replace(news, messages={**news.messages, sent.key: sent})
        return replace(self, news={**self.news, event.person: after})

    def shifted(self, seconds: float) -> "Notes":
        """The same with every moment moved."""
        return replace(
            self,
            by_id={name: note.shifted(seconds) for name, note in self.by_id.items()},
            news={
                person: replace(
                    news,
                    at=news.at + seconds,
                    messages={key: sent.shifted(seconds) for key, sent in news.messages.items()},
                )
                for person, news in self.news.items()
            },
        )

    def _further(
        self,
        name: str,
        *,
        shown: float | None = None,
        opened: float | None = None,
        told_after: float = NEVER,
    ) -> "Notes":
        """A note comes further; what is opened has been shown."""
        note = self.by_id.get(name)
        if note is None:
            return self
        after = replace(
            note,
            shown=note.shown if note.shown is not None else (opened if shown is None else shown),
            opened=note.opened if opened is None else opened,
            told_after=note.told_after if opened is None else told_after,
        )
        return replace(self, by_id={**self.by_id, name: after})


def _but(table: Mapping[str, V], gone: str) -> dict[str, V]:
    return {key: value for key, value in table.items() if key != gone}
