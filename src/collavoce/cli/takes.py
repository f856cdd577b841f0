"""`collavoce takes DIR`: whose takes are kept, and a player's word where they have no phone here.

How many takes there are and when they were played; never how. Whoever sits at this keyboard says
yes in a player's name only if that player sits beside them: what it does is on the player's page.
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from collavoce.cli.errors import UsageError
from collavoce.cli.reading import load_show
from collavoce.cli.text.asking import AskingError, one_of
from collavoce.company import told_apart
from collavoce.company.people import Person
from collavoce.runtime.clock import wall_ns
from collavoce.runtime.takes.errors import TakesError
from collavoce.runtime.takes.place import takes_place
from collavoce.runtime.takes.shelf import Shelf
from collavoce.runtime.takes.tidying import erase_all, strays, sweep
from collavoce.runtime.takes.word import By, may_be_remembered
from collavoce.show.cues import Show
from collavoce.words import say

LIST, ALLOW, FORGET = "list", "allow", "forget"


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("takes.folder"))
    parser.add_argument(
        "action", nargs="?", choices=(LIST, ALLOW, FORGET), default=LIST, help=say("takes.action")
    )
    parser.add_argument("person", nargs="?", default="", metavar="PERSON", help=say("takes.person"))
    parser.add_argument("--all", action="store_true", help=say("takes.all"))
    parser.add_argument("--json", action="store_true", help=say("takes.json"))


def run(args: argparse.Namespace) -> int:
    """Say what is kept, or keep or erase somebody's word."""
    if args.all and (args.action != FORGET or args.person):
        raise UsageError(say("takes.wrong.all_with"))
    shelf = shelf_of(args.folder)
    try:
        if args.all:
            # No fault in `show.toml` may stand in the way of this.
            erase_all(shelf)
            _tell(args, say("takes.done.all"))
            return 0
        show = _show(args.folder)
        if args.action == ALLOW:
            _tell(args, _allow(args, shelf, show))
        elif args.action == FORGET:
            _tell(args, _forget(args, shelf, show))
        else:
            sweep(shelf, show.people)
            _list(args, shelf, show)
    except TakesError as error:
        raise UsageError(str(error)) from error
    return 0


def shelf_of(folder: Path) -> Shelf:
    """The takes of the show in `folder`."""
    return Shelf(takes_place(folder), lambda: wall_ns() * 1e-9)


def _show(folder: Path) -> Show:
    reading = load_show(folder)
    if reading.show is None:
        raise UsageError(say("run.not_a_show", folder=folder))
    return reading.show


def _names(show: Show) -> dict[str, str]:
    return dict(told_apart(show.people.values()))


def _person(args: argparse.Namespace, show: Show) -> Person:
    if not args.person:
        key = "needs_all" if args.action == FORGET else "needs_person"
        raise UsageError(say(f"takes.wrong.{key}", action=args.action))
    names = _names(show)
    try:
        return show.people[one_of(args.person, names, say("text.what.person"))]
    except AskingError as error:
        raise UsageError(str(error)) from error


def _allow(args: argparse.Namespace, shelf: Shelf, show: Show) -> str:
    person = _person(args, show)
    who = _names(show)[person.id]
    performs = "performer" in person.roles or any(n.performer == person.id for n in show.numbers)
    if not performs:
        raise UsageError(say("takes.wrong.performer", who=who))
    if person.under_18:
        raise UsageError(say("takes.wrong.minor", who=who))
    if not may_be_remembered(person, shelf.wall()):
        raise UsageError(say("takes.wrong.over", who=who))
    if not shelf.allow(person.id, By.KEYBOARD):
        raise UsageError(say("takes.wrong.phone", who=who))
    return say("takes.done.allowed", who=who, id=person.id, folder=args.folder)


def _forget(args: argparse.Namespace, shelf: Shelf, show: Show) -> str:
    left = args.person not in show.people and shelf.folder(args.person)
    if left and left.exists():
        # Somebody who is not of the show any more goes by the id they had.
        shelf.erase(args.person)
        return say("takes.done.forgotten", who=args.person)
    person = _person(args, show)
    shelf.withdraw(person.id, By.KEYBOARD)
    return say("takes.done.forgotten", who=_names(show)[person.id])


def _list(args: argparse.Namespace, shelf: Shelf, show: Show) -> None:
    rows = [row for person in show.people if (row := _row(shelf, person)) is not None]
    loose = len(strays(shelf, show.people))
    if args.json:
        print(json.dumps({"takes": rows, "not_allowed": loose}, indent=2))
        return
    names = _names(show)
    told = [_row_in_words(names[str(row["person"])], row) for row in rows]
    print("\n".join([say("takes.list.head", folder=args.folder), *told]))
    if not rows:
        print(say("takes.list.nobody"))
    if loose:
        print(say("takes.list.strays", n=loose, folder=args.folder))


def _row(shelf: Shelf, person: str) -> dict[str, object] | None:
    """How many takes of `person` are kept, and from when to when; None without a yes."""
    if shelf.yes(person) is None:
        return None
    times = sorted(kept.at for kept in shelf.of(person))
    first, last = (_utc(times[0]), _utc(times[-1])) if times else ("", "")
    return {"person": person, "kept": len(times), "first": first, "last": last}


def _row_in_words(who: str, row: dict[str, object]) -> str:
    values = {"who": who, "n": row["kept"], "first": row["first"], "last": row["last"]}
    return say("takes.list.when" if row["kept"] else "takes.list.row", **values)


def _utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")


def _tell(args: argparse.Namespace, words: str) -> None:
    print(json.dumps({"done": words}) if args.json else words)
