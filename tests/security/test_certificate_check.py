"""What is wrong with a certificate is said in words, with its file and the remedy."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from tests.security.certificates import DAY, HOST, NOW, Files, Signer, fresh_key, write_files

from collavoce.runtime.tls.check import due, findings
from collavoce.runtime.tls.chosen import choose, is_public_name, known_names
from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.tls.pair import read_pair


def said(files: Files, host: str = HOST) -> list[tuple[bool, str]]:
    pair = read_pair(files.certificate, files.key)
    return [(finding.blocking, finding.words) for finding in findings(pair, host, NOW)]


def test_a_good_certificate_has_no_finding(tmp_path: Path) -> None:
    assert said(write_files(tmp_path)) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"start": NOW - 90 * DAY, "end": NOW}, "expired on"),
        ({"start": NOW + DAY, "end": NOW + 90 * DAY}, "valid only from"),
        ({"written_key": fresh_key()}, "is not its key"),
        ({"names": ("other.example.org",)}, "not made for show.example.org"),
        ({"names": ()}, "not made for show.example.org"),
        ({"usage": ExtendedKeyUsageOID.CLIENT_AUTH}, "not made for servers"),
        ({"key": rsa.generate_private_key(65537, 1024)}, "refuse as weak"),
        ({"chain": (Signer("Somebody else").certificate,)}, "not in order"),
    ],
)
def test_a_show_does_not_open_with(wrong: dict[str, Any], words: str, tmp_path: Path) -> None:
    files = write_files(tmp_path, **wrong)
    blocking = [text for blocks, text in said(files) if blocks]
    assert len(blocking) == 1
    assert words in blocking[0]
    assert str(files.certificate) in blocking[0]
    with pytest.raises(TlsError, match=words):
        choose(files.certificate, files.key, HOST, "192.0.2.7", NOW)


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        ({"chain": ()}, "only the host's own certificate"),
        ({"end": NOW + 900 * DAY}, "iPhones refuse"),
        ({"start": NOW - 70 * DAY, "end": NOW + 20 * DAY}, "Renew it soon"),
    ],
)
def test_a_show_opens_and_says(odd: dict[str, Any], words: str, tmp_path: Path) -> None:
    [(blocks, text)] = said(write_files(tmp_path, **odd))
    assert not blocks
    assert words in text


def test_a_key_that_others_can_read_is_said(tmp_path: Path) -> None:
    files = write_files(tmp_path)
    files.key.chmod(0o644)
    assert said(files) == [
        (False, f"{files.key}: other users of this machine can read it. chmod 600 {files.key}")
    ]


def test_a_certificate_signed_by_itself_is_said(tmp_path: Path) -> None:
    key = fresh_key()
    files = write_files(tmp_path, chain=(), key=key, by=Signer(HOST, key))
    assert ["signed by itself" in text for _, text in said(files)] == [True]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("no certificate", "no certificate in PEM form"),
        ("no key", "no private key in PEM form"),
        ("gone", "No such file"),
        ("too many", "more than 10"),
    ],
)
def test_what_is_no_pair_of_files_is_said(spoil: str, words: str, tmp_path: Path) -> None:
    files = write_files(tmp_path)
    match spoil:
        case "no certificate":
            files.certificate.write_bytes(b"hello")
        case "no key":
            files.key.write_bytes(b"hello")
        case "gone":
            files.key.unlink()
        case _:
            files.certificate.write_bytes(files.certificate.read_bytes() * 6)
    with pytest.raises(TlsError, match=words):
        read_pair(files.certificate, files.key)


def test_a_locked_key_is_said_and_never_asks_for_its_passphrase(tmp_path: Path) -> None:
    files = write_files(tmp_path, password=b"curtain")
    with pytest.raises(TlsError, match="locked with a passphrase"):
        read_pair(files.certificate, files.key)


@pytest.mark.parametrize(
    ("names", "host", "covered"),
    [
        (("show.example.org",), "SHOW.example.org.", True),
        (("*.example.org",), "show.example.org", True),
        (("*.example.org",), "a.show.example.org", False),
        (("*.example.org",), "example.org", False),
        (("*.org",), "org", False),
        (("192.168.1.5",), "192.168.1.5", True),
        (("192.168.1.5",), "192.168.1.6", False),
        (("192.168.1.5",), "show.example.org", False),
        (("::1",), "[::1]", True),
    ],
)
def test_a_name_covers_what_a_browser_takes_it_for(
    names: tuple[str, ...], host: str, *, covered: bool, tmp_path: Path
) -> None:
    files = write_files(tmp_path, names)
    assert read_pair(files.certificate, files.key).covers(host) is covered


def test_less_than_a_third_of_its_life_is_due(tmp_path: Path) -> None:
    files = write_files(tmp_path, start=NOW - 59 * DAY, end=NOW + 31 * DAY)
    leaf = read_pair(files.certificate, files.key).leaf
    assert not due(leaf, NOW)
    assert due(leaf, NOW + 1.1 * DAY)


def test_the_name_is_taken_from_the_certificate_if_nobody_says_it(tmp_path: Path) -> None:
    files = write_files(tmp_path, ("*.example.org", HOST))
    chosen = choose(files.certificate, files.key, "", "192.168.1.5", NOW)
    assert chosen.name == HOST
    assert chosen.names == (HOST,)


def test_the_machines_own_address_is_preferred_if_it_is_covered(tmp_path: Path) -> None:
    files = write_files(tmp_path, (HOST, "192.168.1.5"))
    assert choose(files.certificate, files.key, "", "192.168.1.5", NOW).name == "192.168.1.5"


def test_a_wildcard_alone_wants_a_name_to_be_said(tmp_path: Path) -> None:
    files = write_files(tmp_path, ("*.example.org",))
    with pytest.raises(TlsError, match="Say --name"):
        choose(files.certificate, files.key, "", "192.168.1.5", NOW)


@pytest.mark.parametrize("host", ["192.168.1.5", "stage", "stage.local", "desk.lan", "::1"])
def test_no_browser_is_bound_to_tls_for_a_name_of_this_network(host: str, tmp_path: Path) -> None:
    assert not is_public_name(host)
    files = write_files(tmp_path, (host,))
    with pytest.raises(TlsError, match="lock phones out"):
        choose(files.certificate, files.key, host, host, NOW, hsts=True)


def test_the_pages_know_the_names_of_their_machine_and_no_address() -> None:
    names = known_names("192.168.1.5", ("show.example.org",))
    assert "localhost" in names
    assert "show.example.org" in names
    assert "192.168.1.5" not in names
