"""Which certificate a show is opened with, and under which name it is then reached."""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from collavoce.runtime.tls.check import findings
from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.tls.pair import Pair, address_of, read_pair
from collavoce.words import say

LOCAL_ENDINGS = ("local", "localhost", "lan", "home", "internal", "home.arpa", "test", "invalid")
"""Endings that no public authority signs and no browser preloads."""


@dataclass(frozen=True, slots=True)
class Tls:
    """name: the host pages are reached by; names: all it is for; odd: what to mind, in words."""

    certificate: Path
    key: Path
    name: str
    names: tuple[str, ...] = ()
    hsts: bool = False
    odd: tuple[str, ...] = ()


def choose(
    certificate: Path, key: Path, name: str, public_host: str, now: datetime, *, hsts: bool = False
) -> Tls:
    """The TLS of a show; raises TlsError with every reason why it cannot be opened so.

    name : what the person who opens it says, "" to take it from the certificate.
    """
    pair = read_pair(certificate, key)
    host = name or _name_of(pair, public_host)
    found = findings(pair, host, now)
    if blocking := [finding.words for finding in found if finding.blocking]:
        raise TlsError("\n".join(blocking))
    if hsts and not is_public_name(host):
        raise TlsError(say("tls.wrong.hsts_own", host=host))
    names = tuple(n for n in pair.dns_names if "*" not in n)
    odd = tuple(finding.words for finding in found)
    return Tls(certificate.resolve(), key.resolve(), host, names, hsts, odd)


def is_public_name(host: str) -> bool:
    """Whether `host` is a name of the internet, not an address or a name of this network."""
    name = host.lower().rstrip(".")
    if address_of(name) is not None or "." not in name:
        return False
    return not any(name.endswith(f".{ending}") for ending in LOCAL_ENDINGS)


def known_names(public_host: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """The host names under which the pages answer; addresses are not among them (`hosts.py`)."""
    machine = socket.gethostname().lower()
    first = machine.partition(".")[0]
    known = {"localhost", public_host.lower(), machine, first, f"{first}.local", *names}
    return tuple(sorted(name for name in known if name and address_of(name) is None))


def _name_of(pair: Pair, public_host: str) -> str:
    if pair.covers(public_host):
        return public_host
    for name in pair.dns_names:
        if "*" not in name:
            return name
    raise TlsError(say("tls.wrong.no_name", file=pair.certificate_file))
