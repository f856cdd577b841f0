"""How a host shows an ACME server that a name is its own (RFC 8555, 8.3 and 8.4)."""

import http.server
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from hashlib import sha256

from collavoce.runtime.tls.acme import Task
from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.tls.jws import b64
from collavoce.words import say

WELL_KNOWN = "/.well-known/acme-challenge/"
HTTP_PORT = 80
"""The one port at which an ACME server looks; another only behind a redirection of one's own."""


def txt_record(task: Task) -> tuple[str, str]:
    """The name and the text of the DNS record that proves `task` (RFC 8555, 8.4)."""
    text = b64(sha256(task.proof.encode()).digest())
    return f"_acme-challenge.{task.name.removeprefix('*.')}", text


@contextmanager
def answering(host: str, port: int) -> Generator[dict[str, str]]:
    """Serve what is put into the yielded {token: proof} over plain HTTP; raises TlsError."""
    proofs: dict[str, str] = {}

    class Answer(http.server.BaseHTTPRequestHandler):
        """One file of the well-known folder, or nothing."""

        def do_GET(self) -> None:
            """Answer the server's look."""
            proof = proofs.get(self.path.removeprefix(WELL_KNOWN), "")
            found = bool(proof) and self.path.startswith(WELL_KNOWN)
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "application/octet-stream")
            self.end_headers()
            if found:
                self.wfile.write(proof.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as above it
            """Nothing: whoever looks is none of our business."""

    try:
        server = http.server.ThreadingHTTPServer((host, port), Answer)
    except OSError as error:
        raise TlsError(say("tls.acme.port", port=port, why=error.strerror)) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proofs
    finally:
        server.shutdown()
        server.server_close()


def put(proofs: dict[str, str], tasks: Sequence[Task]) -> None:
    """Let every task of `tasks` be found."""
    for task in tasks:
        proofs[task.token] = task.proof
