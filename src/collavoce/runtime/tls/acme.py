"""A small ACME client (RFC 8555): a certificate for real host names from a public authority.

account -> order -> for each name: challenge set up, said to be ready, looked at -> CSR -> chain

How a challenge is set up is the caller's matter: a function for HTTP-01, a person for DNS-01.
"""

import http.client
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from collavoce.runtime.clock import sleep
from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.tls.files import Key
from collavoce.runtime.tls.jws import b64, key_authorization, signed
from collavoce.words import say

LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory"
TIMEOUT_S = 20.0
ANSWER_LIMIT = 1 << 20
NONCE_TRIES = 4
LOOKS_MAX = 60
LOOK_S = 2.0
"""Between two looks at what the server is still checking, unless it says another time."""

LOOK_MAX_S = 10.0
BAD_NONCE = "urn:ietf:params:acme:error:badNonce"

_T = TypeVar("_T")


class Directory(msgspec.Struct, frozen=True, rename="camel"):
    """Where the server is asked for what (RFC 8555, 7.1.1)."""

    new_nonce: str
    new_account: str
    new_order: str
    meta: dict[str, object] = {}

    @property
    def terms(self) -> str:
        """The address of its terms of service, "" for none."""
        return str(self.meta.get("termsOfService", ""))


class _Challenge(msgspec.Struct, frozen=True):
    type: str
    url: str
    token: str = ""
    error: dict[str, object] = {}


class _Identifier(msgspec.Struct, frozen=True):
    value: str


class _Authorization(msgspec.Struct, frozen=True):
    identifier: _Identifier
    status: str
    challenges: tuple[_Challenge, ...]


class _Order(msgspec.Struct, frozen=True):
    status: str
    finalize: str
    authorizations: tuple[str, ...] = ()
    certificate: str = ""
    error: dict[str, object] = {}


@dataclass(frozen=True, slots=True)
class Task:
    """What must be found before the server believes. proof: the key authorization."""

    name: str
    token: str
    proof: str


@dataclass(frozen=True, slots=True)
class _Answer:
    body: bytes
    headers: http.client.HTTPMessage


class AcmeClient:
    """One account at one server. trusted: PEM file of a private server's own authority."""

    def __init__(self, directory: str, key: Key, trusted: Path | None = None) -> None:
        self._context = ssl.create_default_context(cafile=trusted)
        self._key = key
        self._account = ""
        self._nonce = ""
        raw = self._ask("GET", directory, None).body
        self.directory = _read(raw, Directory)

    def register(self, mail: str = "") -> None:
        """Make the account, or find the one this key has; its terms count as agreed to."""
        said: dict[str, object] = {"termsOfServiceAgreed": True}
        if mail:
            said["contact"] = [f"mailto:{mail}"]
        answer = self._post(self.directory.new_account, said)
        self._account = answer.headers.get("Location", "")
        if not self._account:
            raise TlsError(say("tls.acme.nonsense"))

    def certificate(
        self, names: Sequence[str], key: Key, kind: str, set_up: Callable[[Sequence[Task]], None]
    ) -> tuple[x509.Certificate, ...]:
        """The chain for `names` and `key`. kind: "http-01" or "dns-01". Raises TlsError."""
        identifiers = [{"type": "dns", "value": name} for name in names]
        made = self._post(self.directory.new_order, {"identifiers": identifiers})
        order, url = _read(made.body, _Order), made.headers.get("Location", "")
        self._prove(order, kind, set_up)
        csr = b64(signing_request(names, key))
        order = _read(self._post(order.finalize, {"csr": csr}).body, _Order)
        order = self._looked(url, order)
        chain = self._post(order.certificate, None).body
        try:
            return tuple(x509.load_pem_x509_certificates(chain))
        except ValueError as error:
            raise TlsError(say("tls.acme.nonsense")) from error

    def _prove(self, order: _Order, kind: str, set_up: Callable[[Sequence[Task]], None]) -> None:
        open_: dict[str, _Challenge] = {}
        tasks: list[Task] = []
        for url in order.authorizations:
            authorization = _read(self._post(url, None).body, _Authorization)
            if authorization.status == "valid":
                continue
            name = authorization.identifier.value
            challenge = next((c for c in authorization.challenges if c.type == kind), None)
            if challenge is None:
                raise TlsError(say("tls.acme.no_way", name=name, kind=kind))
            open_[url] = challenge
            proof = key_authorization(challenge.token, self._key)
            tasks.append(Task(name, challenge.token, proof))
        if tasks:
            set_up(tasks)
        for challenge in open_.values():
            self._post(challenge.url, {})
        for url in open_:
            self._wait_for_proof(url, kind)

    def _wait_for_proof(self, url: str, kind: str) -> None:
        for _ in range(LOOKS_MAX):
            answer = self._post(url, None)
            found = _read(answer.body, _Authorization)
            if found.status == "valid":
                return
            if found.status != "pending":
                why = next((c.error for c in found.challenges if c.type == kind), {})
                name = found.identifier.value
                raise TlsError(say("tls.acme.not_found", name=name, why=_detail(why)))
            _rest(answer)
        raise TlsError(say("tls.acme.slow"))

    def _looked(self, url: str, order: _Order) -> _Order:
        for _ in range(LOOKS_MAX):
            if order.status == "valid" and order.certificate:
                return order
            if order.status not in ("processing", "ready", "pending", "valid"):
                raise TlsError(say("tls.acme.refused", why=_detail(order.error)))
            answer = self._post(url, None)
            order = _read(answer.body, _Order)
            if order.status != "valid":
                _rest(answer)
        raise TlsError(say("tls.acme.slow"))

    def _post(self, url: str, payload: object | None) -> _Answer:
        for _ in range(NONCE_TRIES):
            nonce, self._nonce = self._nonce or self._fresh_nonce(), ""
            body = signed(payload, url, nonce, self._key, self._account)
            try:
                return self._ask("POST", url, body)
            except _ProblemError as error:
                # RFC 8555, 6.5: the answer brought a fresh nonce; the request is sent once more.
                if error.kind != BAD_NONCE:
                    raise TlsError(say("tls.acme.refused", why=error)) from error
        raise TlsError(say("tls.acme.slow"))

    def _fresh_nonce(self) -> str:
        self._ask("HEAD", self.directory.new_nonce, None)
        if not self._nonce:
            raise TlsError(say("tls.acme.nonsense"))
        return self._nonce

    def _ask(self, method: str, url: str, body: bytes | None) -> _Answer:
        where = urlsplit(url)
        if where.scheme != "https" or not where.hostname:
            raise TlsError(say("tls.acme.not_https", url=url))
        connection = http.client.HTTPSConnection(
            where.hostname, where.port or 443, timeout=TIMEOUT_S, context=self._context
        )
        path = where.path + (f"?{where.query}" if where.query else "")
        kind = {"Content-Type": "application/jose+json"} if body is not None else {}
        try:
            connection.request(method, path or "/", body, {"User-Agent": "collavoce", **kind})
            response = connection.getresponse()
            answer = _Answer(response.read(ANSWER_LIMIT), response.headers)
        except (OSError, http.client.HTTPException) as error:
            raise TlsError(say("tls.acme.unreached", url=url, why=error)) from error
        finally:
            connection.close()
        self._nonce = answer.headers.get("Replay-Nonce", "")
        if response.status >= http.client.BAD_REQUEST:
            raise _ProblemError(answer.body)
        return answer


class _ProblemError(TlsError):
    """What the server says is wrong (RFC 7807). kind: its type."""

    def __init__(self, body: bytes) -> None:
        try:
            said = msgspec.json.decode(body, type=dict[str, object])
        except msgspec.DecodeError:
            said = {}
        self.kind = str(said.get("type", ""))
        super().__init__(_detail(said))


def signing_request(names: Sequence[str], key: Key) -> bytes:
    """The certificate signing request for `names` (RFC 2986), as DER."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    return (
        x509.CertificateSigningRequestBuilder()
        .subject_name(subject)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False
        )
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def _read(raw: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise TlsError(say("tls.acme.nonsense")) from error


def _detail(problem: dict[str, object]) -> str:
    return str(problem.get("detail") or problem.get("type") or "-")[:300]


def _rest(answer: _Answer) -> None:
    asked = answer.headers.get("Retry-After", "")
    sleep(min(LOOK_MAX_S, float(asked)) if asked.isdigit() else LOOK_S)
