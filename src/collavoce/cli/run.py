"""`collavoce run DIR`: open a show and run it until it is closed."""

import argparse
import json
import sys
from pathlib import Path

from rich.progress import Progress

from collavoce.cli.errors import UsageError
from collavoce.cli.outcome import outcome_json, outcome_lines
from collavoce.cli.players import can_be_read, on_known_stages, performers
from collavoce.cli.reading import load_show
from collavoce.cli.speed import MAX, speed_of
from collavoce.rig.errors import RigError
from collavoce.runtime.clock import LiveClock, utc_now
from collavoce.runtime.live import LivePerformance, kept_events, live_performance
from collavoce.runtime.lockstep import Reaction
from collavoce.runtime.opening import OpeningError, Options, reachable
from collavoce.runtime.players import LEAD_IN, try_port
from collavoce.runtime.policies import empty_seats
from collavoce.runtime.prepared import Prepared, plan_hash, prepare
from collavoce.runtime.realtime import noted
from collavoce.runtime.tally import Tally, tally
from collavoce.runtime.tls.chosen import Tls, choose
from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.virtual import run_virtually
from collavoce.show.cues import Show
from collavoce.words import say

SPEEDS = (0.1, 50.0)
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=say("run.folder"))
    parser.add_argument("--performer", type=Path, metavar="PERF.mid", help=say("run.performer"))
    parser.add_argument(
        "--performer-on",
        action="append",
        default=[],
        metavar="STAGE=PERF.mid",
        help=say("run.performer_on"),
    )
    parser.add_argument("--midi", default="", metavar="PORT", help=say("run.midi"))
    parser.add_argument("--certificate", type=Path, metavar="FILE", help=say("run.certificate"))
    parser.add_argument("--key", type=Path, metavar="FILE", help=say("run.key"))
    parser.add_argument("--name", default="", metavar="HOST", help=say("run.name"))
    parser.add_argument("--hsts", action="store_true", help=say("run.hsts"))
    parser.add_argument("--realtime", action="store_true", help=say("run.realtime"))
    add_common(parser)


def add_common(parser: argparse.ArgumentParser) -> None:
    """The arguments that `run` and `demo` share."""
    parser.add_argument("--host", default="127.0.0.1", help=say("run.host"))
    parser.add_argument("--port", type=int, default=0, help=say("run.port"))
    parser.add_argument("--care-port", type=int, default=0, help=say("run.care_port"))
    parser.add_argument("--osc-port", type=int, default=0, help=say("run.osc_port"))
    parser.add_argument(
        "--gateway-interface", default="", metavar="ADDRESS", help=say("run.gateway_interface")
    )
    parser.add_argument("--headless", action="store_true", help=say("run.headless"))
    parser.add_argument("--speed", default="1", metavar="N|max", help=say("run.speed"))
    parser.add_argument("--json", action="store_true", help=say("run.json"))


def run(args: argparse.Namespace) -> int:
    """Run the show; 0 when it was closed in order."""
    if args.performer is not None and args.midi:
        raise UsageError(say("run.two_players"))
    options = options_of(args, args.folder, args.performer)
    if args.midi:
        try:
            try_port(args.midi, LiveClock.start())
        except RigError as error:
            raise UsageError(str(error)) from error
    prepared, plan = readable_show(args.folder)
    on_known_stages(prepared.show, options.performers)
    if args.speed == MAX:
        epoch = play_virtually(options, prepared, plan, quiet=args.json)
    else:
        epoch = play_live(options, prepared, plan, quiet=args.json)
    report(options.folder, prepared.show, epoch, as_json=args.json)
    return 0


def options_of(
    args: argparse.Namespace, folder: Path, performer: Path | None, care_root: Path | None = None
) -> Options:
    """What was chosen on the command line; raises UsageError."""
    speed = speed_of(args.speed, *SPEEDS)
    others = performers(getattr(args, "performer_on", ()))
    if speed is None and performer is None and not others:
        raise UsageError(say("run.needs_performer"))
    if performer is not None:
        can_be_read(performer)
    return Options(
        folder=folder,
        host=args.host,
        web_port=args.port,
        care_port=args.care_port,
        speed=1.0 if speed is None else speed,
        performer=performer,
        performers=others,
        midi_port=getattr(args, "midi", ""),
        osc_port=args.osc_port,
        gateway_interface=args.gateway_interface,
        headless=args.headless,
        care_root=care_root,
        tls=tls_of(args),
        realtime=getattr(args, "realtime", False),
    )


def tls_of(args: argparse.Namespace) -> Tls | None:
    """The certificate that was named, None for plain HTTP; raises UsageError."""
    certificate, key = getattr(args, "certificate", None), getattr(args, "key", None)
    if certificate is None and key is None:
        if getattr(args, "hsts", False):
            raise UsageError(say("tls.wrong.hsts_without"))
        return None
    if certificate is None or key is None:
        raise UsageError(say("tls.wrong.only_one"))
    public = reachable(args.host)
    try:
        return choose(certificate, key, args.name, public, utc_now(), hsts=args.hsts)
    except (TlsError, OSError) as error:
        raise UsageError(str(error)) from error


def readable_show(folder: Path) -> tuple[Prepared, str]:
    """The show in `folder` with its music, if it can be run, and its plan's hash.

    Raises UsageError.
    """
    reading = load_show(folder)
    if reading.show is None or any(finding.blocking for finding in reading.findings):
        raise UsageError(say("run.not_a_show", folder=folder))
    return prepare(folder, reading.show, reading.scores), plan_hash(folder, reading.show)


def play_virtually(
    options: Options,
    prepared: Prepared,
    plan: str,
    *,
    quiet: bool,
    reactions: tuple[Reaction, ...] = (),
) -> int:
    """Play on a virtual clock; the epoch it is kept under."""
    with Progress(disable=quiet, transient=True) as bar:
        task = bar.add_task(say("run.line.progress"), total=None)
        try:
            return run_virtually(
                options, prepared, plan, reactions, lambda now: bar.update(task, completed=now)
            )
        except (OpeningError, RigError) as error:
            raise UsageError(str(error)) from error


def play_live(options: Options, prepared: Prepared, plan: str, *, quiet: bool) -> int:
    """Play in real processes until it is over or Ctrl-C; the epoch it is kept under."""
    try:
        with live_performance(options, prepared, plan, announce_process) as live:
            if not quiet:
                announce(live, options, prepared.show)
            try:
                while not (options.headless and live.over()):
                    live.turn()
            except KeyboardInterrupt:
                pass
            return live.config.epoch
    except (OpeningError, RigError) as error:
        raise UsageError(str(error)) from error


def announce(live: LivePerformance, options: Options, show: Show) -> None:
    """Say where the desk and the phones are."""
    print(say("run.line.title", title=show.title))
    print(say("run.line.desk", url=live.desk_url))
    print(say("run.line.phones", url=live.phone_url))
    print(say("run.line.osc", host=live.config.osc_host, port=live.config.osc_port))
    if not live.channels:
        print(say("run.line.warn", what=say("channels.page_only.said", file=live.channels_file)))
    if options.tls is not None:
        for words in options.tls.odd:
            print(say("run.line.warn", what=words))
    elif options.host not in OWN_MACHINE:
        print(say("run.line.warn", what=say("run.plain_http")))
    for seat in empty_seats(show):
        print(say("run.line.warn", what=say("run.seat_empty", seat=seat)))
    print(say("run.line.regime", words=noted(live.config.run_dir)))
    if options.performer is not None:
        print(say("run.line.playing", file=options.performer.name))
    print(say("run.line.close"), flush=True)


def announce_process(name: str, state: str, restarts: int) -> None:
    """Say when a process dies and comes back; starting and ending in order is no news."""
    if state == "down":
        print(say("run.line.process_down", name=name), file=sys.stderr)
    elif state == "up" and restarts:
        print(say("run.line.process_up", name=name), file=sys.stderr)
    elif state == "given up":
        print(say("run.line.process_given_up", name=name), file=sys.stderr)


def counted(folder: Path, show: Show, epoch: int) -> tuple[Tally, str]:
    """The tally of a performance as it stands on disk, and the ledger's head hash."""
    events, head = kept_events(folder, epoch)
    return tally(show, events), head


def report(folder: Path, show: Show, epoch: int, *, as_json: bool) -> None:
    """Print what came of it."""
    counts, head = counted(folder, show, epoch)
    if as_json:
        print(json.dumps(outcome_json(counts, head, counts.started_at + LEAD_IN)))
    else:
        print("\n".join(outcome_lines(counts, head)))
