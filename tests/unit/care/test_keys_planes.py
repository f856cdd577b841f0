"""Every field that is written down is marked; persons stand on disk by opaque names alone."""

import ast
import sys
from importlib.metadata import distributions
from pathlib import Path

import msgspec
import pytest

from collavoce.care.channels import Channel, Contact
from collavoce.care.events import (
    AlertRaised,
    AnyEvent,
    ButtonAdded,
    CircleSet,
    ContactsSet,
    MessageTried,
    NearSet,
)
from collavoce.care.near import Kind, Near
from collavoce.care.planes import FIELDS, Is, Mark, Plane, strangers
from collavoce.runtime.care.kept.opaque import SIGN, Opaque

KEY = bytes(32)
ROOT = Path(__file__).parents[3]


def test_every_field_of_every_event_says_what_it_is_and_on_which_plane() -> None:
    assert strangers() == []
    for marks in FIELDS.values():
        assert all(isinstance(mark, Mark) for mark in marks.values())


def test_a_field_without_a_mark_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    less = {field: mark for field, mark in FIELDS["CircleSet"].items() if field != "order"}
    monkeypatch.setitem(FIELDS, "CircleSet", less)
    assert strangers() == ["CircleSet.order"]
    with pytest.raises(KeyError):
        Opaque(KEY, ()).hidden(CircleSet(1.0, "a", ("b",), 20.0))


def test_fields_that_hold_text_are_of_a_kind_that_fits_their_type() -> None:
    texts = {Is.PERSON, Is.MESSAGE, Is.HASH, Is.WORD, Is.RANDOM, Is.PLAIN, Is.CUE}
    for struct in AnyEvent.__args__:
        for field in msgspec.structs.fields(struct):
            kind = FIELDS[struct.__name__][field.name].kind
            if field.type is str:
                assert kind in texts, (struct, field.name)
            elif field.type in (float, int):
                assert kind is Is.NUMBER, (struct, field.name)
            elif field.type is bytes:
                assert kind is Is.KEY, (struct, field.name)


def test_nothing_of_care_is_on_the_plane_of_everybody() -> None:
    planes = {mark.plane for marks in FIELDS.values() for mark in marks.values()}
    assert planes == {Plane.COMPANY, Plane.CONCERNED, Plane.PERSON}


PRESS = "a-press-of-16-characters"
EVENTS: tuple[AnyEvent, ...] = (
    CircleSet(1.0, "pianist", ("friend", "second"), 20.0),
    NearSet(1.0, "pianist", Near(Kind.ONLY, ("friend",))),
    ContactsSet(1.0, "friend", (Contact(Channel.SMS, "+4917"),)),
    ButtonAdded(1.0, "friend", "a-button", b"\x00\xff key"),
    AlertRaised(1.0, "pianist", PRESS, 0.5, 1.0, 0, ("friend",), 20.0, last="second"),
    MessageTried(1.0, "pianist", PRESS, f"{PRESS}:friend:0:sms:0", "friend"),
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_persons_are_written_opaque_and_read_back(event: AnyEvent) -> None:
    people = ("pianist", "friend", "second")
    opaque = Opaque(KEY, people)
    kept = opaque.hidden(event)
    assert not [person for person in people if person in repr(kept).replace("second_after", "")]
    assert opaque.shown(msgspec.msgpack.decode(msgspec.msgpack.encode(kept))) == event
    # Who is of the company no more stays opaque, and is nobody lost.
    left = Opaque(KEY, ("pianist",))
    again = left.hidden(left.shown(kept))
    assert again == kept
    assert opaque.shown(again) == event


def test_another_server_gives_other_names_and_no_id_can_be_one() -> None:
    one, other = Opaque(KEY, ("a",)), Opaque(b"x" * 32, ("a",))
    assert one.name("a") != other.name("a")
    assert one.name("") == ""
    assert one.name(one.name("a")) == one.name("a")
    from collavoce.show.written import table

    assert not table._ID.fullmatch(SIGN + "a")


EMOTION = (
    "deepface", "fer", "hume", "opensmile", "audeering", "speechbrain", "textblob", "vader",
    "nltk", "transformers", "affectiva", "mediapipe", "py_feat", "feat", "librosa", "mne", "torch",
)  # fmt: skip
"""Libraries that are made, or commonly used, to infer what somebody feels."""


def test_nothing_that_infers_emotion_is_a_dependency_or_imported() -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8").lower()
    imported: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    assert not imported & set(EMOTION)
    assert not [name for name in EMOTION if f'"{name}' in declared]
    needed = {d.metadata["Name"].lower() for d in distributions()}
    assert not needed & {"deepface", "fer", "hume", "opensmile", "py-feat", "speechbrain"}
    foreign = imported - set(sys.stdlib_module_names) - {"collavoce"}
    assert len(foreign) > 5
