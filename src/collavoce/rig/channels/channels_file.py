"""`channels.toml`: which services carry push, text messages, calls, mail. The operator's own file.

    [push]
    key_file = "vapid.pem"                     # or key = "base64url"; made with `vapid --gen`
    contact = "mailto:stage@example.org"
    hosts = ["push.example.org"]               # besides the known push services

    [sms]                                      # voice and mail in the same way
    webhook = "https://gateway.example.org/send"
    authorization = "Bearer ..."
    # or: apprise = "twilio://SID:TOKEN@+4930123456/{to}"

    [other]
    schemes = ["ntfys", "tgram"]               # what a person's own Apprise address may begin with

    [tls]
    ca_file = "own-ca.pem"                     # for a gateway under a certificate of your own

It holds secrets, so it stands in the care configuration folder with mode 0600, never in a show
folder, and no sentence about it repeats a value.
"""

import stat
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from collavoce.rig.channels.apprised import TO
from collavoce.rig.channels.vapid import public_of, signer_of, signs
from collavoce.rig.errors import RigError
from collavoce.show.written.toml_lines import Lines
from collavoce.words import say

FILE = "channels.toml"
BYTES_MAX = 65_536

_SERVICE = ("webhook", "authorization", "apprise")
_KEYS: dict[str, tuple[str, ...]] = {
    "push": ("key", "key_file", "contact", "hosts"),
    "sms": _SERVICE,
    "voice": _SERVICE,
    "mail": _SERVICE,
    "other": ("schemes",),
    "tls": ("ca_file",),
}


class ChannelsError(RigError):
    """`channels.toml` cannot be used; one sentence a line, each with its line and its remedy."""


@dataclass(frozen=True, slots=True)
class Service:
    """Either a webhook or an Apprise address with `{to}` in it."""

    webhook: str = field(default="", repr=False)
    authorization: str = field(default="", repr=False)
    apprise: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PushService:
    """key : PEM or base64url of a P-256 private key. contact : "mailto:" or "https:"."""

    key: str = field(repr=False)
    contact: str
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Services:
    """What is set up; nothing at all means that only open pages are reached."""

    push: PushService | None = None
    plain: dict[str, Service] = field(default_factory=dict[str, Service])
    """by channel: "sms", "voice", "mail" """
    schemes: tuple[str, ...] = ()
    ca_file: str = ""

    @property
    def push_public(self) -> str:
        """What a browser needs to let itself be woken, "" where nothing wakes it."""
        return public_of(self.push.key) if self.push else ""

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels besides the page that somebody can be reached by."""
        push = ("push",) if self.push else ()
        return (*push, *self.plain, *(("other",) if self.schemes else ()))


def load_services(path: Path) -> Services:
    """What `path` says; nothing if there is no such file. Raises ChannelsError."""
    try:
        mode = path.stat().st_mode
        text = path.read_bytes()[: BYTES_MAX + 1].decode()
    except FileNotFoundError:
        return Services()
    except (OSError, UnicodeDecodeError) as error:
        kind = type(error).__name__
        raise ChannelsError(say("channels.file.unreadable", file=path, fault=kind)) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ChannelsError(say("channels.file.open_to_others", file=path))
    if len(text) > BYTES_MAX:
        raise ChannelsError(say("channels.file.too_long", file=path, most=BYTES_MAX))
    return read_services(text, path)


def read_services(text: str, path: Path) -> Services:
    """What `text` says; files it names are looked for beside `path`. Raises ChannelsError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Its words end in the place; they never repeat a value.
        raise ChannelsError(say("channels.file.no_toml", file=path, fault=error)) from None
    return _Reading(tables, Lines.read(text), path).services()


class _Reading:
    def __init__(self, tables: dict[str, Any], lines: Lines, path: Path) -> None:
        self._tables = tables
        self._lines = lines
        self._path = path
        self._faults: list[str] = []

    def services(self) -> Services:
        for name in self._tables:
            if name not in _KEYS:
                self._fault((name,), "table", known=", ".join(_KEYS))
        push = self._push()
        plain = {name: self._plain(name) for name in ("sms", "voice", "mail")}
        read = Services(
            push=push,
            plain={name: service for name, service in plain.items() if service is not None},
            schemes=tuple(s.lower() for s in self._texts("other", "schemes")),
            ca_file=self._file("tls", "ca_file"),
        )
        if self._faults:
            raise ChannelsError("\n".join(self._faults))
        return read

    def _push(self) -> PushService | None:
        if "push" not in self._tables:
            return None
        key, contact = self._text("push", "key"), self._text("push", "contact")
        file = self._file("push", "key_file")
        if bool(key) == bool(file):
            self._fault(("push",), "push_key")
        if file:
            try:
                key = Path(file).read_text(encoding="ascii")
            except (OSError, UnicodeDecodeError):
                self._fault(("push", "key_file"), "no_file", key="key_file")
        try:
            if key and not signs(signer_of(key), contact):
                self._fault(("push", "contact"), "push_contact")
        except ValueError:
            self._fault(("push", "key_file" if file else "key"), "push_key_bad")
        return PushService(key, contact, self._texts("push", "hosts"))

    def _plain(self, name: str) -> Service | None:
        if name not in self._tables:
            return None
        webhook, apprise = self._text(name, "webhook"), self._text(name, "apprise")
        if bool(webhook) == bool(apprise):
            self._fault((name,), "one_service", table=name)
        if webhook and not webhook.startswith(("https://", "http://127.", "http://localhost")):
            self._fault((name, "webhook"), "webhook_plain")
        if apprise and TO not in apprise:
            self._fault((name, "apprise"), "no_to", to=TO)
        return Service(webhook, self._text(name, "authorization"), apprise)

    def _table(self, name: str) -> dict[str, Any]:
        table = self._tables.get(name, {})
        if not isinstance(table, dict):
            self._fault((name,), "no_table", table=name)
            return {}
        known = cast("dict[str, Any]", table)
        for key in known:
            if key not in _KEYS[name]:
                self._fault((name, key), "key", key=key, known=", ".join(_KEYS[name]))
        return known

    def _text(self, table: str, key: str) -> str:
        value = self._table(table).get(key, "")
        if isinstance(value, str):
            return value
        self._fault((table, key), "no_text", key=key)
        return ""

    def _texts(self, table: str, key: str) -> tuple[str, ...]:
        value = self._table(table).get(key, [])
        texts = cast("list[object]", value) if isinstance(value, list) else [None]
        if all(isinstance(text, str) for text in texts):
            return tuple(str(text) for text in texts)
        self._fault((table, key), "no_texts", key=key)
        return ()

    def _file(self, table: str, key: str) -> str:
        name = self._text(table, key)
        if not name:
            return ""
        path = self._path.parent / name
        if not path.is_file():
            self._fault((table, key), "no_file", key=key)
            return ""
        return str(path)

    def _fault(self, where: tuple[str, ...], words: str, **values: object) -> None:
        place = f"{self._path}:{self._lines.of(where)}"
        sentence = say(f"channels.file.{words}", place=place, **values)
        if sentence not in self._faults:
            self._faults.append(sentence)
