"""A0 and A0b: the bundled evening is played, and somebody is in position before its end."""

from pathlib import Path

from collavoce import evening
from collavoce.cli.errors import UsageError
from collavoce.cli.evening_people import EveningPeople, acknowledge_later
from collavoce.cli.phones import PhoneError
from collavoce.cli.run import counted, play_virtually, readable_show
from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.house import StoryHouse
from collavoce.cli.stories.page import ms
from collavoce.desk.pairing import PairingDesk
from collavoce.evening.scoring import exit_late_s, score
from collavoce.evening.truth import Truth, read_truth
from collavoce.following.estimate import Music
from collavoce.runtime.care.doorway import BOX
from collavoce.runtime.clock import monotonic_ns
from collavoce.runtime.live import LivePerformance, kept_events, live_performance
from collavoce.runtime.opening import OpeningError, Options
from collavoce.runtime.players import LEAD_IN
from collavoce.runtime.prepared import Prepared
from collavoce.runtime.tally import Tally
from collavoce.show.actions.person import CallPerson
from collavoce.show.cues import Show
from collavoce.show.events import AnyEvent, MusicChanged, MusicJumped
from collavoce.words import say

HER_NAME = "서미나"
"""Who holds the seat in the bundled evening."""

STANDBY_S = 3.0
NUMBER = "nocturne"


def lay_out(folder: Path, friend: str) -> Path:
    """The bundled evening in `folder`, with `friend` in the seat."""
    evening.lay_out(folder)
    file = folder / "show.toml"
    text = file.read_text(encoding="utf-8")
    quoted = friend.replace("\\", "\\\\").replace('"', '\\"')
    file.write_text(text.replace(f'"{HER_NAME}"', f'"{quoted}"'), encoding="utf-8")
    return folder


def music(account: Account, folder: Path, speed: float | None) -> None:
    """Play it, on a virtual clock (`speed` None) or in real processes; raises UsageError."""
    with account.step("A0") as taking:
        prepared, plan = readable_show(folder)
        care = folder.parent / "music-care"
        options = Options(
            folder,
            speed=speed or 1.0,
            performer=folder / evening.PERFORMANCE,
            care_root=care,
            headless=True,
        )
        if speed is None:
            reactions = (acknowledge_later,)
            epoch = play_virtually(options, prepared, plan, quiet=True, reactions=reactions)
        else:
            epoch = _live(options, prepared, plan)
        tally, _ = counted(folder, prepared.show, epoch)
        events, _ = kept_events(folder, epoch)
        truth = read_truth(evening.truth_json())
        begun = tally.started_at + LEAD_IN
        scored = score([(f.cue, f.at - begun) for f in tally.firings], truth, prepared.show)
        taking.is_so("cues", not scored.missed, Figure(scored.fired), planned=scored.planned)
        taking.is_so("early", not scored.early, Figure(scored.early))
        taking.is_so("twice", not scored.doubled, Figure(scored.doubled))
        if scored.error_ms is not None:
            taking.is_so("error", True, Figure(round(scored.error_ms.p95), "ms"))
        _found(taking, events)
    _off_stage(account, tally, truth, prepared.show)


def _found(taking: Taking, events: list[AnyEvent]) -> None:
    """Where he stopped and where he lost his way, as the show said it."""
    holds = sum(isinstance(e, MusicChanged) and e.state is Music.HELD for e in events)
    jumps = sum(isinstance(event, MusicJumped) for event in events)
    taking.is_so("stop", holds, Figure(holds))
    taking.is_so("jump", jumps, Figure(jumps))


def _off_stage(account: Account, tally: Tally, truth: Truth, show: Show) -> None:
    """A0b, and A-f as far as one performance can show it."""
    with account.step("A0b") as taking:
        at = tally.exit_standby_at
        begun, lead = tally.started_at + LEAD_IN, _lead(show)
        off = None if at is None else abs(exit_late_s(at - begun, lead, truth))
        taking.within("standby", [off], STANDBY_S, "s", lead=f"{lead:g}")
        taking.is_so("acknowledged", tally.acknowledged)
        dark = tally.lights_out_at
        ended = tally.ended_at
        after = None if dark is None or ended is None else Figure(round(dark - ended, 1), "s")
        taking.is_so("dark", after is not None, after)
        taking.not_yet("applause")


def _lead(show: Show) -> float:
    """The time set for the exit, seconds before the last onset."""
    return next(
        action.lead
        for number in show.numbers
        for cue in number.cues
        for action in cue.actions
        if isinstance(action, CallPerson)
    )


def _live(options: Options, prepared: Prepared, plan: str) -> int:
    """Play it in real processes until it is over; its epoch."""
    try:
        with live_performance(options, prepared, plan, _unheard) as live:
            people = _arrive(live)
            while not live.over():
                live.turn()
                people.acknowledge_standbys(live.config.clock.now())
            people.leave()
            return live.config.epoch
    except (OpeningError, PhoneError) as error:
        raise UsageError(str(error)) from error


def _unheard(name: str, state: str, restarts: int) -> None:
    """How the processes fare is the ledger's to show."""


def _arrive(live: LivePerformance) -> EveningPeople:
    config = live.config
    with PairingDesk(config.box("story")) as desk:

        def link(person: str) -> str:
            found = desk.ask(config.box(BOX), person)
            if found is None:
                raise UsageError(say("story.no_pairing"))
            return found.url

        host = config.public_host
        return EveningPeople.arrive(link, (host, config.care_port), (host, config.web_port))


def a_hand_wins(account: Account, house: StoryHouse) -> None:
    """A0 once more, in a hold: nothing fires by itself, and GO does."""
    with account.step("A0", "-hand") as taking:
        desk = house.desk
        desk.orders("StartNumber", number=NUMBER)
        desk.at(lambda view: view["rail"]["number"] == NUMBER)
        desk.orders("Hold")
        desk.at(lambda view: view["rail"]["held"])
        cue, began = desk.view["standby"], monotonic_ns()
        desk.orders("Go", cue=cue)
        fired = desk.at(lambda view: view["last"] and view["last"]["cue"] == cue, began)
        taking.is_so("fired", True, Figure(round(ms(began, fired)), "ms"), cue=cue)
        desk.orders("Resume")
