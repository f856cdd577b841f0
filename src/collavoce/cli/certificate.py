"""`collavoce certificate own|acme|show`: a certificate for the pages, and what one says."""

import argparse
import contextlib
import json
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import segno
from cryptography import x509

from collavoce.cli.errors import UsageError
from collavoce.runtime.clock import utc_now
from collavoce.runtime.opening import reachable
from collavoce.runtime.tls.acme import LETS_ENCRYPT, AcmeClient, Task
from collavoce.runtime.tls.challenge import HTTP_PORT, answering, put, txt_record
from collavoce.runtime.tls.check import all_names, day, due
from collavoce.runtime.tls.errors import TlsError
from collavoce.runtime.tls.files import (
    account_file,
    certificates_folder,
    host_files,
    new_key,
    read_key,
    write_chain,
    write_key,
)
from collavoce.runtime.tls.fingerprint import hex_fingerprint, spoken_fingerprint
from collavoce.runtime.tls.own import own_certificate
from collavoce.runtime.tls.pair import read_chain, read_pair
from collavoce.runtime.tls.teaching import teaching_server
from collavoce.words import say

TEACHING_PORT = 8079


def add(parser: argparse.ArgumentParser) -> None:
    """The three acts and their arguments."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    own = acts.add_parser("own", help=say("tls.help.own"), description=say("tls.help.own"))
    own.add_argument("--offer", action="store_true", help=say("tls.help.offer"))
    own.add_argument("--host", default="0.0.0.0", help=say("tls.help.host"))
    own.add_argument("--port", type=int, default=TEACHING_PORT, help=say("tls.help.port"))
    acme = acts.add_parser("acme", help=say("tls.help.acme"), description=say("tls.help.acme"))
    acme.add_argument("--dns", action="store_true", help=say("tls.help.dns"))
    acme.add_argument("--host", default="0.0.0.0", help=say("tls.help.http_host"))
    acme.add_argument("--port", type=int, default=HTTP_PORT, help=say("tls.help.http_port"))
    acme.add_argument("--directory", default=LETS_ENCRYPT, metavar="URL", help=say("tls.help.url"))
    acme.add_argument("--directory-ca", type=Path, metavar="FILE", help=say("tls.help.url_ca"))
    acme.add_argument("--mail", default="", help=say("tls.help.mail"))
    acme.add_argument("--agree", action="store_true", help=say("tls.help.agree"))
    for act in (own, acme):
        many = "*" if act is own else "+"
        act.add_argument("names", nargs=many, metavar="NAME", help=say("tls.help.names"))
        act.add_argument("--anew", action="store_true", help=say("tls.help.anew"))
    show = acts.add_parser("show", help=say("tls.help.show"), description=say("tls.help.show"))
    show.add_argument("files", nargs="*", type=Path, metavar="FILE", help=say("tls.help.files"))
    show.add_argument("--json", action="store_true", help=say("tls.help.json"))
    for act in (own, acme, show):
        act.add_argument("--folder", type=Path, metavar="DIR", help=say("tls.help.folder"))


def run(args: argparse.Namespace) -> int:
    """Carry out the act; raises UsageError."""
    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "own": make_own,
        "acme": fetch,
        "show": show,
    }
    try:
        return acts[args.act](args)
    except TlsError as error:
        raise UsageError(str(error)) from error


def make_own(args: argparse.Namespace) -> int:
    """The own authority's certificate for the names, and the way to teach phones."""
    names = args.names or own_names()
    made = own_certificate(certificates_folder(args.folder), names, utc_now(), anew=args.anew)
    print(say("tls.own.made" if made.fresh else "tls.own.kept", file=made.certificate))
    print(say("tls.own.key", file=made.key))
    print(say("tls.own.root", file=made.root))
    print(say("tls.own.run", certificate=made.certificate, key=made.key))
    root = read_chain(made.root)[0]
    print(say("tls.own.compare"))
    print(say("tls.show.sha256", hex=hex_fingerprint(root)))
    print(say("tls.show.words", words=spoken_fingerprint(root)), flush=True)
    if args.offer:
        offer(made.root, args.host, args.port)
    else:
        print(say("tls.own.teach", names=" ".join(names)))
    return 0


def own_names() -> list[str]:
    """How phones reach this machine if nobody says it: its local name, and its address."""
    name = socket.gethostname().partition(".")[0].lower()
    return [f"{name}.local", reachable("0.0.0.0")]


def offer(root: Path, host: str, port: int) -> None:
    """Let phones fetch the root until Ctrl-C."""
    with teaching_server(root, host, port) as server:
        url = f"http://{reachable(host)}:{server.server_address[1]}/"
        print(say("tls.own.offered", url=url))
        segno.make(url, micro=False).terminal(out=sys.stdout, compact=True)
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


def fetch(args: argparse.Namespace) -> int:
    """A certificate of a public authority for the names, unless the one here is good for long."""
    folder = certificates_folder(args.folder)
    certificate, key_file = host_files(folder, args.names[0])
    if not args.anew and certificate.exists() and key_file.exists():
        pair = read_pair(certificate, key_file)
        if all(pair.covers(name) for name in args.names) and not due(pair.leaf, utc_now()):
            print(say("tls.own.kept", file=certificate))
            return 0
    account = account_file(folder, args.directory)
    if not account.exists():
        write_key(account, new_key())
    print(say("tls.acme.asked", server=args.directory, names=", ".join(args.names)), flush=True)
    client = AcmeClient(args.directory, read_key(account), args.directory_ca)
    if client.directory.terms and not args.agree:
        raise UsageError(say("tls.wrong.not_agreed", url=client.directory.terms))
    client.register(args.mail)
    key = new_key()
    if args.dns:
        chain = client.certificate(args.names, key, "dns-01", by_hand)
    else:
        with answering(args.host, args.port) as proofs:
            chain = client.certificate(args.names, key, "http-01", lambda tasks: put(proofs, tasks))
    write_key(key_file, key)
    write_chain(certificate, *chain)
    print(say("tls.own.made", file=certificate))
    print(say("tls.own.key", file=key_file))
    print(say("tls.own.run", certificate=certificate, key=key_file))
    return 0


def by_hand(tasks: Sequence[Task]) -> None:
    """Say which DNS records are wanted, and wait until somebody says they are there."""
    print(say("tls.acme.dns"))
    for task in tasks:
        name, text = txt_record(task)
        print(say("tls.acme.dns_record", name=name, text=text))
    print(say("tls.acme.dns_wait"), flush=True)
    sys.stdin.readline()


def show(args: argparse.Namespace) -> int:
    """What the files say; without one, everything in the folder."""
    folder = certificates_folder(args.folder)
    files: list[Path] = args.files or sorted(folder.glob("*.pem"))
    if not files:
        raise UsageError(say("tls.wrong.nothing_there", folder=folder))
    told = [(file, read_chain(file)[0]) for file in files]
    if args.json:
        print(json.dumps([as_json(file, certificate) for file, certificate in told]))
    else:
        print("\n\n".join("\n".join(as_lines(*one)) for one in told))
    return 0


def as_lines(file: Path, certificate: x509.Certificate) -> list[str]:
    """One certificate, for people."""
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    left = (end - utc_now()).days
    lines = [
        say("tls.show.file", file=file),
        say("tls.show.names", names=", ".join(all_names(certificate)) or "-"),
        say("tls.show.issuer", issuer=certificate.issuer.rfc4514_string()),
        say("tls.show.valid", start=day(start), end=day(end), days=left),
    ]
    if due(certificate, utc_now()):
        lines.append(say("tls.show.due"))
    lines.append(say("tls.show.sha256", hex=hex_fingerprint(certificate)))
    lines.append(say("tls.show.words", words=spoken_fingerprint(certificate)))
    return lines


def as_json(file: Path, certificate: x509.Certificate) -> dict[str, object]:
    """One certificate, for programs."""
    return {
        "file": str(file),
        "names": all_names(certificate),
        "issuer": certificate.issuer.rfc4514_string(),
        "not_before": certificate.not_valid_before_utc.isoformat(),
        "not_after": certificate.not_valid_after_utc.isoformat(),
        "due": due(certificate, utc_now()),
        "sha256": hex_fingerprint(certificate),
    }
