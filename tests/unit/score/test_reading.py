"""What a page says is what the score holds: exact positions, sounding pitches, shared names."""

from tests.unit.score import pages
from tests.unit.score.pages import FORWARD, attributes, back, backward, bar, music, page, pickup

from collavoce.score.model import Note, Score, Tempo
from collavoce.score.reading import read_score
from collavoce.units import Bpm, Quarters

TRIPLETS = "C4:1/3 D4:1/3 E4:1/3"


def read(*bars: str, first: str = "") -> Score:
    return read_score(page(*bars, first=first), "page.musicxml")


def sounding(score: Score) -> list[tuple[float, float, int]]:
    return [(note.onset, note.duration, note.pitch) for note in score.notes]


def test_notes_carry_onset_length_pitch_and_the_name_they_have_on_the_page() -> None:
    score = read(bar("C4 Eb4:1/2 F#4:1/2 r:1 G4:1"))
    assert score.notes == (
        Note("n0", Quarters(0), Quarters(1), 60),
        Note("n1", Quarters(1), Quarters(0.5), 63),
        Note("n2", Quarters(1.5), Quarters(0.5), 66),
        Note("n4", Quarters(3), Quarters(1), 67),
    )
    assert score.title == "A page"
    assert score.end == 4


def test_a_bar_knows_number_pass_start_length_and_metre() -> None:
    score = read(bar("C4:3", before=FORWARD, after=backward()), first=pages.time("3/4"))
    assert [
        (b.number, b.turn, b.start, b.length, b.beats, b.beat_unit, b.id) for b in score.bars
    ] == [
        ("1", 1, 0, 3, 3, 4, "b0"),
        ("1", 2, 3, 3, 3, 4, "b0"),
    ]


def test_a_repeated_bar_gives_its_notes_again_under_the_same_names() -> None:
    score = read(bar("C4:2 D4:2", before=FORWARD, after=backward()), bar("E4:4"))
    assert [(note.id, note.onset) for note in score.notes] == [
        ("n0", 0),
        ("n1", 2),
        ("n0", 4),
        ("n1", 6),
        ("n2", 8),
    ]


def test_a_pickup_is_bar_0_and_as_long_as_its_notes() -> None:
    score = read(pickup("G4"), bar("C5:4"))
    assert [(b.number, b.start, b.length) for b in score.bars] == [("0", 0, 1), ("1", 1, 4)]


def test_the_uncounted_half_of_a_split_bar_gets_a_name_of_its_own() -> None:
    whole = page(bar("C4:4"), bar("C4:2"), bar("D4:2"))
    split = whole.replace(b'number="3"', b'number="2" implicit="yes"')
    assert [b.number for b in read_score(split, "page").bars] == ["1", "2", "X2"]


def test_a_tied_chain_is_one_note_across_bar_lines() -> None:
    assert sounding(read(bar("r:2 C4:2~"), bar("~C4:4~"), bar("~C4 D4:3"))) == [
        (2, 7, 60),
        (9, 3, 62),
    ]


def test_a_tie_into_the_second_volta_lengthens_the_note_played_before_it() -> None:
    first = {
        "before": pages.volta("1", "start"),
        "after": pages.volta("1", "stop", repeat=True),
    }
    second = {"before": pages.volta("2", "start"), "after": pages.volta("2", "stop")}
    score = read(bar("C4:4~", before=FORWARD), bar("~C4:4", **first), bar("~C4:4", **second))
    assert sounding(score) == [(0, 8, 60), (8, 8, 60)]


def test_a_tie_that_leads_nowhere_leaves_two_notes() -> None:
    assert sounding(read(bar("C4:2~ D4:2"), bar("~C4:4"))) == [(0, 2, 60), (2, 2, 62), (4, 4, 60)]


def test_two_voices_tied_on_the_same_key_keep_their_own_lengths() -> None:
    upper = music("C4:4~", voice=1) + back(4) + music("C4:4~", voice=2)
    score = read(upper, music("~C4:4", voice=1) + back(4) + music("~C4:2 D4:2", voice=2))
    assert sounding(score) == [(0, 6, 60), (0, 8, 60), (6, 2, 62)] or sounding(score) == [
        (0, 8, 60),
        (0, 6, 60),
        (6, 2, 62),
    ]


def test_a_grace_note_has_no_length_and_the_onset_of_the_note_it_leads_to() -> None:
    score = read(bar("C4:2 gE4 gD4 C4:2"), bar("G4:4"))
    assert [(note.onset, note.duration, note.pitch, note.grace) for note in score.notes] == [
        (0, 2, 60, False),
        (2, 0, 64, True),  # as they are written, not by pitch
        (2, 0, 62, True),
        (2, 2, 60, False),
        (4, 4, 67, False),
    ]


def test_a_grace_at_the_end_of_a_bar_leads_into_the_next() -> None:
    score = read(bar("C4:4 gD4"), bar("E4:4"))
    assert [(note.onset, note.grace) for note in score.notes] == [(0, False), (4, True), (4, False)]


def test_triplets_fall_on_thirds_and_meet_the_other_voice_exactly() -> None:
    lower = music("r:1/3 G3:1/3 r:1/3", voice=2)
    score = read(music(TRIPLETS) + back(1) + lower + music("A4:3"))
    onsets = [note.onset for note in score.notes]
    assert onsets == [0, 1 / 3, 1 / 3, 2 / 3, 1]
    assert len(set(onsets)) == 4


def test_a_quintuplet_that_the_file_had_to_round_is_exact_again() -> None:
    # 24 divisions cannot say a fifth: the program wrote 5 5 4 5 5.
    rounded = "C4:5/24 D4:5/24 E4:4/24 F4:5/24 G4:5/24"
    score = read(pages.tuplet(rounded, 5, 4, "16th") + music("C5:3"))
    assert [note.onset for note in score.notes] == [0, 1 / 5, 2 / 5, 3 / 5, 4 / 5, 1]
    assert score.bars[0].length == 4


def test_a_forward_of_a_rounding_error_does_not_tear_a_chord_apart() -> None:
    late = "<forward><duration>0.1</duration></forward>"
    score = read(music("C4:4") + back(4) + late + music("E4:2", voice=2))
    assert [note.onset for note in score.notes] == [0, 0]


def test_a_chord_has_one_onset_and_each_note_its_own_length() -> None:
    score = read(bar("C4:2 +E4:2 +G4:1 D4:2"))
    assert sounding(score) == [(0, 2, 60), (0, 2, 64), (0, 1, 67), (2, 2, 62)]


def test_two_staves_with_crossing_voices_are_merged_by_time() -> None:
    right = music("C4 E4 G4 C5", voice=1, staff=1)
    left = music("C5:2 C3:2", voice=5, staff=2)
    score = read(right + back(4) + left)
    assert [(note.onset, note.pitch) for note in score.notes] == [
        (0, 60),
        (0, 72),
        (1, 64),
        (2, 48),
        (2, 67),
        (3, 72),
    ]


def test_parts_are_merged_and_a_transposing_instrument_sounds_where_it_sounds() -> None:
    clarinet = "<transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose>"
    flute = pages.numbered((bar("C5:4"),))
    score = read_score(
        pages.ensemble([flute, pages.numbered((bar("C5:4"),), clarinet)]), "duo.musicxml"
    )
    assert [(note.id, note.pitch) for note in score.notes] == [("n1", 70), ("n0", 72)]


def test_an_octave_of_transposition_is_heard() -> None:
    bass = "<transpose><chromatic>0</chromatic><octave-change>-1</octave-change></transpose>"
    assert read(bar("E3:4"), first=bass).notes[0].pitch == 40


def test_a_part_that_stops_early_does_not_shorten_the_bar() -> None:
    short = pages.numbered((bar("C5:2"), bar("C5:4")))
    full = pages.numbered((bar("C4:4"), bar("C4:4")))
    score = read_score(pages.ensemble([short, full]), "duo.musicxml")
    assert [b.start for b in score.bars] == [0, 4]


def test_metres_change_and_odd_ones_are_counted_in_their_smallest_unit() -> None:
    change = attributes(pages.time("6/8"))
    odd = attributes(
        "<time><beats>3+2</beats><beat-type>8</beat-type>"
        "<beats>1</beats><beat-type>4</beat-type></time>"
    )
    score = read(bar("C4:4"), bar("C4:3", before=change), bar("C4:3 C4:1/2", before=odd))
    assert [(b.start, b.beats, b.beat_unit) for b in score.bars] == [
        (0, 4, 4),
        (4, 6, 8),
        (7, 7, 8),
    ]


def test_a_whole_rest_lasts_its_bar_whatever_the_file_counted() -> None:
    rest = music("r:4").replace("<rest/>", '<rest measure="yes"/>')
    score = read(rest, bar("C4:3"), first=pages.time("3/4"))
    assert score.bars[0].length == 3
    assert score.notes[0].onset == 3


def test_an_empty_bar_lasts_as_long_as_its_metre() -> None:
    score = read(bar(""), bar("C4:3"), first=pages.time("3/4"))
    assert [(b.start, b.length) for b in score.bars] == [(0, 3), (3, 3)]


def test_without_a_tempo_the_music_goes_at_120() -> None:
    assert read(bar("C4:4")).tempos == (Tempo(Quarters(0), Bpm(120)),)


def test_tempos_count_in_quarters_however_they_are_written() -> None:
    score = read(
        bar("C4:4", before=pages.metronome("half", "60")),
        bar("C4:4", before=pages.metronome("quarter", "ca. 72", dots=1)),
        bar("C4:2 ", before=pages.sound('tempo="66"')) + pages.sound('tempo="90"') + music("D4:2"),
    )
    assert score.tempos == (
        Tempo(Quarters(0), Bpm(120)),
        Tempo(Quarters(4), Bpm(108)),
        Tempo(Quarters(8), Bpm(66)),
        Tempo(Quarters(10), Bpm(90)),
    )


def test_the_beat_can_keep_its_time_under_another_name() -> None:
    equal = "<beat-unit>quarter</beat-unit><beat-unit>half</beat-unit>"
    equal = (
        f"<direction><direction-type><metronome>{equal}</metronome></direction-type></direction>"
    )
    score = read(bar("C4:4", before=pages.metronome("quarter", "80")), bar("C4:4", before=equal))
    assert [tempo.bpm for tempo in score.tempos] == [80, 160]


def test_a_repeat_goes_back_to_the_tempo_of_its_beginning() -> None:
    score = read(
        bar("C4:4", before=pages.sound('tempo="60"') + FORWARD),
        bar("C4:4", before=pages.sound('tempo="90"'), after=backward()),
    )
    assert score.tempos == (
        Tempo(Quarters(0), Bpm(60)),
        Tempo(Quarters(4), Bpm(90)),
        Tempo(Quarters(8), Bpm(60)),
        Tempo(Quarters(12), Bpm(90)),
    )


def test_an_impossible_tempo_is_not_believed() -> None:
    assert read(bar("C4:4", before=pages.sound('tempo="0"'))).tempos[0].bpm == 120


def test_fermatas_stand_on_notes_and_on_rests() -> None:
    score = read(bar("C4:2") + music("D4:1 r:1", inside="<fermata/>"))
    assert score.fermatas == (2, 3)


def test_rehearsal_marks_stand_where_they_are_met_once_for_all_parts() -> None:
    bars = (bar("C4:4", before=FORWARD), bar("C4:4", before=pages.rehearsal("B"), after=backward()))
    score = read_score(pages.ensemble([pages.numbered(bars), pages.numbered(bars)]), "duo")
    assert [(mark.label, mark.at) for mark in score.marks] == [("B", 4), ("B", 12)]


def test_ornaments_are_said_of_the_note() -> None:
    def ornamented(sign: str) -> str:
        return music("C4:1", inside=f"<ornaments>{sign}</ornaments>")

    score = read(
        ornamented("<trill-mark/>")
        + ornamented("<inverted-mordent/>")
        + ornamented("<delayed-turn/>")
        + ornamented("<tremolo>3</tremolo>"),
        music("C4:2 +E4:2", inside="<arpeggiate/>") + music("G4:2"),
    )
    assert [note.ornament for note in score.notes] == [
        "trill",
        "mordent",
        "turn",
        "tremolo",
        "arpeggio",
        "arpeggio",
        "",
    ]


def test_a_cue_of_another_player_is_not_played() -> None:
    cue = music("C4:2 +E4:2").replace("<note>", "<note><cue/>")
    assert sounding(read(cue + music("G4:2"))) == [(2, 2, 67)]


def test_the_small_notes_of_a_piano_part_are_played() -> None:
    cue = music("C4:2").replace("<note>", "<note><cue/>")
    assert sounding(read(cue + music("G4:2"), first="<staves>2</staves>")) == [
        (0, 2, 60),
        (2, 2, 67),
    ]


def test_a_percent_sign_plays_the_bar_before_it_again() -> None:
    def rest(kind: str) -> str:
        percent = f'<measure-repeat type="{kind}">1</measure-repeat>'
        return bar("r:4", before=attributes(f"<measure-style>{percent}</measure-style>"))

    score = read(bar("C4:4"), rest("start"), rest("stop"))
    assert [(note.id, note.onset) for note in score.notes] == [("n0", 0), ("n0", 4)]


def test_a_drum_has_the_key_its_instrument_names() -> None:
    drums = page(bar("C5:4")).decode()
    snare = '<midi-instrument id="I38"><midi-unpitched>39</midi-unpitched></midi-instrument>'
    drums = drums.replace("</score-part>", f"{snare}</score-part>")
    drums = drums.replace(
        "<pitch><step>C</step><octave>5</octave></pitch>",
        "<unpitched><display-step>C</display-step><display-octave>5</display-octave></unpitched>"
        '<instrument id="I38"/>',
    )
    assert read_score(drums.encode(), "drums").notes[0].pitch == 38


def test_a_score_ordered_by_time_is_read_like_one_ordered_by_parts() -> None:
    partwise = page(bar("C4:4"), bar("D4:4"))
    timewise = partwise.decode().replace("score-partwise", "score-timewise")
    timewise = timewise.replace('<part id="P0">', "").replace("</part></", "</")
    timewise = timewise.replace("</measure>", "</part></measure>")
    for number in ("1", "2"):
        opening = f'<measure number="{number}">'
        timewise = timewise.replace(opening, opening + '<part id="P0">')
    assert read_score(timewise.encode(), "page") == read_score(partwise, "page")
