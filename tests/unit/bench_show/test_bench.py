"""Every part of the cue engine's bench runs, small, so that none rots. No figure is judged."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "show" / "run.py"
WAYS = {
    "bare socket echo, Python",
    "asyncio echo",
    "GO in the engine's mailbox -> OSC",
    "GO on the page -> OSC",
    "GO by keyed OSC -> OSC",
    "GO in the engine's mailbox -> changed light frame",
    "note played -> OSC",
}


def measured(part: str, out: Path) -> tuple[dict[str, Any], str]:
    done = subprocess.run(
        [sys.executable, BENCH, "--quick", "--no-peers", "--only", part, "--out", out],
        capture_output=True,
        text=True,
        timeout=115,
        check=False,
    )
    assert out.exists(), done.stderr
    results = json.loads(out.read_text(encoding="utf-8"))
    assert set(results) == {part}
    assert results[part]["circumstances"]["load"] in done.stdout
    return results[part], done.stdout


@pytest.mark.process
def test_every_way_to_the_wire_is_measured_beside_its_floor(tmp_path: Path) -> None:
    found, printed = measured("shots", tmp_path / "results.json")
    rows = [row for row in found["trigger_to_wire"] if row["regime"] == "ordinary"]
    assert {row["way"] for row in rows} >= WAYS
    for row in rows:
        assert row["lost"] < row["shots"], printed
        assert 0 < row["p50"] <= row["p99"] <= row["max"]
        assert f"| {row['way']} |" in printed


@pytest.mark.process
def test_idleness_is_told_of_each_process(tmp_path: Path) -> None:
    found, _ = measured("idle", tmp_path / "results.json")
    for idle in found["rows"].values():
        assert set(idle["each"]) >= {"supervisor", "engine", "follower", "writer", "web", "care"}


@pytest.mark.process
def test_each_go_of_the_bench_fires_one_cue_and_sends_one_datagram(tmp_path: Path) -> None:
    found, printed = measured("goes", tmp_path / "results.json")
    assert found["goes"] == found["firings"] == found["matched"] > 0, printed
    assert not found["failed"], printed


@pytest.mark.process
def test_every_page_of_the_bench_is_told_of_every_go(tmp_path: Path) -> None:
    found, printed = measured("screens", tmp_path / "results.json")
    assert found["screens"] == 20, printed
    pages = found["rows"][-1]
    assert pages["shots"] >= found["screens"]
    assert pages["lost"] == 0, printed
    assert 0 <= found["slow_let_go"] <= found["slow"]


@pytest.mark.process
def test_a_small_flood_of_every_door_loses_no_go(tmp_path: Path) -> None:
    found, printed = measured("flood", tmp_path / "results.json")
    if "missing" in found:
        pytest.skip(str(found["missing"]))
    flooded = {row["what"] for row in found["rows"]}
    assert flooded >= {"no flood", "nobody listens", "gateway", "buttons (care)"}
    for row in found["rows"]:
        assert row["shots"] > 0
        assert row["lost"] == 0, printed
        assert row["restarts"] == 0, printed


@pytest.mark.process
def test_the_universes_of_a_show_are_counted_at_the_other_end(tmp_path: Path) -> None:
    found, printed = measured("grid", tmp_path / "results.json")
    for row in found["rows"]:
        assert row["universes"] == found["universes"], printed
        assert 0 < row["p50"] <= row["p99"] <= row["max"]


@pytest.mark.process
def test_no_tick_of_a_chain_is_lost(tmp_path: Path) -> None:
    found, printed = measured("ticks", tmp_path / "results.json")
    assert not found["failed"], printed
    assert all(row["ticks"] == 100 for row in found["rows"])


@pytest.mark.process
def test_the_cost_of_a_go_names_processes_and_parts(tmp_path: Path) -> None:
    found, _ = measured("cost", tmp_path / "results.json")
    assert set(found["microseconds_a_go"]) == {"mailbox", "page", "keyed"}
    for parts in found["parts"].values():
        assert 0 < sum(share for _, share in parts) <= 101


@pytest.mark.process
def test_a_foreign_reader_sees_a_cue_for_each_go_and_can_read_all(tmp_path: Path) -> None:
    found, printed = measured("witness", tmp_path / "results.json")
    if "missing" in found:
        pytest.skip(str(found["missing"]))
    assert found["asked"] == found["cues"] == found["shots"] > 0, printed
    assert found["unread"] == 0, printed
