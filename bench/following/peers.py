"""The other open followers, measured in the same run by the harness's own adapters.

They live in an environment of their own, made once by uv in a cache folder: Collavoce depends on
none of them. What cannot be had is said in a line, and the rest goes on.
"""

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

CACHE = user_cache_path("collavoce-bench") / "peers"

PYTHON = "3.11"

VERSIONS = (
    "pymatchmaker==0.3.0",
    "parangonar==3.4.0",
    "partitura==1.9.0",
    "numpy==1.26.4",
    "scipy==1.17.1",
    "numba==0.68.1",
    "librosa==0.11.0",
    "mido==1.3.3",
    "pandas==3.0.6",
    "python-hiddenmarkov==0.1.4",
    "pyfluidsynth==1.4.0",
    "soundfile==0.14.0",
    "soxr==1.1.0",
    "tqdm==4.70.1",  # parangonar imports it and does not declare it
    "psutil==7.2.2",
)

TORCH = "torch==2.13.0"
"""By pip, which knows where this machine keeps its processor-only build; uv reads no pip settings
and would fetch some gigabytes for a graphics card nobody asks for."""

SOUNDFONT = Path("lib") / f"python{PYTHON}" / "site-packages/partitura/assets/MuseScore_General.sf3"
"""partitura downloads it on being imported, if it is missing and fluidsynth is there. Followers by
MIDI render no sound: an empty file in its place is all they need."""


class PeersError(Exception):
    """The environment cannot be made; the message says at which step."""


@dataclass(frozen=True, slots=True)
class Peer:
    """adapter is a file of the harness; best: among its library's best by MIDI."""

    adapter: str
    name: str
    best: bool = False


PEERS = (
    Peer("pa_SLT_OLTW", "parangonar TOLTW", best=True),
    Peer("pa_SL_OLTW", "parangonar OLTW", best=True),
    Peer("pa_OPTM", "parangonar OPTM", best=True),
    Peer("pa_OTM", "parangonar OTM", best=True),
    Peer("mm_outerhmm", "pymatchmaker outer HMM", best=True),
    Peer("mm_pthmm", "pymatchmaker PTHMM"),
    Peer("mm_hmm", "pymatchmaker HMM"),
    Peer("mm_arzt", "pymatchmaker OLTW Arzt"),
    Peer("mm_dixon", "pymatchmaker OLTW Dixon"),
)


def chosen(which: str) -> list[Peer]:
    """The peers of "none", "best", "all", or of adapters' names with commas between them."""
    if which == "none":
        return []
    if which in {"best", "all"}:
        return [peer for peer in PEERS if peer.best or which == "all"]
    names = which.split(",")
    return [peer for peer in PEERS if peer.adapter in names]


def environment(cache: Path) -> Path:
    """The interpreter of the peers' environment in `cache`, made if it is not there.

    Raises PeersError if a step fails. An environment half made is made again.
    """
    wanted = hashlib.sha256(" ".join((PYTHON, TORCH, *VERSIONS)).encode()).hexdigest()[:12]
    home = cache / wanted
    python = home / "bin" / "python"
    finished = home / "finished"
    if finished.is_file():
        return python
    if shutil.which("uv") is None:
        raise PeersError("the peers need uv to make their environment: it is not on the path")
    home.parent.mkdir(parents=True, exist_ok=True)
    _step("uv", "venv", "--quiet", "--clear", "--seed", "--python", PYTHON, str(home))
    _step(str(python), "-m", "pip", "install", "--quiet", TORCH)
    _step("uv", "pip", "install", "--quiet", "--python", str(python), TORCH, *VERSIONS)
    (home / SOUNDFONT).touch()
    finished.touch()
    return python


def _step(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise PeersError(f"the peers' environment: {' '.join(command[:4])} ...: {last}")
