"""An authority of one's own, for a venue without a host name of the internet.

Phones must be taught to trust its root, and a root that is trusted can speak for every site. So
this one carries constraints that a browser enforces (RFC 5280, 4.2.1.10): it can sign for private
addresses and names of local networks, and for no other name than those said when it was made. It
signs hosts only, no further authority.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from collavoce.runtime.tls.check import due
from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.tls.files import Key, host_files, new_key, read_key, write_chain, write_key
from collavoce.runtime.tls.pair import address_of, read_pair
from collavoce.words import say

ROOT_LIVES = timedelta(days=3652)
"""Ten years: a phone is taught once."""

HOST_LIVES = timedelta(days=397)
"""What every browser takes (Apple: at most 398 days)."""

BEFORE = timedelta(hours=1)
"""A phone whose clock is a little behind takes it too."""

LOCAL_NAMES = ("local", "lan", "internal", "home.arpa", "localhost")
LOCAL_NETWORKS = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "127.0.0.0/8",
    "fc00::/7",
    "fe80::/10",
    "::1/128",
)


@dataclass(frozen=True, slots=True)
class Authority:
    """The root's certificate and key."""

    root: x509.Certificate
    key: Key


@dataclass(frozen=True, slots=True)
class Made:
    """What stands after a call. fresh: whether the host's certificate was made just now."""

    root: Path
    certificate: Path
    key: Path
    fresh: bool


def own_certificate(
    folder: Path, names: Sequence[str], now: datetime, *, anew: bool = False
) -> Made:
    """A certificate for `names` signed by the own authority; both made if need be.

    One that is for exactly these names and not yet due stays, unless `anew`. Raises TlsError.
    """
    authority = read_authority(folder) or make_authority(folder, names, now)
    refused = [name for name in names if not may_sign(authority.root, name)]
    if refused:
        raise TlsError(say("tls.wrong.constrained", names=", ".join(refused), folder=folder))
    certificate, key_file = host_files(folder, names[0])
    root_file = folder / "root.pem"
    if not anew and certificate.exists() and _still_good(certificate, key_file, names, now):
        return Made(root_file, certificate, key_file, fresh=False)
    key = new_key()
    leaf = _sign_host(authority, key, names, now)
    write_key(key_file, key)
    write_chain(certificate, leaf, authority.root)
    return Made(root_file, certificate, key_file, fresh=True)


def read_authority(folder: Path) -> Authority | None:
    """The authority in `folder`, None if there is none; raises TlsError."""
    root, key = folder / "root.pem", folder / "root.key"
    if not root.exists() and not key.exists():
        return None
    pair = read_pair(root, key)
    return Authority(pair.leaf, read_key(key))


def make_authority(folder: Path, names: Sequence[str], now: datetime) -> Authority:
    """A new authority that may sign for local names, private addresses and `names`."""
    key = new_key()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, say("tls.own.authority"))])
    dns = [*LOCAL_NAMES, *(n.removeprefix("*.") for n in names if address_of(n) is None)]
    permitted: list[x509.GeneralName] = [x509.DNSName(name) for name in dict.fromkeys(dns)]
    said = [str(address) for address in map(address_of, names) if address is not None]
    networks = (ip_network(network) for network in dict.fromkeys((*LOCAL_NETWORKS, *said)))
    permitted += [x509.IPAddress(network) for network in networks]
    root = (
        _begun(subject, subject, key, now, ROOT_LIVES)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    write_key(folder / "root.key", key)
    write_chain(folder / "root.pem", root)
    return Authority(root, key)


def may_sign(root: x509.Certificate, name: str) -> bool:
    """Whether the constraints of `root` leave it to sign for `name`."""
    permitted = root.extensions.get_extension_for_class(x509.NameConstraints).value
    subtrees = permitted.permitted_subtrees or []
    address = address_of(name)
    if address is not None:
        networks = [tree.value for tree in subtrees if isinstance(tree, x509.IPAddress)]
        return any(address in ip_network(str(network)) for network in networks)
    plain = name.lower().removeprefix("*.")
    bases = [tree.value for tree in subtrees if isinstance(tree, x509.DNSName)]
    return any(plain == base or plain.endswith(f".{base}") for base in bases)


def _sign_host(
    authority: Authority, key: Key, names: Sequence[str], now: datetime
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    public = authority.key.public_key()
    return (
        _begun(subject, authority.root.subject, key, now, HOST_LIVES)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(n) for n in names]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .sign(authority.key, hashes.SHA256())
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: Key, now: datetime, lives: timedelta
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BEFORE)
        .not_valid_after(now - BEFORE + lives)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    address = address_of(name)
    return x509.DNSName(name.lower()) if address is None else x509.IPAddress(address)


def _still_good(certificate: Path, key: Path, names: Sequence[str], now: datetime) -> bool:
    try:
        pair = read_pair(certificate, key)
    except TlsError:
        return False
    has = {*pair.dns_names, *(str(address) for address in pair.addresses)}
    return has == {name.lower() for name in names} and not due(pair.leaf, now)
