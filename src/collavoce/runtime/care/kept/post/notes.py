"""Messages between people: a paper of the writer's and one of the reader's, each their own alone.

The reader's lies with them from the first, so that nobody's phone is needed when it goes out; it is
shown when it is out. Nobody is told that it was read but as its reader wishes: no log has it.
"""

from typing import NamedTuple

from collavoce.care.asked.notes import OpenNote, SeePost, SendNote, SetPost, ShowNote, WithdrawNote
from collavoce.care.decide import decide
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.notes import Note, Notes
from collavoce.runtime.care.kept.keep import Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.kept.post.delivery import Forget
from collavoce.runtime.care.kept.post.filling import NOTE_BYTES, filled
from collavoce.words import say

NOTE = "note "
"""How the kind of such a paper begins."""


class Written(NamedTuple):
    """Who wrote to whom, and what."""

    by: str
    to: str
    words: str


class NotePapers(Part):
    """Everybody's messages. forget: takes what is over off the disk."""

    def __init__(self, keep: Keep, forget: Forget) -> None:
        self._keep = keep
        self._forget = forget
        self._placed: dict[str, bytes] = {}
        self._out: frozenset[str] = frozenset()

    def send(self, token: str, note: str, to: str, words: str, after: float) -> Outcome:
        """Write to `to`; or, while it has not gone out, write it anew."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        me, house = reader.person, self._keep.house
        said = Written(me, to, words)
        if note in self._notes.by_id and self._own(note, reader) == said and not after:
            return Kept()  # said again, because no answer came
        command = SendNote(me, note, to, after)
        decision = decide(house.people, house.state, command, house.moment())
        if isinstance(decision, Refused):
            return decision
        outcome = self._put(note, said)
        return house.ask(command) if isinstance(outcome, Kept) else outcome

    def take_back(self, token: str, note: str) -> Outcome:
        """Take back what has not gone out; nothing is left of it."""
        reader = self._keep.reader(token)
        known = self._notes.by_id.get(note)
        if reader is None or known is None:
            return Refused(say("letters.refused.none"))
        outcome = self._keep.house.ask(WithdrawNote(reader.person, note))
        if isinstance(outcome, Kept):
            gone = {NOTE + note: None}
            outcome = self._keep.change_all({known.writer: gone, known.reader: gone})
            self._forget(("post", known.writer, note))
        return outcome

    def read(self, token: str, note: str) -> Written | None:
        """The words of one that I wrote, or that is out to me; opens it."""
        reader, known = self._keep.reader(token), self._notes.by_id.get(note)
        if reader is None or known is None:
            return None
        if known.writer != reader.person:
            if known not in self._notes.to_reader(reader.person, self._keep.house.moment()):
                return None
            self._keep.house.ask(OpenNote(reader.person, note))
        return self._own(note, reader)

    def shown(self, person: str, notes: tuple[str, ...]) -> None:
        """These stand on a page of `person`; whatever is none of theirs is nothing."""
        for note in notes:
            self._keep.house.ask(ShowNote(person, note))

    def set_post(
        self, token: str, *, told: bool, read_after: float, stopped: tuple[str, ...]
    ) -> Outcome:
        """How I take what is written to me."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        return self._keep.house.ask(SetPost(reader.person, told, read_after, stopped))

    def looked(self, person: str) -> None:
        """`person` looks at what waits: no message need say so any more."""
        if person in self._notes.news:
            self._keep.house.ask(SeePost(person))

    def listed(self, reader: Reader) -> dict[str, object]:
        """What the page shows of them. Ages are seconds."""
        me, now, notes = reader.person, self._keep.house.moment(), self._notes
        taking = notes.takes(me)
        return {
            "sent": [self._sent(note, now) for note in notes.of_writer(me)],
            "notes": [
                {
                    "id": note.note,
                    "from": note.writer,
                    "age": int(now - note.goes),
                    "opened": note.opened is not None,
                }
                for note in notes.to_reader(me, now)
            ],
            "taking": {
                "told": taking.told,
                "read_after": taking.read_after,
                "stopped": sorted(taking.stopped),
            },
        }

    def turn(self) -> None:
        """Let pages look again when something has gone out since."""
        now = self._keep.house.moment()
        out = frozenset(name for name, note in self._notes.by_id.items() if note.goes <= now)
        if not out <= self._out:
            self._keep.stir()
        self._out = out

    def arrived(self, reader: Reader) -> None:
        """Let a reader have theirs who had no key when I wrote it, or has another one since."""
        keep = self._keep
        for note in self._notes.by_id.values():
            if note.writer != reader.person:
                continue
            public = keep.keyring.public_of(note.reader)
            if public is None or self._placed.get(note.note) == public:
                continue
            if keep.keyring.vault.thing(NOTE + note.note, note.reader) is None:
                said = self._own(note.note, reader)
                if said is None or not isinstance(self._put(note.note, said), Kept):
                    continue
            self._placed[note.note] = public

    def exported(self, reader: Reader) -> Shown:
        """What they wrote and what is out to them, and how they take it."""
        me, now, notes = reader.person, self._keep.house.moment(), self._notes
        given = (self._own(note.note, reader) for note in notes.to_reader(me, now))
        mine = (self._own(note.note, reader) for note in notes.of_writer(me))
        return {
            "messages": [said._asdict() for said in mine if said],
            "messages_given": [said._asdict() for said in given if said],
            "taking_messages": self.listed(reader)["taking"],
        }

    def purge(self) -> None:
        """Take away papers of messages that are over, and the writer's of those that are past."""
        for person in self._keep.house.people:
            gone = {
                kind: None for kind in self._keep.kinds(person, NOTE) if self._is_over(person, kind)
            }
            if gone:
                self._keep.change(person, gone)

    def _is_over(self, person: str, kind: str) -> bool:
        note = self._notes.by_id.get(kind.removeprefix(NOTE))
        if note is None:
            return True
        # While its reader had no phone yet, theirs is made of the writer's.
        is_theirs = self._keep.keyring.vault.thing(kind, note.reader) is not None
        return note.past and note.writer == person and is_theirs

    @property
    def _notes(self) -> Notes:
        return self._keep.house.state.notes

    def _sent(self, note: Note, now: float) -> dict[str, object]:
        """One of mine; delivered, read: after so many seconds, None for not so, or not told."""
        out, read = note.goes <= now, self._notes.read_seen(note, now)
        return {
            "id": note.note,
            "to": note.reader,
            "left": 0 if out else max(1, int(note.goes - now)),
            "age": int(now - note.goes) if out else 0,
            "delivered": None if note.shown is None else round(note.shown - note.goes, 1),
            "read": int(note.opened - note.goes) if read and note.opened is not None else None,
        }

    def _own(self, note: str, reader: Reader) -> Written | None:
        words = self._keep.own(NOTE + note, reader)
        return Written(*words[: len(Written._fields)]) if words else None

    def _put(self, note: str, said: Written) -> Outcome:
        keep, kind = self._keep, NOTE + note
        words = filled(tuple(said), NOTE_BYTES)
        both = (said.by, said.to) if keep.has_key(said.to) else (said.by,)
        return keep.change_all({p: {kind: keep.sealed(kind, p, words, {})} for p in both})
