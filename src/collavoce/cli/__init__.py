"""The command line: reads folder and options, builds the rooms, starts the runtime.

In: arguments, show folders, files. Out: text, `--json`, an exit code. Never: a rule of the show.
"""

import argparse
import signal
import sys
from importlib import import_module

from collavoce import __version__
from collavoce.cli.errors import UsageError
from collavoce.words import say

COMMANDS = (
    "new",
    "check",
    "rehearse",
    "follow",
    "run",
    "demo",
    "desk",
    "story",
    "log",
    "report",
    "latency",
    "takes",
    "connections",
    "backup",
    "restore",
    "certificate",
)
"""One file each; a command's module offers `add(parser)` and `run(args) -> exit code`."""


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    top = argparse.ArgumentParser(prog="collavoce", description=say("cli.about"))
    top.add_argument("--version", action="version", version=f"collavoce {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = import_module(f"collavoce.cli.{name}")
        sub = commands.add_parser(
            name, help=say(f"cli.{name}.help"), description=say(f"cli.{name}.help")
        )
        module.add(sub)
        sub.set_defaults(run=module.run)
    return top


def main(argv: list[str] | None = None) -> None:
    """Run one command and leave with its exit code: 0 done, 1 found wrong, 2 cannot be done."""
    args = parser().parse_args(argv)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        # Whoever ends the command ends the show in order, as with Ctrl-C.
        signal.signal(ending, signal.default_int_handler)
    try:
        code = int(args.run(args))
    except UsageError as error:
        print(f"collavoce {args.command}: {error}", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
