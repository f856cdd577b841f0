"""The bench of the follower runs, small, so that it does not rot. No figure is judged here."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

BENCH = Path(__file__).parents[3] / "bench" / "following"

HARNESS = """
import json, sys
from pathlib import Path

def arrivals(te, pe, passes):
    return [[at + 0.01 for _, at, _ in played] for played in passes]

def truth_fn(passes):
    return (lambda t: t,)

if __name__ == "__main__":
    said = dict(zip(sys.argv[2::2], sys.argv[3::2]))
    if "broken" in said["--adapter"]:
        sys.exit("ImportError: no such follower")
    out, dump = Path(said["--out"]), Path(said["--dump"])
    dump.mkdir()
    note = dict(never_pct=0.0, early_300_pct=0.5, median_abs=5.0)
    note |= dict(within_25=95.0, within_100=98.0, within_300=99.0)
    runs = []
    for case in said["--cases"].split(","):
        run = dict(pair="a__b__c", case=case, note=note, time_within_300_pct=99.0, rss_mb=50.0)
        run |= dict(time_within_1000_pct=99.0, feed_ms=dict(p99=0.5, max=2.0), construct_s=0.1)
        if case in {"skip_fwd", "repeat_back", "restart", "freeze8"}:
            run["recovery_s"] = 0.5
        runs.append(run)
        passes = [[[float(q), float(q), True] for q in range(9)]]
        held = dict(te=[0.0, 4.0], pe=[0.0, 4.0], truth=dict(passes=passes))
        (dump / f"x__a__b__c__{case}.json").write_text(json.dumps(held))
    runs.append(dict(pair="late", case="clean", failed="over the limit of 300 s"))
    seed = int(said["--seed"])
    out.write_text(json.dumps(dict(name="x", seed=seed, runs=runs)))
"""
"""Keeps the promises of the neutral benchmark's command and files; measures nothing."""


@pytest.fixture
def place(tmp_path: Path) -> list[str]:
    """A harness and a set of one pair, as options."""
    (tmp_path / "harness").mkdir()
    (tmp_path / "harness" / "bench.py").write_text(HARNESS)
    (tmp_path / "set").mkdir()
    manifest = {"pairs": [{"id": "a__b__c", "tags": ["hard"]}]}
    (tmp_path / "set" / "manifest.json").write_text(json.dumps(manifest))
    return ["--harness", str(tmp_path / "harness"), "--set", str(tmp_path / "set")]


def bench(*options: object, path: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, BENCH / "run.py", *map(str, options)]
    environment = None if path is None else {"PATH": path}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=100, check=False, env=environment
    )


@pytest.mark.process
def test_a_set_gives_tables_figures_and_pictures(place: list[str], tmp_path: Path) -> None:
    out, pictures = tmp_path / "figures.json", tmp_path / "pictures"
    done = bench(
        *(*place, "--peers", "none", "--parts", "none", "--seeds", "0,1"),
        *("--out", out, "--pictures", pictures),
    )
    assert done.returncode == 0, done.stderr
    assert "Collavoce, late, clean: over the limit of 300 s" in done.stderr
    assert out.with_suffix(".md").read_text() == done.stdout
    ours = json.loads(out.read_text())["followers"][0]
    runs = {row["case"]: (row["runs"], row["failed"]) for row in ours["rows"]}
    assert runs["clean"] == (1, 3), "what failed counts for nothing but itself"
    assert runs["skip_fwd"] == (2, 0), "a skip is drawn anew by every seed"
    assert runs["restart"] == (1, 0), "a restart is where it is"
    assert {file.name for file in pictures.iterdir()} == {"errors.svg", "found.svg", "jumps.svg"}
    for file in pictures.iterdir():
        assert ET.parse(file).getroot().tag.endswith("svg")


@pytest.mark.process
def test_targets_are_met_or_not_beside_the_best_of_peers_taken_up(
    place: list[str], tmp_path: Path
) -> None:
    first, document = tmp_path / "first.json", tmp_path / "document.md"
    bench(*place, "--peers", "none", "--parts", "none", "--out", first)
    figures = json.loads(first.read_text())
    other = figures["followers"][0] | {"name": "somebody"}
    other["rows"] = [row | {"within_25": 97.5, "early": 2.0} for row in other["rows"]]
    first.write_text(json.dumps(figures | {"followers": [*figures["followers"], other]}))
    marks = "<!-- figures: begin, written by bench/following/run.py -->", "<!-- figures: end -->"
    document.write_text("\n".join(["before", *marks, "after", ""]))
    done = bench(*place, "--parts", "none", "--reuse", first, "--document", document)
    assert done.returncode == 0, done.stderr
    written = document.read_text()
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    beside = "97.5 % (somebody) | 2.00 |", "2.00 % (somebody) | 0.25 |", "99.00 % (somebody) | = |"
    for line in (
        f"| clean | within 25 ms | 95.0 % | >= 94 | met | {beside[0]}",
        f"| clean | early by more than 300 ms | 0.50 % | <= 0.5 | met | {beside[1]}",
        f"| at 1.6 of the tempo | within 300 ms | 99.00 % | >= 99.6 | **not met** | {beside[2]}",
        "| clean | a block, p99 | 0.50 ms | <= 1 | met | - | - |",
        "taken up from `first.json`: somebody ",
    ):
        assert line in written
        assert line in done.stdout


@pytest.mark.process
def test_peers_that_cannot_be_had_are_a_line_and_the_rest_goes_on(
    place: list[str], tmp_path: Path
) -> None:
    done = bench(*place, "--parts", "none", "--cache", tmp_path / "cache", path="")
    assert done.returncode == 0, done.stderr
    assert "the peers need uv" in done.stderr
    assert "### Beside" not in done.stdout
    assert "### Targets" in done.stdout


@pytest.mark.process
def test_a_document_without_the_marks_is_refused_before_anything_runs(
    place: list[str], tmp_path: Path
) -> None:
    document = tmp_path / "document.md"
    document.write_text("no marks\n")
    done = bench(*place, "--document", document)
    assert done.returncode == 1
    assert "document.md: the marks are missing" in done.stderr
    assert document.read_text() == "no marks\n"
