"""Two-note tremolos: both notes begin together, as they are heard."""

from tests.unit.score.pages import back, music, page

from collavoce.score.reading import read_score


def sign(kind: str) -> str:
    return f'<ornaments><tremolo type="{kind}">3</tremolo></ornaments>'


def notes(*bars: str) -> list[tuple[float, float, int, str]]:
    found = read_score(page(*bars), "page.musicxml").notes
    return [(note.onset, note.duration, note.pitch, note.ornament) for note in found]


def test_both_notes_of_a_tremolo_last_from_the_first_onset_to_the_end() -> None:
    tremolo = music("C5:1", inside=sign("start")) + music("G5:1", inside=sign("stop"))
    assert notes(tremolo + music("F5:2")) == [
        (0, 2, 72, "tremolo"),
        (0, 2, 79, "tremolo"),
        (2, 2, 77, ""),
    ]


def test_chords_alternate_whole_and_another_voice_stays_as_it_is() -> None:
    first = music("C5:2", inside=sign("start")) + music("+E5:2")
    second = music("G5:2", inside=sign("stop")) + music("+B5:2")
    bass = back(4) + music("C3:1 D3:1 E3:2", voice=2)
    found = notes(first + second + bass)
    high = [note for note in found if note[2] >= 72]
    assert high == [(0, 4, pitch, "tremolo") for pitch in (72, 76, 79, 83)]
    low = [note[:3] for note in found if note[2] < 72]
    assert low == [(0, 1, 48), (1, 1, 50), (2, 2, 52)]


def test_a_tremolo_on_one_note_stays_where_it_is() -> None:
    held = music("C5:2", inside=sign("single")) + music("D5:2")
    assert notes(held) == [(0, 2, 72, "tremolo"), (2, 2, 74, "")]


def test_an_end_without_a_beginning_changes_nothing() -> None:
    held = music("C5:2", inside=sign("stop")) + music("D5:2")
    assert notes(held) == [(0, 2, 72, "tremolo"), (2, 2, 74, "")]
