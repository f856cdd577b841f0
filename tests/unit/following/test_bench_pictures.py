"""The pictures of the follower's bench, as figures and as text."""

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

BENCH = Path(__file__).parents[3] / "bench" / "following"


def module(name: str) -> ModuleType:
    """One of the bench's modules: scripts find each other beside them."""
    sys.path.insert(0, str(BENCH))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(BENCH))


@given(some.floats(-1e4, 1e4), some.floats(0.01, 1e5))
def test_ticks_are_a_few_round_values_between_the_ends(low: float, width: float) -> None:
    ticks = module("svg").ticks(low, low + width)
    assert 2 <= len(ticks) <= 11
    assert all(low - 1e-6 * width <= tick <= low + width * (1 + 1e-6) for tick in ticks)


def test_a_scale_sets_what_lies_outside_upon_its_edge() -> None:
    scale = module("svg").Scale(1, 100, logarithmic=True)
    assert [scale.share(value) for value in (0.1, 1, 10, 100, 1e9)] == [0, 0, 0.5, 1, 1]


def test_bins_of_several_cases_are_put_together_by_what_was_said_not_by_their_order() -> None:
    pooled = module("beliefs").pooled
    one = [[0.5, 0.6, 10], [0.95, 1.0, 90]]
    other = [[0.95, 0.8, 10]]
    assert pooled([one, other]) == [
        pytest.approx((0.5, 0.6, 10)),
        pytest.approx((0.95, 0.98, 100)),
    ]


def test_a_part_that_was_not_asked_gives_no_picture() -> None:
    assert module("beliefs").sheets({}) == {}
    assert module("beliefs").sheets({"foreseeing": [{}], "knowing": [{"cases": []}]}) == {}


def test_confidence_and_what_is_foreseen_are_drawn(tmp_path: Path) -> None:
    spread = {"median_ms": 40.0, "p90_ms": 150.0}
    rows = [
        {
            "horizon_s": s,
            "ours": spread,
            "mean": spread,
            "last": {"median_ms": None, "p90_ms": None},
        }
        for s in (0.5, 1.0, 2.0)
    ]
    asked: dict[str, Any] = {
        "knowing": [{"cases": [{"bins": [[0.4, 0.5, 3], [0.99, 1.0, 4000]]}]}],
        "foreseeing": [{"rows": rows}, {"rows": rows, "taught": rows}],
    }
    sheets = module("beliefs").sheets(asked)
    assert set(sheets) == {"confidence.svg", "foreseen.svg"}
    for name, heading in (
        ("confidence.svg", "right when it says so"),
        ("foreseen.svg", "rehearsal"),
    ):
        sheets[name].write(tmp_path / name)
        drawn = (tmp_path / name).read_text(encoding="utf-8")
        assert "nan" not in drawn
        assert heading in "".join(ET.fromstring(drawn).itertext())
