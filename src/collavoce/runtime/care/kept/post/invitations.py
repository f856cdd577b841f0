"""Invitations: a place and no time, in own words; a paper of its maker's and one of the friend's.

Each is sealed to its owner alone, so nobody is told when the other reads it. Nothing reminds, and
nothing expires but with the engagement.
"""

from typing import NamedTuple

from collavoce.care.asked.letters import EndInvitation, HeedSigns, Invite, SeeSign
from collavoce.care.decide import decide
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.letters import Invitation
from collavoce.runtime.care.kept.keep import Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.kept.post.delivery import Forget
from collavoce.runtime.care.kept.post.filling import INVITATION_BYTES, filled
from collavoce.words import say

INVITATION = "invitation "
"""How the kind of such a paper begins."""


class Invited(NamedTuple):
    """place, words : as they were written."""

    place: str
    words: str


class InvitationPapers(Part):
    """Everybody's invitations. forget: takes what is over off the disk."""

    def __init__(self, keep: Keep, forget: Forget) -> None:
        self._keep = keep
        self._forget = forget

    def invite(
        self, token: str, invitation: str, friend: str, said: Invited, *, signs: bool
    ) -> Outcome:
        """Invite; or write one of mine anew."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        me, house = reader.person, self._keep.house
        command = Invite(me, invitation, friend, signs)
        decision = decide(house.people, house.state, command, house.moment())
        if isinstance(decision, Refused):
            return decision
        outcome = self._put(invitation, said, me, friend)
        return house.ask(command) if isinstance(outcome, Kept) else outcome

    def end(self, token: str, invitation: str) -> Outcome:
        """Take back what I made; or put away what I was given, which nobody is told."""
        reader = self._keep.reader(token)
        known = self._known(invitation)
        if reader is None or known is None:
            return Refused(say("letters.refused.none"))
        outcome = self._keep.house.ask(EndInvitation(reader.person, invitation))
        if not isinstance(outcome, Kept):
            return outcome
        kind = INVITATION + invitation
        if reader.person != known.owner:
            return self._keep.change(reader.person, {kind: None})
        outcome = self._keep.change_all({known.owner: {kind: None}, known.friend: {kind: None}})
        for person in (known.owner, known.friend):
            self._forget(("post", person, invitation))
        return outcome

    def heed(self, token: str, invitation: str, *, on: bool) -> Outcome:
        """Whether I wish to be told of a sign."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        return self._keep.house.ask(HeedSigns(reader.person, invitation, on))

    def read(self, token: str, invitation: str) -> Invited | None:
        """The words of one that I made or was given."""
        reader, known = self._keep.reader(token), self._known(invitation)
        if reader is None or known is None:
            return None
        mine = known.owner == reader.person
        if not mine and (known.friend != reader.person or known.away):
            return None
        found = self._own(invitation, reader)
        if not mine and found is not None:
            self._keep.house.ask(SeeSign(reader.person, invitation))
        return found

    def given_to(self, person: str) -> tuple[Invitation, ...]:
        """Those they were given, have not put away, and are not kept from them."""
        state = self._keep.house.state
        stopped = state.notes.takes(person).stopped
        return tuple(i for i in state.letters.standing_for(person) if i.owner not in stopped)

    def listed(self, reader: Reader) -> dict[str, object]:
        """What the page shows of them."""
        made = self._keep.house.state.letters.made_by(reader.person)
        return {
            "invited": [{"id": i.invitation, "to": i.friend, "signs": i.signs} for i in made],
            "invitations": [
                {
                    "id": i.invitation,
                    "from": i.owner,
                    "may": i.signs,
                    "heeds": i.heeds,
                    "sign": i.sign,
                    "fresh": i.fresh,
                }
                for i in self.given_to(reader.person)
            ],
        }

    def arrived(self, reader: Reader) -> None:
        """Let a friend have theirs who had no key when I wrote it."""
        keep = self._keep
        for one in keep.house.state.letters.made_by(reader.person):
            kind = INVITATION + one.invitation
            lacks = not one.away and keep.has_key(one.friend)
            if lacks and keep.keyring.vault.thing(kind, one.friend) is None:
                said = self._own(one.invitation, reader)
                if said is not None:
                    self._put(one.invitation, said, reader.person, one.friend)

    def exported(self, reader: Reader) -> Shown:
        """Those they made and were given, with their words."""
        letters = self._keep.house.state.letters
        made = [(i.friend, self._own(i.invitation, reader)) for i in letters.made_by(reader.person)]
        given = [(i.owner, self._own(i.invitation, reader)) for i in self.given_to(reader.person)]
        return {
            "invitations": [{"to": to, **said._asdict()} for to, said in made if said],
            "invitations_given": [{"by": by, **said._asdict()} for by, said in given if said],
        }

    def to_look_over(self, reader: Reader) -> tuple[str, ...]:
        """Those of mine whose friend has left the show."""
        people = self._keep.house.people
        made = self._keep.house.state.letters.made_by(reader.person)
        return tuple(say("letters.never.gone") for i in made if i.friend not in people)

    def purge(self) -> None:
        """Take away papers of invitations that are over."""
        known = self._keep.house.state.letters.invitations
        for person in self._keep.house.people:
            gone = {
                kind: None
                for kind in self._keep.kinds(person, INVITATION)
                if kind.removeprefix(INVITATION) not in known
            }
            if gone:
                self._keep.change(person, gone)

    def _known(self, invitation: str) -> Invitation | None:
        return self._keep.house.state.letters.invitations.get(invitation)

    def _own(self, invitation: str, reader: Reader) -> Invited | None:
        words = self._keep.own(INVITATION + invitation, reader)
        return Invited(*words[: len(Invited._fields)]) if words else None

    def _put(self, invitation: str, said: Invited, owner: str, friend: str) -> Outcome:
        keep, kind = self._keep, INVITATION + invitation
        known = self._known(invitation)
        words = filled(tuple(said), INVITATION_BYTES)
        theirs = keep.has_key(friend) and (known is None or not known.away)
        return keep.change_all(
            {
                person: {kind: keep.sealed(kind, person, words, {})}
                for person in ((owner, friend) if theirs else (owner,))
            }
        )
