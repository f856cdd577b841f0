"""Where certificates of our own making live, and how a key is written.

    CONFIG/collavoce/certificates/      mode 0700, CONFIG is the user's own
        root.pem  root.key              the own authority, if there is one
        NAME.pem  NAME.key              a host's chain and its key
        account-HASH.key                the account at one ACME server

Every key has mode 0600. Files are replaced whole: a running show sees the old one or the new one.
"""

import os
from hashlib import sha256
from pathlib import Path

import platformdirs
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from collavoce.runtime.tls.errors import TlsError
from collavoce.words import say

Key = ec.EllipticCurvePrivateKey


def certificates_folder(root: Path | None = None) -> Path:
    """The folder, made if need be. root: instead of the user's configuration folder."""
    folder = (root or platformdirs.user_config_path("collavoce")) / "certificates"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError as error:
        raise TlsError(say("tls.wrong.folder", folder=folder, why=error.strerror)) from error
    return folder


def host_files(folder: Path, name: str) -> tuple[Path, Path]:
    """Where chain and key of the host `name` stand."""
    plain = name.replace("*", "any").replace(":", "-")
    return folder / f"{plain}.pem", folder / f"{plain}.key"


def account_file(folder: Path, directory: str) -> Path:
    """Where the key of the account at the ACME server `directory` stands."""
    return folder / f"account-{sha256(directory.encode()).hexdigest()[:16]}.key"


def new_key() -> Key:
    """A fresh key on the curve P-256, which every browser takes."""
    return ec.generate_private_key(ec.SECP256R1())


def read_key(path: Path) -> Key:
    """A key of ours; raises TlsError."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise TlsError(say("tls.wrong.unreadable", file=path, why=error.strerror)) from error
    except (ValueError, TypeError) as error:
        raise TlsError(say("tls.wrong.no_key", file=path)) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TlsError(say("tls.wrong.no_key", file=path))
    return key


def write_key(path: Path, key: Key) -> None:
    """Put `key` at `path`, readable by its user only; raises TlsError."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(path, pem, 0o600)


def write_chain(path: Path, *chain: x509.Certificate) -> None:
    """Put the certificates at `path`, the host's own first; raises TlsError."""
    _write(path, b"".join(c.public_bytes(Encoding.PEM) for c in chain), 0o644)


def _write(path: Path, content: bytes, mode: int) -> None:
    fresh = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise TlsError(say("tls.wrong.unwritable", file=path, why=error.strerror)) from error
