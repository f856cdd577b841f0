"""The cue engine measured from outside, beside other people's programs, in one run.

    python bench/show/run.py [--quick] [--only PART ...] [--in WAY ...] [--out FILE] [--document]

Parts:
    shots     from a GO or a note to the wire, beside echoes and peers
    idle      what the program takes while nothing happens
    goes      100,000 GO beside kill -9 of the engine and steps of the wall clock
    screens   1,000 open pages, some of which never read, while GO is pressed
    flood     bad packets while GO is pressed and light moves
    grid      512 universes with 1,000 fades
    ticks     cues 5 ms apart
    cost      where the microseconds of a GO go
    witness   what Wireshark reads on the wire, and when

Everything stays on this machine. Where the user may, what is timed is measured a second time under
SCHED_FIFO. `--out` keeps the results, part by part: a part that is not measured keeps what stands
there. `--document` writes docs/figures.md from that file.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bad_packets
import cost
import document
import goes
import grid
import idle
import screens
import shots
import ticks
import witness
from amounts import FULL, QUICK, Amount
from circumstances import Around

RESULTS = Path(__file__).resolve().parent / "results" / "show.json"
Part = Callable[[Path, Amount], dict[str, Any]]


def parts(options: argparse.Namespace) -> dict[str, Part]:
    """Name -> what measures it."""
    ways: list[str] = options.ways
    with_peers = not options.no_peers

    def fired(work: Path, amount: Amount) -> dict[str, Any]:
        return shots.measure(work, amount, ways, with_peers=with_peers)

    def held(work: Path, amount: Amount) -> dict[str, Any]:
        return grid.measure(work, amount, with_peers=with_peers)

    return {
        "shots": fired,
        "idle": idle.measure,
        "goes": goes.measure,
        "screens": screens.measure,
        "flood": bad_packets.measure,
        "grid": held,
        "ticks": ticks.measure,
        "cost": cost.measure,
        "witness": witness.measure,
    }


def main() -> int:
    """Measure, print the tables, keep the results; 1 if a shot was lost or a cue missed."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument(
        "--quick", "--small", dest="quick", action="store_true", help="a minute, figures rough"
    )
    parser.add_argument("--only", nargs="+", metavar="PART", help="these parts and no others")
    parser.add_argument(
        "--in",
        dest="ways",
        nargs="+",
        choices=shots.WAYS_IN,
        default=list(shots.WAYS_IN),
        help="the ways by which a GO comes in",
    )
    parser.add_argument("--no-peers", action="store_true", help="leave other programs out")
    parser.add_argument("--no-idle", action="store_true", help="leave idleness out")
    parser.add_argument("--count", type=int, help=f"GO beside kills, {FULL.goes} if not said")
    parser.add_argument("--out", type=Path, help="keep the results in this file, as JSON")
    parser.add_argument(
        "--document", action="store_true", help=f"write {document.FILE.name} from the results"
    )
    options = parser.parse_args()
    amount = (QUICK if options.quick else FULL).counted(options.count)
    known = parts(options)
    chosen: list[str] = options.only or [n for n in known if n != "idle" or not options.no_idle]
    if unknown := set(chosen) - set(known):
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(known)}")
    results = _measured({name: known[name] for name in chosen}, amount, options.out)
    if options.document:
        kept = json.loads((options.out or RESULTS).read_text(encoding="utf-8"))
        document.FILE.write_text(document.page(kept), encoding="utf-8")
    return int(any(part.get("failed") for part in results.values()))


def _measured(
    chosen: dict[str, Part], amount: Amount, out: Path | None
) -> dict[str, dict[str, Any]]:
    """Each part, kept and printed as soon as it is there."""
    results: dict[str, dict[str, Any]] = {}
    if out is not None and out.exists():
        results = json.loads(out.read_text(encoding="utf-8"))
    measured: dict[str, dict[str, Any]] = {}
    for name, measure in chosen.items():
        around = Around()
        with tempfile.TemporaryDirectory(prefix="collavoce-bench-") as temporary:
            found = measure(Path(temporary), amount)
        found = {"circumstances": around.said()} | found
        results[name] = measured[name] = found
        if out is not None:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        print(document.section(name, found), flush=True)
    return measured


if __name__ == "__main__":
    sys.exit(main())
