"""How long a sound file is, from its first and last bytes: WAV, FLAC, Ogg Vorbis, MP3.

Sources: RIFF/WAVE (Microsoft, 1991) and RF64/BW64 (EBU Tech 3306); FLAC (RFC 9639, 8.2);
Ogg (RFC 3533, 6) with Vorbis I (4.2.2); MPEG audio (ISO/IEC 11172-3, 2.4.1.3; 13818-3 for the
lower rates), ID3v2 (3.1), and the Xing, Info and VBRI headers that encoders write.
"""

from dataclasses import dataclass

from collavoce.units import Seconds

HEAD, TAIL = 512 * 1024, 128 * 1024
"""Bytes that are looked at. Pictures in an MP3's tag come first; an Ogg page is below 64 KiB."""

_UNKNOWN = 0xFFFF_FFFF
"""The size of a RIFF chunk that is longer than 4 GB, or was never written."""

ENDINGS = (".wav", ".flac", ".ogg", ".oga", ".mp3")


@dataclass(frozen=True, slots=True)
class Peek:
    """A file from both ends. head: its first bytes, at most HEAD; tail: its last, at most TAIL."""

    head: bytes
    tail: bytes
    size: int

    @classmethod
    def of(cls, data: bytes) -> "Peek":
        """A file that is in memory."""
        return cls(data[:HEAD], data[-TAIL:], len(data))


def sound_length(peek: Peek) -> Seconds | None:
    """The length; None for what is none of the four kinds, or is broken."""
    head = peek.head
    try:
        if head[:4] in (b"RIFF", b"RF64", b"BW64") and head[8:12] == b"WAVE":
            return _wav(peek)
        if head[:4] == b"fLaC":
            return _flac(head)
        if head[:4] == b"OggS":
            return _ogg(peek)
        return _mp3(peek)
    except (IndexError, ZeroDivisionError):
        return None


def _wav(peek: Peek) -> Seconds | None:
    head, at, bytes_a_second, long_data = peek.head, 12, 0, 0
    while at + 8 <= len(head):
        kind, size = head[at : at + 4], int.from_bytes(head[at + 4 : at + 8], "little")
        if kind == b"ds64":
            long_data = int.from_bytes(head[at + 16 : at + 24], "little")
        elif kind == b"fmt ":
            bytes_a_second = int.from_bytes(head[at + 16 : at + 20], "little")
        elif kind == b"data":
            # A recorder that lost its power left the size at 0 or at its highest: what is there is.
            there = peek.size - at - 8
            length = long_data if size == _UNKNOWN and long_data else size or there
            return Seconds(min(length, there) / bytes_a_second)
        at += 8 + size + size % 2
    return None


def _flac(head: bytes) -> Seconds | None:
    # STREAMINFO is the first block: 20 bits of rate, 3 of channels, 5 of depth, 36 of samples.
    if head[4] & 0x7F != 0 or len(head) < 26:  # noqa: PLR2004  RFC 9639: the fields end there
        return None
    packed = int.from_bytes(head[18:26], "big")
    samples = packed & 0xF_FFFF_FFFF
    return Seconds(samples / (packed >> 44)) if samples else None


def _ogg(peek: Peek) -> Seconds | None:
    first = peek.head.find(b"\x01vorbis")
    last = peek.tail.rfind(b"OggS")
    if first < 0 or last < 0:
        return None
    rate = int.from_bytes(peek.head[first + 12 : first + 16], "little")
    samples = int.from_bytes(peek.tail[last + 6 : last + 14], "little", signed=True)
    return Seconds(samples / rate) if samples > 0 else None


_KBIT = {
    (3, 3): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (3, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 1): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 1): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""(3: MPEG 1, 2: MPEG 2 and 2.5; layer as coded, 3 = I, 1 = III) -> kbit/s by index from 1."""

_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_MPEG1 = 3


@dataclass(frozen=True, slots=True)
class _Frame:
    """One MPEG audio frame's header."""

    version: int
    layer: int
    kbit: int
    rate: int
    padding: int
    mono: bool

    @property
    def samples(self) -> int:
        if self.layer == 3:  # noqa: PLR2004  Layer I as coded
            return 384
        return 576 if self.layer == 1 and self.version != _MPEG1 else 1152

    @property
    def size(self) -> int:
        slot = 4 if self.layer == 3 else 1  # noqa: PLR2004  Layer I as coded
        return (self.samples // 8 * self.kbit * 1000 // self.rate // slot + self.padding) * slot


def _frame(head: bytes, at: int) -> _Frame | None:
    if head[at] != 0xFF or head[at + 1] & 0xE0 != 0xE0:  # noqa: PLR2004  the sync word's 11 bits
        return None
    version, layer = head[at + 1] >> 3 & 3, head[at + 1] >> 1 & 3
    kbit, rate = head[at + 2] >> 4, head[at + 2] >> 2 & 3
    if version == 1 or not layer or kbit in {0, 15} or rate == 3:  # noqa: PLR2004  reserved values
        return None
    kbits = _KBIT[_MPEG1 if version == _MPEG1 else 2, layer]
    return _Frame(
        version,
        layer,
        kbits[kbit - 1],
        _RATES[version][rate],
        head[at + 2] >> 1 & 1,
        head[at + 3] >> 6 == 3,  # noqa: PLR2004  the channel mode's two bits
    )


def _mp3(peek: Peek) -> Seconds | None:
    head, begin = peek.head, 0
    if head[:3] == b"ID3":
        # Four bytes of seven bits each; a footer of ten more where the flag says so.
        size = sum((head[6 + i] & 0x7F) << 7 * (3 - i) for i in range(4))
        begin = 10 + size + (10 if head[5] & 0x10 else 0)
    for at in range(begin, min(len(head) - 4, begin + 64 * 1024)):
        frame = _frame(head, at)
        if frame is not None and _goes_on(head, at, frame):
            return _of_frames(peek, at, frame)
    return None


def _goes_on(head: bytes, at: int, frame: _Frame) -> bool:
    """Whether another frame of the same kind follows: two bytes alone may be anything."""
    after = at + frame.size
    if after + 4 > len(head):
        return after >= len(head)
    found = _frame(head, after)
    same = (frame.version, frame.layer, frame.rate)
    return found is not None and (found.version, found.layer, found.rate) == same


def _of_frames(peek: Peek, at: int, frame: _Frame) -> Seconds:
    frames = _counted(peek.head, at, frame)
    if frames:
        return Seconds(frames * frame.samples / frame.rate)
    tag = 128 if peek.tail[-128:-125] == b"TAG" else 0
    return Seconds((peek.size - at - tag) * 8 / (frame.kbit * 1000))


def _counted(head: bytes, at: int, frame: _Frame) -> int:
    """How many frames the encoder says there are; 0 where it says nothing."""
    side = {(True, False): 32, (True, True): 17, (False, False): 17, (False, True): 9}
    xing = at + 4 + side[frame.version == _MPEG1, frame.mono]
    if head[xing : xing + 4] in (b"Xing", b"Info") and head[xing + 7] & 1:
        return int.from_bytes(head[xing + 8 : xing + 12], "big")
    vbri = at + 36
    if head[vbri : vbri + 4] == b"VBRI":
        return int.from_bytes(head[vbri + 14 : vbri + 18], "big")
    return 0
