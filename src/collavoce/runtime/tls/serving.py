"""The TLS context of a running process; it follows its files when they are renewed.

A connection keeps the context it was opened with, so a renewed certificate drops nobody. A file
that is worse than what is served is not taken: what worked goes on, with a word in the log.
"""

import asyncio
import logging
import ssl
from pathlib import Path

from collavoce.runtime.clock import utc_now
from collavoce.runtime.tls.check import findings
from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.tls.pair import read_pair
from collavoce.words import say

LOOK_S = 5.0
"""Between two looks at the files."""

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2: forward secrecy and authenticated encryption only; TLS 1.3 has nothing else."""

log = logging.getLogger(__name__)


def modern_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.2 and 1.3 with `certificate` and `key`; raises TlsError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(CIPHERS)
    context.options |= (
        ssl.OP_NO_RENEGOTIATION | ssl.OP_NO_COMPRESSION | ssl.OP_CIPHER_SERVER_PREFERENCE
    )
    context.set_alpn_protocols(["http/1.1"])
    try:
        # Without a password of ours a locked key would stop the process with a question.
        context.load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:
        raise TlsError(say("tls.wrong.refused", file=certificate, why=error)) from error
    return context


class Serving:
    """What new connections are shaken hands with.

    host : the name the pages are reached by; a renewed certificate must be for it too.
    """

    def __init__(self, certificate: Path, key: Path, host: str) -> None:
        self._certificate = certificate
        self._key = key
        self._host = host
        self._seen = self._stamp()
        self.context = modern_context(certificate, key)

    def look(self) -> bool:
        """Take a renewed pair of files if it is good; whether one was taken."""
        stamp = self._stamp()
        if stamp == self._seen or stamp is None:
            return False
        self._seen = stamp
        try:
            pair = read_pair(self._certificate, self._key)
            wrong = [f.words for f in findings(pair, self._host, utc_now()) if f.blocking]
            fresh = None if wrong else modern_context(self._certificate, self._key)
        except (TlsError, OSError) as error:
            wrong, fresh = [str(error)], None
        if fresh is None:
            log.warning(say("tls.not_taken", why=" ".join(wrong)))
            return False
        self.context = fresh
        return True

    async def follow(self) -> None:
        """Look every `LOOK_S` seconds until the process ends."""
        while True:
            await asyncio.sleep(LOOK_S)
            self.look()

    def _stamp(self) -> tuple[int, int, int, int] | None:
        try:
            certificate, key = self._certificate.stat(), self._key.stat()
        except OSError:
            return None
        return certificate.st_mtime_ns, certificate.st_ino, key.st_mtime_ns, key.st_ino
