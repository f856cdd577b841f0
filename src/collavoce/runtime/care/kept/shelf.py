"""Care's events in a sealed store: what is written in which stream, under which key.

A person's pairings and circle are one stream, every press is one of its own, the process' own
notes are one. A stream's name is random, its key is sealed under the server's own key (a file
kept apart from the store), its bodies are padded, so that the file shows neither names nor kinds.
This is the routing copy: the server can read it, which is the price of acting alone after a
restart. Persons stand in it by opaque names (`opaque.py`).

What a person sealed is kept here too, in boxes which the server's key does not open: their own
log, and, should they keep their circle to their phones (`declined`), what it is made of.

    body, form 2    [2, whose, kept at (UTC, s), event | box]
    body, form 1    [whose, event], with the ids of the show; written anew at the next opening

A press that was taken back in time is erased with its key: nothing of it can be read again.
"""

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from collavoce.care.events import (
    AlertEvent,
    AnyEvent,
    CareOpened,
    CircleEvent,
    ContactsSet,
    EveningEvent,
    LadderSet,
    NearSet,
    OpeningSet,
    RoutingSet,
    WordsSet,
)
from collavoce.ledger.errors import (
    StoreBusyError,
    StoreFullError,
    StoreStoppedError,
    StoreUnreadableError,
)
from collavoce.ledger.seal import derived, named, new_key, open_sealed, seal
from collavoce.ledger.sealed import Rewrite, SealedStore
from collavoce.runtime.care.kept.opaque import Opaque
from collavoce.runtime.care.kept.vault import BOXES, SEALED, Place
from collavoce.runtime.clock import fresh_id

PAD_BYTES = 512
"""Bodies are a multiple of this long; the longest common event is shorter."""

THING_PAD_BYTES = 1024

FORM = 2
_LENGTH_BYTES = 4
_READ_AT_ONCE = 1000

Whose = tuple[str, str, str]
"""("person", id, ""), ("press", person, press), ("server", "", ""), (kind of boxes, id, "")."""

BOXED = tuple(BOXES)
"""Streams of boxes: nobody's history, opened by their person's phone alone."""

ROUTING = (*CircleEvent.__args__, LadderSet, NearSet, OpeningSet, ContactsSet)
"""The events a circle is made of."""

SealFor = Callable[[str, bytes], bytes | None]
"""Person and what to seal -> the box, None while they have no key."""


class Entry(msgspec.Struct, frozen=True):
    """One fact as it stands on the shelf. kept_at: UTC, s."""

    row: int
    kept_at: float
    event: AnyEvent


class Shelf:
    """The events of one show's care in `store`, its stream keys sealed under `server_key`.

    people : the ids that may be read back from their opaque names. wall : UTC, s.
    """

    def __init__(
        self,
        store: SealedStore,
        server_key: bytes,
        people: Iterable[str] = (),
        wall: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._store = store
        self._server_key = server_key
        self._opaque = Opaque(server_key, people)
        self._thing_names = derived(server_key, b"thing names")
        self._thing_key = derived(server_key, b"things")
        self._wall = wall
        self._streams: dict[Whose, str] = {}
        self._keys: dict[str, bytes] = {}
        self._declined: set[str] = set()
        self.seal_for: SealFor = lambda _person, _words: None
        """set by whoever holds the persons' public keys"""

    def replay(self) -> Iterable[AnyEvent]:
        """Every event that the server can read, in the order of its keeping.

        Raises SealBrokenError if the server's key is not the one the store was written with.
        """
        row, old = 0, False
        while page := self._store.read_all(row, _READ_AT_ONCE):
            for row, stream, sealed in page:  # noqa: B007  the last row is where the next page begins
                key = self._key(stream)
                if key is None:
                    continue
                form, whose_, _, body = self._body(key, stream, sealed)
                old = old or form < FORM
                self._streams[whose_] = stream
                if whose_[0] in BOXED:
                    continue
                event = self._opaque.shown(body)
                self._note(event)
                yield event
        if old:
            # Read it is in any case; a disk that does not take it now may at the next opening.
            with contextlib.suppress(StoreFullError, StoreBusyError, StoreStoppedError):
                self._lift()

    def append(self, events: Sequence[AnyEvent]) -> None:
        """Keep all of `events` or, when this raises LedgerError, none. On disk when it returns."""
        entries: list[tuple[str, bytes]] = []
        begun: dict[str, bytes] = {}
        for event in events:
            box = self._boxed(event)
            place = whose(event) if box is None else (SEALED, person_of(event), "")
            stream, key = self._stream_of(place, begun)
            body = self._opaque.hidden(event) if box is None else box
            entries.append((stream, self._sealed(key, stream, place, self._wall(), body)))
        self._keep(entries, begun)
        for event in events:
            self._note(event)

    def erase_press(self, person: str, press: str) -> None:
        """Delete the key of a press, then what it sealed; raises LedgerError."""
        self.write_anew({("press", person, press): ()})

    def places(self) -> tuple[Whose, ...]:
        """Whose streams there are."""
        return tuple(self._streams)

    def entries(self, place: Whose) -> tuple[Entry, ...]:
        """The facts of one stream, which is none of boxes."""
        assert place[0] not in BOXED, place
        return tuple(
            Entry(row, kept_at, self._opaque.shown(body))
            for row, kept_at, body in self._bodies(place)
        )

    def write_anew(
        self,
        streams: Mapping[Whose, Sequence[Entry]],
        things: Mapping[Place, bytes | None] | None = None,
        boxes: Mapping[Place, Sequence[bytes]] | None = None,
        *,
        at_once: bool = True,
    ) -> None:
        """Let each of these streams hold these entries and no others, in one step without a trace.

        Entries keep their rows. things, boxes : as `Vault.change`. at_once: what stood there is
        gone from the file when this returns, else once it was tidied. Raises LedgerError.
        """
        found = {place: entries for place, entries in streams.items() if place in self._streams}
        anew: dict[Whose, list[tuple[int, float, object]]] = {
            place: [(e.row, e.kept_at, self._opaque.hidden(e.event)) for e in entries]
            for place, entries in found.items()
        }
        for (kind, person), held in (boxes or {}).items():
            place = (kind, person, "")
            rows = [(row, kept_at) for row, kept_at, _ in self._bodies(place)]
            # A box may become another one, and there may be fewer: never more than there were. The
            # first to go are the oldest, so none of those that stay seems older than it is.
            rows = rows[max(0, len(rows) - len(held)) :]
            anew[place] = [(*row, box) for row, box in zip(rows, held, strict=False)]
        self._replace(anew, things, at_once=at_once)

    def _replace(
        self,
        anew: Mapping[Whose, Sequence[tuple[int, float, object]]],
        things: Mapping[Place, bytes | None] | None = None,
        *,
        at_once: bool = True,
    ) -> None:
        if not anew and not things:
            return
        rewrites = [self._rewrite(place, entries) for place, entries in anew.items()]
        self._store.change(
            {
                self._thing_name(kind, person): None if body is None else self._thing(kind, body)
                for (kind, person), body in (things or {}).items()
            },
            [rewrite for rewrite, _ in rewrites],
            at_once=at_once,
        )
        for place, (rewrite, key) in zip(anew, rewrites, strict=True):
            self._keys.pop(rewrite.stream, None)
            self._streams.pop(place, None)
            if rewrite.entries:
                self._streams[place] = rewrite.fresh
                self._keys[rewrite.fresh] = key

    def key_for(self, purpose: bytes) -> bytes:
        """A key of the server's own for `purpose` alone."""
        return derived(self._server_key, purpose)

    def close(self) -> None:
        """Close the store. Harmless when done twice."""
        self._store.close()

    # A vault, for the persons' keyring.

    def name(self, person: str) -> str:
        """How `person` is called inside a body."""
        return self._opaque.name(person)

    def thing(self, kind: str, person: str) -> bytes | None:
        """The body at this place, None if there is none."""
        sealed = self._store.thing(self._thing_name(kind, person))
        if sealed is None:
            return None
        return _unpadded(open_sealed(self._thing_key, sealed, kind.encode()))

    def boxes(self, kind: str, person: str) -> list[bytes]:
        """The boxes at this place, in order."""
        return [body for _, _, body in self._bodies((kind, person, ""))]

    def add_box(self, kind: str, person: str, box: bytes) -> None:
        """One more; on disk when it returns."""
        self.add_boxes([((kind, person), box)])

    def add_boxes(self, boxes: Sequence[tuple[Place, bytes]]) -> None:
        """One more at each of these places, in one step; on disk when it returns."""
        begun: dict[str, bytes] = {}
        entries: list[tuple[str, bytes]] = []
        for (kind, person), box in boxes:
            place = (kind, person, "")
            stream, key = self._stream_of(place, begun)
            entries.append((stream, self._sealed(key, stream, place, self._wall(), box)))
        self._keep(entries, begun)

    def forget_boxes(self, kind: str, before: float) -> None:
        """Take away whose boxes ever of this kind were put here before `before` (UTC, s)."""
        young: dict[Whose, Sequence[tuple[int, float, object]]] = {}
        for place in (place for place in self._streams if place[0] == kind):
            bodies = self._bodies(place)
            left = [body for body in bodies if body[1] >= before]
            if len(left) < len(bodies):
                young[place] = left
        self._replace(young)

    def change(
        self,
        things: Mapping[Place, bytes | None],
        boxes: Mapping[Place, Sequence[bytes]] | None = None,
    ) -> None:
        """All of it or nothing; nothing is left of what was there before once it was tidied.

        A press must not wait for somebody's paper: the file is written anew when it is quiet.
        """
        self.write_anew({}, things, boxes, at_once=False)

    @property
    def traces(self) -> bool:
        """Whether something that was replaced may still stand in unused bytes of the file."""
        return self._store.traces

    def tidy(self) -> None:
        """Leave no byte of it; raises LedgerError."""
        self._store.tidy()

    def _boxed(self, event: AnyEvent) -> bytes | None:
        """The box for what its person keeps to themselves, None for what the server may read."""
        own = isinstance(event, WordsSet) or (
            isinstance(event, ROUTING) and person_of(event) in self._declined
        )
        return self.seal_for(person_of(event), encoded(event)) if own else None

    def _note(self, event: AnyEvent) -> None:
        if isinstance(event, RoutingSet):
            (self._declined.discard if event.on else self._declined.add)(event.owner)

    def _lift(self) -> None:
        """Write anew whatever is of an older form, with opaque names and a day to count from."""
        old: dict[Whose, Sequence[Entry]] = {}
        for place, stream in self._streams.items():
            bodies = [
                (row, self._body(self._keys[stream], stream, sealed))
                for row, sealed in self._store.read(stream)
            ]
            if any(form < FORM for _, (form, *_) in bodies):
                old[place] = [
                    Entry(row, kept_at if form == FORM else self._wall(), self._opaque.shown(body))
                    for row, (form, _, kept_at, body) in bodies
                ]
        self.write_anew(old)

    def _bodies(self, place: Whose) -> list[tuple[int, float, Any]]:
        stream = self._streams.get(place)
        if stream is None:
            return []
        found: list[tuple[int, float, Any]] = []
        for row, sealed in self._store.read(stream):
            _, _, kept_at, body = self._body(self._keys[stream], stream, sealed)
            found.append((row, kept_at, body))
        return found

    def _body(self, key: bytes, stream: str, sealed: bytes) -> tuple[int, Whose, float, Any]:
        body = msgspec.msgpack.decode(_unpadded(open_sealed(key, sealed, _context(stream))))
        if isinstance(body[0], list):
            (kind, person, press), event = body
            return 1, (kind, person, press), 0.0, event
        form, (kind, name, press), kept_at, event = body
        if form != FORM:
            raise StoreUnreadableError(
                f"{self._store.path}: written by a newer release; use that one"
            )
        return form, (kind, self._opaque.person(name), press), kept_at, event

    def _sealed(self, key: bytes, stream: str, place: Whose, kept_at: float, body: object) -> bytes:
        kind, person, press = place
        written = (FORM, (kind, self._opaque.name(person), press), kept_at, body)
        return seal(key, padded(msgspec.msgpack.encode(written), PAD_BYTES), _context(stream))

    def _rewrite(
        self, place: Whose, entries: Sequence[tuple[int, float, object]]
    ) -> tuple[Rewrite, bytes]:
        old = self._streams.get(place, "")
        if not entries:
            return Rewrite(old), b""
        fresh, key = fresh_id(), new_key()
        sealed = tuple(
            (row, self._sealed(key, fresh, place, kept_at, body)) for row, kept_at, body in entries
        )
        return Rewrite(old, fresh, seal(self._server_key, key, _context(fresh)), sealed), key

    def _thing_name(self, kind: str, person: str) -> str:
        return named(self._thing_names, f"{kind} {self._opaque.name(person)}")

    def _thing(self, kind: str, body: bytes) -> bytes:
        return seal(self._thing_key, padded(body, THING_PAD_BYTES), kind.encode())

    def _keep(self, entries: list[tuple[str, bytes]], begun: Mapping[str, bytes]) -> None:
        """Write `entries` and the keys of the streams that begin with them: one sync for both."""
        try:
            self._store.append_all(entries, begun)
        except BaseException:
            self._streams = {o: s for o, s in self._streams.items() if s not in begun}
            raise

    def _stream_of(self, owner: Whose, begun: dict[str, bytes]) -> tuple[str, bytes]:
        """The stream of `owner` and its key; one that begins here is put into `begun`, sealed."""
        stream = self._streams.get(owner)
        if stream is not None:
            return stream, self._keys[stream]
        stream, key = fresh_id(), new_key()
        begun[stream] = seal(self._server_key, key, _context(stream))
        self._streams[owner] = stream
        self._keys[stream] = key
        return stream, key

    def _key(self, stream: str) -> bytes | None:
        if stream not in self._keys:
            sealed = self._store.get_key(stream)
            if sealed is None:
                return None
            self._keys[stream] = open_sealed(self._server_key, sealed, _context(stream))
        return self._keys[stream]


def whose(event: AnyEvent) -> Whose:
    """The stream an event belongs to: what is erased together is kept together."""
    if isinstance(event, AlertEvent):
        return "press", event.person, event.press
    if isinstance(event, CareOpened | EveningEvent):
        return "server", "", ""
    if written := written_of(event):
        return "post", person_of(event), written
    return "person", person_of(event), ""


def person_of(event: AnyEvent) -> str:
    """Whose fact it is, "" for the process' own."""
    return str(getattr(event, "owner", "") or getattr(event, "person", ""))


def written_of(event: AnyEvent) -> str:
    """The letter, invitation or message it is a fact of, "" for none: each is erased by itself."""
    names = (getattr(event, name, "") for name in ("letter", "invitation", "note"))
    return next((str(name) for name in names if name), "")


def encoded(event: AnyEvent) -> bytes:
    """An event for a box of its person's own, where names are safe."""
    return msgspec.msgpack.encode(event)


def decoded(words: bytes) -> AnyEvent:
    """What `encoded` made."""
    return _events.decode(words)


_events = msgspec.msgpack.Decoder(AnyEvent)


def _context(stream: str) -> bytes:
    return b"collavoce care 1 " + stream.encode()


def padded(body: bytes, block: int) -> bytes:
    """`body` with its length before it and zeros behind it, a multiple of `block` long."""
    framed = len(body).to_bytes(_LENGTH_BYTES, "big") + body
    return framed + bytes(-len(framed) % block)


def _unpadded(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
