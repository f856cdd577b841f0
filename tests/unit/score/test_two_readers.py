"""verovio reads MusicXML too, and for playing writes repeats out itself: the two must agree."""

from typing import Any, cast

import pytest
import verovio
from tests.unit.score import pages
from tests.unit.score.pages import FORWARD, back, backward, bar, music, page, pickup, sound, volta

from collavoce.score.identity import give_identities
from collavoce.score.opening import open_score, serialised
from collavoce.score.reading import read_score

W = "C4:4"
SCORES = {
    "repeat": page(bar("C4 D4:3", before=FORWARD), bar(W, after=backward()), bar(W)),
    "three times": page(bar(W, before=FORWARD), bar(W, after=backward(3)), bar(W)),
    "voltas": page(
        bar(W, before=FORWARD),
        bar(W, before=volta("1, 2", "start")),
        bar(W, after=volta("1, 2", "stop", repeat=True)),
        bar(W, before=volta("3", "start"), after=volta("3", "stop")),
        bar(W),
    ),
    "minuet": page(
        bar(W, before=FORWARD),
        bar(W, after=sound('fine="yes"') + backward()),
        bar(W, before=FORWARD),
        bar(W, after=sound('dacapo="yes"') + backward()),
    ),
    "dal segno": page(
        bar(W),
        bar(W, before=pages.sign("segno") + sound('segno="s"')),
        bar(W, after=sound('tocoda="c"')),
        bar(W, after=sound('dalsegno="s"')),
        bar(W, before=sound('coda="c"')),
    ),
    "pickup, chords, tuplets": page(
        pickup("G4"),
        pages.tuplet("C4:1/3 D4:1/3 E4:1/3", 3, 2, "eighth") + music("C4 r:1/2 D4:1/2 +F4:1/2 G4"),
        pages.tuplet("C4:5/24 D4:5/24 E4:4/24 F4:5/24 G4:5/24", 5, 4, "16th") + music("C5:3"),
    ),
    "two staves": page(
        music("C5:2 D5:2", staff=1) + back(4) + music("C3:1 G4:3", voice=5, staff=2),
        first="<staves>2</staves>",
    ),
}


def heard_by_verovio(score: bytes) -> tuple[list[str], list[tuple[float, str]]]:
    """Bars in playing order; (onset, note id) of everything that begins to sound."""
    root = open_score(score, "page")
    give_identities(root)
    library = cast("Any", verovio)
    library.enableLog(library.LOG_OFF)
    toolkit = library.toolkit()
    assert toolkit.loadData(serialised(root))
    timemap: list[dict[str, Any]] = toolkit.renderToTimemap({"includeMeasures": True})
    bars = [entry["measureOn"].split("-")[0] for entry in timemap if "measureOn" in entry]
    notes = [
        (round(entry["qstamp"], 4), note.split("-")[0])
        for entry in timemap
        for note in entry.get("on", [])
    ]
    return bars, sorted(notes)


@pytest.mark.parametrize("name", SCORES)
def test_an_independent_reader_hears_the_same_bars_and_onsets(name: str) -> None:
    score = read_score(SCORES[name], name)
    bars, notes = heard_by_verovio(SCORES[name])
    assert [bar.id for bar in score.bars] == bars
    assert sorted((round(note.onset, 4), note.id) for note in score.notes) == notes
