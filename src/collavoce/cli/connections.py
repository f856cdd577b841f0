"""`collavoce connections DIR`: controllers, consoles and pedals, and what each may do.

Works beside a running show, whose gateway sees a change within half a second, and without one.
"""

import argparse
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from collavoce.cli.errors import UsageError
from collavoce.cli.learning import running, teach
from collavoce.cli.reading import load_show
from collavoce.runtime.clock import fresh_bytes
from collavoce.runtime.config import state_dir
from collavoce.runtime.gateway.book import MIDI, with_allowed, with_controller, without
from collavoce.runtime.gateway.book_file import BookFile
from collavoce.runtime.gateway.errors import GatewayError
from collavoce.runtime.gateway.listing import connections_view, source_words
from collavoce.runtime.opening import OpeningError, prepare_state_dir
from collavoce.show.reading.folder import SHOW_FILE
from collavoce.show.rules.speaking import CALLER
from collavoce.wire.keyed import KEY_BYTES, http_token
from collavoce.words import say

LIST, ADD, ALLOW, LEARN, FORGET = "list", "add", "allow", "learn", "forget"
VALUES = {
    LIST: (),
    ADD: ("NAME",),
    ALLOW: ("SOURCE", "PATTERN"),
    LEARN: ("WHAT",),
    FORGET: ("NAME",),
}


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("gateway.cli.folder"))
    parser.add_argument(
        "action", nargs="?", choices=tuple(VALUES), default=LIST, help=say("gateway.cli.action")
    )
    parser.add_argument("values", nargs="*", metavar="VALUE", help=say("gateway.cli.values"))
    parser.add_argument("--may", default="", metavar="WORDS", help=say("gateway.cli.may"))
    parser.add_argument(
        "--as", dest="person", default="", metavar="PERSON", help=say("gateway.cli.person")
    )
    parser.add_argument(
        "--feedback", type=int, default=0, metavar="PORT", help=say("gateway.cli.feedback")
    )
    parser.add_argument("--osc-port", type=int, default=0, help=say("gateway.cli.osc_port"))
    parser.add_argument("--osc-host", default="127.0.0.1", help=say("gateway.cli.osc_host"))
    parser.add_argument("--json", action="store_true", help=say("gateway.cli.json"))


def run(args: argparse.Namespace) -> int:
    """Say what is connected, or change it."""
    names = VALUES[args.action]
    if len(args.values) < len(names):
        what = names[len(args.values)]
        raise UsageError(say("gateway.wrong.needs", what=what, action=args.action))
    if len(args.values) > len(names):
        raise UsageError(say("gateway.wrong.too_much", action=args.action))
    if not (args.folder / SHOW_FILE).exists():
        raise UsageError(say("gateway.wrong.not_here", folder=args.folder))
    try:
        prepare_state_dir(args.folder)
        file = BookFile(state_dir(args.folder))
        match args.action:
            case "add":
                _add(args, file)
            case "allow":
                _allow(args, file)
            case "forget":
                file.edit(lambda book: without(book, args.values[0]))
                _tell(args, {"forgotten": args.values[0]}, say("gateway.done.forgotten"))
            case "learn":
                return _learn(args, file)
            case _:
                _list(args, file)
    except (GatewayError, OpeningError) as error:
        raise UsageError(str(error)) from error
    return 0


def _add(args: argparse.Namespace, file: BookFile) -> None:
    name, key = args.values[0], fresh_bytes(KEY_BYTES)
    may = tuple(word for word in args.may.replace(" ", "").split(",") if word)
    if args.person not in {"", CALLER} and args.person not in _people(args.folder):
        raise UsageError(say("gateway.wrong.person", person=args.person))
    file.edit(lambda book: with_controller(book, name, key, may, args.person))
    words = "\n".join(
        (
            say("gateway.done.added", name=name, may=", ".join(may) or say("gateway.list.all")),
            say("gateway.done.key", key=key.hex()),
            say("gateway.done.token", token=http_token(key)),
            say("gateway.done.once"),
        )
    )
    _tell(args, {"name": name, "key": key.hex(), "token": http_token(key)}, words)


def _people(folder: Path) -> Collection[str]:
    show = load_show(folder).show
    return () if show is None else show.people


def _allow(args: argparse.Namespace, file: BookFile) -> None:
    source, pattern = args.values
    file.edit(lambda book: with_allowed(book, source, pattern, args.feedback))
    key = "allowed_midi" if source.startswith(MIDI) else "allowed"
    words = say(f"gateway.done.{key}", source=source_words(source), pattern=pattern)
    _tell(args, {"source": source, "pattern": pattern}, words)


def _learn(args: argparse.Namespace, file: BookFile) -> int:
    does = args.values[0]

    def announce(words: str) -> None:
        if not args.json:
            print(words, flush=True)

    told = teach(file, state_dir(args.folder), does, (args.osc_host, args.osc_port), announce)
    _tell(args, {"done": told.done, "words": told.words}, told.words)
    return 0 if told.done else 1


def _list(args: argparse.Namespace, file: BookFile) -> None:
    view = running(state_dir(args.folder)) or connections_view(file.read())
    _tell(args, view, "\n".join(_lines(args.folder, view)))


def _lines(folder: Path, view: dict[str, Any]) -> list[str]:
    lines = [say("gateway.list.head", folder=folder)]
    for entry in view["entries"]:
        words = entry["words"]
        if entry["ago"] is not None:
            words = f"{words}; {say('gateway.list.heard', ago=entry['ago'])}"
        lines.append(say("gateway.list.row", number=entry["number"], words=words))
    if not view["entries"]:
        lines.append(say("gateway.list.nobody"))
    if "osc" in view:
        lines.append(say("gateway.list.osc", address=view["osc"]))
    if view.get("midi"):
        lines.append(say("gateway.list.inputs", ports=", ".join(view["midi"])))
    if view.get("trouble"):
        lines.append(say("gateway.list.trouble", words=view["trouble"]))
    if view.get("refused"):
        lines.append(say("gateway.list.refused"))
        lines += [say("gateway.list.knock", **knock) for knock in view["refused"]]
    return lines


def _tell(args: argparse.Namespace, value: dict[str, Any], words: str) -> None:
    print(json.dumps(value, indent=2) if args.json else words)
