"""`docs/destinations.md` says what the program does, figure by figure."""

from pathlib import Path

import pytest

from collavoce.rig import osc_out, stream
from collavoce.rig.midi_out import AGAIN_S
from collavoce.rig.sound import mixer, voice
from collavoce.rig.sound.samples import RATE
from collavoce.runtime.errands import lane
from collavoce.runtime.wires.carriers import CARRIERS
from collavoce.show.latency import LONGEST
from collavoce.wire.lights import FRAMES_A_SECOND

PAGE = (Path(__file__).parents[3] / "docs/destinations.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (osc_out.ANSWER_S == 1.0, "the first OSC packet from that address within a second"),
        (stream.AGAIN_S == 1.0, "made anew every second"),
        (AGAIN_S == 2.0, "looked for again every two seconds"),
        (FRAMES_A_SECOND == 44, "a grid of 44 frames a second"),
        (lane.WITHIN_S == 5.0, "One deadline of 5 s"),
        (lane.PATIENCE_S == 0.3, "waited for 0.3 s"),
        (lane.AT_ONCE_MOST == 8, "at most eight at once"),
        (lane.WAITING_MOST == 256, "At most 256 wait"),
        (RATE == 48_000, "48,000 pairs of samples a second"),
        (voice.HEAD == RATE // 2, "first half second"),
        (voice.AHEAD == 2 * RATE, "two seconds are read ahead"),
        (mixer.VOICES_MOST == 64, "at most 64 at once"),
        (voice.SOFT_S == 0.008, "in less than 8 ms"),
        (LONGEST == 0.5, "at most 500"),
    ],
)
def test_each_figure_is_the_programs_own(figure: object, sentence: str) -> None:
    assert figure, sentence
    assert sentence in WORDS


def test_every_carrier_has_its_row() -> None:
    rows = {"SendOsc": "`[patch.osc]`", "SendMidi": "`[patch.midi]`", "SendHttp": "`[patch.http]`"}
    rows |= {"PlaySound": "`[patch.sound]`", "LoadCue": "a sound to be made ready"}
    assert {kind.__name__ for kind in CARRIERS} == rows.keys()
    for words in rows.values():
        assert words in PAGE
