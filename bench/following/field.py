"""The field: our follower and the others over the same runs, one after the other."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from circumstances import circumstances
from followed import Followed, followed, pictured
from harness import Harness, HarnessError, Run
from peers import Peer, PeersError, environment

OURS = "Collavoce"
ADAPTER = Path(__file__).resolve().parent / "adapter.py"


@dataclass(frozen=True, slots=True)
class Over:
    """What everybody is run over: the harness with its set, and the seeds of the hard cases."""

    harness: Harness
    seeds: Sequence[int]
    hard: Sequence[str]

    def ours(self) -> Followed:
        """Our follower, under the interpreter that runs this."""
        return self._measured(OURS, ADAPTER, Path(sys.executable))

    def others(self, wanted: Sequence[Peer], cache: Path) -> list[Followed]:
        """The peers that can be had; of one that cannot, a line says why."""
        found: list[Followed] = []
        try:
            python = environment(cache) if wanted else Path()
        except PeersError as error:
            print(error, file=sys.stderr)
            return []
        for peer in wanted:
            adapter = self.harness.folder / "peers" / f"{peer.adapter}.py"
            try:
                found.append(self._measured(peer.name, adapter, python))
            except HarnessError as error:
                print(f"{peer.name} cannot be had: {error}", file=sys.stderr)
        return found

    def _measured(self, name: str, adapter: Path, python: Path) -> Followed:
        runs = list(self.harness.runs(adapter, python, self.seeds, pictured(self.hard)))
        _complain(name, runs)
        measured = circumstances() | {"seeds": list(self.seeds)}
        return followed(name, runs, self.hard, measured)


def _complain(name: str, runs: Iterable[Run]) -> None:
    for run in runs:
        if run["fault"]:
            print(f"{name}, {run['pair']}, {run['case']}: {run['fault']}", file=sys.stderr)
