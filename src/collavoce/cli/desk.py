"""`collavoce desk`: a desk or a phone's page in a terminal, or the link opened in the browser."""

import argparse
import sys
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from collavoce.cli.errors import UsageError
from collavoce.cli.text.asking import AskingError
from collavoce.cli.text.caller import CallerText
from collavoce.cli.text.crew import CrewText, is_crew
from collavoce.cli.text.door import Door, DoorError
from collavoce.cli.text.phone import PhoneText, become, keep_cookies, kept_cookies
from collavoce.cli.text.teller import Teller
from collavoce.words import say


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("link", help=say("text.link"))
    parser.add_argument("--text", action="store_true", help=say("text.text"))
    parser.add_argument("--ca", type=Path, metavar="FILE", help=say("text.ca"))
    kept = platformdirs.user_config_path("collavoce") / "terminal.json"
    parser.add_argument("--keep", type=Path, metavar="FILE", default=kept, help=say("text.keep"))


def run(args: argparse.Namespace) -> int:
    """Open the link; 0 when it was closed in order."""
    if not args.text:
        webbrowser.open(args.link)
        return 0
    teller = Teller(sys.stdout)
    door: Door | None = None
    try:
        door = Door(args.link, args.ca)
        page = _page(door, args, teller)
        page.listen()
        teller.answer(say("text.ready"))
        _until_done(page, teller)
    except DoorError as error:
        raise UsageError(str(error)) from error
    finally:
        if door is not None:
            door.closed.set()
    return 0


Page = CallerText | PhoneText | CrewText


def _page(door: Door, args: argparse.Namespace, teller: Teller) -> Page:
    """Which page it is stands in the link: phones live under /care/, cue lights at /crew."""
    if is_crew(args.link):
        kept_cookies(door, args.keep)
        return CrewText(door, teller)
    if not urlsplit(args.link).path.startswith("/care"):
        return CallerText(door, args.link, teller)
    kept_cookies(door, args.keep)
    become(door, args.link)
    page = PhoneText(door, teller)
    keep_cookies(door, args.keep)
    return page


def _until_done(page: Page, teller: Teller) -> None:
    """Carry out each line that is typed, until `quit` or the end of what is typed."""
    for line in sys.stdin:
        word = line.strip().partition(" ")[0].casefold()
        if word in ("quit", "exit"):
            return
        if not word:
            page.twice.forget()
            teller.again()
        elif word in ("help", "?"):
            page.twice.forget()
            for helped in page.asking.lines():
                teller.answer(helped)
        else:
            teller.answer(_answer(page, line))


def _answer(page: Page, line: str) -> str:
    try:
        return page.asking.ask(line)
    except (AskingError, DoorError) as error:
        return str(error)
