"""Services outside, played on 127.0.0.1: they keep what they take and misbehave when told to."""

import base64
import contextlib
import json
import socket
import socketserver
import struct
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

HOLD_S = 30.0
"""A fake that hangs lets go after this, so that no test leaves it behind."""

DRIP_S = 0.2

SILENT, DRIP, RESET, GARBAGE, SHUT = "silent", "drip", "reset", "garbage", "shut"


@dataclass
class Posted:
    """One whole request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 512


@dataclass
class Gateway:
    """An HTTP service. status : what it answers with, or one of the words above."""

    status: int | str = 201
    headers: dict[str, str] = field(default_factory=dict[str, str])
    posted: list[Posted] = field(default_factory=list[Posted])
    port: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/send"

    @property
    def told(self) -> list[tuple[str, str]]:
        """(to, key) of everything it took, in order."""
        return [(posted.json["to"], posted.json["key"]) for posted in self.posted]

    def answer(self, connection: socket.socket) -> None:
        """Take one request and answer as told."""
        connection.settimeout(HOLD_S)
        if self.status == RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        posted = _read(connection)
        if posted is None:
            return
        if self.status == SILENT:
            self.ended.wait(HOLD_S)
        elif self.status == DRIP:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.ended.wait(DRIP_S):
                connection.sendall(b"x")
        elif self.status == GARBAGE:
            connection.sendall(b"220 mail.example.org ESMTP\r\n\r\n")
        elif self.status != SHUT:
            self.posted.append(posted)
            fields = "".join(f"{k}: {v}\r\n" for k, v in self.headers.items())
            head = f"HTTP/1.1 {self.status} Said\r\nContent-Length: 0\r\n{fields}\r\n"
            connection.sendall(head.encode())


@contextlib.contextmanager
def gateway(status: int | str = 201, **headers: str) -> Generator[Gateway]:
    """A running gateway."""
    fake = Gateway(status, {name.replace("_", "-"): value for name, value in headers.items()})

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                fake.answer(self.request)

    with served(Handler) as port:
        fake.port = port
        try:
            yield fake
        finally:
            fake.ended.set()


@contextlib.contextmanager
def served(handler: type[socketserver.BaseRequestHandler]) -> Generator[int]:
    """A threaded server on a free port."""
    with _Server(("127.0.0.1", 0), handler) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.02,))
        serving.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            serving.join(5)


def _read(connection: socket.socket) -> Posted | None:
    held = b""
    while b"\r\n\r\n" not in held:
        data = connection.recv(65536)
        if not data:
            return None
        held += data
    head, _, body = held.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    lower = {name.lower(): value for name, value in headers.items()}
    while len(body) < int(lower.get("content-length", "0")):
        body += connection.recv(65536)
    return Posted(first.split(" ")[1], lower, body)


@dataclass
class Browser:
    """A browser's side of web push: its keys, and what it makes of what the service has."""

    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = b"sixteen bytes!!!"

    def subscription(self, endpoint: str) -> str:
        """What the page hands over."""
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        keys = {"p256dh": _b64(point), "auth": _b64(self.auth)}
        return json.dumps({"endpoint": endpoint, "expirationTime": None, "keys": keys})

    def opened(self, posted: Posted) -> bytes:
        """The words in a push, decrypted as RFC 8291 says."""
        assert posted.headers["content-encoding"] == "aes128gcm"
        return http_ece.decrypt(
            posted.body, private_key=self.private, auth_secret=self.auth, version="aes128gcm"
        )


def vapid_claims(posted: Posted) -> tuple[dict[str, Any], bytes]:
    """The claims of a push and the key that signed them, after the signature was checked."""
    scheme, _, fields = posted.headers["authorization"].partition(" ")
    assert scheme == "vapid"
    said = dict(part.strip().split("=", 1) for part in fields.split(","))
    public = _unb64(said["k"])
    head, claims, signature = said["t"].split(".")
    assert json.loads(_unb64(head))["alg"] == "ES256"
    raw = _unb64(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(_unb64(claims)), public


@dataclass
class MailServer:
    """An SMTP server that takes one mail at a time. mute : hangs after this many lines."""

    mails: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    refuses: str = ""
    mute: bool = False
    port: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def talk(self, connection: socket.socket) -> None:
        """One conversation (RFC 5321), as far as a client needs it."""
        connection.settimeout(HOLD_S)
        lines = connection.makefile("rb")
        connection.sendall(b"220 here\r\n")
        to = ""
        while line := lines.readline().decode().strip():
            verb = line[:4].upper()
            if self.mute:
                self.ended.wait(HOLD_S)
                return
            if verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                if to == self.refuses:
                    connection.sendall(b"550 no such person\r\n")
                    continue
            if verb == "DATA":
                connection.sendall(b"354 go on\r\n")
                body = b""
                while (row := lines.readline()) not in (b".\r\n", b""):
                    body += row
                self.mails.append((to, body.decode()))
            if verb == "QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            connection.sendall(b"250 good\r\n")


@contextlib.contextmanager
def mail_server(**said: Any) -> Generator[MailServer]:
    """A running mail server."""
    fake = MailServer(**said)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                fake.talk(self.request)

    with served(Handler) as port:
        fake.port = port
        try:
            yield fake
        finally:
            fake.ended.set()


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
