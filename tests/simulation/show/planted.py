"""Bugs on purpose in engine, ring, drain and rules, one at a time: some seed must find each."""

from collections.abc import Generator, Iterable
from typing import Any
from unittest import mock

from msgspec.structs import replace
from tests.simulation.show.planting import evolve, folding, instead, planted

from collavoce.ledger import drain
from collavoce.ledger.record import Draft
from collavoce.ledger.ring import RingReader
from collavoce.ledger.segment import Segment
from collavoce.rig.udp import Sent
from collavoce.runtime import folded, performance
from collavoce.runtime.entry import Entry, decode
from collavoce.runtime.folded import FoldedShow
from collavoce.runtime.leaving import Firing
from collavoce.runtime.mail import Declined, Kept
from collavoce.runtime.performance import Performance
from collavoce.runtime.recording import Recording
from collavoce.runtime.wires.shot import Pull
from collavoce.show import events as e
from collavoce.show.board import Board
from collavoce.show.commands import AnyCommand
from collavoce.show.cues import Show
from collavoce.show.decide import decide
from collavoce.show.rules import hand, waits
from collavoce.show.rules.draft import Draft as ShowDraft
from collavoce.show.state import ShowState


@planted
def _the_wire_comes_before_the_record() -> Generator[None]:
    ask = Performance.ask

    def hasty(self: Performance, command: AnyCommand, by: str, key: str = "") -> Kept | Declined:
        decision = decide(self.show, self.state, command, self._now(), by)
        told = () if isinstance(decision, e.Refused) else decision
        for event in (one for one in told if isinstance(one, e.CueFired)):
            for shot in self._ready[event.cue].messages:
                shot.send(Pull(event.cue, str(self.seq + 1), self._now()))
        return ask(self, command, by, key)

    with instead(Performance, "ask", hasty):
        yield


@planted
def _answers_are_forgotten_at_a_restart() -> Generator[None]:
    restore = Performance.restore

    def careless(self: Performance, entries: Iterable[tuple[int, Entry]]) -> None:
        restore(self, entries)
        self._answers.clear()

    with instead(Performance, "restore", careless):
        yield


@planted
def _the_same_key_is_done_again() -> Generator[None]:
    ask = Performance.ask

    def again(self: Performance, command: AnyCommand, by: str, key: str = "") -> Kept | Declined:
        self._answers.clear()
        return ask(self, command, by, key)

    with instead(Performance, "ask", again):
        yield


@planted
def _a_doubtful_message_is_sent_again() -> Generator[None]:
    settle = Performance.settle

    def eager(self: Performance) -> tuple[str, ...]:
        for seq, fired in self._doubtful.items():
            for shot in self._ready[fired.cue].messages:
                shot.send(Pull(fired.cue, str(seq), self._now()))
        return settle(self)

    with instead(Performance, "settle", eager):
        yield


@planted
def _a_doubtful_message_is_not_spoken_of() -> Generator[None]:
    def silent(_self: Performance) -> tuple[str, ...]:
        return ()

    with instead(Performance, "settle", silent):
        yield


@planted
def _a_restart_forgets_the_look() -> Generator[None]:
    restore = Performance.restore

    def dark(self: Performance, entries: Iterable[tuple[int, Entry]]) -> None:
        restore(self, entries)
        self._lights.board = Board()

    with instead(Performance, "restore", dark):
        yield


@planted
def _a_restart_skips_the_last_entry() -> Generator[None]:
    restore = Performance.restore

    def short(self: Performance, entries: Iterable[tuple[int, Entry]]) -> None:
        restore(self, list(entries)[:-1])

    with instead(Performance, "restore", short):
        yield


@planted
def _what_is_held_back_is_dropped_when_the_disk_is_full() -> Generator[None]:
    catch_up = Recording.catch_up

    def drop(self: Recording) -> None:
        catch_up(self)
        self._held_back.clear()

    with instead(Recording, "catch_up", drop):
        yield


@planted
def _held_back_entries_go_in_backwards() -> Generator[None]:
    catch_up = Recording.catch_up

    def backwards(self: Recording) -> None:
        if len(self._held_back) > 1:
            self._held_back.reverse()
        catch_up(self)

    with instead(Recording, "catch_up", backwards):
        yield


@planted
def _the_drain_forgets_where_it_was() -> Generator[None]:
    def nowhere(_self: RingReader, _seq: int) -> None:
        return

    with instead(RingReader, "rewind", nowhere):
        yield


@planted
def _the_drain_places_nothing() -> Generator[None]:
    def placed(_seq: int, draft: Draft) -> Draft:
        return draft

    with instead(drain, "_placed", placed):
        yield


@planted
def _a_new_segment_begins_one_too_far() -> Generator[None]:
    has_room = Segment.has_room

    def tight(self: Segment, payload_bytes: int) -> bool:
        room = has_room(self, payload_bytes)
        if not room:
            self.seq += 1
        return room

    with instead(Segment, "has_room", tight):
        yield


@planted
def _the_desk_folds_only_the_newest() -> Generator[None]:
    def catch_up(self: FoldedShow) -> bool:
        if self._reader is None:
            if not self.ring.exists():
                return False
            self._reader = RingReader(self.ring)
        fresh = self._reader.read()[-3:]
        for seq, payload in fresh:
            entry = decode(payload)
            here = self.show.on_stage(entry.stage)
            self.states[entry.stage] = folded.evolve(here, self.states[entry.stage], entry.event)
            self.seq = seq
        return bool(fresh)

    with instead(FoldedShow, "catch_up", catch_up):
        yield


@planted
def _a_fired_cue_stays_armed() -> Generator[None]:
    rule = evolve.EVENTS[e.CueFired]

    def armed(show: Show, state: ShowState, event: e.CueFired) -> ShowState:
        return replace(rule(show, state, event), armed=state.armed)

    with folding(e.CueFired, armed):
        yield


@planted
def _a_hold_lets_the_follower_fire() -> Generator[None]:
    with folding(e.ShowHeld, lambda _show, state, _event: state):
        yield


@planted
def _waits_run_on_in_a_hold() -> Generator[None]:
    settle = waits.settle

    def restless(draft: ShowDraft) -> None:
        held, draft.state = draft.state.held, replace(draft.state, held=False)
        settle(draft)
        draft.state = replace(draft.state, held=held)

    due = performance.next_due

    def sooner(state: ShowState) -> Any:
        return due(replace(state, held=False))

    with (
        instead(performance, "next_due", sooner),
        mock.patch("collavoce.show.decide.settle", restless),
    ):
        yield


@planted
def _a_jump_back_arms_what_was_not_to_come_again() -> Generator[None]:
    rule = evolve.EVENTS[e.MusicJumped]

    def all_armed(show: Show, state: ShowState, event: e.MusicJumped) -> ShowState:
        after = rule(show, state, event)
        if event.target < event.origin:
            return replace(after, armed=after.armed | frozenset(state.fired))
        return after

    with folding(e.MusicJumped, all_armed):
        yield


@planted
def _follow_off_is_forgotten_with_the_next_number() -> Generator[None]:
    light = Performance._light

    # Only the engine has the bug: the ledger's readers fold by the rule.
    def engines(self: Performance, event: e.AnyEvent) -> None:
        light(self, event)
        if isinstance(event, e.MusicChanged):
            self.state = replace(self.state, follow=True)

    with instead(Performance, "_light", engines):
        yield


@planted
def _a_stop_is_folded_and_not_recorded() -> Generator[None]:
    def stop(draft: ShowDraft, _command: Any) -> None:
        draft.tell(e.ShowHeld(at=draft.now, by=draft.by))

    light = Performance._light

    def black(self: Performance, event: e.AnyEvent) -> None:
        light(self, event)
        if isinstance(event, e.ShowHeld):
            self.state = replace(self.state, waiting={})

    with (
        instead(hand, "stop", stop),
        instead(Performance, "_light", black),
    ):
        yield


@planted
def _a_firing_is_confirmed_only_when_it_went_well() -> Generator[None]:
    confirm = Performance._confirm

    def proud(self: Performance, firing: Firing) -> None:
        if not any(one.problem for one in firing.sent):
            confirm(self, firing)

    with instead(Performance, "_confirm", proud):
        yield


@planted
def _levels_of_a_late_cue_are_never_sent() -> Generator[None]:
    def lights(self: Performance) -> None:
        now = self._now()
        if self.look.moving_until > now:
            self._outputs.lights(now, self.look.at(now))

    def none(_self: Performance, _pull: Pull) -> Sent:
        return Sent(1)

    with (
        instead(Performance, "lights", lights),
        instead(Performance, "_send_lights", none),
    ):
        yield
