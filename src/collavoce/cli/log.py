"""`collavoce log DIR`: what happened in a show, as it stands in its ledger."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import msgspec

from collavoce.cli.errors import UsageError
from collavoce.ledger import LedgerError, Reader, Record, SqliteReader, verify
from collavoce.ledger.errors import StoreMissingError
from collavoce.ledger.record import EMPTY
from collavoce.runtime.config import state_dir
from collavoce.runtime.entry import stage_of
from collavoce.runtime.writer import STORE
from collavoce.words import say

TOLD_APART = ("type", "at", "cue", "by")
"""Fields of a body that have a column; the others follow it."""

ONLY_IF_SO = ("lands", "hard", "freeze", "stays", "fade")
"""Fields that say something only where they are not 0 or False."""


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("log.folder"))
    parser.add_argument("--json", action="store_true", help=say("log.as_json"))
    parser.add_argument("--verify", action="store_true", help=say("log.verify"))
    parser.add_argument("--anchor", default="", metavar="HASH", help=say("log.anchor"))


def run(args: argparse.Namespace) -> int:
    """Print or verify; 1 when the chain is broken or the anchor is not in it."""
    if args.anchor and not args.verify:
        raise UsageError(say("log.anchor_alone"))
    path = state_dir(args.folder) / STORE
    try:
        store = SqliteReader.open(path)
        try:
            if args.verify:
                return check(store, args.anchor.lower())
            (print_json if args.json else print_lines)(store)
        finally:
            store.close()
    except StoreMissingError as error:
        raise UsageError(say("log.missing", folder=args.folder)) from error
    except LedgerError as error:
        raise UsageError(say("log.unreadable", file=path, why=error)) from error
    except BrokenPipeError:
        # `| head` has seen enough; Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def check(store: Reader, anchor: str) -> int:
    """Say whether the chain holds and the anchor is in it."""
    head, count, anchored = EMPTY, 0, 0
    while records := store.read(after_seq=head[0]):
        broken = verify(records, after=head)
        if broken is not None:
            print(say("log.broken", seq=broken))
            return 1
        count += len(records)
        if anchor:
            found = (record.seq for record in records if record.hash.hex().startswith(anchor))
            anchored = anchored or next(found, 0)
        head = (records[-1].seq, records[-1].hash)
    print(say("log.holds", count=count))
    print(say("log.head", seq=head[0], hash=head[1].hex()))
    if anchor:
        print(say("log.anchored", seq=anchored) if anchored else say("log.not_anchored"))
    return 1 if anchor and not anchored else 0


def print_json(store: Reader) -> None:
    """Every record as it is, then the head."""
    for record in _records(store):
        fields = {name: getattr(record, name) for name in Record.__struct_fields__}
        for name in ("prev", "hash"):
            fields[name] = fields[name].hex()
        fields["body"] = body_of(record) or {"hex": record.body.hex()}
        print(json.dumps(fields))
    seq, digest = store.head()
    print(json.dumps({"head": {"seq": seq, "hash": digest.hex()}}))


def print_lines(store: Reader) -> None:
    """A line an event, a heading a performance, the head hash last."""
    print(say("log.columns"))
    epoch: int | None = None
    for record in _records(store):
        if record.epoch != epoch:
            epoch = record.epoch
            opened = datetime.fromtimestamp(record.wall_ns * 1e-9, tz=UTC).astimezone()
            date = opened.isoformat(" ", "seconds")
            # The show clock began before the first event: by how much, only this line says.
            at = clock((body_of(record) or {}).get("at"))
            print(say("log.day", date=date, at=at, epoch=epoch))
        print(line(record))
    seq, digest = store.head()
    print(say("log.head", seq=seq, hash=digest.hex()))


def line(record: Record) -> str:
    """One event: seq, show clock, what, cue, by whom, and the rest of what it says."""
    body = body_of(record)
    if body is None:
        more = say("log.strange", bytes=len(record.body))
    else:
        rest = ((k, v) for k, v in body.items() if k not in TOLD_APART and worth_a_word(k, v))
        more = ", ".join(say("log.field", name=plain(k), value=plain(v)) for k, v in rest)
    if stage := stage_of(record.stream):
        more = ", ".join(part for part in (say("log.stage", stage=plain(stage)), more) if part)
    body = body or {}
    return say(
        "log.line",
        seq=record.seq,
        at=clock(body.get("at")),
        type=plain(record.type),
        cue=plain(body.get("cue") or ""),
        by=plain(body.get("by") or record.actor),
        more=more,
    ).rstrip()


def worth_a_word(name: str, value: object) -> bool:
    """Whether a field says anything: a 0 mostly does, an empty list never."""
    if isinstance(value, bool | int | float):
        return bool(value) or name not in ONLY_IF_SO
    return bool(value)


def body_of(record: Record) -> dict[str, Any] | None:
    """The fields of an event, whatever its type; None when the body is no event."""
    try:
        body = msgspec.msgpack.decode(record.body)
    except msgspec.DecodeError:
        return None
    if not isinstance(body, dict):
        return None
    return cast("dict[str, Any]", body)


def clock(at: object) -> str:
    """The show clock to a tenth of a second: 1:02.5, 1:00:00.0."""
    if not isinstance(at, int | float):
        return ""
    seconds, tenth = divmod(round(at * 10), 10)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    front = f"{hours}:{minute:02d}" if hours else f"{minute}"
    return f"{front}:{second:02d}.{tenth}"


def plain(value: object) -> str:
    """A value in one line, without the control characters a note may have been given."""
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        items = cast("list[object]", value)
        # What was sent is a list of sendings: each to be told from the next.
        between = "; " if any(isinstance(item, list) for item in items) else " "
        return between.join(text for item in items if (text := plain(item)))
    if isinstance(value, dict):
        pairs = cast("dict[object, object]", value).items()
        return ", ".join(f"{plain(key)} {plain(item)}" for key, item in pairs)
    return "".join(letter if letter.isprintable() else " " for letter in str(value))


def _records(store: Reader) -> Iterator[Record]:
    after = 0
    while records := store.read(after_seq=after):
        yield from records
        after = records[-1].seq
