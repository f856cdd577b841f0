"""Sound files of a known length, made by hand: headers as the standards write them."""

import io
import struct
import wave


def wav(seconds: float, rate: int = 8000) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(rate)
        writer.writeframes(b"\x80" * round(seconds * rate))
    return file.getvalue()


def flac(seconds: float, rate: int = 44_100) -> bytes:
    packed = rate << 44 | 1 << 41 | 15 << 36 | round(seconds * rate)
    info = b"\x10\x00\x10\x00" + bytes(6) + packed.to_bytes(8, "big") + bytes(16)
    return b"fLaC" + bytes((0x80, 0, 0, len(info))) + info + bytes(500)


def ogg(seconds: float, rate: int = 48_000) -> bytes:
    def page(granule: int, body: bytes) -> bytes:
        head = b"OggS\0\0" + struct.pack("<q", granule) + bytes(12)
        return head + bytes((1, len(body))) + body

    first = b"\x01vorbis" + bytes(4) + b"\x02" + struct.pack("<I", rate) + bytes(14)
    return page(0, first) + page(round(seconds * rate), b"x" * 200)


def mp3(frames: int, *, xing: int = 0, tag: int = 0) -> bytes:
    """MPEG 1 Layer III, 128 kbit/s, 44.1 kHz: 417 bytes and 1152 samples a frame."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    first = frame
    if xing:
        first = frame[:36] + b"Xing" + struct.pack(">II", 1, xing) + frame[48:]
    sizes = bytes((tag >> shift) & 0x7F for shift in (21, 14, 7, 0))
    head = b"ID3\x04\x00\x00" + sizes + b"\xff" * tag if tag else b""
    return head + first + frame * (frames - 1)
