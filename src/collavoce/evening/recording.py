"""The performance as files: a Standard MIDI File, and the truth about it beside it.

In: a `Performance`. Out: bytes, the same for the same seed. Never: a time that only one of the two
files knows: truth speaks of the ticks that the MIDI file holds.
"""

import io
import json
from collections.abc import Iterator
from fractions import Fraction

import mido

from collavoce.evening.piece import BEAT_UNIT, BEATS, TITLE
from collavoce.evening.playing import Event, Performance
from collavoce.evening.unfolding import Unfolded

TICKS_PER_SECOND = 10_000
"""Ticks of 0.1 ms: 5,000 to a quarter at 120 quarters a minute."""

MADE_BY = "made by a model of expressive playing (collavoce.evening.playing), not by a human hand"

PEDAL = 64
"""The controller of the sustaining pedal."""

DECIMALS = 4
"""Of a second: the ticks' own."""


def midi(performance: Performance) -> bytes:
    """A Standard MIDI File, format 0, in ticks of 0.1 ms."""
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("track_name", name=TITLE))
    track.append(mido.MetaMessage("text", text=f"{MADE_BY}; seed {performance.seed}"))
    track.append(mido.MetaMessage("set_tempo", tempo=500_000))
    now = 0
    for tick, _, message in sorted(_messages(performance), key=lambda item: item[:2]):
        track.append(message.copy(time=tick - now))
        now = tick
    end = max(now, _tick(performance.ends_at))
    track.append(mido.MetaMessage("end_of_track", time=end - now))
    file = mido.MidiFile(type=0, ticks_per_beat=TICKS_PER_SECOND // 2, tracks=[track])
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def truth(performance: Performance, piece: Unfolded) -> bytes:
    """The truth about the performance as JSON, a line for each fact."""
    head = {
        "piece": TITLE,
        "made_by": MADE_BY,
        "seed": performance.seed,
        "units": {
            "quarter": "quarter notes from the start of the score, repeats written out",
            "beat": f"from 1, in notes of 1/{BEAT_UNIT}; the pickup ends on the last beat",
            "seconds": "in performance.mid, of the first key of the onset, grace notes left out",
        },
        "columns": ["quarter", "bar", "beat", "seconds"],
    }
    passes = [
        [[*_place(piece, heard.quarter), _seconds(heard.at)] for heard in way]
        for way in performance.passes
    ]
    tail = {
        "keys": len(performance.keys),
        "last_onset": passes[-1][-1][-1],
        "end": _seconds(performance.ends_at),
    }
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    ways = ",\n".join(
        "  [\n" + ",\n".join(f"   {json.dumps(row)}" for row in way) + "\n  ]" for way in passes
    )
    lines.append(f' "passes": [\n{ways}\n ]')
    events = ",\n".join(f"  {json.dumps(_event(piece, event))}" for event in performance.events)
    lines.append(f' "events": [\n{events}\n ]')
    lines += [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in tail.items()]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _messages(performance: Performance) -> Iterator[tuple[int, int, mido.Message]]:
    """Tick, order within the tick (pedal, key up, key down), message."""
    for at, down in performance.pedal:
        value = 127 if down else 0
        yield _tick(at), 0, mido.Message("control_change", control=PEDAL, value=value)
    for key in performance.keys:
        on, off = _tick(key.on), _tick(key.off)
        yield off, 1, mido.Message("note_off", note=key.pitch, velocity=64)
        yield on, 2, mido.Message("note_on", note=key.pitch, velocity=key.velocity)


def _place(piece: Unfolded, quarter: Fraction) -> list[float | int]:
    bar = piece.bar_at(quarter)
    missing = BEATS - bar.length * Fraction(BEAT_UNIT, 4)  # a pickup ends on the last beat
    beat = 1 + missing + (quarter - bar.start) * Fraction(BEAT_UNIT, 4)
    return [_number(quarter), bar.number, _number(beat)]


def _event(piece: Unfolded, event: Event) -> dict[str, object]:
    quarter, bar, beat = _place(piece, event.quarter)
    facts: dict[str, object] = {
        "what": event.what,
        "at": _seconds(event.at),
        "quarter": quarter,
        "bar": bar,
        "beat": beat,
    }
    target = None if event.target is None else _place(piece, event.target)
    more = {
        "to": target[0] if target else None,
        "to_bar": target[1] if target else None,
        "seconds": event.seconds,
        "written": event.written,
        "played": event.played,
    }
    return facts | {key: value for key, value in more.items() if value is not None}


def _number(value: Fraction) -> float | int:
    return int(value) if value.denominator == 1 else round(float(value), 6)


def _tick(seconds: float) -> int:
    return round(seconds * TICKS_PER_SECOND)


def _seconds(seconds: float) -> float:
    return round(_tick(seconds) / TICKS_PER_SECOND, DECIMALS)
