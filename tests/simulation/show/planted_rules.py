"""Bugs on purpose in the rules of the cue engine, one at a time: some seed must find each."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import Any
from unittest import mock

from msgspec.structs import replace
from tests.simulation.show.planting import asking, evolve, folding, forgotten, instead, planted

from collavoce.runtime import performance, stages
from collavoce.runtime.entry import Entry
from collavoce.runtime.leaving import Firing, Leaving
from collavoce.runtime.performance import Performance
from collavoce.runtime.stages import Stages
from collavoce.runtime.wires import carriers
from collavoce.runtime.wires.shot import Shot
from collavoce.show import commands as c
from collavoce.show import events as e
from collavoce.show.actions.action import Action, Replay
from collavoce.show.actions.group import FireGroup
from collavoce.show.cues import Cue, Show
from collavoce.show.folds import cues, following
from collavoce.show.rules import inward, kept_back, outside, tracking, turn
from collavoce.show.rules.draft import Draft
from collavoce.show.running import lasting
from collavoce.show.state import ShowState
from collavoce.units import Seconds


@planted
def _somebody_not_clear_holds_nothing_back() -> Generator[None]:
    with instead(kept_back, "_refused", _nothing):
        yield


@planted
def _what_a_cue_needs_is_not_asked() -> Generator[None]:
    with instead(kept_back, "_waits_for", _nothing):
        yield


@planted
def _an_override_is_not_recorded() -> Generator[None]:
    key = turn.Obstacle.KEPT_BACK, turn.Asker.MEANT
    with mock.patch.dict(_table(turn.TURNS), {key: turn.Turn.FIRES}):
        yield


@planted
def _a_hazard_fires_by_itself() -> Generator[None]:
    key = turn.Obstacle.HAZARD, turn.Asker.ITSELF
    with mock.patch.dict(_table(turn.TURNS), {key: turn.Turn.FIRES}):
        yield


@planted
def _what_hangs_on_a_hazard_waits_for_nobody() -> Generator[None]:
    running = lasting.running

    def at_once(show: Show, state: ShowState, cue: Cue, at: float) -> Any:
        run = running(show, state, cue, at)
        return run if run is None or not cue.hazard else replace(run, until=at)

    with instead(following, "running", at_once):
        yield


@planted
def _disarming_is_forgotten() -> Generator[None]:
    with forgotten(e.CuesSwitched):
        yield


@planted
def _undo_takes_nothing_back() -> Generator[None]:
    def only_said(_show: Show, state: ShowState, _event: e.EditUndone) -> ShowState:
        *done, last = state.done
        return replace(state, done=tuple(done), undone=(*state.undone, last))

    with folding(e.EditUndone, only_said):
        yield


@planted
def _the_lock_locks_nothing() -> Generator[None]:
    with forgotten(e.ShowLocked):
        yield


@planted
def _a_clock_that_was_set_forward_fires() -> Generator[None]:
    with instead(outside, "STEP_S", 1e9):
        yield


@planted
def _a_clock_that_was_set_back_fires_again() -> Generator[None]:
    row = replace_row(turn.SOURCES[e.Cause.CLOCK], once=False)
    with (
        mock.patch.dict(_table(turn.SOURCES), {e.Cause.CLOCK: row}),
        instead(outside, "_armed", _always),
    ):
        yield


@planted
def _a_bouncing_contact_fires_twice() -> Generator[None]:
    with instead(outside, "_bounces", _never):
        yield


@planted
def _an_input_fires_in_a_hold() -> Generator[None]:
    with instead(outside, "_is_held", _never):
        yield


@planted
def _a_second_stop_fades_like_the_first() -> Generator[None]:
    def stop(draft: Draft, command: c.Stop) -> None:
        hard = command.fade == 0
        draft.tell(e.ShowStopped(at=draft.now, by=draft.by, fade=command.fade, hard=hard))

    with asking(c.Stop, stop):
        yield


@planted
def _a_stop_leaves_the_waits() -> Generator[None]:
    rule = evolve.EVENTS[e.ShowStopped]

    def waits_on(show: Show, state: ShowState, event: e.ShowStopped) -> ShowState:
        return replace(rule(show, state, event), waiting=state.waiting, begun=state.begun)

    with folding(e.ShowStopped, waits_on):
        yield


@planted
def _a_pre_wait_is_not_waited() -> Generator[None]:
    rule = evolve.EVENTS[e.CueBegun]

    def at_once(show: Show, state: ShowState, event: e.CueBegun) -> ShowState:
        return rule(show, state, replace(event, due=event.at))

    with folding(e.CueBegun, at_once):
        yield


@planted
def _what_follows_an_end_comes_at_once() -> Generator[None]:
    over = lasting.running

    def ends(show: Show, state: ShowState, cue: Cue, at: float) -> Any:
        run = over(show, state, cue, at)
        return run if run is None or run.until is None else replace(run, until=at)

    with instead(following, "running", ends):
        yield


@planted
def _a_sequence_comes_all_at_once() -> Generator[None]:
    def all_of_it(draft: Draft, cue: Cue, group: FireGroup) -> None:
        inward._bring(draft, cue, group.cues)

    with mock.patch.dict(_table(inward.INWARD), {FireGroup: all_of_it}):
        yield


@planted
def _chance_always_takes_the_first() -> Generator[None]:
    def first(_draft: Draft, _group: str, cues: tuple[str, ...]) -> str:
        return cues[0]

    with instead(inward, "choose", first):
        yield


@planted
def _a_time_line_forgets_its_times() -> Generator[None]:
    def none(group: FireGroup) -> dict[str, Seconds]:
        return dict.fromkeys(group.cues, Seconds(0.0))

    with instead(inward, "comes_after", none), instead(following, "comes_after", none):
        yield


@planted
def _what_follows_a_cue_is_forgotten() -> Generator[None]:
    def nothing(_show: Show, state: ShowState, _cue: str, _at: float, *, again: bool) -> ShowState:
        del again
        return state

    with instead(cues, "bring_at_once", nothing):
        yield


@planted
def _the_stage_is_tracked_backwards() -> Generator[None]:
    behind = tracking.behind

    def backwards(show: Show, state: ShowState, place: Any) -> tuple[Cue, ...]:
        return behind(show, state, place)[::-1]

    with instead(tracking, "behind", backwards):
        yield


@planted
def _the_stage_is_tracked_one_cue_short() -> Generator[None]:
    walked = tracking.with_those_they_bring

    def short(show: Show, cues: Iterable[Cue]) -> Iterator[Cue]:
        return iter(list(walked(show, [cue for cue in cues if not cue.number.endswith(".0")])))

    with instead(tracking, "with_those_they_bring", short):
        yield


@planted
def _what_belongs_together_leaves_when_it_likes() -> Generator[None]:
    with instead(performance, "landed", _second):
        yield


@planted
def _a_stop_does_not_reach_what_waits_to_leave() -> Generator[None]:
    def drop(_self: Leaving, _among: Any) -> list[tuple[Firing, Shot]]:
        return []

    with instead(Leaving, "drop", drop):
        yield


@planted
def _a_request_is_made_again_after_a_restart() -> Generator[None]:
    def eager(_action: Action) -> Replay:
        return Replay.ABSOLUTE

    with instead(carriers, "replay_of", eager):
        yield


@planted
def _a_successor_restores_every_stage_into_one() -> Generator[None]:
    def into_one(self: Stages, entries: Iterable[tuple[int, Entry]]) -> None:
        for entry in entries:
            self._first.restore((entry,))

    with instead(Stages, "restore", into_one):
        yield


@planted
def _all_stages_keep_one_key() -> Generator[None]:
    with instead(stages, "_key_on", _second):
        yield


@planted
def _a_timer_runs_on_while_it_is_paused() -> Generator[None]:
    with forgotten(e.TimerPaused):
        yield


@planted
def _a_number_that_is_cut_is_played() -> Generator[None]:
    with forgotten(e.SetListChanged):
        yield


@planted
def _sound_goes_on_when_its_cue_is_ended() -> Generator[None]:
    def deaf(_self: Performance, event: e.AnyEvent, _sounding: Any = ()) -> None:
        del event

    with instead(Performance, "_pass_on", deaf):
        yield


def replace_row(row: turn.Source, *, once: bool) -> turn.Source:
    """The same source, met once or as often as it likes."""
    return turn.Source(once=once, held=row.held, leads=row.leads)


def _table(table: Mapping[Any, Any]) -> dict[Any, Any]:
    """A table of rules, as what it is."""
    assert isinstance(table, dict)
    return table


def _nothing(*_given: Any) -> None:
    """No answer."""


def _always(*_given: Any) -> bool:
    return True


def _never(*_given: Any) -> bool:
    return False


def _second(_first: Any, second: Any, *_more: Any) -> Any:
    return second
