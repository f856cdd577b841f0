"""Every word the phone's scripts say is in the catalogue, and none lies there unsaid."""

import re
from pathlib import Path

import collavoce.desk.care
from collavoce.care.standing import CallState, Feedback
from collavoce.words import catalogue

FOLDER = Path(collavoce.desk.care.__file__).parent
PREFIX = "care.phone."
SAID = re.compile(r"\bsay\(([^){]*)")
KEY = re.compile(r'"([a-z_]+)"')


def test_every_key_a_script_names_is_in_the_catalogue_and_the_other_way_round() -> None:
    known = {key.removeprefix(PREFIX) for key in catalogue() if key.startswith(PREFIX)}
    scripts = "\n".join(path.read_text("utf-8") for path in (FOLDER / "static").glob("*.js"))
    pages = "\n".join(path.read_text("utf-8") for path in (FOLDER / "templates").glob("*.html"))
    named = set(re.findall(r"\b[a-z]+(?:_[a-z]+)*\b", scripts + pages))
    composed = {f"wants_{is_}" for is_ in ("agreed", "declined")}
    composed |= {f"circle_{is_}" for is_ in ("asked", "agreed", "declined")}
    assert known <= named | composed, known - named - composed
    spoken = re.sub(r'=== "[a-z_]+"', "", scripts)
    asked_for = {key for call in SAID.findall(spoken) for key in KEY.findall(call)}
    assert len(asked_for) > 30
    assert asked_for <= known, asked_for - known


def test_every_state_of_a_press_and_a_call_has_its_words() -> None:
    known = catalogue()
    for feedback in Feedback:
        assert feedback is Feedback.NONE or f"{PREFIX}{feedback}" in known
    for state in CallState:
        assert f"{PREFIX}call_{state}" in known
