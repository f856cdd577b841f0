"""A sound file decoded apart, while it comes in and while its samples go to where they are kept."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from enum import StrEnum

from collavoce.runtime.care.kept.songs import decoder
from collavoce.runtime.care.kept.songs.sound import FILE_BYTES_MOST, SAMPLE_BYTES, Sound

COMMAND = (sys.executable, "-I", "-m", decoder.__name__)
COMES_WITHIN_S = 300.0
"""Seconds for the file to arrive: 30 MB over a poor network in a cellar."""

DECODED_WITHIN_S = 90.0
READ_AT_ONCE = 1 << 18


class Unusable(StrEnum):
    """Why a file is not kept."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    TOO_LONG = "too_long"
    NO_SOUND = "no_sound"
    BROKEN = "broken"
    CUT_OFF = "cut_off"


ENDED = {
    decoder.NO_SOUND: Unusable.NO_SOUND,
    decoder.TOO_LONG: Unusable.TOO_LONG,
    decoder.TOO_BIG: Unusable.TOO_BIG,
}

Keep = Callable[[bytes], Awaitable[None]]


async def decode(file: AsyncIterator[bytes], keep: Keep) -> Sound | Unusable:
    """What `file` sounds like, its samples given to `keep` piece by piece; or why it does not.

    Whatever the file does to the decoder happens in a process of its own, which is gone afterwards.
    """
    process = await asyncio.create_subprocess_exec(
        *COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}
    )
    try:
        async with asyncio.timeout(COMES_WITHIN_S):
            wrong = await _fed(process, file)
        if wrong is not None:
            return wrong
        async with asyncio.timeout(DECODED_WITHIN_S):
            return await _taken(process, keep)
    except TimeoutError:
        return Unusable.BROKEN
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _fed(process: Process, file: AsyncIterator[bytes]) -> Unusable | None:
    """Hand the file to the decoder. One that ends before it has read it all says why by its end."""
    assert process.stdin is not None, "it was asked for"
    came = 0
    async for piece in file:
        came += len(piece)
        if came > FILE_BYTES_MOST:
            return Unusable.TOO_BIG
        with suppress(ConnectionError):
            process.stdin.write(piece)
            await process.stdin.drain()
    process.stdin.close()
    return None if came else Unusable.EMPTY


async def _taken(process: Process, keep: Keep) -> Sound | Unusable:
    assert process.stdout is not None, "it was asked for"
    head, got = b"", 0
    while piece := await process.stdout.read(READ_AT_ONCE):
        if len(head) < decoder.HEAD.size:
            missing = decoder.HEAD.size - len(head)
            head, piece = head + piece[:missing], piece[missing:]
        if piece:
            await keep(piece)
        got += len(piece)
    code = await process.wait()
    if code:
        return ENDED.get(code, Unusable.BROKEN)
    rate, channels = decoder.HEAD.unpack(head)
    return Sound(got // (channels * SAMPLE_BYTES), rate, channels)
