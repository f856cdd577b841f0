"""What the watchdog makes of what it sees, on a clock moved by hand."""

from dataclasses import dataclass, field

import pytest

from collavoce.runtime.watchdog import rule
from collavoce.runtime.watchdog.rule import Finding, Watch

LOOK = 0.25
WITHIN_S = 10.0


@dataclass
class Scene:
    """Care as the watchdog meets it, and what the watchdog finds from look to look."""

    now: float = 100.0
    bound: bool = True
    answers: bool = True
    climbs: bool = True
    turned_at: float = 100.0
    ask_at: float = 100.0
    watch: Watch = field(default_factory=lambda: Watch(100.0))
    killed_at: list[float] = field(default_factory=list[float])

    def run(self, seconds: float) -> list[Finding]:
        """What is found at each look of the next `seconds`."""
        found: list[Finding] = []
        for _ in range(int(seconds / LOOK)):
            self.now += LOOK
            if self.climbs:
                self.turned_at = self.now - self.now % 1.0
            self.watch = rule.looked(self.watch, self.now)
            if self.now >= self.ask_at:
                self.ask_at = self.now + rule.ASK_EVERY_S
                self.watch = rule.asked(self.watch, taken=self.bound)
                if self.bound and self.answers:
                    self.watch = rule.pulsed(self.watch, self.turned_at)
            if rule.to_kill(self.watch):
                self.killed_at.append(self.now)
                self.watch = rule.killed(self.watch)
            found.append(rule.finding(self.watch))
        return found


def seconds_until(wanted: Finding, found: list[Finding]) -> float:
    return (found.index(wanted) + 1) * LOOK


def test_a_care_that_answers_and_climbs_is_well_for_an_hour() -> None:
    scene = Scene()
    assert set(scene.run(3600)) == {Finding.WELL}
    assert scene.killed_at == []


@pytest.mark.parametrize("before", [0.25 * n for n in range(9)])
def test_a_dead_care_is_found_in_time_and_nobody_is_killed(before: float) -> None:
    scene = Scene()
    scene.run(20 + before)
    scene.bound = False
    found = scene.run(60)
    assert seconds_until(Finding.GONE, found) <= rule.TELL_AFTER_S + LOOK
    assert scene.killed_at == []


@pytest.mark.parametrize("before", [0.25 * n for n in range(9)])
def test_a_frozen_care_is_found_in_time_and_then_killed_once(before: float) -> None:
    scene = Scene()
    scene.run(20 + before)
    frozen_at, scene.answers, scene.climbs = scene.now, False, False
    found = scene.run(12)
    assert seconds_until(Finding.MUTE, found) <= rule.TELL_AFTER_S + LOOK
    assert len(scene.killed_at) == 1
    assert rule.KILL_AFTER_S - rule.ASK_EVERY_S <= scene.killed_at[0] - frozen_at <= WITHIN_S


@pytest.mark.parametrize("before", [0.25 * n for n in range(9)])
def test_a_ladder_that_stands_still_is_found_though_the_loop_answers(before: float) -> None:
    scene = Scene()
    scene.run(20 + before)
    scene.climbs = False
    found = scene.run(12)
    assert seconds_until(Finding.STILL, found) < WITHIN_S
    assert len(scene.killed_at) == 1


def test_a_canary_that_did_not_come_back_is_said_and_kills_nobody() -> None:
    scene = Scene()
    scene.run(20)
    scene.watch = rule.landed(scene.watch, back=False)
    assert set(scene.run(60)) == {Finding.LOST}
    assert scene.killed_at == []
    scene.watch = rule.landed(scene.watch, back=True)
    assert set(scene.run(5)) == {Finding.WELL}


def test_two_answers_in_a_row_may_be_missed() -> None:
    scene = Scene()
    scene.run(20)
    scene.answers = False
    found = scene.run(2 * rule.ASK_EVERY_S)
    scene.answers = True
    assert set(found + scene.run(20)) == {Finding.WELL}


def test_a_watchdog_that_was_itself_not_running_has_seen_nothing_amiss() -> None:
    scene = Scene()
    scene.run(20)
    scene.now += 3600.0
    scene.ask_at = scene.now
    assert set(scene.run(20)) == {Finding.WELL}


def test_kills_that_do_not_help_become_rarer_until_a_canary_is_back() -> None:
    scene = Scene()
    limits: list[float] = []
    for _ in range(6):
        scene.run(5)
        frozen_at, scene.answers = scene.now, False
        before = len(scene.killed_at)
        while len(scene.killed_at) == before:
            scene.run(LOOK)
        limits.append(round(scene.killed_at[-1] - frozen_at))
        scene.answers = True
    assert limits == sorted(limits)
    assert limits[0] <= rule.KILL_AFTER_S < 2 * rule.KILL_AFTER_S - 2 <= limits[1]
    assert limits[-1] <= rule.KILL_AFTER_S * 2**rule.DOUBLINGS_MAX
    scene.run(5)
    scene.watch = rule.landed(scene.watch, back=True)
    frozen_at, scene.answers = scene.now, False
    scene.run(WITHIN_S)
    assert scene.killed_at[-1] - frozen_at <= WITHIN_S
