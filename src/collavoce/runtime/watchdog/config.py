"""What the watchdog is told at its start: where care is, and the canary's secret. No name."""

import os
from pathlib import Path

import msgspec

FILE = "watchdog.json"


class WatchdogConfig(msgspec.Struct, frozen=True):
    """The facts the watchdog needs.

    run_dir : the performance's private folder. host, port : the care pages.
    tls_ca : the certificate they are served with, trusted by itself, "" for plain HTTP;
    tls_name : the name it is for. With it the cookies have their `__Host-` names.
    canary : the secret the care process was given too, of this performance alone.
    canary_every_s : between two canary presses. channels : the operator's `channels.toml`.
    """

    run_dir: str
    port: int
    canary: str
    host: str = "127.0.0.1"
    canary_every_s: float = 60.0
    tls_ca: str = ""
    tls_name: str = ""
    channels: str = ""


def write_config(config: WatchdogConfig, path: Path) -> None:
    """Put `config` at `path`, readable by its user only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(config))


def read_config(path: Path) -> WatchdogConfig:
    """What `write_config` wrote; raises OSError or msgspec.DecodeError."""
    return msgspec.json.decode(path.read_bytes(), type=WatchdogConfig)
