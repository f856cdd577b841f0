"""What an ACME client signs: JSON Web Signatures with ES256 (RFC 7515, RFC 7518 3.4, RFC 8555 6.2).

Written out here because it is forty lines over a library that is here anyway; an ACME library
would bring six more packages into a house that guards people.
"""

import base64
from hashlib import sha256

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from collavoce.runtime.tls.files import Key

SIDE = 32
"""Bytes of one number on the curve P-256."""


def b64(raw: bytes) -> str:
    """Base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def public_jwk(key: Key) -> dict[str, str]:
    """The public half as a JSON Web Key (RFC 7517), its members in the order of RFC 7638."""
    numbers = key.public_key().public_numbers()
    return {
        "crv": "P-256",
        "kty": "EC",
        "x": b64(numbers.x.to_bytes(SIDE)),
        "y": b64(numbers.y.to_bytes(SIDE)),
    }


def thumbprint(key: Key) -> str:
    """The key's thumbprint (RFC 7638)."""
    return b64(sha256(msgspec.json.encode(public_jwk(key))).digest())


def key_authorization(token: str, key: Key) -> str:
    """What proves to an ACME server that its challenge reached the account (RFC 8555, 8.1)."""
    return f"{token}.{thumbprint(key)}"


def signed(payload: object | None, url: str, nonce: str, key: Key, account: str) -> bytes:
    """The body of a request to `url`. payload: None for a POST-as-GET; account: "" while new."""
    head: dict[str, object] = {"alg": "ES256", "nonce": nonce, "url": url}
    head |= {"kid": account} if account else {"jwk": public_jwk(key)}
    protected = b64(msgspec.json.encode(head))
    said = "" if payload is None else b64(msgspec.json.encode(payload))
    r, s = decode_dss_signature(key.sign(f"{protected}.{said}".encode(), ec.ECDSA(hashes.SHA256())))
    signature = b64(r.to_bytes(SIDE) + s.to_bytes(SIDE))
    return msgspec.json.encode({"protected": protected, "payload": said, "signature": signature})
