"""Makes the evening's files anew from the piece and the seed: `python -m collavoce.evening.making`.

In: a show folder. Out: its score, performance and truth. Never: `show.toml`, which is hand-written.
"""

import sys
from pathlib import Path

from collavoce.evening import PERFORMANCE, TRUTH
from collavoce.evening.engraving import engrave
from collavoce.evening.playing import SEED, play
from collavoce.evening.recording import midi, truth
from collavoce.evening.unfolding import unfold

SCORE = "scores/evening.musicxml"
HERE = Path(__file__).parent / "show"


def made(seed: int = SEED) -> dict[str, bytes]:
    """Every generated file by its path in the show folder."""
    piece = unfold()
    performance = play(piece, seed)
    return {
        SCORE: engrave(),
        PERFORMANCE: midi(performance),
        TRUTH: truth(performance, piece),
    }


def main(folder: Path = HERE) -> None:
    """Write the generated files into `folder`."""
    for name, data in made().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
