"""`collavoce demo`: the bundled evening, from the first note to the one who waits in the wings."""

import argparse
import json
import tempfile
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from collavoce import evening
from collavoce.cli.errors import UsageError
from collavoce.cli.evening_people import EveningPeople, PressTimes, acknowledge_later
from collavoce.cli.outcome import outcome_json, outcome_lines
from collavoce.cli.phones import PhoneError
from collavoce.cli.run import (
    MAX,
    add_common,
    announce,
    announce_process,
    counted,
    options_of,
    play_virtually,
    readable_show,
)
from collavoce.desk.pairing import PairingDesk
from collavoce.evening.scoring import Scored, exit_late_s, score
from collavoce.evening.truth import Truth, read_truth
from collavoce.runtime.live import CARE_ONLY, LivePerformance, live_performance
from collavoce.runtime.opening import OpeningError, Options
from collavoce.runtime.players import LEAD_IN
from collavoce.runtime.prepared import Prepared
from collavoce.runtime.tally import Tally
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Show
from collavoce.words import say

PRESS_AFTER_END_S = 4.0
"""He reaches the unlit edge of the stage this long after the last note."""


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--keep", type=Path, metavar="DIR", help=say("demo.keep"))
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Play the evening; 0 when every cue and the press arrived."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="collavoce-evening-")))
        folder = evening.lay_out(args.keep or home / "evening")
        options = options_of(args, folder, folder / evening.PERFORMANCE, care_root=home / "care")
        prepared, plan = readable_show(folder)
        show = prepared.show
        if not args.json:
            print(say("demo.intro"), say("demo.phones"), sep="\n", flush=True)
        if args.speed == MAX:
            epoch = play_virtually(
                options, prepared, plan, quiet=args.json, reactions=(acknowledge_later,)
            )
            press = _press_alone(options, prepared, plan)
        else:
            epoch, press = _play(options, prepared, plan, quiet=args.json)
        tally, head = counted(folder, show, epoch)
        begun = tally.started_at + LEAD_IN
        truth = read_truth(evening.truth_json())
        scored = score([(f.cue, f.at - begun) for f in tally.firings], truth, show)
        if args.json:
            print(json.dumps(_json(tally, head, scored, press, truth, show)))
        else:
            print("\n".join(_lines(tally, head, scored, press)))
    whole = not (scored.missed or scored.doubled or scored.early)
    return 0 if whole and press.delivered_ms is not None else 1


def _play(
    options: Options, prepared: Prepared, plan: str, *, quiet: bool
) -> tuple[int, PressTimes]:
    """Play in real processes, at real speed or `--speed`; epoch and press."""
    try:
        with live_performance(options, prepared, plan, announce_process) as live:
            people = _arrive(live)
            if not quiet:
                announce(live, options, prepared.show)
            if not options.headless:
                print(say("demo.opening"), flush=True)
                webbrowser.open(live.desk_url)
            press = _until_over(live, people)
            if not options.headless:
                print(say("demo.over"), flush=True)
                _until_interrupted(live)
            people.leave()
            return live.config.epoch, press
    except (OpeningError, PhoneError) as error:
        raise UsageError(say("demo.broken", why=error)) from error


def _until_over(live: LivePerformance, people: EveningPeople) -> PressTimes:
    press: PressTimes | None = None
    while press is None or not live.over():
        live.turn()
        now = live.config.clock.now()
        people.acknowledge_standbys(now)
        ended_at = live.folded.state.ended_at
        if press is None and ended_at is not None and now >= ended_at + PRESS_AFTER_END_S:
            press = people.press_in_the_wings()
    return press


def _until_interrupted(live: LivePerformance) -> None:
    try:
        while True:
            live.turn()
    except KeyboardInterrupt:
        return


def _press_alone(options: Options, prepared: Prepared, plan: str) -> PressTimes:
    """The press of a virtual evening: care's own process is real at any speed."""
    try:
        with live_performance(options, prepared, plan, announce_process, only=CARE_ONLY) as live:
            people = _arrive(live)
            press = people.press_in_the_wings()
            people.leave()
            return press
    except (OpeningError, PhoneError) as error:
        raise UsageError(say("demo.broken", why=error)) from error


def _arrive(live: LivePerformance) -> EveningPeople:
    config = live.config
    with PairingDesk(config.box("evening")) as desk:

        def link(person: str) -> str:
            found = desk.ask(config.box("care-pairing"), person)
            if found is None:
                raise UsageError(say("demo.no_pairing"))
            return found.url

        host = config.public_host
        return EveningPeople.arrive(link, (host, config.care_port), (host, config.web_port))


def _json(
    tally: Tally, head: str, scored: Scored, press: PressTimes, truth: Truth, show: Show
) -> dict[str, Any]:
    begun = tally.started_at + LEAD_IN
    facts = outcome_json(tally, head, begun)
    facts["cues"] |= {
        "planned": scored.planned,
        "fired": scored.fired,
        "missed": scored.missed,
        "doubled": scored.doubled,
        "early": scored.early,
    }
    errors = scored.error_ms
    facts["error_ms"] = errors and {
        "p50": round(errors.p50, 2),
        "p95": round(errors.p95, 2),
        "max": round(errors.max, 2),
    }
    if tally.exit_standby_at is not None:
        late = exit_late_s(tally.exit_standby_at - begun, _lead(show), truth)
        facts["exit"] |= {"standby_s": round(_lead(show) - late, 3), "lead_s": _lead(show)}
    facts["press"] = {"kept_ms": press.kept_ms, "delivered_ms": press.delivered_ms}
    return facts


def _lead(show: Show) -> float:
    """The time set for the evening's exit, seconds before the last onset."""
    return next(
        action.lead
        for number in show.numbers
        for cue in number.cues
        for action in cue.actions
        if isinstance(action, CallPerson)
    )


def _lines(tally: Tally, head: str, scored: Scored, press: PressTimes) -> list[str]:
    lines = outcome_lines(tally, head, scored.planned)
    if (errors := scored.error_ms) is not None:
        words = {"p50": errors.p50, "p95": errors.p95, "max": errors.max}
        lines.append(say("demo.errors", **words, early=scored.early))
    if press.delivered_ms is None:
        lines.append(say("demo.press_lost", kept=press.kept_ms))
    else:
        lines.append(say("demo.press_kept", kept=press.kept_ms, delivered=press.delivered_ms))
    return lines
