"""An ACME server (RFC 8555) that believes nothing: JWS, nonces, URLs, proofs and CSRs are checked.

It looks at HTTP-01 proofs at a port of its own choice on this machine, and at DNS-01 proofs in
`records`. Every violation it met is in `violations`, so that a test can say there was none.
"""

import base64
import http.client
import http.server
import json
import secrets
import ssl
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from tests.security.certificates import NOW, Files, Signer, signed, write_files

PROBLEM = "urn:ietf:params:acme:error:"
Said = dict[str, Any]


class Wrong(Exception):  # noqa: N818  it is what the server answers, no error of the test
    """What the server answers instead: an ACME problem."""

    def __init__(self, kind: str, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.kind = kind
        self.status = status


def raw(text: str) -> bytes:
    """Base64url without padding, strictly."""
    assert "=" not in text
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text(data: bytes) -> str:
    """The other way."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@dataclass
class AcmeServer:
    """The server's books. lame: how many requests are first answered with badNonce."""

    files: Files
    http_port: int = 0
    terms: str = ""
    lame: int = 0
    signer: Signer = field(default_factory=lambda: Signer("The authority's own root"))
    records: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    violations: list[str] = field(default_factory=list[str])
    looks: int = 0
    orders_made: int = 0
    base: str = ""
    nonces: set[str] = field(default_factory=set[str])
    accounts: dict[str, Said] = field(default_factory=dict[str, Said])
    orders: dict[str, Said] = field(default_factory=dict[str, Said])
    authorizations: dict[str, Said] = field(default_factory=dict[str, Said])
    chains: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def nonce(self) -> str:
        """A fresh one, good once."""
        fresh = secrets.token_urlsafe(12)
        self.nonces.add(fresh)
        return fresh

    def directory(self) -> Said:
        """RFC 8555, 7.1.1."""
        meta = {"termsOfService": self.terms} if self.terms else {}
        paths = {"newNonce": "nonce", "newAccount": "account", "newOrder": "order"}
        return {**{k: f"{self.base}/{v}" for k, v in paths.items()}, "meta": meta}

    def take(self, path: str, body: bytes, kind: str) -> tuple[int, Said | bytes, str]:
        """Status, answer and Location of a POST; raises Wrong."""
        if kind != "application/jose+json":
            raise self._violation("malformed", f"content type {kind}")
        url = f"{self.base}{path}"
        payload, jwk, account = self._opened(url, body)
        room, _, number = path.strip("/").partition("/")
        if room == "account":
            return self._account(jwk, payload)
        if not account:
            raise self._violation("unauthorized", "no account")
        if room == "order" and not number:
            return self._new_order(payload)
        if room == "order":
            return 200, self._order(number), ""
        if room == "authorization":
            self._post_as_get(payload)
            return 200, self._authorization(number), ""
        if room == "challenge":
            return 200, self._challenged(number, jwk), ""
        if room == "finalize":
            return 200, self._finalize(number, payload), ""
        self._post_as_get(payload)
        return 200, self.chains[number], ""

    def _opened(self, url: str, body: bytes) -> tuple[bytes, Said, str]:
        """Payload, account key and account of a JWS that is whole (RFC 7515, RFC 8555 6.2-6.5)."""
        jws = cast("dict[str, str]", json.loads(body))
        head = cast("Said", json.loads(raw(jws["protected"])))
        if head.get("alg") != "ES256" or ("jwk" in head) == ("kid" in head):
            raise self._violation("malformed", "head")
        if head.get("url") != url:
            raise self._violation("unauthorized", f"url {head.get('url')}, not {url}")
        nonce = head.get("nonce", "")
        if self.lame > 0:
            self.lame -= 1
            self.nonces.discard(nonce)
            raise Wrong("badNonce", "not this time")
        if nonce not in self.nonces:
            raise self._violation("badNonce", "used or not ours")
        self.nonces.discard(nonce)
        account = head.get("kid", "")
        jwk = head["jwk"] if "jwk" in head else self.accounts.get(account)
        if jwk is None:
            raise self._violation("accountDoesNotExist", account)
        self._verify(jwk, f"{jws['protected']}.{jws['payload']}".encode(), raw(jws["signature"]))
        return raw(jws["payload"]), jwk, account

    def _verify(self, jwk: Said, message: bytes, signature: bytes) -> None:
        if len(signature) != 64:
            raise self._violation("malformed", "length of the signature")
        x, y = (int.from_bytes(raw(jwk[side])) for side in ("x", "y"))
        public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
        try:
            public.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            raise self._violation("malformed", "signature") from None

    def _account(self, jwk: Said, payload: bytes) -> tuple[int, Said, str]:
        if json.loads(payload).get("termsOfServiceAgreed") is not True:
            raise self._violation("userActionRequired", "terms")
        url = f"{self.base}/acct/{thumb(jwk)}"
        status = 200 if url in self.accounts else 201
        self.accounts[url] = jwk
        return status, {"status": "valid"}, url

    def _new_order(self, payload: bytes) -> tuple[int, Said, str]:
        number = secrets.token_hex(4)
        self.orders_made += 1
        urls: list[str] = []
        names = [entry["value"] for entry in json.loads(payload)["identifiers"]]
        for name in names:
            mark = secrets.token_hex(4)
            urls.append(f"{self.base}/authorization/{mark}")
            self.authorizations[mark] = {
                "name": name, "token": secrets.token_urlsafe(16), "status": "pending", "why": "",
                "looked": 0,
            }  # fmt: skip
        self.orders[number] = {"names": names, "authorizations": urls, "status": "pending"}
        return 201, self._order(number), f"{self.base}/order/{number}"

    def _order(self, number: str) -> Said:
        order = self.orders[number]
        if order["status"] == "processing":
            order["status"] = "valid"
            return {**self._said(number), "status": "processing"}
        return self._said(number)

    def _said(self, number: str) -> Said:
        order = self.orders[number]
        said: Said = {
            "status": order["status"],
            "authorizations": order["authorizations"],
            "finalize": f"{self.base}/finalize/{number}",
        }
        if order["status"] == "valid":
            said["certificate"] = f"{self.base}/certificate/{number}"
        return said

    def _authorization(self, mark: str) -> Said:
        """Still pending at the first look after the challenge, as real ones are."""
        held = self.authorizations[mark]
        status = held["status"]
        if status != "pending" and held["looked"] == 0:
            held["looked"] = 1
            status = "pending"
        wildcard = held["name"].startswith("*.")
        challenges: list[Said] = []
        for kind in ("dns-01",) if wildcard else ("http-01", "dns-01"):
            challenge = {
                "type": kind, "url": f"{self.base}/challenge/{mark}.{kind}", "token": held["token"]
            }  # fmt: skip
            if held["why"]:
                challenge["error"] = {"type": f"{PROBLEM}unauthorized", "detail": held["why"]}
            challenges.append(challenge)
        name = held["name"].removeprefix("*.")
        return {"identifier": {"value": name}, "status": status, "challenges": challenges}

    def _challenged(self, number: str, jwk: Said) -> Said:
        mark, _, kind = number.partition(".")
        held = self.authorizations[mark]
        wanted = f"{held['token']}.{thumb(jwk)}"
        self.looks += 1
        try:
            seen = self._http(held["token"]) if kind == "http-01" else self._dns(held["name"])
        except OSError as error:
            seen = {f"not reached: {error}"}
        proof = wanted if kind == "http-01" else text(sha256(wanted.encode()).digest())
        held["status"] = "valid" if proof in seen else "invalid"
        held["why"] = "" if proof in seen else f"found {sorted(seen)}"
        return {"type": kind, "url": f"{self.base}/challenge/{number}", "status": "processing"}

    def _http(self, token: str) -> set[str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=5)
        try:
            connection.request("GET", f"/.well-known/acme-challenge/{token}")
            return {connection.getresponse().read().decode()}
        finally:
            connection.close()

    def _dns(self, name: str) -> set[str]:
        return self.records.get(f"_acme-challenge.{name.removeprefix('*.')}", set())

    def _finalize(self, number: str, payload: bytes) -> Said:
        order = self.orders[number]
        marks = [url.rpartition("/")[2] for url in order["authorizations"]]
        if any(self.authorizations[mark]["status"] != "valid" for mark in marks):
            raise self._violation("orderNotReady", "a name is not proved", 403)
        csr = x509.load_der_x509_csr(raw(json.loads(payload)["csr"]))
        named = csr.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = named.get_values_for_type(x509.DNSName)
        if not csr.is_signature_valid or sorted(names) != sorted(order["names"]):
            raise self._violation("badCSR", f"for {names}")
        leaf = signed(
            self.signer, names[0], ec.generate_private_key(ec.SECP256R1()),
            names=tuple(names), public=csr.public_key(), start=NOW,
        )  # fmt: skip
        chain = (leaf, self.signer.certificate)
        self.chains[number] = b"".join(c.public_bytes(Encoding.PEM) for c in chain)
        order["status"] = "processing"
        return {**self._said(number), "status": "processing"}

    def _post_as_get(self, payload: bytes) -> None:
        if payload:
            raise self._violation("malformed", "a POST-as-GET carries nothing")

    def _violation(self, kind: str, detail: str, status: int = 400) -> Wrong:
        self.violations.append(f"{kind}: {detail}")
        return Wrong(kind, detail, status)


def thumb(jwk: Said) -> str:
    """RFC 7638, written apart from the code under test."""
    members = {key: jwk[key] for key in sorted(("crv", "kty", "x", "y"))}
    return text(sha256(json.dumps(members, separators=(",", ":")).encode()).digest())


@contextmanager
def acme_server(folder: Path, **given: Any) -> Generator[AcmeServer]:
    """A running one; its TLS certificate is signed by `files.root`."""
    books = AcmeServer(write_files(folder / "acme", ("127.0.0.1",)), **given)

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._say(200, b"", "")

        def do_GET(self) -> None:
            self._say(200, books.directory(), "")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                self._say(*books.take(self.path, body, self.headers.get("Content-Type", "")))
            except Wrong as wrong:
                problem = {"type": f"{PROBLEM}{wrong.kind}", "detail": str(wrong)}
                self._say(wrong.status, problem, "")

        def _say(self, status: int, said: Said | bytes, location: str) -> None:
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Replay-Nonce", books.nonce())
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", str(len(body)))
            if location:
                self.send_header("Location", location)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(books.files.certificate, books.files.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    books.base = f"https://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield books
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
