"""Her own line: what a person hears in their ear when the standby of their entrance is called.

It is theirs alone: a paper that is shared with nobody, and that nobody else ever reads. A line may
be given by somebody of their circle who agreed; it lies in a box until they have listened and said
whether they take it. Whoever gave it learns nothing but that it was given.

    ear           how it plays: whether, how loud
    ear line N    one line: for which cue, "" for every entrance; from whom; typed words, or sound
    EAR           boxes of lines that were given and neither taken nor left
"""

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from itertools import count

import msgspec

from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.circle import CIRCLE_MAX, Answer
from collavoce.ledger import LedgerError
from collavoce.ledger.seal import seal_to
from collavoce.runtime.care.kept.keep import NOT_RECORDED, Keep, Reader
from collavoce.runtime.care.kept.part import Part, Shown
from collavoce.runtime.care.kept.vault import BOXES, EAR
from collavoce.wire.wav import BYTES_A_SECOND, HEAD_BYTES, NoSpeech, samples_in, seconds_of, speech
from collavoce.words import say

SETTINGS, LINE = "ear", "ear line "

LINE_S, TOGETHER_S = 12, 16
"""Seconds of sound in one line, and in all that a person keeps: each opening of a page fetches as
much, whoever has how much, so that its size says nothing."""

LINES_MAX = 4
WORDS_MAX = 200
"""Characters of typed words."""

CUE_MAX = 40
GIVES_MAX = 3
"""Lines that one person gives another between two starts of this process."""

GIVEN_MAX = GIVES_MAX * CIRCLE_MAX
"""Lines that wait for their person; of more the oldest goes."""

GIVEN_DAYS = 30
"""A line that was not taken in that time goes when a phone of its person is next here."""

VOLUME = 80


class Line(msgspec.Struct, frozen=True):
    """cue: "" for every entrance. giver: "" for their own. words or sound (WAV), one of them."""

    id: str
    cue: str = ""
    giver: str = ""
    words: str = ""
    sound: bytes = b""

    @property
    def seconds(self) -> float:
        """How long its sound lasts, 0 for typed words."""
        return seconds_of(self.sound[HEAD_BYTES:]) if self.sound else 0.0


class HowItPlays(msgspec.Struct, frozen=True):
    """on: at the standby, by itself. volume: 0 to 100."""

    on: bool = True
    volume: int = VOLUME


class _Given(msgspec.Struct, frozen=True):
    giver: str
    day: int
    words: str = ""
    sound: bytes = b""


_given = msgspec.msgpack.Decoder(_Given)
_encode = msgspec.msgpack.Encoder().encode


class Ear(Part):
    """The lines of everybody, each for their own ear."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._gave: Counter[tuple[str, str]] = Counter()
        self._tidied: dict[str, int] = {}

    def how(self, token: str) -> HowItPlays:
        """How the lines of this phone's person play."""
        reader = self._keep.reader(token)
        return HowItPlays() if reader is None else self._how(reader)

    def lines(self, token: str) -> tuple[Line, ...]:
        """Their lines, the oldest first."""
        reader = self._keep.reader(token)
        return () if reader is None else self._lines(reader)

    def given(self, token: str) -> tuple[Line, ...]:
        """What others gave them and waits for their word, the oldest first."""
        reader = self._keep.reader(token)
        return () if reader is None else tuple(line for line, _ in self._boxes(reader))

    def settle(self, token: str, how: HowItPlays) -> Outcome:
        """Let their lines play so from now on."""
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        on = "on" if how.on else "off"
        return self._keep.write(SETTINGS, reader.person, (on, str(how.volume)))

    def keep_line(self, token: str, cue: str, words: str, sound: bytes) -> Outcome:
        """Keep a line of their own for `cue`; one that was for it goes."""
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        made = made_of(words, sound)
        if isinstance(made, Refused):
            return made
        return self._keep_line(reader, msgspec.structs.replace(made, cue=cue))

    def drop_line(self, token: str, line: str) -> Outcome:
        """Erase one of their lines; one that is not there is erased."""
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        kind = LINE + line
        if kind not in self._keep.kinds(reader.person, LINE):
            return Kept()
        return self._keep.write(kind, reader.person, ())

    def give(self, token: str, to: str, words: str, sound: bytes) -> Outcome:
        """Give `to` a line. The giver learns only that it was given.

        Whoever agreed to be there for `to` may. Has `to` dropped them since, which nobody tells
        them, it is answered and kept alike, and `to` never sees it.
        """
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        made = made_of(words, sound)
        if isinstance(made, Refused):
            return made
        giver, state = reader.person, self._keep.house.state
        if state.circles.answer(to, giver) is not Answer.AGREED:
            return Refused(say("ear.refused.not_yours_to_give"))
        if self._gave[giver, to] >= GIVES_MAX:
            return Refused(say("ear.refused.gave", most=GIVES_MAX))
        body = _encode(_Given(giver, self._keep.today(), made.words, made.sound))
        if not self._put(to, body):
            return NOT_RECORDED
        self._gave[giver, to] += 1
        return Kept()

    def take(self, token: str, line: str, cue: str) -> Outcome:
        """Keep what was given, for `cue`; it is theirs from then on."""
        reader = self._keep.reader(token)
        if reader is None:
            return _locked()
        for found, _ in self._boxes(reader):
            if found.id == line:
                outcome = self._keep_line(reader, msgspec.structs.replace(found, cue=cue))
                return self._without(reader, line) if isinstance(outcome, Kept) else outcome
        return Refused(say("ear.refused.no_line"))

    def leave(self, token: str, line: str) -> Outcome:
        """Do not take what was given; nobody is told."""
        reader = self._keep.reader(token)
        return _locked() if reader is None else self._without(reader, line)

    def arrived(self, reader: Reader) -> None:
        """Take away what was given and not taken for too long: once a day is often enough."""
        today, person = self._keep.today(), reader.person
        if self._tidied.get(person) == today:
            return
        self._tidied[person] = today
        boxes = self._keep.boxes(EAR, reader)
        young = [body for body in boxes if today - _given.decode(body).day <= GIVEN_DAYS]
        if len(young) < len(boxes):
            self._keep.keep_boxes(EAR, reader, young)

    def to_look_over(self, reader: Reader) -> tuple[str, ...]:
        """A line that waits for their word."""
        return (say("ear.text.waits"),) if self._boxes(reader) else ()

    def exported(self, reader: Reader) -> Shown:
        """Every line, sound in base64."""
        return {
            "ear": {
                "how": msgspec.to_builtins(self._how(reader)),
                "lines": [msgspec.to_builtins(line) for line in self._lines(reader)],
                "given": [msgspec.to_builtins(line) for line, _ in self._boxes(reader)],
            }
        }

    def _how(self, reader: Reader) -> HowItPlays:
        words = self._keep.own(SETTINGS, reader)
        return HowItPlays(words[0] == "on", int(words[1])) if words else HowItPlays()

    def _lines(self, reader: Reader) -> tuple[Line, ...]:
        found: list[Line] = []
        for kind in self._keep.kinds(reader.person, LINE):
            words = self._keep.own(kind, reader)
            if words:
                cue, giver, said, sound = words
                found.append(Line(kind.removeprefix(LINE), cue, giver, said, b64decode(sound)))
        return tuple(found)

    def _keep_line(self, reader: Reader, made: Line) -> Outcome:
        before = self._lines(reader)
        same = next((line.id for line in before if line.cue == made.cue), None)
        others = [line for line in before if line.id != same]
        if len(others) >= LINES_MAX:
            return Refused(say("ear.refused.many", most=LINES_MAX))
        if _bytes((*others, made)) > TOGETHER_S * BYTES_A_SECOND:
            return Refused(say("ear.refused.together", seconds=TOGETHER_S))
        taken = {line.id for line in others}
        free = same or next(str(n) for n in count(1) if str(n) not in taken)
        words = (made.cue, made.giver, made.words, b64encode(made.sound).decode())
        return self._keep.write(LINE + free, reader.person, words)

    def _boxes(self, reader: Reader) -> list[tuple[Line, bytes]]:
        """What was given, each with its box's words; of those they have in their circle now."""
        found: list[tuple[Line, bytes]] = []
        trusted = self._keep.house.state.circles.agreed(reader.person)
        for body in self._keep.boxes(EAR, reader):
            one = _given.decode(body)
            if one.giver not in trusted:
                continue
            name = sha256(body).hexdigest()[:16]
            found.append((Line(name, "", one.giver, one.words, one.sound), body))
        return found

    def _without(self, reader: Reader, line: str) -> Outcome:
        left = [body for found, body in self._boxes(reader) if found.id != line]
        return self._keep.keep_boxes(EAR, reader, left)

    def _put(self, to: str, body: bytes) -> bool:
        """One more box at the end, the oldest gone if there are too many; whether it is on disk."""
        vault, public = self._keep.keyring.vault, self._keep.keyring.public_of(to)
        before = vault.boxes(EAR, to)
        if public is None or len(before) < GIVEN_MAX:
            return self._keep.add_box(EAR, to, body)
        try:
            vault.change({}, {(EAR, to): [*before[1:], seal_to(public, body, BOXES[EAR])]})
        except LedgerError:
            return False
        return True


def made_of(words: str, sound: bytes) -> Line | Refused:
    """A line of typed words or of a WAV file, of which only the samples are kept."""
    said = " ".join(words.split())
    if bool(said) == bool(sound):
        return Refused(say("ear.refused.nothing"))
    if len(said) > WORDS_MAX:
        return Refused(say("ear.refused.words", characters=WORDS_MAX))
    if not sound:
        return Line("", words=said)
    samples = samples_in(sound)
    if isinstance(samples, NoSpeech):
        return Refused(say(f"ear.refused.{samples}"))
    if seconds_of(samples) > LINE_S:
        return Refused(say("ear.refused.long", seconds=LINE_S))
    return Line("", sound=speech(samples))


def _bytes(lines: Iterable[Line]) -> int:
    return sum(max(0, len(line.sound) - HEAD_BYTES) for line in lines)


def _locked() -> Refused:
    return Refused(say("care_keys.refused.locked"))
