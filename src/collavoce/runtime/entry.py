"""One entry of the ring: an event with who and what caused it."""

import msgspec

from collavoce.show.events import AnyEvent


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What the engine appends before a datagram leaves.

    cause : ring sequence number of the entry this one follows from, 0 for none.
    mono_ns, wall_ns : when, on the machine's monotonic clock and in UTC.
    stage : on which of several stages, "" in a show that has one.
    """

    event: AnyEvent
    actor: str
    key: str
    cause: int
    mono_ns: int
    wall_ns: int
    stage: str = ""


STREAM = "show"
"""The ledger's stream of a show; those of several stages are called "show/main"."""


def stream_of(stage: str) -> str:
    """The ledger's stream for what happens on `stage`."""
    return f"{STREAM}/{stage}" if stage else STREAM


def stage_of(stream: str) -> str:
    """The stage of a ledger's stream; "" of a show that has one."""
    return stream.partition("/")[2]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Entry)
_bodies = msgspec.msgpack.Encoder()
_events = msgspec.msgpack.Decoder(AnyEvent)


def encode(entry: Entry) -> bytes:
    """The ring's payload."""
    return _encoder.encode(entry)


def decode(payload: bytes) -> Entry:
    """The entry in a ring payload; raises msgspec.DecodeError."""
    return _decoder.decode(payload)


def encode_body(event: AnyEvent) -> bytes:
    """The body of a ledger record."""
    return _bodies.encode(event)


def decode_body(body: bytes) -> AnyEvent:
    """The event in a ledger record's body; raises msgspec.DecodeError."""
    return _events.decode(body)
