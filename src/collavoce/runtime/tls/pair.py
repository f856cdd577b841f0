"""A certificate with its chain and its private key, as two PEM files hold them (RFC 7468)."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from collavoce.runtime.tls.errors import TlsError
from collavoce.words import say

FILE_LIMIT = 256 * 1024
"""Bytes of one file; a chain of three certificates has some 6 KB."""

CHAIN_MAX = 10

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Pair:
    """leaf: the host's own certificate; chain: those above it, as they stand in the file."""

    certificate_file: Path
    key_file: Path
    leaf: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: PrivateKeyTypes

    @property
    def dns_names(self) -> tuple[str, ...]:
        """The host names it is for, small letters; one may begin with `*.`."""
        return dns_names(self.leaf)

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The IP addresses it is for."""
        return addresses(self.leaf)

    def covers(self, host: str) -> bool:
        """Whether a browser that was sent to `host` takes it (RFC 9525, 6.3)."""
        address = address_of(host)
        if address is not None:
            return address in self.addresses
        host = host.lower().rstrip(".")
        above = host.partition(".")[2]
        return any(name in (host, f"*.{above}") for name in self.dns_names if above or name == host)


def dns_names(certificate: x509.Certificate) -> tuple[str, ...]:
    """The host names `certificate` is for, small letters."""
    names = _alternative_names(certificate)
    found = [] if names is None else names.get_values_for_type(x509.DNSName)
    return tuple(name.lower() for name in found)


def addresses(certificate: x509.Certificate) -> tuple[Address, ...]:
    """The IP addresses `certificate` is for."""
    names = _alternative_names(certificate)
    found = [] if names is None else names.get_values_for_type(x509.IPAddress)
    return tuple(a for a in found if isinstance(a, IPv4Address | IPv6Address))


def address_of(host: str) -> Address | None:
    """The IP address that `host` is, None for a name."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def read_chain(file: Path) -> list[x509.Certificate]:
    """The certificates in `file`, as they stand; raises TlsError."""
    try:
        found = x509.load_pem_x509_certificates(_read(file))
    except ValueError as error:
        raise TlsError(say("tls.wrong.no_certificate", file=file)) from error
    if len(found) > CHAIN_MAX:
        raise TlsError(say("tls.wrong.long_chain", file=file, most=CHAIN_MAX))
    return found


def read_pair(certificate: Path, key: Path) -> Pair:
    """Both files; raises TlsError for what cannot be read at all."""
    certificates = read_chain(certificate)
    try:
        private = load_pem_private_key(_read(key), password=None)
    except TypeError as error:
        raise TlsError(say("tls.wrong.key_locked", file=key)) from error
    except ValueError as error:
        raise TlsError(say("tls.wrong.no_key", file=key)) from error
    return Pair(certificate, key, certificates[0], tuple(certificates[1:]), private)


def key_strength(certificate: x509.Certificate) -> int:
    """Bits of its public key by the measure of RSA; elliptic keys of 256 bits and more are 3072."""
    public = certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        return public.key_size
    if isinstance(public, ec.EllipticCurvePublicKey):
        return 3072 if public.key_size >= 256 else 1024  # noqa: PLR2004  bits of a good curve
    return 3072


def _alternative_names(certificate: x509.Certificate) -> x509.SubjectAlternativeName | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(FILE_LIMIT)
    except OSError as error:
        raise TlsError(say("tls.wrong.unreadable", file=path, why=error.strerror)) from error
