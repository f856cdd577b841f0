"""However a show folder is broken, reading it gives findings and never a traceback."""

import tomllib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from collavoce.show.reading.folder import Reading, read_show, read_show_file

FOLDER = Path(__file__).parents[2] / "src/collavoce/cli/new_show"
SHOW = (FOLDER / "show.toml").read_text(encoding="utf-8")
SCORE = (FOLDER / "scores/song.musicxml").read_bytes()
LINES = SHOW.splitlines()

NUMBERS = ("0", "-1", "1e400", "nan", "9" * 30, "true", "2020-01-01")
TEXTS = ('""', '"end"', '"bar 5"', '"{{friend}}"', '"\\u0000"', '"../x"', '"multicast"', "'a b'")
TABLES = ("[]", "{}", "[{}]", "[[1]]")
VALUES = st.sampled_from((*NUMBERS, *TEXTS, *TABLES))
HEADS = ("[patch]", "[[numbers]]", "[[numbers.cues]]", "[seats]", "[people]", '"""', "]]")
KEYS = ("circle = 1", "at = 1", "after = '1'", "numbers = 3", "person = {}", "osc = [1]")
WORDS = st.sampled_from((*HEADS, *KEYS, "levels = { x = 1 }"))
PLACE = st.integers(0, len(LINES) - 1)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The show that `collavoce new` writes, with some lines lost, moved, doubled or replaced."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(PLACE) % len(lines)
        match draw(st.integers(0, 5)):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(draw(PLACE) % len(lines), lines[at])
            case 2:
                lines[at] = lines[at].partition("=")[0] + "= " + draw(VALUES)
            case 3:
                lines.insert(at, draw(WORDS))
            case 4:
                cut = draw(st.integers(0, 80))
                lines[at] = lines[at][:cut] + draw(st.text(max_size=3)) + lines[at][cut + 1 :]
            case _:
                del lines[at:]
                lines.append("")
    return "\n".join(lines)


def read(text: str, score: bytes = SCORE) -> Reading:
    return read_show(
        text,
        {"scores/song.musicxml": score},
        resolves=lambda host: host == "localhost",
        knows_timezone=lambda name: name == "Europe/Vienna",
    )


def is_sound(reading: Reading, text: str) -> None:
    """What every reading promises."""
    assert (reading.show is None) == any(found.blocking for found in reading.findings)
    for found in reading.findings:
        assert 0 <= found.line <= text.count("\n") + 1
        assert found.what
        assert found.remedy


@given(mutated())
@settings(max_examples=400, deadline=None)
def test_a_mutilated_show_gives_findings(text: str) -> None:
    reading = read(text)
    is_sound(reading, text)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert len(reading.findings) == 1


@given(st.binary(max_size=200))
def test_bytes_that_are_no_show_give_findings(data: bytes) -> None:
    reading = read_show_file(data, {}, resolves=bool, knows_timezone=bool)
    assert reading.show is None
    assert reading.findings


@given(st.integers(0, len(SCORE) - 1), st.binary(max_size=4), st.integers(0, 400))
@settings(max_examples=100, deadline=None)
def test_a_mutilated_score_gives_findings(at: int, put: bytes, cut: int) -> None:
    is_sound(read(SHOW, SCORE[:at] + put + SCORE[at + cut :]), SHOW)


def test_the_show_it_starts_from_is_without_fault() -> None:
    assert read(SHOW).findings == ()
