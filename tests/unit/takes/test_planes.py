"""Every field that is stored of a take has its plane, and how somebody played is theirs alone."""

import msgspec

from collavoce.following.takes import Passage, Take
from collavoce.runtime.takes.planes import PLANES
from collavoce.runtime.takes.shelf import Book, Kept
from collavoce.runtime.takes.word import Word

STORED = (Word, Book, Kept, Take, Passage)


def test_every_stored_field_carries_its_plane_and_no_other_does() -> None:
    fields = {kind.__name__: {f.name for f in msgspec.structs.fields(kind)} for kind in STORED}
    assert {name: set(planes) for name, planes in PLANES.items()} == fields


def test_how_somebody_played_is_the_persons_alone() -> None:
    for record in ("Book", "Take", "Passage"):
        assert set(PLANES[record].values()) == {3}
    assert PLANES["Kept"]["take"] == 3
