"""What the processes of a performance say to each other, as typed datagrams.

Every kind is one msgpack map with a tag; a datagram that does not fit its type is dropped and
counted by the receiver, never guessed at.
"""

from typing import Any

import msgspec

from collavoce.following.estimate import Estimate
from collavoce.line.commands import AnyCommand as LineCommand
from collavoce.show.commands import AnyCommand


class Heard(msgspec.Struct, frozen=True, tag=True):
    """follower -> engine, web: where the music is."""

    estimate: Estimate


class Noticed(msgspec.Struct, frozen=True, tag=True):
    """follower -> web: something is the matter with what comes in, in words.

    matter : see `following.incoming.Matter`. transpose : the setting that would put it right, or 0.
    """

    matter: str
    words: str
    transpose: int = 0


class Asked(msgspec.Struct, frozen=True, tag=True):
    """web, cli -> engine: a person's command. key: the asker's idempotency key."""

    command: AnyCommand
    by: str
    key: str


class Kept(msgspec.Struct, frozen=True, tag=True):
    """engine -> asker: the command was carried out; `seq` is its last event in the ring."""

    key: str
    seq: int


class Declined(msgspec.Struct, frozen=True, tag=True):
    """engine -> asker: the command was refused, in words."""

    key: str
    why: str


class Hello(msgspec.Struct, frozen=True, tag=True):
    """follower -> engine: I am (back) here, tell me what to follow."""


class Play(msgspec.Struct, frozen=True, tag=True):
    """engine -> follower: follow this number (None: nothing); it became current at `since`."""

    number: str | None
    since: float = 0.0


class PlaceAt(msgspec.Struct, frozen=True, tag=True):
    """web -> follower: a person says where the music is. by: who, as the ledger will say."""

    quarter: float
    by: str = "caller"


class News(msgspec.Struct, frozen=True, tag=True):
    """engine -> writer, web: the ring holds entries up to `seq`."""

    seq: int


DELIVERING = "delivering"
NOT_DELIVERING = "not delivering"


class Process(msgspec.Struct, frozen=True, tag=True):
    """supervisor, engine, writer, watchdog -> web: how a process fares.

    "up", "starting", "down", "given up"; "not recording" when its disk takes nothing. Of care the
    watchdog says again and again whether it is `DELIVERING` or `NOT_DELIVERING`.
    """

    name: str
    state: str
    restarts: int = 0


class LineAsked(msgspec.Struct, frozen=True, tag=True):
    """web -> care: a desk says something at the line. key: names the answer; role: whose desk."""

    command: LineCommand
    key: str
    role: str = "caller"


class LineAnswered(msgspec.Struct, frozen=True, tag=True):
    """care -> web: what came of it. recorded: the disk took it; why: the refusal, in words."""

    key: str
    done: bool
    recorded: bool
    why: str = ""


class LineTold(msgspec.Struct, frozen=True, tag=True):
    """care -> web: all of the line that the caller may see (`line/view.py`), again and again."""

    view: dict[str, Any]


AnyMail = (
    Heard
    | Noticed
    | Asked
    | Kept
    | Declined
    | Hello
    | Play
    | PlaceAt
    | News
    | Process
    | LineAsked
    | LineAnswered
    | LineTold
)

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(AnyMail)


class MailError(ValueError):
    """A datagram that is none of ours."""


def pack(mail: AnyMail) -> bytes:
    """The datagram of `mail`."""
    return _encoder.encode(mail)


def unpack(datagram: bytes) -> AnyMail:
    """The mail in `datagram`; raises MailError."""
    try:
        return _decoder.decode(datagram)
    except msgspec.DecodeError as error:
        raise MailError(f"{len(datagram)} bytes that are no mail: {error}") from error
