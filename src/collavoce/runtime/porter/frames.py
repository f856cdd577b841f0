"""What is said between the porter's process and whoever holds it, over one stream socket.

4 bytes, big-endian: length; msgpack of a `Task` one way, of an `Answer` the other
"""

from collections.abc import Iterator

import msgspec

from collavoce.rig.channels import Outcome

LENGTH_BYTES = 4
FRAME_MAX = 16_384
"""A push subscription, the longest address there is, has less than 1 KiB."""


class FrameError(ValueError):
    """Bytes that are no frame."""


class Task(msgspec.Struct, frozen=True, array_like=True):
    """Hand `text` to `address` by `channel`. until: on the machine's monotonic clock."""

    number: int
    channel: str
    address: str
    text: str
    key: str
    until: float
    distress: bool = True


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What came of the task `number`. worn: a fresh process should take over from this one."""

    number: int
    outcome: Outcome
    worn: bool = False


_encode = msgspec.msgpack.Encoder().encode
_tasks = msgspec.msgpack.Decoder(Task)
_answers = msgspec.msgpack.Decoder(Answer)


def framed(said: Task | Answer) -> bytes:
    """The bytes of `said`."""
    body = _encode(said)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


class Unframing:
    """Bytes in as they come, whole frames out."""

    def __init__(self) -> None:
        self._held = bytearray()

    def bodies(self, data: bytes) -> Iterator[bytes]:
        """The bodies that are whole with `data`; raises FrameError."""
        self._held += data
        while len(self._held) >= LENGTH_BYTES:
            end = LENGTH_BYTES + int.from_bytes(self._held[:LENGTH_BYTES], "big")
            if end > FRAME_MAX + LENGTH_BYTES:
                raise FrameError("a frame has a limit")
            if len(self._held) < end:
                return
            body = bytes(self._held[LENGTH_BYTES:end])
            del self._held[:end]
            yield body

    def tasks(self, data: bytes) -> Iterator[Task]:
        """The tasks that are whole with `data`; raises FrameError or msgspec.DecodeError."""
        return map(_tasks.decode, self.bodies(data))

    def answers(self, data: bytes) -> Iterator[Answer]:
        """The answers that are whole with `data`; raises FrameError or msgspec.DecodeError."""
        return map(_answers.decode, self.bodies(data))
