"""Whatever stands in a show file, reading it ends in a show or in findings with their remedies."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from collavoce.show.actions.table import words
from collavoce.show.reading.folder import read_show

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/show-folder.md").read_text(encoding="utf-8")
SONG = (ROOT / "src/collavoce/cli/new_show/scores/song.musicxml").read_bytes()
FILES = {"scores/song.musicxml": SONG, "sounds/rain.wav": b"RIFF"}
LINES = [
    example.splitlines() for example in re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
]
VALUES = (
    *("3", "-1", "1.5", "nan", "inf", "1e300", "true", "1979-05-27", "[]", "{}", '""', "[[]]"),
    *(
        '"x"',
        '"2"',
        '"2 done + 1"',
        '"clock 99:99"',
        '"clock 19:30 +1"',
        '"end + 99999"',
        '"bar 2"',
    ),
    *('"jun clear"', '"friend not clear"', '"group"', '"hand"', '"../x.wav"', '"F0 7F"', '"pyro"'),
    *('["2", "2"]', "[1, {}]", "{ a = 1 }", '{ cues = ["2"] }', '{ to = "video" }', "{ do = 3 }"),
    *(
        '[{ to = "lamps", note = 1 }, 3]',
        '{ to = "lamps", msc = "go" }',
        '"http://x/y"',
        '"x:1/tcp"',
    ),
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """An example of the documents with some of its values, lines and keys changed."""
    lines = list(draw(st.sampled_from(LINES)))
    written = [at for at, line in enumerate(lines) if re.match(r"\w+ = ", line)]
    for at in draw(st.lists(st.sampled_from(written), min_size=1, max_size=4, unique=True)):
        key = lines[at].partition(" = ")[0]
        match draw(st.sampled_from(["value", "value", "value", "drop", "key"])):
            case "value":
                lines[at] = f"{key} = {draw(st.sampled_from(VALUES))}"
            case "drop":
                lines[at] = ""
            case _:
                other = lines[draw(st.sampled_from(written))].partition(" = ")[0]
                lines[at] = f"{other} = {draw(st.sampled_from(VALUES))}"
    return "\n".join(lines)


@settings(max_examples=300, deadline=None)
@given(files())
def test_reading_ends_in_a_show_or_in_findings(text: str) -> None:
    reading = read_show(text, FILES, resolves=lambda _: True, knows_timezone=lambda _: True)
    for finding in reading.findings:
        assert finding.what
        assert finding.remedy
        # A table in a remedy is written "{ a = 1 }"; anything else is a name nobody put in.
        assert "{" not in finding.remedy.replace("{ ", "")
    if reading.show is None:
        assert any(finding.blocking for finding in reading.findings)
        return
    for cue in reading.show.cues_by_number.values():
        assert all(words(action) for action in cue.actions)
