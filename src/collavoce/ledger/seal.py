"""Bytes that only the holder of a key can read, and whose change is noticed.

`seal` is AES-256-GCM (NIST SP 800-38D) under a random 96-bit nonce; one key may seal 2^32 times.
`seal_to` is for somebody whose private key is elsewhere: an ephemeral X25519 key (RFC 7748),
HKDF-SHA256 (RFC 5869) salted with both public keys, then `seal`. The context (whose, what for)
is authenticated and not stored: bytes moved to another place do not open there.

What a secret is good for is part of what is derived from it (`derived`): a token that opens boxes
and a token that names a phone share not one bit that anybody could follow back.

    sealed   form 1, nonce 12 bytes, ciphertext, tag 16 bytes
    box      form 2, ephemeral public key 32 bytes, sealed
"""

import base64
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from collavoce.ledger.errors import SealBrokenError

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
SEALED_FORM = b"\x01"
BOX_FORM = b"\x02"


def new_key() -> bytes:
    """A fresh 32-byte key for `seal`."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def seal(key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """The sealed form of `plaintext`: 29 bytes longer, different each time."""
    nonce = os.urandom(NONCE_BYTES)
    return SEALED_FORM + nonce + AESGCM(key).encrypt(nonce, plaintext, SEALED_FORM + context)


def open_sealed(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """What was sealed with this key and context; raises SealBrokenError."""
    if len(sealed) < 1 + NONCE_BYTES + TAG_BYTES or sealed[:1] != SEALED_FORM:
        raise SealBrokenError("these are no sealed bytes")
    nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, SEALED_FORM + context)
    except InvalidTag as error:
        raise SealBrokenError("another key, another context, or changed bytes") from error


def new_pair() -> tuple[bytes, bytes]:
    """A fresh X25519 pair: (private, public), 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def derived(secret: bytes, purpose: bytes) -> bytes:
    """A key for `purpose` alone, from a secret of at least 128 random bits (HKDF-SHA256)."""
    return HKDF(SHA256(), KEY_BYTES, None, b"collavoce " + purpose).derive(secret)


def pair_of(private: bytes) -> tuple[bytes, bytes]:
    """The X25519 pair of 32 bytes that are as good as random: (private, public)."""
    return private, X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def named(key: bytes, text: str) -> str:
    """An opaque name for `text`, the same under the same key: 128 bits of HMAC-SHA256."""
    digest = hmac.digest(key, text.encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def seal_to(public: bytes, plaintext: bytes, context: bytes) -> bytes:
    """A box that only the holder of the private key to `public` opens: 62 bytes longer."""
    ephemeral = X25519PrivateKey.generate()
    offered = ephemeral.public_key().public_bytes_raw()
    key = _shared_key(ephemeral, public, offered + public)
    return BOX_FORM + offered + seal(key, plaintext, context)


def open_box(private: bytes, box: bytes, context: bytes) -> bytes:
    """What was sealed to the public key of `private`; raises SealBrokenError."""
    if len(box) < 1 + KEY_BYTES or box[:1] != BOX_FORM:
        raise SealBrokenError("this is no sealed box")
    offered, sealed = box[1 : 1 + KEY_BYTES], box[1 + KEY_BYTES :]
    holder = X25519PrivateKey.from_private_bytes(private)
    salt = offered + holder.public_key().public_bytes_raw()
    return open_sealed(_shared_key(holder, offered, salt), sealed, context)


def _shared_key(own: X25519PrivateKey, other: bytes, salt: bytes) -> bytes:
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(other))
    except ValueError as error:
        # A public key of small order would make the secret known to everybody.
        raise SealBrokenError("no usable public key") from error
    return HKDF(SHA256(), KEY_BYTES, salt, b"collavoce sealed box").derive(shared)
