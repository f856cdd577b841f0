"""Every word the phone's scripts say is in the catalogue, and none lies there unsaid; every state
of the page is a word, a shape, a tone with its pulse, and a colour, never one of them alone."""

import re
from pathlib import Path

import collavoce.desk.care
from collavoce.care.channels import Channel, Fate
from collavoce.care.knocks import Says
from collavoce.care.opened import Opened
from collavoce.care.reached.standing import CallState, Feedback
from collavoce.care.states.checkin import Said
from collavoce.care.states.circle import Answer
from collavoce.care.states.keys import Sight
from collavoce.care.states.letters import WAYS
from collavoce.care.states.song import Stands
from collavoce.care.wishes import Kind
from collavoce.desk.care.pages import QUIET
from collavoce.desk.care.view import GONE
from collavoce.words import catalogue

FOLDER = Path(collavoce.desk.care.__file__).parent
PREFIX = "care.phone."
SAID = re.compile(r"\bsay\(([^){]*)")
KEY = re.compile(r'"([a-z_]+)"')
SIGN = re.compile(r'^  (\w+): sign\("(.)", (?:null|"(\w+)"), "(\w+)"\),$', re.MULTILINE)
SILENT = {"idle", "idle_alone", "waiting_idle"}
"""States in which nothing has happened."""

COMPOSED = {
    "wants": {Answer.AGREED, Answer.DECLINED},
    "circle": {*Answer, GONE},
    "call": set(CallState),
    "call_by": set(Opened) - {Opened.SELF},
    "channel": set(Channel) - {Channel.PAGE},
    "way": {*Fate, "tried"},
    "sight": set(Sight) - {Sight.OPEN},
    "alone": {"here", "away", "alone", "with"},
    "line": {"raised", "coming", "resolved"},
    "line_medic": {"asked", "coming"},
    "line_drill": {"voice", "hand"},
    "record": {"camera", "police", "text"},
    "post_when": set(WAYS),
    "post_none": {
        f"{what}_{whose}"
        for what, own in (("letters", "mine"), ("notes", "sent"), ("invitations", "made"))
        for whose in (own, "given")
    },
    "checkin": set(Said),
    "checkin_kept": set(Said),
    "office": {"contract", "press", "box_office", "not", "let", "read"},
    "song_is": {*Stands} - {Stands.WITHDRAWN},
    "kind": {*Kind, "gone"},
    "knock": set(Says),
    "knock_said": set(Says),
    "knock_got": {*Says, *(f"{says}_named" for says in Says)},
    "lets_know": {"contract", "press", "box_office"},
}
"""Keys that a script puts together from its own word and one of the desk's."""


def script(name: str) -> str:
    return (FOLDER / "static" / name).read_text("utf-8")


def known() -> set[str]:
    """The keys of the scripts' words: of every page, and of each quiet one its own."""
    prefixes = (PREFIX, *(f"{name}.says." for name in (*QUIET, "song", "listen")))
    return {
        key.removeprefix(prefix)
        for prefix in prefixes
        for key in catalogue()
        if key.startswith(prefix)
    }


def test_every_key_a_script_names_is_in_the_catalogue_and_the_other_way_round() -> None:
    # The page without a desk carries its words in itself.
    files = [path for path in (FOLDER / "static").glob("*.js") if path.name != "offline.js"]
    scripts = "\n".join(path.read_text("utf-8") for path in files)
    pages = "\n".join(path.read_text("utf-8") for path in (FOLDER / "templates").glob("*.html"))
    named = set(re.findall(r"\b[a-z]+(?:_[a-z]+)*\b", scripts + pages))
    composed = {f"{word}_{end}" for word, ends in COMPOSED.items() for end in ends}
    assert known() <= named | composed, known() - named - composed
    assert composed <= known(), composed - known()
    spoken = re.sub(r'=== "[a-z_]+"', "", scripts)
    asked_for = {key for call in SAID.findall(spoken) for key in KEY.findall(call)}
    assert len(asked_for) > 30
    assert asked_for <= known(), asked_for - known()


def test_every_word_a_page_says_is_in_the_catalogue() -> None:
    pages = "\n".join(path.read_text("utf-8") for path in (FOLDER / "templates").glob("*.html"))
    asked_for = set(re.findall(r"say\(['\"]([a-z_.]+)['\"][,)]", pages))
    assert len(asked_for) > 80
    assert asked_for <= set(catalogue()), asked_for - set(catalogue())


def test_every_state_of_a_press_and_a_call_has_its_words_and_its_sign() -> None:
    signs = {state for state, *_ in SIGN.findall(script("signs.js"))}
    for feedback in Feedback:
        assert feedback is Feedback.NONE or {feedback} <= known() & signs
    for state in CallState:
        assert f"call_{state}" in known()
        assert state in signs


def test_every_sign_is_a_shape_a_tone_with_its_pulse_and_a_mood_of_the_style_sheet() -> None:
    signs = SIGN.findall(script("signs.js"))
    assert len(signs) == script("signs.js").count("sign(")
    sound = script("sound.js")
    tones, pulses = (
        set(re.findall(r"^  (\w+): \[", part, re.MULTILINE))
        for part in (sound[sound.index("TONES") :], sound[sound.index("PULSES") :])
    )
    moods = set(re.findall(r'\[data-mood="(\w+)"\]', script("phone.css")))
    for state, shape, tone, mood in signs:
        assert shape.strip(), state
        assert tone in tones & pulses or (not tone and state in SILENT), state
        assert mood in moods | {"rest"}, state
