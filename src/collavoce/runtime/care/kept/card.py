"""A person's card: what they want known, by whom, and until when. Sealed papers and nothing else.

    card FIELD    the words of one field; open to its owner and to whom it is shared with
    card avoids   the kinds of effect they would be told of first; open to its owner alone
    card          the day they last looked it over, and after how many days to look again

Every taking back writes the papers under fresh keys, in one step however many they are: what a
reader had opens nothing any more. A reader's page is told by a short mark that what is shared with
them is not what it was; to whom nothing is shared the mark never changes.
"""

from collections.abc import Iterable, Mapping

from collavoce.care.card import (
    FIELD_CHARACTERS_MAX,
    FOR_A_CALL,
    NEVER,
    REVIEW_MAX,
    REVIEW_MIN,
    SHARED_MAX,
    Effect,
    Field,
)
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.runtime.care.kept.card_review import (
    META,
    in_words,
    review_of,
    sealed_review,
    written,
)
from collavoce.runtime.care.kept.card_shared import Shared, kind_of
from collavoce.runtime.care.kept.keep import Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.words import say

AVOIDS = "card avoids"

Until = Mapping[str, int | None]
"""Person -> the last day (`date.toordinal`), None for no end."""


class Card(Part):
    """Every card of the show. Each method takes the token of the phone that asks."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._shared = Shared(keep)

    # Its owner's.

    def mine(self, token: str) -> Shown:
        """My card: fields with whom each is shared, effects, and when I looked it over."""
        reader = self._keep.reader(token)
        return {} if reader is None else self._whole(reader)

    def keep_field(
        self,
        token: str,
        field: Field,
        words: str | None,
        share: Until | None = None,
        stop: Iterable[str] = (),
    ) -> Outcome:
        """Write `field`; with "", take it away, and with it whom it was shared with.

        words : None leaves them. share, stop : who may read it from now on, and who no more;
        everybody else stays as they are.
        """
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        if words is not None and len(words) > FIELD_CHARACTERS_MAX:
            return Refused(say("card.refused.long", most=FIELD_CHARACTERS_MAX))
        share = share or {}
        refused = self._refuses(reader, share)
        if refused is not None:
            return refused
        said = self._said(reader, field) if words is None else words.strip()
        if not said and share:
            return Refused(say("card.refused.nothing_there"))
        stopped = set(stop)
        readers = {p: d for p, d in self._readers(reader, field).items() if p not in stopped}
        return self._write(reader, {field: (said, {**readers, **share})})

    def keep_avoids(self, token: str, effects: Iterable[Effect]) -> Outcome:
        """Of which kinds of effect I would be told first; () for none."""
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        words = tuple(effect.value for effect in Effect if effect in set(effects))
        return self._keep.write(AVOIDS, reader.person, words)

    def share(self, token: str, person: str, fields: Iterable[Field], until: int | None) -> Outcome:
        """Let `person` read these fields, until that day and including it."""
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        refused = self._refuses(reader, {person: until})
        if refused is not None:
            return refused
        said = {field: self._said(reader, field) for field in fields}
        if not said or not all(said.values()):
            return Refused(say("card.refused.nothing_there"))
        return self._write(
            reader,
            {f: (w, {**self._readers(reader, f), person: until}) for f, w in said.items()},
        )

    def stop(self, token: str, field: Field, person: str) -> Outcome:
        """Take `field` back from `person`."""
        return self._take_back(token, (field,), person)

    def stop_with(self, token: str, person: str) -> Outcome:
        """Take everything back from `person`."""
        return self._take_back(token, Field, person)

    def take_back(self, token: str) -> Outcome:
        """Take the whole card back from everybody; the words stay with me."""
        return self._take_back(token, Field, None)

    def looked_over(self, token: str) -> Outcome:
        """It is still so."""
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        return self._review(reader, self._keep.today(), review_of(self._keep, reader).every)

    def review_every(self, token: str, days: int) -> Outcome:
        """After how many days I want to look it over again; `NEVER` for never."""
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        if days != NEVER and not REVIEW_MIN <= days <= REVIEW_MAX:
            return Refused(say("card.refused.days", least=REVIEW_MIN, most=REVIEW_MAX))
        looked = review_of(self._keep, reader).looked
        return self._review(reader, looked or self._keep.today(), days)

    # Its readers'.

    def sharing(self, token: str) -> tuple[str, ...]:
        """The persons who share something of their card with me."""
        reader = self._keep.reader(token)
        return () if reader is None else tuple(self._shared.with_(reader.person))

    def of(self, token: str, owner: str) -> dict[Field, str]:
        """What `owner` shares with me, {} for nothing. Each field leaves its row in their log."""
        return self._read(token, owner, Field)

    def for_call(self, token: str, owner: str) -> dict[Field, str]:
        """The same, of what stands beside their two lines when I am called."""
        return self._read(token, owner, FOR_A_CALL)

    # As those see it who go through every part.

    def seen(self, reader: Reader) -> Shown:
        """A short mark of what is shared with them, of one length for everybody."""
        return {"card": self._shared.mark(reader)}

    def exported(self, reader: Reader) -> Shown:
        """The whole of it."""
        return {"card": self._whole(reader)}

    def to_look_over(self, reader: Reader) -> tuple[str, ...]:
        """That it is time to look at one's own card again."""
        review = review_of(self._keep, reader)
        if review.looked is None or not self._is_due(reader):
            return ()
        return (say("card.look_over", day=in_words(review.looked)),)

    def _whole(self, reader: Reader) -> Shown:
        review = review_of(self._keep, reader)
        return {
            "fields": {
                field: {
                    "words": self._said(reader, field),
                    "shared": [
                        {"id": person, "until": written(day)}
                        for person, day in self._readers(reader, field).items()
                    ],
                }
                for field in Field
            },
            "avoids": self._keep.own(AVOIDS, reader),
            "looked": written(review.looked),
            "every": review.every,
            "due": self._is_due(reader),
        }

    def _is_due(self, owner: Reader) -> bool:
        """An empty card is fine, and is never due."""
        is_due = review_of(self._keep, owner).is_due(self._keep.today())
        return is_due and any(self._said(owner, field) for field in Field)

    def _review(self, owner: Reader, looked: int, every: int) -> Outcome:
        return self._keep.change(
            owner.person, {META: sealed_review(self._keep, owner, looked, every)}
        )

    def _said(self, reader: Reader, field: Field) -> str:
        return "".join(self._keep.own(kind_of(field), reader))

    def _readers(self, owner: Reader, field: Field) -> dict[str, int | None]:
        return self._keep.shared_with(kind_of(field), owner.person)

    def _refuses(self, owner: Reader, share: Until) -> Refused | None:
        if owner.person in share or not share.keys() <= self._keep.house.people.keys():
            return Refused(say("care.refused.person_unknown"))
        if any(day is not None and day < self._keep.today() for day in share.values()):
            return Refused(say("card.refused.past"))
        return None

    def _take_back(self, token: str, fields: Iterable[Field], person: str | None) -> Outcome:
        """person: None for everybody, those who left the show too."""
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        changed: dict[Field, tuple[str, Until]] = {}
        for field in fields:
            readers = self._readers(reader, field)
            said = self._said(reader, field)
            if said and (person is None or person in readers):
                left = {p: d for p, d in readers.items() if p != person}
                changed[field] = (said, left if person is not None else {})
        return self._write(reader, changed) if changed else Kept()

    def _write(self, owner: Reader, fields: Mapping[Field, tuple[str, Until]]) -> Outcome:
        """Let these fields be so, in one step; the first that is ever kept begins the review."""
        if any(len(readers) > SHARED_MAX for _, readers in fields.values()):
            return Refused(say("card.refused.too_many", most=SHARED_MAX))
        keep = self._keep
        changed = {
            kind_of(field): keep.sealed(kind_of(field), owner.person, (said,), readers)
            if said
            else None
            for field, (said, readers) in fields.items()
        }
        review = review_of(keep, owner)
        if review.looked is None:
            changed[META] = sealed_review(keep, owner, keep.today(), review.every)
        return keep.change(owner.person, changed)

    def _read(self, token: str, owner: str, fields: Iterable[Field]) -> dict[Field, str]:
        reader = self._keep.reader(token)
        if reader is None or owner == reader.person:
            return {}
        shared = self._shared.with_(reader.person).get(owner, ())
        alert = self._keep.house.state.alerts.open_of(owner)
        why = "call" if alert is not None and alert.calls_on(reader.person) else "asked"
        found = {
            field: "".join(self._keep.of(kind_of(field), owner, reader, why))
            for field in fields
            if field in shared
        }
        return {field: words for field, words in found.items() if words}


def _locked() -> Refused:
    return Refused(say("care_keys.refused.locked"))
