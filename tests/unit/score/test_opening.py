"""Files that are not a score say so in one sentence: the file, the place in it, the remedy."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.score.pages import backward, bar, page

from collavoce.score import opening
from collavoce.score.errors import ScoreError
from collavoce.score.model import Score
from collavoce.score.reading import read_score

PAGE = page(bar("C4:4"), bar("D4:4"))
CONTAINER = (
    '<?xml version="1.0"?><container><rootfiles>'
    '<rootfile full-path="{path}" media-type="application/vnd.recordare.musicxml+xml"/>'
    "</rootfiles></container>"
)


def zipped(**members: bytes) -> bytes:
    """A zip; `container` is put where a compressed score has it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writing:
        for name, content in members.items():
            path = {"container": "META-INF/container.xml"}.get(name, f"{name}.xml")
            writing.writestr(path, content)
    return archive.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(ScoreError) as refused:
        read_score(data, "song.musicxml")
    sentence = str(refused.value)
    assert sentence.startswith("song.musicxml")
    assert ";" in sentence, "a remedy follows"
    return sentence


def test_an_empty_file_is_said_to_be_empty() -> None:
    assert "is empty" in refusal(b"")
    assert "is empty" in refusal(b"\n  \n")


def test_a_file_that_breaks_off_is_named_with_its_line() -> None:
    lines = PAGE.replace(b"><", b">\n<")
    assert "line 31: the XML breaks off" in refusal(b"\n".join(lines.split(b"\n")[:31]))


def test_what_is_no_music_is_told_apart() -> None:
    assert "is not MusicXML" in refusal(b"MThd\x00\x00\x00\x06")
    assert "is not MusicXML" in refusal(b"Dear friend,")
    assert "begins with <html>" in refusal(b"<html><body/></html>")


def test_a_score_without_bars_or_without_notes_is_refused() -> None:
    assert "has no bars" in refusal(b"<score-partwise/>")
    assert "has no notes" in refusal(page(bar("r:4")))


def test_an_entity_is_refused_before_it_is_expanded() -> None:
    entities = b'<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">'
    laughs = b"<!DOCTYPE x [" + entities + b"]><score-partwise>&b;</score-partwise>"
    assert "defines XML entities" in refusal(laughs)
    assert "defines XML entities" in refusal(laughs.decode().encode("utf-16"))


def test_the_usual_doctype_is_welcome() -> None:
    doctype = b'<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD" "http://example.invalid/p.dtd">'
    with_doctype = PAGE.replace(b"\n", b"\n" + doctype, 1)
    assert read_score(with_doctype, "page") == read_score(PAGE, "page")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_says_how_to_read(encoding: str) -> None:
    umlaut = PAGE.decode().replace("A page", "Lied für Anna").replace(' encoding="UTF-8"', "")
    assert read_score(umlaut.encode(encoding), "page").title == "Lied für Anna"


def test_latin_1_is_read_if_the_file_says_so_and_refused_by_line_if_it_does_not() -> None:
    umlaut = PAGE.decode().replace("A page", "Lied für Anna")
    latin = umlaut.replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert read_score(latin, "page").title == "Lied für Anna"
    assert "line 2: the text is not utf-8" in refusal(umlaut.encode("latin-1"))
    assert "is written in ebcdic-int" in refusal(PAGE.replace(b"UTF-8", b"EBCDIC-INT"))


def test_a_compressed_score_is_the_same_score() -> None:
    compressed = zipped(container=CONTAINER.format(path="score.xml").encode(), score=PAGE)
    assert read_score(compressed, "page") == read_score(PAGE, "page")


def test_a_damaged_or_empty_zip_is_refused() -> None:
    container = CONTAINER.format(path="score.xml").encode()
    whole = zipped(container=container, score=PAGE)
    assert "cannot be unpacked" in refusal(whole[:-40])
    assert "cannot be unpacked" in refusal(zipped(container=container))
    assert "cannot be unpacked" in refusal(zipped(score=PAGE))
    assert "holds no score" in refusal(zipped(container=b"<container/>", score=PAGE))


def test_a_zip_bomb_is_stopped_where_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 10_000)
    container = CONTAINER.format(path="score.xml").encode()
    bomb = zipped(container=container, score=b"<a>" + b" " * 1_000_000)
    assert len(bomb) < 5_000
    assert "too large" in refusal(bomb)
    assert "too large" in refusal(b"<a>" + b" " * 20_000)


def test_more_tags_than_any_score_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_TAGS", 100)
    assert "too large" in refusal(b"<a/>" * 101)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (b"<duration>96</duration>", b"", "bar 1: duration is missing"),
        (b"<duration>96<", b"<duration>long<", "bar 1: duration is “long”"),
        (b"<duration>96<", b"<duration>1e9<", "bar 1: duration is “1e9”"),
        (b"<duration>96<", b"<duration>-96<", "bar 1: duration is “-96”"),
        (b"<duration>96<", b"<duration>99999999<", "bar 1: duration is"),
        (b"<divisions>24<", b"<divisions>0<", "bar 1: divisions is “0”"),
        (b"<beat-type>4<", b"<beat-type>0<", "bar 1: time is “4/0”"),
        (b"<octave>4<", b"<octave>99<", "bar 1: a note lies outside"),
    ],
)
def test_a_wrong_value_is_named_with_its_bar(right: bytes, wrong: bytes, said: str) -> None:
    assert said in refusal(PAGE.replace(right, wrong, 1))


def test_repeats_that_make_a_score_endless_are_refused() -> None:
    endless = page(*(bar("C4:4", after=backward(99)) for _ in range(600)))
    assert "longer than" in refusal(endless)


@given(cut=st.integers(0, len(PAGE) - 1), byte=st.integers(0, 255), at=st.integers(0, len(PAGE)))
def test_whatever_is_cut_or_changed_the_answer_is_a_score_or_a_sentence(
    cut: int, byte: int, at: int
) -> None:
    for data in (PAGE[:cut], PAGE[:at] + bytes([byte]) + PAGE[at + 1 :]):
        with contextlib.suppress(ScoreError):
            assert isinstance(read_score(data, "page"), Score)
