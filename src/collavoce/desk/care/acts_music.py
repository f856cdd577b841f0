"""What a page says of its person's music: marks, being found for one, the knock."""

from typing import Annotated

import msgspec

from collavoce.care.knocks import Says
from collavoce.care.outcome import Outcome
from collavoce.care.wishes import Kind
from collavoce.desk.care.acts_shapes import PersonId, PersonOrNobody, PlaceId, PressId
from collavoce.desk.care.musichand import MusicHand
from collavoce.runtime.care.kept.wishes import TITLE_MAX, WORDS_MAX

Words = Annotated[str, msgspec.Meta(max_length=WORDS_MAX)]
Title = Annotated[str, msgspec.Meta(max_length=TITLE_MAX)]
TopicName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{22}\Z")]


class WriteMark(msgspec.Struct, frozen=True, tag=True):
    """A mark of mine, in place of the one of this id. to: a person, "musical director", ""."""

    id: PressId
    kind: Kind
    piece: PlaceId
    title: Title
    words: Words
    to: PersonOrNobody


class WithdrawMark(msgspec.Struct, frozen=True, tag=True):
    """Nobody else may read it."""

    id: PressId


class DropMark(msgspec.Struct, frozen=True, tag=True):
    """It goes."""

    id: PressId


class BeFound(msgspec.Struct, frozen=True, tag=True):
    """I may be found for this mark; or no more."""

    id: PressId
    on: bool


class Untick(msgspec.Struct, frozen=True, tag=True):
    """I may be found for this no more."""

    topic: TopicName


class AgreeFew(msgspec.Struct, frozen=True, tag=True):
    """I agree to be found although we are few; or no more."""

    on: bool


class PutFoundAside(msgspec.Struct, frozen=True, tag=True):
    """I have read that `other` has ticked the same."""

    other: PersonId
    topic: TopicName


class BeHere(msgspec.Struct, frozen=True, tag=True):
    """I may be knocked at here; with "" no more."""

    place: PlaceId


class Knock(msgspec.Struct, frozen=True, tag=True):
    """I hear you."""

    id: PressId
    place: PlaceId
    named: bool = False


class AnswerKnock(msgspec.Struct, frozen=True, tag=True):
    """My answer to a knock."""

    id: PressId
    says: Says
    named: bool = False


class PutKnockAside(msgspec.Struct, frozen=True, tag=True):
    """No answer, or none any more: it goes from my page."""

    id: PressId


OfMarks = WriteMark | WithdrawMark | DropMark | BeFound
OfFound = Untick | AgreeFew | PutFoundAside
OfKnocks = BeHere | Knock | AnswerKnock | PutKnockAside
OfMusic = OfMarks | OfFound | OfKnocks


def music_act(act: OfMusic, music: MusicHand, person: str, token: str) -> Outcome:
    """Carry out `act` for `person`, whose phone's token this is."""
    if isinstance(act, OfMarks):
        return _mark_act(act, music, token)
    match act:
        case Untick(topic=topic):
            return music.untick(person, topic)
        case AgreeFew(on=on):
            return music.agree_few(person, on=on)
        case PutFoundAside(other=other, topic=topic):
            return music.put_found_away(person, other, topic)
        case BeHere(place=place):
            return music.be_here(person, place)
        case Knock(id=id_, place=place, named=named):
            return music.knock(person, id_, place, named=named)
        case AnswerKnock(id=id_, says=says, named=named):
            return music.answer_knock(person, id_, says, named=named)
        case PutKnockAside(id=id_):
            return music.put_knock_away(person, id_)


def _mark_act(act: OfMarks, music: MusicHand, token: str) -> Outcome:
    match act:
        case WriteMark():
            return music.write_mark(
                token,
                act.id,
                act.kind,
                piece=act.piece,
                title=act.title,
                words=act.words,
                to=act.to,
            )
        case WithdrawMark(id=id_):
            return music.withdraw_mark(token, id_)
        case DropMark(id=id_):
            return music.drop_mark(token, id_)
        case BeFound(id=id_, on=on):
            return music.be_found(token, id_, on=on)
