"""What the bench calls missed and doubled, on rows made by hand."""

import importlib.util
import sys
from pathlib import Path

FILE = Path(__file__).parents[3] / "bench" / "show" / "judging.py"
spec = importlib.util.spec_from_file_location("bench_show_judging", FILE)
assert spec is not None
assert spec.loader is not None
judging = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = judging
spec.loader.exec_module(judging)
Fired, judge = judging.Fired, judging.judge

WALK = [Fired("k0", "h0"), Fired("k1", "h1"), Fired("k2", "h2")]
KEYS = ["k0", "k1", "k2"]


def test_what_was_asked_fired_and_arrived_is_whole() -> None:
    verdict = judge(KEYS, WALK, ["h0", "h1", "h2"])
    assert verdict.whole
    assert verdict.matched == 3


def test_a_firing_without_its_datagram_is_missed() -> None:
    verdict = judge(KEYS, WALK, ["h0", "h2"])
    assert (verdict.missed, verdict.matched, verdict.doubled) == (1, 2, 0)
    assert not verdict.whole


def test_a_datagram_that_comes_twice_is_doubled() -> None:
    verdict = judge(KEYS, WALK, ["h0", "h1", "h1", "h2"])
    assert (verdict.missed, verdict.matched, verdict.doubled) == (0, 3, 1)
    assert not verdict.whole


def test_a_datagram_after_all_firings_is_doubled_too() -> None:
    assert judge(KEYS, WALK, ["h0", "h1", "h2", "h2"]).doubled == 1


def test_a_go_that_fired_twice_is_told_even_if_each_firing_was_sent() -> None:
    fired = [*WALK, Fired("k2", "h3")]
    verdict = judge(KEYS, fired, ["h0", "h1", "h2", "h3"])
    assert verdict.twice_fired == 1
    assert not verdict.whole


def test_an_acknowledged_go_without_a_firing_is_told() -> None:
    verdict = judge([*KEYS, "k3"], WALK, ["h0", "h1", "h2"])
    assert verdict.unfired == 1
    assert not verdict.whole


def test_a_firing_marked_as_perhaps_sent_may_have_arrived_or_not() -> None:
    fired = [WALK[0], Fired("k1", "h1", doubtful=True), WALK[2]]
    assert judge(KEYS, fired, ["h0", "h1", "h2"]).whole
    silent = judge(KEYS, fired, ["h0", "h2"])
    assert silent.whole
    assert silent.doubtful_silent == 1
