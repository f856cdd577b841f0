"""The page of figures says what was measured, and nothing else."""

import importlib.util
import json
from pathlib import Path

BENCH = Path(__file__).parents[3] / "bench" / "show"
spec = importlib.util.spec_from_file_location("bench_show_document", BENCH / "document.py")
assert spec is not None
assert spec.loader is not None
document = importlib.util.module_from_spec(spec)
spec.loader.exec_module(document)


def test_the_page_is_written_from_the_results_that_are_kept() -> None:
    kept = json.loads((BENCH / "results" / "show.json").read_text(encoding="utf-8"))
    assert document.FILE.read_text(encoding="utf-8") == document.page(kept)


def test_every_part_says_its_load_and_what_it_means() -> None:
    kept = json.loads((BENCH / "results" / "show.json").read_text(encoding="utf-8"))
    assert set(kept) == set(document.TITLES)
    for name, found in kept.items():
        written = document.section(name, found)
        assert found["circumstances"]["load"] in written
        assert document.NOTES[name] in written


def test_a_peer_that_is_missing_has_its_line() -> None:
    found = {
        "circumstances": {"load": "load average 0.1 before, 0.1 after"},
        "trigger_to_wire": [],
        "missing": {"Somebody": "their program is not here"},
    }
    assert "Not measured: Somebody. their program is not here." in document.section("shots", found)
