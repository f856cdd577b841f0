"""A page from which phones fetch the own authority's root, for as long as somebody stands by.

Plain HTTP: before the root is trusted nothing else is possible. What protects whoever fetches it
is the comparison of the fingerprint, which the page asks for and cannot do for them.
"""

import html
import http.server
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.tls.pair import read_chain
from collavoce.words import LANGUAGE, say

FILE = "/collavoce-root.crt"
POLICY = "default-src 'none'; frame-ancestors 'none'"


def teaching_server(root: Path, host: str, port: int) -> http.server.ThreadingHTTPServer:
    """A server of the page and the root, bound and not serving yet; raises TlsError."""
    certificate = read_chain(root)[0].public_bytes(Encoding.DER)
    answers = {
        "/": ("text/html; charset=utf-8", teaching_page().encode()),
        FILE: ("application/x-x509-ca-cert", certificate),
    }

    class Answer(http.server.BaseHTTPRequestHandler):
        """The two answers there are."""

        def do_GET(self) -> None:
            """The page, the root, or nothing."""
            kind, body = answers.get(self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as above it
            """Nothing: who fetches it is nobody's business."""

    try:
        server = http.server.ThreadingHTTPServer((host, port), Answer)
    except OSError as error:
        raise TlsError(say("tls.wrong.port", port=port, why=error.strerror)) from error
    server.daemon_threads = True
    return server


def teaching_page() -> str:
    """What a phone shows: link, comparison, the two ways to install, how to be rid of it."""
    said = {
        name: html.escape(say(f"tls.own.page_{name}"))
        for name in ("title", "get", "compare", "iphone", "android", "limits")
    }
    rest = "".join(f"<p>{said[name]}</p>" for name in ("compare", "iphone", "android", "limits"))
    return (
        f'<!doctype html><html lang="{LANGUAGE}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{said['title']}</title></head><body><main><h1>{said['title']}</h1>"
        f'<p><a href="{FILE}">{said["get"]}</a></p>{rest}</main></body></html>'
    )
