"""What is wrong with a certificate, in words, before any phone is sent to it.

Each finding names the file and the remedy. A blocking one would leave phones before a warning
page that many people cannot pass, so a show does not open with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from collavoce.runtime.tls.pair import Pair, addresses, dns_names, key_strength
from collavoce.words import say

STRENGTH_MIN = 2048
"""Bits of an RSA key (CA/Browser Forum Baseline Requirements, 6.1.5)."""

LIFE_MAX = timedelta(days=825)
"""Apple's systems refuse a longer one, also from a root the user installed (HT210176)."""

WEAK_HASHES = frozenset({"md5", "sha1"})
OPEN_TO_OTHERS = 0o077
RENEW_BELOW = 3
"""Renewed once less than one part in so many of its life is left."""


@dataclass(frozen=True, slots=True)
class Finding:
    """blocking: no show opens with it."""

    blocking: bool
    words: str


def findings(pair: Pair, host: str, now: datetime) -> list[Finding]:
    """What is wrong with `pair` for pages that are reached as `host`, at `now` (aware)."""
    return [*_of_its_time(pair, now), *_of_its_use(pair, host), *_of_its_chain(pair)]


def _of_its_time(pair: Pair, now: datetime) -> Iterator[Finding]:
    file, leaf = pair.certificate_file, pair.leaf
    start, end = leaf.not_valid_before_utc, leaf.not_valid_after_utc
    if now >= end:
        yield _wrong("expired", file=file, when=day(end))
    elif now < start:
        yield _wrong("not_yet", file=file, when=day(start))
    elif due(leaf, now):
        yield _odd("soon", file=file, when=day(end))
    if end - start > LIFE_MAX:
        yield _odd("too_long", file=file, days=LIFE_MAX.days)


def _of_its_use(pair: Pair, host: str) -> Iterator[Finding]:
    file = pair.certificate_file
    if _public(pair.leaf) != pair.key.public_key().public_bytes(*_AS_DER):
        yield _wrong("other_key", file=file, key=pair.key_file)
    if not pair.covers(host):
        yield _wrong("not_for", file=file, host=host, names=", ".join(all_names(pair.leaf)) or "-")
    if not _for_servers(pair.leaf):
        yield _wrong("no_server", file=file)
    if pair.key_file.stat().st_mode & OPEN_TO_OTHERS:
        yield _odd("key_open", key=pair.key_file)


def _of_its_chain(pair: Pair) -> Iterator[Finding]:
    file, leaf = pair.certificate_file, pair.leaf
    weak = next((c for c in (leaf, *pair.chain) if is_weak(c)), None)
    if weak is not None:
        yield _wrong("weak", file=file, subject=weak.subject.rfc4514_string())
    if not _in_order(pair):
        yield _wrong("chain_broken", file=file)
    elif leaf.issuer == leaf.subject:
        yield _odd("self_signed", file=file)
    elif not pair.chain:
        yield _odd("chain_missing", file=file, issuer=leaf.issuer.rfc4514_string())


def _wrong(name: str, **values: object) -> Finding:
    return Finding(blocking=True, words=say(f"tls.wrong.{name}", **values))


def _odd(name: str, **values: object) -> Finding:
    return Finding(blocking=False, words=say(f"tls.wrong.{name}", **values))


def due(certificate: x509.Certificate, now: datetime) -> bool:
    """Whether less than a third of its life is left at `now`."""
    life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    return (certificate.not_valid_after_utc - now) * RENEW_BELOW < life


def all_names(certificate: x509.Certificate) -> list[str]:
    """Everything it is for, as people write it."""
    return [*dns_names(certificate), *(str(address) for address in addresses(certificate))]


def is_weak(certificate: x509.Certificate) -> bool:
    """Whether its key or the hash under its signature is no longer held to be safe."""
    signed_with = certificate.signature_hash_algorithm
    weak_hash = signed_with is not None and signed_with.name in WEAK_HASHES
    # What a root signs itself with is never looked at.
    own = certificate.issuer == certificate.subject
    return (weak_hash and not own) or key_strength(certificate) < STRENGTH_MIN


def day(when: datetime) -> str:
    """A time of a certificate, for people, in UTC."""
    return f"{when:%Y-%m-%d %H:%M} UTC"


_AS_DER = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _public(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(*_AS_DER)


def _for_servers(leaf: x509.Certificate) -> bool:
    try:
        usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return ExtendedKeyUsageOID.SERVER_AUTH in usage


def _in_order(pair: Pair) -> bool:
    """Whether each certificate of the file was signed by the one below it in the file."""
    below = (pair.leaf, *pair.chain)
    for issued, issuer in zip(below, pair.chain, strict=False):
        try:
            issued.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature):
            return False
    return True
