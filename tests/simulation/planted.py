"""Bugs on purpose, one at a time: each is the kind that a review passes and an evening does not.

A simulator that finds nothing may be blind. Each of these is put into the real code, and some
seed below `WITHIN` must find it.
"""

import asyncio
import contextlib
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any
from unittest import mock

import apsw
import msgspec

from collavoce.care import near, state
from collavoce.care.commands import CancelAlert
from collavoce.care.events import AlertRaised, CareOpened
from collavoce.care.ladder import Rung, Times
from collavoce.care.outcome import Kept, NotRecorded
from collavoce.care.reached import outbox, standing
from collavoce.care.rules import call as decide_call
from collavoce.care.rules import press as decide_press
from collavoce.care.states import alert, alerts
from collavoce.care.states.alert import Alert
from collavoce.care.states.alerts import Alerts
from collavoce.ledger.keeper import Keeper
from collavoce.runtime.care import climbing
from collavoce.runtime.care.house import House
from collavoce.runtime.care.kept.shelf import Shelf
from collavoce.runtime.care.ways import carriage, courier
from collavoce.runtime.care.ways.deadman import Foreseen
from collavoce.runtime.porter.claims import Claims
from collavoce.runtime.watchdog.standing_in import StandingIn

WITHIN = 300
"""Seeds in which each must be found."""

Patch = contextlib.AbstractContextManager[Any]
Planting = Callable[[], Patch]
PLANTED: dict[str, Planting] = {}


def _planted(bug: Callable[[], Generator[None]]) -> Callable[[], Patch]:
    planting = contextlib.contextmanager(bug)
    PLANTED[bug.__name__.removeprefix("_").replace("_", " ")] = planting
    return planting


def _instead(where: Any, name: str, what: Callable[..., Any]) -> Patch:
    return mock.patch.object(where, name, what)


@_planted
def _kept_is_said_before_the_sync() -> Generator[None]:
    configure = Keeper._configure

    def careless(self: Keeper, connection: apsw.Connection, *, shared: bool) -> None:
        configure(self, connection, shared=shared)
        connection.pragma("synchronous", "off")

    with _instead(Keeper, "_configure", careless):
        yield


@_planted
def _a_failed_sync_is_tried_again() -> Generator[None]:
    once = Keeper._once

    def again(self: Keeper, action: Callable[[], Any]) -> Any:
        try:
            return once(self, action)
        finally:
            self._stopped = ""

    with (
        _instead(Keeper, "_once", again),
        mock.patch("collavoce.ledger.keeper.mark_stopped"),
    ):
        yield


@_planted
def _an_ill_disk_is_answered_with_kept() -> Generator[None]:
    ask = House.ask

    def optimist(self: House, command: Any) -> Any:
        outcome = ask(self, command)
        return Kept() if outcome == NotRecorded(done=True) else outcome

    with _instead(House, "ask", optimist):
        yield


@_planted
def _a_press_is_dropped_when_the_disk_is_ill() -> Generator[None]:
    with mock.patch("collavoce.runtime.care.house._holds_without_disk", return_value=False):
        yield


@_planted
def _nearness_is_forgotten() -> Generator[None]:
    with mock.patch.object(near.Near, "admits", return_value=True):
        yield


@_planted
def _a_step_comes_one_second_early() -> Generator[None]:
    climbs_at, rung_at = Alert.climbs_at, decide_call.rung_at

    def early(it: Alert) -> float:
        return climbs_at(it) - 1.0

    def further(times: Times, elapsed: float) -> Rung:
        return rung_at(times, elapsed + 1.0)

    with (
        _instead(Alert, "climbs_at", early),
        _instead(decide_call, "rung_at", further),
    ):
        yield


@_planted
def _an_open_press_is_lost_at_a_restart() -> Generator[None]:
    replay = Shelf.replay

    def forgetful(self: Shelf) -> Any:
        events = list(replay(self))
        last = next((e for e in reversed(events) if isinstance(e, AlertRaised)), None)
        return [e for e in events if e is not last]

    with _instead(Shelf, "replay", forgetful):
        yield


@_planted
def _a_reboot_does_not_move_the_moments() -> Generator[None]:
    def opened(before: Any, event: CareOpened) -> Any:
        return replace(before, boot=event.boot, last_at=event.at)

    with _instead(state, "_opened", opened):
        yield


@_planted
def _a_step_rings_again_once_somebody_has_seen_it() -> Generator[None]:
    key_of = standing.key_of

    def unsteady(it: Alert, trusted: str) -> str:
        return f"{key_of(it, trusted)}{'!' * len(it.shown)}"

    with _instead(standing, "key_of", unsteady):
        yield


@_planted
def _a_cancel_is_ignored() -> Generator[None]:
    taken_back = decide_press._taken_back

    def deaf(people: Any, before: Any, command: CancelAlert, now: Any) -> Any:
        if command.press in before.alerts.by_press:
            return ()
        return taken_back(people, before, command, now)

    with _instead(decide_press, "_taken_back", deaf):
        yield


@_planted
def _the_ladder_climbs_on_while_somebody_is_coming() -> Generator[None]:
    with mock.patch.object(Alert, "climbing", property(_climbs_while_covered)):
        yield


def _climbs_while_covered(it: Alert) -> bool:
    return it.end is None and bool(it.order or it.last) and it.rung < Rung.VOICE


@_planted
def _pressing_again_sets_the_climb_back() -> Generator[None]:
    raised = decide_press._raised

    def from_anew(*args: Any, **more: Any) -> AlertRaised:
        event = raised(*args, **more)
        return msgspec.structs.replace(event, since=event.at, rung=0)

    with _instead(decide_press, "_raised", from_anew):
        yield


@_planted
def _who_withdrew_is_called_all_the_same() -> Generator[None]:
    def unmoved(it: Alerts, *_: object) -> Alerts:
        return it

    with _instead(Alerts, "without", unmoved):
        yield


@_planted
def _the_other_word_shows() -> Generator[None]:
    evolved = alerts._evolved

    def plain(it: Alert, event: Any) -> Alert:
        return replace(evolved(it, event), hidden=False)

    with _instead(alerts, "_evolved", plain):
        yield


@_planted
def _the_other_word_ends_the_call() -> Generator[None]:
    with mock.patch.object(decide_press, "_is_true_word", return_value=True):
        yield


@_planted
def _a_press_sent_again_is_another_press() -> Generator[None]:
    with mock.patch.object(Alerts, "knows", return_value=False):
        yield


@_planted
def _the_second_is_passed_over() -> Generator[None]:
    called_at = alert.called_at

    def passing_over(rung: Rung, order: tuple[str, ...]) -> tuple[str, ...]:
        return order[:1] if rung is Rung.SECOND else called_at(rung, order)

    with _instead(alert, "called_at", passing_over):
        yield


@_planted
def _the_ladder_task_is_dropped() -> Generator[None]:
    async def sleepy(house: House) -> None:
        for _ in range(5):
            house.turn()
            await asyncio.sleep(climbing.TURN_MAX)
        while True:
            house.turned_at = house.moment()  # the pulse goes on, the ladder does not
            await asyncio.sleep(climbing.TURN_MAX)

    with mock.patch("tests.simulation.life.climb", sleepy):
        yield


@_planted
def _the_courier_task_is_dropped() -> Generator[None]:
    async def sleepy(it: carriage.Carriage) -> None:
        while True:
            it.courier.turned_at = it._house.moment()
            await asyncio.sleep(1.0)

    with mock.patch("tests.simulation.life.keep_carrying", sleepy):
        yield


@_planted
def _a_message_leaves_before_it_is_recorded() -> Generator[None]:
    turn = courier.Courier.turn

    def hasty(self: courier.Courier) -> bool:
        for message in list(self._outgoing.messages()):
            self._hand(message)
        return turn(self)

    with (
        _instead(courier.Courier, "turn", hasty),
        mock.patch.object(Claims, "take", return_value=True),
    ):
        yield


@_planted
def _accepted_is_taken_for_shown() -> Generator[None]:
    seen = Alert.seen_this_turn

    def credulous(self: Alert, trusted: str) -> bool:
        through = any(s.through and s.to == trusted for s in self.messages.values())
        return through or seen(self, trusted)

    with _instead(Alert, "seen_this_turn", credulous):
        yield


@_planted
def _nobody_is_called_by_another_way_who_is_kept_waiting() -> Generator[None]:
    call = outbox._call

    def later(before: Any, it: Alert, to: str) -> Any:
        slow = replace(it, times=replace(it.times, receipt_after=it.times.receipt_after + 10.0))
        return call(before, slow, to)

    with _instead(outbox, "_call", later):
        yield


@_planted
def _the_watchdog_carries_what_care_has_carried() -> Generator[None]:
    def soon(_: StandingIn, item: Foreseen, now: float) -> bool:
        return now >= item.due_at - 3.0

    with (
        _instead(StandingIn, "_is_late", soon),
        mock.patch.object(Claims, "take", return_value=True),
    ):
        yield


@_planted
def _the_watchdog_carries_too_soon() -> Generator[None]:
    def far_too_soon(_: StandingIn, item: Foreseen, now: float) -> bool:
        return now >= item.due_at - 30.0

    with _instead(StandingIn, "_is_late", far_too_soon):
        yield


@_planted
def _the_watchdog_looks_on() -> Generator[None]:
    with mock.patch.object(StandingIn, "late", return_value=()):
        yield


@_planted
def _those_told_may_not_stand_down() -> Generator[None]:
    with _instead(standing, "_call_state", _always_open):
        yield


def _always_open(it: Alert, _trusted: str) -> tuple[Any, float]:
    return standing.CallState.OPEN, it.ended_at
