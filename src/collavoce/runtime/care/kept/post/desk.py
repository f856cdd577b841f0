"""All that people write to each other in one place, as a person's page asks for it."""

from collavoce.runtime.care.kept.keep import Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.kept.post.delivery import Forget
from collavoce.runtime.care.kept.post.invitations import InvitationPapers
from collavoce.runtime.care.kept.post.letters import LetterPapers
from collavoce.runtime.care.kept.post.notes import NotePapers

FRESH_SHOWN = 4
"""Messages at a time whose receipt is asked of a page; the next when these stand there."""


class Post(Part):
    """What stands of it in a page's stream: that something waits, never how much or of whom."""

    def __init__(self, keep: Keep, forget: Forget) -> None:
        self.letters = LetterPapers(keep, forget)
        self.invitations = InvitationPapers(keep, forget)
        self.notes = NotePapers(keep, forget)
        self._keep = keep

    @property
    def parts(self) -> tuple[Part, ...]:
        """This and the three, each a part of a person's own things."""
        return self, self.letters, self.invitations, self.notes

    def seen(self, reader: Reader) -> Shown:
        """Whether something unread `waits`; `fresh`: messages that no page has said it has."""
        me, house = reader.person, self._keep.house
        notes, now = house.state.notes, house.moment()
        there = notes.to_reader(me, now)
        waits = (
            any(note.opened is None for note in there)
            or any(not letter.opened for letter in self.letters.given_to(me))
            or any(one.sign or one.fresh for one in self.invitations.given_to(me))
        )
        fresh = [note.note for note in notes.out_to(me, now) if note.shown is None][:FRESH_SHOWN]
        return {"post": {"waits": waits, "fresh": fresh}}

    def listed(self, token: str) -> dict[str, object]:
        """Everything of it that the page shows, without a word of what was written."""
        reader = self._keep.reader(token)
        if reader is None:
            return {}
        self.notes.looked(reader.person)
        parts = (self.letters, self.invitations, self.notes)
        return {name: value for part in parts for name, value in part.listed(reader).items()}
