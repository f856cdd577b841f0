"""The key by which push services know this house (VAPID, RFC 8292)."""

from base64 import urlsafe_b64encode
from typing import Any, Protocol, cast


class Signer(Protocol):
    """Signs the claims of one push."""

    def sign(self, claims: dict[str, Any]) -> dict[str, str]:
        """The headers that carry the signed claims."""
        ...


def signer_of(key: str) -> Signer:
    """The signer with the P-256 private key `key`, PEM or base64url; raises ValueError."""
    # Loads the cryptography of half a second's import; only who has push set up pays it.
    from py_vapid import Vapid02, VapidException

    try:
        if "-----BEGIN" in key:
            return cast("Signer", Vapid02.from_pem(key.encode()))
        return cast("Signer", Vapid02.from_string(key.strip()))
    except (VapidException, TypeError) as error:
        # Whatever the library says may hold the key.
        raise ValueError(type(error).__name__) from None


def public_of(key: str) -> str:
    """The public half of `key` as a browser takes it: base64url of 65 bytes; raises ValueError."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    signer = cast("Any", signer_of(key))
    point = signer.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


def signs(signer: Signer, contact: str) -> bool:
    """Whether push services will take `contact` for an address of whoever runs this."""
    from py_vapid import VapidException

    try:
        signer.sign({"aud": "https://push.example.org", "sub": contact})
    except VapidException:
        return False
    return True
