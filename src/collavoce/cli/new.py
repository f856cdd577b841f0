"""`collavoce new DIR`: a small commented show to begin with."""

import argparse
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from collavoce.cli.errors import UsageError
from collavoce.words import say

TEMPLATE = "new_show"

RENAMED = {"gitignore": ".gitignore"}
"""A dot file inside the package would be obeyed there by git and left out by packagers."""


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("new.folder"))


def run(args: argparse.Namespace) -> int:
    """Write the show and say what to do with it."""
    folder: Path = args.folder
    write_show(folder)
    print(say("new.done", folder=folder))
    return 0


def write_show(folder: Path) -> None:
    """Fill `folder`, made if need be, with the show; raises UsageError if anything is in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(say("new.not_empty", folder=folder))
        _copy(resources.files("collavoce.cli") / TEMPLATE, folder)
    except OSError as error:
        raise UsageError(say("new.cannot", folder=folder, why=error.strerror)) from error


def _copy(source: Traversable, target: Path) -> None:
    for item in source.iterdir():
        path = target / RENAMED.get(item.name, item.name)
        if item.is_dir():
            path.mkdir()
            _copy(item, path)
        else:
            path.write_bytes(item.read_bytes())
