"""Sound files that say more than they sound: who, where, with what; made by hand."""

import struct
from collections.abc import Iterable

CANARY = "canary GPS 48.2082N 16.3738E by Yuna Park"
BLOCK = 4096


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def wav(seconds: float, rate: int = 44_100, channels: int = 2, tagged: str = CANARY) -> bytes:
    """16 bits, with INFO, BWF and ID3 chunks before and behind the samples."""
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2, channels * 2, 16)
    text = tagged.encode()
    info = _chunk(b"LIST", b"INFO" + _chunk(b"INAM", text) + _chunk(b"IART", text))
    bext = _chunk(b"bext", text.ljust(602, b"\0"))
    samples = struct.pack("<h", 1000) * (round(seconds * rate) * channels)
    body = _chunk(b"fmt ", form) + info + bext + _chunk(b"data", samples) + _chunk(b"id3 ", text)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def mp3(frames: int, tagged: str = CANARY) -> bytes:
    """Silent MPEG 1 Layer III, 128 kbit/s, 44.1 kHz, between an ID3v2 and an ID3v1 tag."""
    text = tagged.encode()
    title = b"TIT2" + struct.pack(">IH", len(text) + 1, 0) + b"\0" + text
    picture = b"APIC" + struct.pack(">IH", len(text) + 1, 0) + b"\0" + text
    tag = title + picture
    sizes = bytes((len(tag) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    head = b"ID3\x03\x00\x00" + sizes + tag
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return head + frame * frames + b"TAG" + text.ljust(125, b"\0")[:125]


def flac(seconds: float, rate: int = 44_100, tagged: str = CANARY) -> bytes:
    """Mono, 16 bits, a constant, with comments and a picture (RFC 9639)."""
    blocks = max(1, round(seconds * rate / BLOCK))
    packed = rate << 44 | 0 << 41 | 15 << 36 | blocks * BLOCK
    info = struct.pack(">HH", BLOCK, BLOCK) + bytes(6) + packed.to_bytes(8, "big") + bytes(16)
    text = tagged.encode()
    comment = struct.pack("<I", 4) + b"test" + struct.pack("<I", 1)
    comment += struct.pack("<I", len(b"LOCATION=" + text)) + b"LOCATION=" + text
    picture = struct.pack(">II", 3, 9) + b"image/png" + struct.pack(">I", len(text)) + text
    picture += struct.pack(">IIII", 1, 1, 24, 0) + struct.pack(">I", len(text)) + text
    head = b"fLaC" + _block(0, info) + _block(4, comment) + _block(6, picture, last=True)
    return head + b"".join(_frame(number) for number in range(blocks))


def _block(kind: int, body: bytes, *, last: bool = False) -> bytes:
    return bytes((kind | (0x80 if last else 0),)) + len(body).to_bytes(3, "big") + body


def _frame(number: int) -> bytes:
    head = b"\xff\xf8\xc9\x08" + _utf8(number)
    head += bytes((_crc(head, 8, 0x07),))
    body = head + b"\0" + struct.pack(">h", 1000)
    return body + _crc(body, 16, 0x8005).to_bytes(2, "big")


def _utf8(number: int) -> bytes:
    return chr(number).encode()


def _crc(data: Iterable[int], bits: int, polynomial: int) -> int:
    crc, top = 0, 1 << (bits - 1)
    for byte in data:
        crc ^= byte << (bits - 8)
        for _ in range(8):
            crc = (crc << 1 ^ polynomial if crc & top else crc << 1) & ((1 << bits) - 1)
    return crc
