"""The score that is shipped is the piece, and reads back as it."""

from xml.etree import ElementTree as ET

import verovio

from collavoce.evening import show_files
from collavoce.evening.engraving import engrave
from collavoce.evening.piece import BARS, TITLE
from collavoce.evening.unfolding import unfold
from collavoce.score import read_score

SHIPPED = (show_files() / "scores" / "evening.musicxml").read_bytes()


def test_the_shipped_score_is_the_piece_byte_for_byte() -> None:
    assert engrave() == SHIPPED


def test_the_reader_finds_the_notes_the_player_plays() -> None:
    read = read_score(SHIPPED, "evening.musicxml")
    piece = unfold()
    assert [(n.onset, n.pitch, n.duration, n.grace) for n in read.notes] == [
        (float(t.onset), t.pitch, float(t.length), t.grace) for t in piece.tones
    ]
    assert [(bar.number, bar.turn, bar.start) for bar in read.bars] == [
        (str(bar.number), bar.turn, float(bar.start)) for bar in piece.bars
    ]
    assert read.end == float(piece.end)


def test_the_reader_finds_title_marks_tempos_fermatas_and_ornaments() -> None:
    read = read_score(SHIPPED, "evening.musicxml")
    piece = unfold()
    assert read.title == TITLE
    assert [(m.label, m.at) for m in read.marks] == [
        (BARS[bar.number].mark, float(bar.start)) for bar in piece.bars if BARS[bar.number].mark
    ]
    assert [tempo.bpm for tempo in read.tempos] == [80, 112, 63, 80]
    held = {float(tone.onset) for tone in piece.tones if "fermata" in tone.tags}
    assert set(read.fermatas) == held
    assert len(held) == 2
    assert {note.ornament for note in read.notes} == {"", "trill", "mordent", "arpeggio"}


def test_verovio_engraves_it_without_a_complaint() -> None:
    toolkit = verovio.toolkit()
    assert toolkit.loadData(SHIPPED.decode())
    assert toolkit.getLog().strip() == ""
    assert toolkit.getPageCount() >= 1


def test_every_voice_of_the_file_fills_its_bar() -> None:
    root = ET.fromstring(SHIPPED)
    for measure in root.iter("measure"):
        lengths: dict[str, int] = {}
        for note in measure.iter("note"):
            if note.find("chord") is None and note.find("grace") is None:
                voice = note.findtext("voice", "")
                lengths[voice] = lengths.get(voice, 0) + int(note.findtext("duration", "0"))
        assert len(set(lengths.values())) == 1, measure.get("number")


def test_no_accidental_is_printed_that_the_key_already_says() -> None:
    root = ET.fromstring(SHIPPED)
    printed = [note.findtext("accidental") for note in root.iter("note")]
    assert printed.count("sharp") > 10
    assert printed.count("flat") < 20, "five flats are in the key of the chorale"
