"""Learning a control: the first press is taken, told in words, and stands in the book."""

from pathlib import Path

import pytest
from tests.unit.gateway.little_house import DESK, bare, keyed

from collavoce.runtime.gateway.book import Control
from collavoce.runtime.gateway.book_file import BookFile
from collavoce.runtime.gateway.learning import LEARN_S, Learning, Teacher
from collavoce.runtime.mail import Learn, Learned, unpack
from collavoce.wire.midi.message import control, note_off, note_on

ASKER = "/asker"


class Post:
    """Mail that was sent."""

    def __init__(self) -> None:
        self.told: list[Learned] = []

    def send(self, to: str, datagram: bytes) -> bool:
        mail = unpack(datagram)
        assert to == ASKER
        assert isinstance(mail, Learned)
        self.told.append(mail)
        return True


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def file(tmp_path: Path) -> BookFile:
    return BookFile(tmp_path)


@pytest.fixture
def teacher(file: BookFile, post: Post) -> Teacher:
    return Teacher(file, post.send)


def test_what_is_pressed_is_learned_and_told(teacher: Teacher, post: Post, file: BookFile) -> None:
    teacher.begin(Learn("go", "k"), ASKER, 0.0)
    assert teacher.does == "go"
    teacher.heard("midi:Foot Pedal", "midi control 64 channel 1")
    (told,) = post.told
    assert (told.key, told.done) == ("k", True)
    assert "Foot Pedal" in told.words
    learned = Control("midi:Foot Pedal", "midi control 64 channel 1", "go")
    assert file.read().learned == (learned,)
    assert teacher.waiting is None


def test_nothing_pressed_is_told_in_time(teacher: Teacher, post: Post, file: BookFile) -> None:
    teacher.begin(Learn("go", "k"), ASKER, 0.0)
    teacher.turn(LEARN_S - 0.1, "")
    assert post.told == []
    teacher.turn(LEARN_S, "there is no MIDI here")
    assert not post.told[0].done
    assert "no MIDI" in post.told[0].words
    assert file.read().learned == ()


def test_whoever_asks_next_takes_the_place(teacher: Teacher, post: Post) -> None:
    teacher.begin(Learn("go", "a"), ASKER, 0.0)
    teacher.begin(Learn("hold", "b"), ASKER, 1.0)
    assert [(told.key, told.done) for told in post.told] == [("a", False)]
    assert teacher.does == "hold"
    teacher.begin(Learn("", "c"), ASKER, 2.0)
    assert teacher.waiting is None


def test_what_cannot_be_done_is_not_waited_for(teacher: Teacher, post: Post) -> None:
    teacher.begin(Learn("dance", "k"), ASKER, 0.0)
    assert teacher.waiting is None
    assert "known: go" in post.told[0].words


def test_a_press_is_taken_and_a_release_a_key_or_noise_is_not() -> None:
    learning = Learning("go", LEARN_S)
    assert learning.osc(DESK, bare("/button/1", 1.0)) == (DESK, "osc /button/1")
    assert learning.osc(DESK, bare("/button/1")) == (DESK, "osc /button/1")
    assert learning.osc(DESK, bare("/button/1", 0.0)) is None
    assert learning.osc(DESK, bare("/button/*", 1.0)) is None
    assert learning.osc(DESK, keyed(1)) is None
    assert learning.osc(DESK, b"noise") is None


def test_of_a_pedal_its_press_is_taken() -> None:
    learning = Learning("go", LEARN_S)
    pedal = ("midi:P", "midi control 64 channel 1")
    assert learning.midi("P", control(1, 64, 0), 0.0) is None
    assert learning.midi("P", control(1, 64, 50), 0.1) is None
    assert learning.midi("P", control(1, 64, 100), 0.2) == pedal
    assert learning.midi("P", note_off(1, 60), 0.3) is None
    assert learning.midi("P", note_on(1, 60, 9), 0.4) == ("midi:P", "midi note 60 channel 1")
    assert learning.midi("P", b"\xf8", 0.5) is None
