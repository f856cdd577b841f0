"""How well the follower follows: every figure of following, by one command.

    python bench/following/run.py --harness HARNESS --set SET [--peers best] [--seeds 0,1,2]
        [--reuse FILE.json] [--out FILE.json] [--pictures FOLDER] [--document FILE.md]
    python bench/following/run.py --own [--small] [--out FILE.json]

HARNESS is the folder of the neutral benchmark (its `bench.py`), SET one of its sets of pairs of a
score and a human performance. Neither is part of this repository: the performances may not be
handed on. `--own` plays small pieces written by chance instead.

The follower and its peers go over the same runs one after the other (`field.py`); then every part
of `parts.py` is asked its question. Prints tables; `--out` writes the figures with machine, load,
date and commit, and the tables beside them; `--pictures` draws; `--document` puts the comparison
between the marks of a document. `--reuse` takes the peers from an earlier file of figures.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import field
import keeping
import own
import parts
import peers
import pictures
import tables
from circumstances import circumstances, in_words, when
from followed import Followed
from harness import Harness, HarnessError

EVERY_PART = ",".join(part.name for part in parts.PARTS)


def main() -> int:
    options = arguments()
    if options.own:
        figures, said = generated(options)
    else:
        harness = Harness(options.harness or Path(), options.set or Path())
        if harness.missing():
            print(harness.missing(), file=sys.stderr)
            return 2
        try:
            figures, said = human(harness, options)
        except (HarnessError, keeping.DocumentError) as error:
            print(error, file=sys.stderr)
            return 1
    print(said)
    if options.out is not None:
        keeping.write(options.out, figures, said)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harness", type=Path, help="folder of the neutral benchmark")
    parser.add_argument("--set", type=Path, help="folder of a set of pairs, with its manifest.json")
    parser.add_argument("--peers", default="best", help="best, all, none, or adapters: a,b")
    parser.add_argument("--cache", type=Path, default=peers.CACHE, help="of the peers' environment")
    parser.add_argument("--reuse", type=Path, help="take the peers from an earlier --out file")
    parser.add_argument("--seeds", type=numbers, default=[0], help="seeds of the hard cases: 0,1,2")
    parser.add_argument("--parts", default=EVERY_PART, help="these parts only: a,b, or none")
    parser.add_argument("--own", action="store_true", help="small pieces written by chance")
    parser.add_argument("--small", action="store_true", help="with --own: one piece a case")
    parser.add_argument("--out", type=Path, help="write the figures here as JSON, tables beside it")
    parser.add_argument("--pictures", type=Path, help="draw into this folder")
    parser.add_argument("--document", type=Path, help="put the comparison into this document")
    return parser.parse_args()


def numbers(words: str) -> list[int]:
    return [int(word) for word in words.split(",")]


def generated(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Generated pieces, and every part over its own."""
    rows = own.rows(small=options.small)
    small = ["--small"] if options.small else []
    asked, said = parts.ask_all(options.parts.split(","), ["--own", *small])
    figures = {"what": "own", **circumstances(), "cases": rows, "parts": asked}
    return figures, "\n\n".join([tables.cases(rows, {}), *said])


def human(harness: Harness, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Ours and the peers over the set, and every part over it."""
    if options.document is not None:
        keeping.parted(options.document)  # before an hour's work, not after it
    over = field.Over(harness, options.seeds, harness.hard_pairs())
    found = [over.ours()]
    if options.reuse is not None:
        found += keeping.peers_of(options.reuse)
    else:
        found += over.others(peers.chosen(options.peers), options.cache)
    compared = "\n\n".join([*tables.comparison(found), told(found, options.reuse)])
    place = ["--harness", str(harness.folder), "--set", str(harness.pairs)]
    asked, said = parts.ask_all(options.parts.split(","), place)
    if options.pictures is not None:
        pictures.draw(options.pictures, found, asked)
    if options.document is not None:
        keeping.insert(options.document, compared)
    figures = {
        "what": harness.pairs.resolve().name,
        **circumstances(),
        "seeds": options.seeds,
        "reused": options.reuse.name if options.reuse is not None else None,
        "followers": [one.kept() for one in found],
        "parts": asked,
    }
    return figures, "\n\n".join([compared, *said])


def told(found: Sequence[Followed], reused: Path | None) -> str:
    """When and where the figures were taken."""
    words = [in_words(found[0].measured)]
    if found[1:]:
        others = "; ".join(f"{one.name} {when(one.measured)}" for one in found[1:])
        again = f"taken up from `{reused.name}`: " if reused is not None else ""
        words.append(f"The others, {again}{others}.")
    return "\n\n".join(words)


if __name__ == "__main__":
    sys.exit(main())
