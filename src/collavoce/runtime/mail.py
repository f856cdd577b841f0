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
    """follower -> engine, web: where the music is. stage: whose follower, "" of the only one."""

    estimate: Estimate
    stage: str = ""


class Noticed(msgspec.Struct, frozen=True, tag=True):
    """follower -> web: something is the matter with what comes in, in words.

    matter : see `following.incoming.Matter`. transpose : the setting that would put it right, or 0.
    """

    matter: str
    words: str
    transpose: int = 0
    stage: str = ""


class Asked(msgspec.Struct, frozen=True, tag=True):
    """web, cli -> engine: a person's command. key: the asker's idempotency key.

    stage : for which stage; "" leaves it to what the command names (`runtime/stages.py`).
    """

    command: AnyCommand
    by: str
    key: str
    stage: str = ""


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

    stage: str = ""


class SoundBack(msgspec.Struct, frozen=True, tag=True):
    """sound -> engine: I was started; what ought to be playing may not be."""


class Play(msgspec.Struct, frozen=True, tag=True):
    """engine -> follower: follow this number (None: nothing); it became current at `since`.

    player : who plays it tonight, "" for nobody named.
    """

    number: str | None
    since: float = 0.0
    player: str = ""


class PlaceAt(msgspec.Struct, frozen=True, tag=True):
    """web -> follower: a person says where the music is. by: who, as the ledger will say."""

    quarter: float
    by: str = "caller"


class News(msgspec.Struct, frozen=True, tag=True):
    """engine -> writer, web: the ring holds entries up to `seq`."""

    seq: int


class Pulse(msgspec.Struct, frozen=True, tag=True):
    """engine -> the chair that stands by: I lead, and I am awake. pid: whom to end if not."""

    pid: int


DELIVERING = "delivering"
NOT_DELIVERING = "not delivering"


class Process(msgspec.Struct, frozen=True, tag=True):
    """supervisor, engine, writer, watchdog -> web: how a process fares.

    "up", "starting", "down", "given up"; "not recording" when its disk takes nothing, "disk failed"
    when nothing more is written to it; "leading" when it is the spare that runs the show. Of care
    the watchdog says again and again whether it is `DELIVERING` or `NOT_DELIVERING`. Named "real
    time" it is no process: "in force" or "refused", where it was asked for.
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


class Learn(msgspec.Struct, frozen=True, tag=True):
    """web, cli -> gateway: what is pressed next does `does` from then on ("go", "hold").

    does : the part of an address below /collavoce/; "" waits for nothing any more.
    """

    does: str
    key: str


class Learned(msgspec.Struct, frozen=True, tag=True):
    """gateway -> whoever asked to learn. words: what was learned, or why nothing was."""

    key: str
    done: bool
    words: str


class AskConnections(msgspec.Struct, frozen=True, tag=True):
    """web, cli -> gateway: what is connected, allowed and refused? Answered by ConnectionsTold."""


class ConnectionsTold(msgspec.Struct, frozen=True, tag=True):
    """gateway -> whoever asked: see `runtime/gateway/listing.py`; no key stands in it."""

    view: dict[str, Any]


AnyMail = (
    Heard
    | Noticed
    | Asked
    | Kept
    | Declined
    | Hello
    | SoundBack
    | Play
    | PlaceAt
    | News
    | Pulse
    | Process
    | LineAsked
    | LineAnswered
    | LineTold
    | Learn
    | Learned
    | AskConnections
    | ConnectionsTold
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
