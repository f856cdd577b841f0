"""`collavoce backup DIR TARGET`: a copy of what a show has written, while it runs or after."""

import argparse
from pathlib import Path

from collavoce.cli.errors import UsageError
from collavoce.ledger import LedgerError
from collavoce.runtime.care.backup import BackupError, back_up
from collavoce.runtime.care.home import HomeError
from collavoce.runtime.clock import utc_now
from collavoce.words import say


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("backup.folder"))
    parser.add_argument("target", type=Path, metavar="TARGET", help=say("backup.target"))
    parser.add_argument("--with-key", action="store_true", help=say("backup.with_key"))


def run(args: argparse.Namespace) -> int:
    """Copy, and say what the copy is good for."""
    if not args.folder.is_dir():
        raise UsageError(say("backup.no_folder", folder=args.folder))
    try:
        contents = back_up(args.folder, args.target, utc_now(), with_key=args.with_key)
    except (BackupError, LedgerError, HomeError) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(say("backup.cannot", folder=args.target, why=error.strerror)) from error
    print(say("backup.done", files=len(contents.files), folder=args.target))
    if any(name.startswith("care/") for name in contents.files):
        print(say("backup.keyed" if args.with_key else "backup.keyless"))
    print(say("backup.erased"))
    return 0
