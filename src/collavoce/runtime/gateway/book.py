"""The operator's book: who may ask for what, by which proof.

Three kinds of permission, and nothing without one:
- a *controller* has a key and proves each message with it (`wire/keyed.py`);
- a *source* is allowed bare messages that fit a pattern: whoever can write packets with that
  address on the show's network can do the same;
- a *control* was learned: one source, one input, one thing that it does.
"""

import ipaddress
import re
from fnmatch import fnmatchcase

import msgspec

from collavoce.runtime.gateway.addresses import DOES, Meant, meaning
from collavoce.runtime.gateway.errors import GatewayError
from collavoce.show.inputs import Came, InputError, read_input
from collavoce.wire.keyed import KEY_BYTES, NAME
from collavoce.words import say

CONTROLLERS_MAX = 64
ALLOWED_MAX = 64
CONTROLS_MAX = 256
PATTERN_LIMIT = 128

MIDI = "midi:"
"""What a source begins with that is a MIDI input: "midi:Foot Pedal". Others are addresses."""

MSC = "msc"
"""The pattern that allows MIDI Show Control on a MIDI input, whatever cue it names."""

_HEX = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}")
_PATTERN = re.compile(r"/[!-~]*")


class Controller(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whoever holds `key` (hex, 32 bytes). may: words of the address map, empty for all.

    person : in whose name it speaks, an id of the show or "caller"; "" for its own. Only a person
        can say that they are clear, and only their own controller says it for them.
    """

    name: str
    key: str
    may: tuple[str, ...] = ()
    person: str = ""

    @property
    def by(self) -> str:
        """Who asks, as the show and its log know it."""
        return self.person or f"remote {self.name}"


class Allowed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bare messages from `source` that fit `pattern`. feedback: its port that is told, 0 none."""

    source: str
    pattern: str
    feedback: int = 0


class Control(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`input` from `source` does `does`, the part of an address below /collavoce/."""

    source: str
    input: str
    does: str


class Book(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is allowed."""

    controllers: tuple[Controller, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    learned: tuple[Control, ...] = ()

    def controller(self, name: str) -> Controller | None:
        """The controller called `name`."""
        return next((one for one in self.controllers if one.name == name), None)

    def allows(self, source: str, address: str) -> bool:
        """Whether a bare message to `address` from `source` is let in."""
        return any(
            one.source == source and fnmatchcase(address, one.pattern) for one in self.allowed
        )

    def controls(self, source: str, came: Came) -> list[Control]:
        """What was learned for this very input of this source."""
        return [
            one for one in self.learned if one.source == source and read_input(one.input).fits(came)
        ]


def with_controller(
    book: Book, name: str, key: bytes, may: tuple[str, ...] = (), person: str = ""
) -> Book:
    """`book` with one controller more; raises GatewayError."""
    if NAME.fullmatch(name) is None:
        raise GatewayError(say("gateway.wrong.name", name=name))
    if book.controller(name) is not None:
        raise GatewayError(say("gateway.wrong.taken", name=name))
    controllers = (*book.controllers, Controller(name, key.hex(), may, person))
    return checked(msgspec.structs.replace(book, controllers=controllers))


def with_allowed(book: Book, source: str, pattern: str, feedback: int = 0) -> Book:
    """`book` with one source and pattern more, or told another port; raises GatewayError."""
    others = tuple(a for a in book.allowed if (a.source, a.pattern) != (source, pattern))
    return checked(
        msgspec.structs.replace(book, allowed=(*others, Allowed(source, pattern, feedback)))
    )


def with_control(book: Book, source: str, input_words: str, does: str) -> Book:
    """`book` with a control learned; what it did before it does no more. Raises GatewayError."""
    others = tuple(c for c in book.learned if (c.source, c.input) != (source, input_words))
    return checked(
        msgspec.structs.replace(book, learned=(*others, Control(source, input_words, does)))
    )


def without(book: Book, what: str) -> Book:
    """`book` without a controller by name, or the entry that `entries` gives the number `what`.

    Raises GatewayError where there is none.
    """
    left: dict[str, list[object]] = {"controllers": [], "allowed": [], "learned": []}
    found = False
    for number, (kind, entry) in enumerate(entries(book), start=1):
        name = entry.name if isinstance(entry, Controller) else ""
        if what in {name, str(number)} and what:
            found = True
        else:
            left[kind].append(entry)
    if not found:
        raise GatewayError(say("gateway.wrong.no_entry", what=what))
    return msgspec.convert(msgspec.to_builtins(left), Book)


def entries(book: Book) -> list[tuple[str, Controller | Allowed | Control]]:
    """Every entry with the part of the book that it stands in, in the order of the list."""
    return [
        *(("controllers", one) for one in book.controllers),
        *(("allowed", one) for one in book.allowed),
        *(("learned", one) for one in book.learned),
    ]


def checked(book: Book) -> Book:
    """`book`, if everything in it can be; raises GatewayError with the entry and the remedy."""
    for part, most in (
        (book.controllers, CONTROLLERS_MAX),
        (book.allowed, ALLOWED_MAX),
        (book.learned, CONTROLS_MAX),
    ):
        if len(part) > most:
            raise GatewayError(say("gateway.wrong.many", most=most))
    for one in book.controllers:
        _check_controller(one)
    for one in book.allowed:
        _check_source(one.source)
        fits = one.pattern == MSC if one.source.startswith(MIDI) else _is_pattern(one.pattern)
        if not fits:
            raise GatewayError(say("gateway.wrong.pattern", pattern=one.pattern))
        if not 0 <= one.feedback < 2**16 or (one.feedback and one.source.startswith(MIDI)):
            raise GatewayError(say("gateway.wrong.port", port=one.feedback))
    for one in book.learned:
        _check_source(one.source)
        meant_by(one.does)
        try:
            read_input(one.input)
        except InputError as error:
            raise GatewayError(str(error)) from error
    return book


def meant_by(does: str) -> Meant:
    """What a control that does `does` asks; raises GatewayError."""
    meant = meaning(f"/collavoce/{does}")
    if not isinstance(meant, Meant) or meant.command is None:
        raise GatewayError(say("gateway.wrong.does", does=does, known=", ".join(DOES)))
    return meant


def _is_pattern(pattern: str) -> bool:
    return len(pattern) <= PATTERN_LIMIT and _PATTERN.fullmatch(pattern) is not None


def _check_controller(one: Controller) -> None:
    if NAME.fullmatch(one.name) is None or _HEX.fullmatch(one.key) is None:
        raise GatewayError(say("gateway.wrong.name", name=one.name))
    for word in one.may:
        if word not in DOES:
            raise GatewayError(say("gateway.wrong.does", does=word, known=", ".join(DOES)))


def _check_source(source: str) -> None:
    if source.startswith(MIDI) and len(source) > len(MIDI):
        return
    try:
        ipaddress.ip_address(source)
    except ValueError:
        raise GatewayError(say("gateway.wrong.source", source=source)) from None
