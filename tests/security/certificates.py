"""Certificates of every kind of wrongness, made on the spot."""

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
HOST = "show.example.org"

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def fresh_key() -> ec.EllipticCurvePrivateKey:
    """P-256."""
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class Signer:
    """An authority, or a host's own certificate that plays one."""

    name: str = "Authority of this test"
    key: Key = field(default_factory=fresh_key)
    issued: "x509.Certificate | None" = None

    @property
    def certificate(self) -> x509.Certificate:
        """Signed by itself unless `issued` says otherwise."""
        if self.issued is None:
            self.issued = signed(self, self.name, self.key, ca=True)
        return self.issued


def signed(
    by: Signer,
    name: str,
    key: Key,
    *,
    names: tuple[str, ...] = (),
    start: datetime = NOW - DAY,
    end: datetime = NOW + 89 * DAY,
    ca: bool = False,
    usage: Any = ExtendedKeyUsageOID.SERVER_AUTH,
    public: Any = None,
) -> x509.Certificate:
    """A certificate for `names`, signed by `by`."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, by.name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public or key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName(list(map(_general, names))), False
        )
    if not ca:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
    return builder.sign(by.key, hashes.SHA256())


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


@dataclass
class Files:
    """A certificate and its key as files, and who signed it."""

    certificate: Path
    key: Path
    root: Path


def write_files(
    folder: Path,
    names: tuple[str, ...] = (HOST,),
    *,
    chain: tuple[x509.Certificate, ...] | None = None,
    key: Key | None = None,
    written_key: Key | None = None,
    password: bytes = b"",
    by: Signer | None = None,
    **signing: Any,
) -> Files:
    """A good pair of files in `folder`, but for what is asked otherwise."""
    by, key = by or Signer(), key or fresh_key()
    folder.mkdir(parents=True, exist_ok=True)
    leaf = signed(by, names[0] if names else "nobody", key, names=names, **signing)
    above = (by.certificate,) if chain is None else chain
    files = Files(folder / "fullchain.pem", folder / "privkey.pem", folder / "root.pem")
    files.certificate.write_bytes(b"".join(c.public_bytes(Encoding.PEM) for c in (leaf, *above)))
    files.root.write_bytes(by.certificate.public_bytes(Encoding.PEM))
    locked: KeySerializationEncryption = (
        BestAvailableEncryption(password) if password else NoEncryption()
    )
    files.key.write_bytes(
        (written_key or key).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    )
    files.key.chmod(0o600)
    return files
