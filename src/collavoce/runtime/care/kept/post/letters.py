"""Letters: a paper of its writer while it is a draft or on its way, then one of its reader.

    draft       sealed to the writer alone
    sealed      to writer and reader: the reader's box waits in the writer's paper
    delivered   the paper moves to the reader's, with the reader's box alone
    withdrawn   a draft again, under a fresh key, in nobody else's box

How it is delivered stands in `delivery.py`.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from collavoce.care.asked.letters import (
    ForgetLetter,
    OpenLetter,
    SealLetter,
    WithdrawLetter,
)
from collavoce.care.decide import decide
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.rules.letters import may_write, way_refused
from collavoce.care.states.letters import LETTERS_MAX, Arrived, Letters, Way
from collavoce.runtime.care.kept import papers
from collavoce.runtime.care.kept.keep import Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.kept.post.delivery import LETTER, Delivery, Forget
from collavoce.runtime.care.kept.post.filling import LETTER_BYTES, filled
from collavoce.words import say

HOUR_MINUTES = 60


class Draft(NamedTuple):
    """What its writer wrote. day: "2027-01-03", at: "09:00", both "" for a way without them.

    told : "yes" if they wish to see that it was delivered. by : who wrote it.
    """

    to: str
    way: str
    day: str
    at: str
    told: str
    words: str
    by: str = ""


class LetterPapers(Part):
    """Everybody's letters. forget: takes what is over off the disk."""

    def __init__(self, keep: Keep, forget: Forget) -> None:
        self._keep = keep
        self._forget = forget
        self.delivery = Delivery(keep, forget)
        self._as_they_are: dict[str, tuple[int, Letters]] = {}

    # What a phone asks.

    def write(self, token: str, letter: str, draft: Draft) -> Outcome:
        """Keep a draft; or other words in one that is sealed, which stays so."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        me, kind = reader.person, LETTER + letter
        people, sealed = self._keep.house.people, self._letters.waiting.get(letter)
        draft = draft._replace(by=me)
        refused = may_write(people, me, draft.to) or way_refused(self._command(me, letter, draft))
        if refused is not None:
            return refused
        mine = sealed is None or sealed.writer == me
        if not mine or letter in self._letters.arrived:
            return Refused(say("letters.refused.none"))
        drafts = self._keep.kinds(me, LETTER)
        if kind not in drafts and len(self._written(me)) >= LETTERS_MAX:
            return Refused(say("letters.refused.many", most=LETTERS_MAX))
        if sealed is not None:
            before = self._own(letter, reader)
            if before is None or before._replace(words=draft.words) != draft:
                return Refused(say("letters.refused.sealed"))
        return self._put(letter, draft, sealed=sealed is not None)

    def seal(self, token: str, letter: str) -> Outcome:
        """Send a draft on its way."""
        reader = self._keep.reader(token)
        draft = None if reader is None else self._own(letter, reader)
        if reader is None or draft is None or draft.by != reader.person:
            return Refused(say("letters.refused.none"))
        command, house = self._command(reader.person, letter, draft), self._keep.house
        decision = decide(house.people, house.state, command, house.moment())
        if isinstance(decision, Refused):
            return decision
        outcome = self._put(letter, draft, sealed=True)
        if isinstance(outcome, Kept):
            outcome = house.ask(command)
            if not isinstance(outcome, Kept):
                self._put(letter, draft, sealed=False)
        return outcome

    def take_back(self, token: str, letter: str) -> Outcome:
        """Make a draft of what is sealed; of its way nothing is left."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        draft = self._own(letter, reader)
        outcome = self._keep.house.ask(WithdrawLetter(reader.person, letter))
        if isinstance(outcome, Kept) and draft is not None:
            outcome = self._put(letter, draft, sealed=False)
            self._forget(("post", reader.person, letter))
        return outcome

    def tear(self, token: str, letter: str) -> Outcome:
        """Throw away a draft, a letter of mine on its way, or one that was delivered to me."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        me, house = reader.person, self._keep.house
        outcome: Outcome = Kept()
        if letter in self._letters.waiting:
            outcome = house.ask(WithdrawLetter(me, letter))
        elif letter in self._letters.arrived:
            outcome = house.ask(ForgetLetter(me, letter))
        elif LETTER + letter not in self._keep.kinds(me, LETTER):
            return Refused(say("letters.refused.none"))
        if isinstance(outcome, Kept):
            outcome = self._keep.change(me, {LETTER + letter: None})
            self._forget(("post", me, letter))
        return outcome

    def ask(self, token: str) -> Outcome:
        """Deliver what waits for me to ask for it; the same is said whether or not there is any."""
        reader = self._keep.reader(token)
        if reader is None:
            return Refused(say("care_keys.refused.locked"))
        self.delivery.on(Way.ASKED, reader.person)
        return Kept()

    def read(self, token: str, letter: str) -> Draft | None:
        """The words of a draft of mine, or of a letter that is mine; opens it."""
        reader = self._keep.reader(token)
        if reader is None:
            return None
        arrived = self._letters.arrived.get(letter)
        if arrived is not None and arrived.reader != reader.person:
            return None
        found = self._own(letter, reader)
        if found is not None and arrived is not None:
            self._keep.house.ask(OpenLetter(reader.person, letter))
        return found

    def listed(self, reader: Reader) -> dict[str, object]:
        """What the page shows of them: mine, and those that are mine to read."""
        return {
            "mine": [
                {
                    "id": letter,
                    "to": draft.to,
                    "way": draft.way,
                    "day": draft.day,
                    "at": draft.at,
                    "told": draft.told == "yes",
                    "is": "sealed" if letter in self._letters.waiting else "draft",
                    "never": self._never(letter, draft),
                }
                for letter, draft in self._drafts(reader)
            ],
            "gone": [
                {"id": one.letter, "to": one.reader, "day": date.fromordinal(one.day).isoformat()}
                for one in self._letters.arrived.values()
                if one.writer == reader.person and one.told
            ],
            "given": [
                {
                    "id": one.letter,
                    "from": one.writer,
                    "day": date.fromordinal(one.day).isoformat(),
                    "opened": one.opened,
                }
                for one in self.given_to(reader.person)
            ],
        }

    def given_to(self, person: str) -> tuple[Arrived, ...]:
        """What was delivered to them and is not kept from them."""
        stopped = self._keep.house.state.notes.takes(person).stopped
        return tuple(one for one in self._letters.to_reader(person) if one.writer not in stopped)

    # As everything of a person's own.

    def arrived(self, reader: Reader) -> None:
        """Deliver what waited for their sign-in; make papers of mine what their letters are."""
        me, keep = reader.person, self._keep
        self.delivery.on(Way.SIGN_IN, me)
        # A press waits for this: no paper is opened again that nothing can have happened to.
        papers_of, letters = self._as_they_are.get(me, (-1, None))
        if papers_of == keep.papers_of(me) and letters is self._letters:
            return
        self._put_right(reader)
        self._as_they_are[me] = (keep.papers_of(me), self._letters)

    def exported(self, reader: Reader) -> Shown:
        """Theirs, with their words: drafts, on their way, and given."""
        mine = dict(self._drafts(reader))
        given = {
            one.letter: found
            for one in self.given_to(reader.person)
            if (found := self._own(one.letter, reader)) is not None
        }
        return {
            "letters": [draft._asdict() for draft in mine.values()],
            "letters_given": [draft._asdict() for draft in given.values()],
        }

    def to_look_over(self, reader: Reader) -> tuple[str, ...]:
        """Letters of mine that can never be delivered, as things stand."""
        found = (self._never(letter, draft) for letter, draft in self._drafts(reader))
        return tuple(said for said in found if said)

    @property
    def _letters(self) -> Letters:
        return self._keep.house.state.letters

    def _command(self, me: str, letter: str, draft: Draft) -> SealLetter:
        keep, dated = self._keep, draft.way == Way.DATE
        day = _ordinal(draft.day) if dated else 0
        hour, _, minute = (draft.at if dated and draft.at else "0:0").partition(":")
        return SealLetter(
            me,
            letter,
            draft.to,
            draft.way,
            day,
            int(hour) * HOUR_MINUTES + int(minute),
            str(keep.zone) if dated else "",
            draft.told == "yes",
            keep.today(),
        )

    def _put(self, letter: str, draft: Draft, *, sealed: bool) -> Outcome:
        words = filled(tuple(draft), LETTER_BYTES)
        shared: dict[str, int | None] = {draft.to: None} if sealed else {}
        return self._keep.write(LETTER + letter, draft.by, words, shared)

    def _own(self, letter: str, reader: Reader) -> Draft | None:
        words = self._keep.own(LETTER + letter, reader)
        return Draft(*words[: len(Draft._fields)]) if words else None

    def _put_right(self, reader: Reader) -> None:
        """Make papers of mine what their letters are: death came between the two."""
        for kind in self._keep.kinds(reader.person, LETTER):
            letter = kind.removeprefix(LETTER)
            if letter in self._letters.arrived:
                continue
            sealed = letter in self._letters.waiting
            found = papers.paper(self._keep.keyring, kind, reader.person)
            draft = self._own(letter, reader) if found and bool(found.shared) != sealed else None
            if draft is not None:
                self._put(letter, draft, sealed=sealed)

    def _written(self, me: str) -> tuple[str, ...]:
        """The letters of mine that are not delivered, drafts among them."""
        mine = (kind.removeprefix(LETTER) for kind in self._keep.kinds(me, LETTER))
        return tuple(letter for letter in mine if letter not in self._letters.arrived)

    def _drafts(self, reader: Reader) -> Iterator[tuple[str, Draft]]:
        for letter in self._written(reader.person):
            draft = self._own(letter, reader)
            if draft is not None and draft.by == reader.person:
                yield letter, draft

    def _never(self, letter: str, draft: Draft) -> str:
        """Why it can never be delivered, as things stand; "" if it can."""
        keep, sealed = self._keep, self._letters.waiting.get(letter)
        people, to = keep.house.people, draft.to
        if to not in people:
            return say("letters.never.gone")
        name, last = people[to].name, people[to].engagement_end
        if last and draft.way == Way.DATE and draft.day > last:
            return say("letters.never.after", who=name, day=last)
        if sealed is not None and not keep.has_key(to):
            return say("letters.never.no_phone", who=name)
        return ""


def _ordinal(day: str) -> int:
    """0 for what is no day of any calendar, as the 30th of February."""
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0
