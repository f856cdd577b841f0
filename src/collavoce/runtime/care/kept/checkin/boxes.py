"""What one answer puts into boxes: the same number of them, of one size, whoever is told of it.

    the answer itself       a box of the person's own
    each who is told        a box of theirs, and a row in the person's own log
    what is left of those   empty boxes of the person's own

So neither the store's growth nor the time that an answer takes says whether a rule was used.
"""

from collections.abc import Iterable, Iterator

import msgspec

from collavoce.care.states.checkin import Said
from collavoce.care.states.keys import LogRow
from collavoce.runtime.care.kept.checkin.own_rules import TOLD_MAX
from collavoce.runtime.care.kept.papers import PAD_BYTES, padded_row
from collavoce.runtime.care.kept.vault import CHECKINS, LOG, TOLD

Box = tuple[str, str, bytes]
"""(kind, whose, words)."""


class Answer(msgspec.Struct, frozen=True):
    """One answer, for whoever gave it and for whom they tell. key: drawn by the page, once each.

    who : gave it. at : UTC, s.
    """

    key: str
    who: str
    said: Said
    at: float


_encode = msgspec.json.Encoder().encode
_answers = msgspec.json.Decoder(Answer)


def boxes_of(answer: Answer, told: Iterable[str], row_at: str) -> Iterator[Box]:
    """Every box of `answer`. told : who is told of it. row_at : the moment for the own log."""
    words = as_box(answer)
    yield CHECKINS, answer.who, words
    left = TOLD_MAX
    for person in told:
        left -= 1
        yield TOLD, person, words
        yield LOG, answer.who, padded_row(LogRow(row_at, person, "checkin", "rule"))
    for _ in range(2 * left):
        yield CHECKINS, answer.who, bytes(PAD_BYTES)


def answers_in(opened: Iterable[bytes]) -> tuple[Answer, ...]:
    """The answers in these boxes, the oldest first, each once: one sent twice is the same."""
    read = (_answers.decode(said) for words in opened if (said := words.rstrip(b"\0")))
    return tuple({answer.key: answer for answer in read}.values())


def as_box(answer: Answer) -> bytes:
    """What `answer` is before it is sealed."""
    words = _encode(answer)
    return words + bytes(-len(words) % PAD_BYTES)
