"""Persons as they stand on disk: by an opaque name, never by the id of the show.

    "pianist"  <->  "~Zk3..."   HMAC-SHA256 under a key derived from the server's own

Read back by the list of the company. Whoever is of the company no more stays opaque, also in
memory, and is themselves again when they are on the list again. Somebody who has the server's key
*and* a list of ids can find them out; the store alone, or a backup of it, tells nobody.
"""

from collections.abc import Callable, Iterable
from typing import Any, cast

import msgspec

from collavoce.care.events import AnyEvent
from collavoce.care.planes import FIELDS, Is
from collavoce.ledger.seal import derived, named

SIGN = "~"
"""No id in a show folder holds one."""


class Opaque:
    """Names of persons under one server's key. people: ids that can be read back."""

    def __init__(self, server_key: bytes, people: Iterable[str]) -> None:
        self._key = derived(server_key, b"person names")
        # Asked for hundreds of times in one act: made once, nobody waits for them.
        self._names = {person: SIGN + named(self._key, person) for person in people}
        self._persons = {name: person for person, name in self._names.items()}
        self._either = self._persons.keys() | self._persons.values()

    def name(self, person: str) -> str:
        """The opaque name of `person`; "" and an opaque name are their own."""
        if not person or person.startswith(SIGN):
            return person
        known = self._names.get(person)
        return SIGN + named(self._key, person) if known is None else known

    def person(self, name: str) -> str:
        """Whose name it is; one of nobody's on the list stays as it is."""
        return self._persons.get(name, name)

    def hidden(self, event: AnyEvent) -> dict[str, Any]:
        """`event` as it may be written down."""
        return self._turned(msgspec.to_builtins(event, builtin_types=(bytes,)), self.name)

    def shown(self, kept: dict[str, Any]) -> AnyEvent:
        """What `hidden` made, as an event again; raises msgspec.ValidationError."""
        turned = self._turned(kept, self.person)
        return msgspec.convert(turned, AnyEvent, builtin_types=(bytes,))

    def _turned(self, event: dict[str, Any], turn: Callable[[str], str]) -> dict[str, Any]:
        marks = FIELDS[event["type"]]
        # Every field is looked up: one without a mark must fail here and never be written.
        return {
            field: value if field == "type" else self._value(marks[field].kind, value, turn)
            for field, value in event.items()
        }

    def _value(self, kind: Is, value: Any, turn: Callable[[str], str]) -> Any:  # noqa: ANN401  a field's own type
        match kind:
            case Is.PERSON:
                return turn(value)
            case Is.PERSONS:
                return [turn(person) for person in value]
            case Is.NEAR:
                lists = {n: [turn(p) for p in value.get(n, ())] for n in ("ids", "but", "admitted")}
                return {**value, **lists}
            case Is.MESSAGE:
                # Among its parts are a press and a channel, which are nobody.
                parts = cast("str", value).split(":")
                return ":".join(turn(p) if p in self._either else p for p in parts)
            case _:
                return value
