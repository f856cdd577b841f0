"""What the engine asks of the processes that carry for it: sounds to play, requests to make.

Every kind is one msgpack map with a tag; see `runtime.mail`. An `id` names the firing and the
action of it: the same id again asks for nothing new.
"""

from collections.abc import Callable

import msgspec

SOUND, ERRANDS = "sound", "errands"
"""The processes, and their mailboxes."""

Post = Callable[[str, bytes], bool]
"""(process, datagram) -> whether it was taken."""


class Errand(msgspec.Struct, frozen=True, tag=True):
    """Make an HTTP request. origin: "http://host:port"; path begins with "/"."""

    id: str
    cue: str
    to: str
    origin: str
    method: str
    path: str
    body: str
    kind: str


class PlayFile(msgspec.Struct, frozen=True, tag=True):
    """Play `file`, a path inside the show folder, from `start` seconds on; see `PlaySound`.

    stands : it is paused from the first frame on, until it is told to go on.
    """

    id: str
    cue: str
    to: str
    file: str
    level: float = 1.0
    loop: bool = False
    fade: float = 0.0
    start: float = 0.0
    stands: bool = False


class LoadFile(msgspec.Struct, frozen=True, tag=True):
    """Make `file` ready from `start` seconds on."""

    file: str
    start: float
    loop: bool = False


class EndSounds(msgspec.Struct, frozen=True, tag=True):
    """What `cues` play ends within `fade` seconds. None: everything."""

    cues: tuple[str, ...] | None
    fade: float


class PauseSounds(msgspec.Struct, frozen=True, tag=True):
    """What `cue` plays stands still, or goes on."""

    cue: str
    on: bool


AnyPost = Errand | PlayFile | LoadFile | EndSounds | PauseSounds

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(AnyPost)


class PostError(ValueError):
    """A datagram that is none of ours."""


def pack_post(post: AnyPost) -> bytes:
    """The datagram of `post`."""
    return _encoder.encode(post)


def unpack_post(datagram: bytes) -> AnyPost:
    """The post in `datagram`; raises PostError."""
    try:
        return _decoder.decode(datagram)
    except msgspec.DecodeError as error:
        raise PostError(f"{len(datagram)} bytes that are no post: {error}") from error
