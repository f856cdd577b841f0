"""`collavoce restore BACKUP DIR`: put back what `collavoce backup` copied."""

import argparse
from pathlib import Path

from collavoce.cli.errors import UsageError
from collavoce.ledger import LedgerError
from collavoce.runtime.care.backup import BackupError, needs_key, restore
from collavoce.runtime.care.home import HomeError, found_home
from collavoce.words import say


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("backup", type=Path, metavar="BACKUP", help=say("backup.source"))
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("backup.folder"))


def run(args: argparse.Namespace) -> int:
    """Put back; 1 when the key file is still missing."""
    try:
        contents = restore(args.backup, args.folder)
        keyless = needs_key(args.folder, contents)
    except (BackupError, LedgerError, HomeError) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(say("backup.cannot", folder=args.folder, why=error.strerror)) from error
    print(say("backup.restored", files=len(contents.files), taken=contents.taken_at))
    home = found_home(args.folder)
    if keyless and home is not None:
        print(say("backup.key_missing", file=home.key_file))
    return 1 if keyless else 0
