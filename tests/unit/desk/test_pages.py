"""The pages' own promises: every word from the catalogue, small scripts, nothing inline."""

import gzip
import re

import pytest
from tests.browser.little_show import little_show

from collavoce.desk.answers import FOLDER, page
from collavoce.desk.views.signs import all_signs
from collavoce.show.told.event import Cause
from collavoce.words import catalogue

SCRIPTS = sorted((FOLDER / "static").glob("*.js"))
STYLES = sorted((FOLDER / "static").glob("*.css"))
TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))
ROOM = sorted(path for path in FOLDER.rglob("*.py") if "care" not in path.parts)

SCRIPT_LIMIT = 60 * 1024
"""Bytes of all scripts of all the desk's pages together, compressed."""

SIZES = {"var(--small)", "var(--read)", "var(--large)", "var(--huge)"}

LIGHTS = ("nothing", "asked", "ready", "not_clear", "go", "held", "offline")
"""What the cue light of a crew member's phone shows."""

BUILT = {
    "set": ("past", "now", "to_come", "cut"),
    "edits": ("undo_what", "redo_what"),
    "timers": ("start_which", "pause_which", "start", "pause"),
    "standby": ("heard", "heard_who", "heard_not", "heard_not_who"),
    "history": ("fired", "offered", "dropped", "passed", "halted"),
    "why": (*(cause.value for cause in Cause), "passed", "halted", "not_confirmed"),
    "hands": ("stop_cut",),
    "time": ("over_by", "under_by", "spare_by", "late_by", "minutes", "hours"),
    "when": ("after", "done", "done_later"),
    "about": (
        *("when", "inputs", "needs", "pre", "lead", "hazard", "crews", "does"),
        *("do_point", "do_call", "do_release", "do_arm", "do_disarm", "do_audition"),
        *("do_pause", "do_resume", "do_halt", "do_fade"),
    ),
    "crew": (
        *(f"{part}.{word}" for part in ("word", "shape") for word in LIGHTS),
        *(f"how.{word}" for word in ("asked", "ready", "not_clear")),
        *(f"reasons.{word}" for word in ("not_yet", "equipment", "way", "person", "ask")),
    ),
    "people": ("heard", "heard_who", "heard_not", "heard_not_who"),
    "keys": (
        *("go", "standby", "next", "hold", "back", "stop", "move", "about", "confirm"),
        *("goto", "follow", "undo", "mark", "department", "search", "line", "radio", "help"),
        *("arm", "undo_edit", "redo_edit", "lock", "set", "timers", "history", "monitor"),
        "connections",
    ),
    "arrival": (
        *("began", "jumped", "placed", "found"),
        *(f"became.{word}" for word in ("fired", "dropped", "offered", "asked", "armed")),
    ),
    "music": tuple(
        f"sureness.{word}" for word in ("certain", "sure", "fairly", "doubts", "guesses")
    ),
    "support": ("voice", "hand"),
}
"""Keys that are put together from a part and a word of the state."""


def words() -> set[str]:
    return {key.removeprefix("desk.") for key in catalogue() if key.startswith("desk.")}


def said_in_scripts() -> set[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    direct = re.findall(r'say\(\s*"([a-z_.]+)"', text)
    chosen = re.findall(r'\? "([a-z_]+\.[a-z_]+)" : "([a-z_]+\.[a-z_]+)"', text)
    counted = re.findall(r'(?:say: |"data-(?:say|then)": )"([a-z_.]+)"', text)
    return {*direct, *(key for pair in chosen for key in pair), *counted}


def said_on_the_server() -> set[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in (*TEMPLATES, *ROOM))
    return set(re.findall(r"""say\(\s*["']desk\.([a-z_.]+)["']""", text))


def built() -> set[str]:
    return {f"{part}.{key}" for part, keys in BUILT.items() for key in keys} | set(all_signs())


def test_every_word_that_is_said_is_in_the_catalogue() -> None:
    said = {key for key in said_in_scripts() | said_on_the_server() if not key.endswith(".")}
    assert len(said) > 100
    assert said | built() <= words()


def test_every_word_in_the_catalogue_is_said() -> None:
    assert words() - said_in_scripts() - said_on_the_server() - built() == set()


def test_a_words_gaps_are_those_the_scripts_fill() -> None:
    """`{name}` alone: the scripts know no other form."""
    for key, text in catalogue().items():
        if key.startswith("desk."):
            assert re.fullmatch(r"[^{}]*(\{[a-z]+\}[^{}]*)*", text), key


def test_the_scripts_are_small() -> None:
    together = b"".join(path.read_bytes() for path in SCRIPTS)
    assert len(gzip.compress(together)) <= SCRIPT_LIMIT


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_inline(template: str) -> None:
    text = (FOLDER / "templates" / template).read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", text)
    assert all('src="/static/' in script for script in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_writes_markup(script: str) -> None:
    text = (FOLDER / "static" / script).read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)


def test_there_are_four_sizes_of_type() -> None:
    for style in STYLES:
        for size in re.findall(r"font-size:\s*([^;]+);", style.read_text(encoding="utf-8")):
            assert size in SIZES, f"{style.name}: {size}"


def test_what_a_show_folder_says_is_text_and_never_markup() -> None:
    show = little_show(None)
    object.__setattr__(show, "title", '<script>alert("x")</script>')
    html = bytes(page("desk.html", show=show, here="", stage="").body).decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
