"""A line for one's own ear: kept for nobody else, given without an echo, erased and exported."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.unit.care.key_world import PEOPLE, World
from tests.unit.wire.test_wav import CANARY, recorded

from collavoce.care.commands import ForgetOthers, SetCircle
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept, Outcome
from collavoce.care.states.pairing import secret_hash
from collavoce.ledger.errors import StoreFullError
from collavoce.runtime.care.kept.ear import (
    GIVEN_DAYS,
    GIVES_MAX,
    LINES_MAX,
    TOGETHER_S,
    WORDS_MAX,
    Ear,
    HowItPlays,
)
from collavoce.runtime.care.kept.keep import NOT_RECORDED
from collavoce.runtime.care.kept.proof import Proof
from collavoce.wire.wav import BYTES_A_SECOND, HEAD_BYTES, speech
from collavoce.words import say

DAY_S = 86_400.0
WORDS = "you played it for me, said the canary"


class Stage:
    """A house with the part built in, as the process builds it."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        self.build()

    def build(self) -> None:
        self.world.own.keep.wall = lambda: self.world.wall
        self.ear = Ear(self.world.own.keep)
        self.world.own.parts = (self.ear,)

    def again(self) -> None:
        self.world.again()
        self.build()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.world.close()


def why(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused)
    return outcome.why


def friends(stage: Stage) -> tuple[str, str]:
    """The tokens of the pianist and of the friend, who agreed to be there for her."""
    mine, friend = stage.world.phone("pianist"), stage.world.phone("friend")
    stage.world.circle("pianist", "friend")
    return mine, friend


def test_a_sound_is_kept_bare_and_words_as_they_were_typed_over_a_restart(stage: Stage) -> None:
    mine = stage.world.phone("pianist")
    assert stage.ear.keep_line(mine, "", "", recorded(1.0)) == Kept()
    assert stage.ear.keep_line(mine, "12", f"  {WORDS}\n", b"") == Kept()
    assert stage.ear.settle(mine, HowItPlays(on=False, volume=30)) == Kept()
    stage.again()
    sound, typed = stage.ear.lines(mine)
    assert (sound.cue, sound.seconds, len(sound.sound)) == ("", 1.0, HEAD_BYTES + BYTES_A_SECOND)
    assert CANARY not in sound.sound
    assert (typed.cue, typed.words, typed.giver) == ("12", WORDS, "")
    assert stage.ear.how(mine) == HowItPlays(on=False, volume=30)


def test_it_stands_in_no_file_and_in_nothing_the_servers_key_opens(stage: Stage) -> None:
    mine, friend = friends(stage)
    stage.ear.keep_line(mine, "", WORDS, b"")
    stage.ear.give(friend, "pianist", f"{WORDS} again", b"")
    stage.ear.keep_line(mine, "2", "", recorded(0.2))
    sample = stage.ear.lines(mine)[1].sound[HEAD_BYTES : HEAD_BYTES + 64]
    assert b"canary" not in stage.world.bytes_on_disk()
    assert "canary" not in stage.world.readable()
    assert repr(sample)[2:-1] not in stage.world.readable()


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"pianist"}))
def test_nobody_elses_phone_opens_it_or_changes_it(stage: Stage, person: str) -> None:
    mine, other = stage.world.phone("pianist"), stage.world.phone(person)
    stage.world.circle("pianist", person)
    stage.ear.keep_line(mine, "", WORDS, b"")
    [line] = stage.ear.lines(mine)
    assert stage.ear.lines(other) == ()
    assert stage.ear.how(other) == HowItPlays()
    assert stage.ear.drop_line(other, line.id) == Kept()
    assert stage.ear.take(other, line.id, "") == Refused(say("ear.refused.no_line"))
    assert stage.ear.lines(mine) == (line,)


@pytest.mark.parametrize("token", ["", "nobody's"])
def test_a_stranger_is_answered_like_somebody_who_has_nothing(stage: Stage, token: str) -> None:
    stage.world.phone("pianist")
    assert stage.ear.lines(token) == stage.ear.given(token) == ()
    for outcome in (
        stage.ear.keep_line(token, "", WORDS, b""),
        stage.ear.give(token, "pianist", WORDS, b""),
        stage.ear.settle(token, HowItPlays()),
        stage.ear.take(token, "1", ""),
        stage.ear.leave(token, "1"),
        stage.ear.drop_line(token, "1"),
    ):
        assert why(outcome) == say("care_keys.refused.locked")


def test_one_line_for_each_entrance_and_no_more_than_there_is_room_for(stage: Stage) -> None:
    mine = stage.world.phone("pianist")
    stage.ear.keep_line(mine, "", "first", b"")
    stage.ear.keep_line(mine, "", "second", b"")
    assert [line.words for line in stage.ear.lines(mine)] == ["second"]
    for n in range(LINES_MAX - 1):
        assert stage.ear.keep_line(mine, str(n), f"line {n}", b"") == Kept()
    said = why(stage.ear.keep_line(mine, "one too many", "words", b""))
    assert said == say("ear.refused.many", most=LINES_MAX)
    [first, *_] = stage.ear.lines(mine)
    assert stage.ear.drop_line(mine, first.id) == Kept()
    assert stage.ear.keep_line(mine, "one too many", "words", b"") == Kept()
    assert len({line.id for line in stage.ear.lines(mine)}) == LINES_MAX


def test_all_sounds_together_have_one_limit(stage: Stage) -> None:
    mine = stage.world.phone("pianist")
    sound = speech(bytes(10 * BYTES_A_SECOND))
    assert stage.ear.keep_line(mine, "1", "", sound) == Kept()
    said = why(stage.ear.keep_line(mine, "2", "", sound))
    assert said == say("ear.refused.together", seconds=TOGETHER_S)
    assert stage.ear.keep_line(mine, "1", "", sound) == Kept()


@pytest.mark.parametrize(
    ("words", "sound", "key"),
    [
        ("", b"", "nothing"),
        ("both", speech(b"\1\0"), "nothing"),
        ("x" * (WORDS_MAX + 1), b"", "words"),
        ("", b"ID3 and so on" * 9, "no_wav"),
        ("", recorded(0.1, rate=44_100), "other_form"),
        ("", speech(b""), "no_sound"),
        ("", speech(bytes(12 * BYTES_A_SECOND + 2)), "long"),
    ],
)
def test_what_is_no_line_is_refused_in_words(
    stage: Stage, words: str, sound: bytes, key: str
) -> None:
    mine, friend = friends(stage)
    beginning = say(f"ear.refused.{key}").split("{", maxsplit=1)[0]
    assert why(stage.ear.keep_line(mine, "", words, sound)).startswith(beginning)
    assert why(stage.ear.give(friend, "pianist", words, sound)).startswith(beginning)
    assert stage.ear.lines(mine) == stage.ear.given(mine) == ()


def test_a_given_line_is_listened_to_first_and_taken_or_not(stage: Stage) -> None:
    mine, friend = friends(stage)
    for n in range(2):
        assert stage.ear.give(friend, "pianist", f"{WORDS} {n}", b"") == Kept()
    assert stage.ear.lines(mine) == ()
    first, second = stage.ear.given(mine)
    assert [one.giver for one in (first, second)] == ["friend", "friend"]
    assert stage.ear.take(mine, first.id, "12") == Kept()
    assert stage.ear.leave(mine, second.id) == Kept()
    assert stage.ear.given(mine) == ()
    [taken] = stage.ear.lines(mine)
    assert (taken.cue, taken.words, taken.giver) == ("12", f"{WORDS} 0", "friend")
    assert stage.ear.take(mine, first.id, "12") == Refused(say("ear.refused.no_line"))


def test_whoever_was_dropped_unseen_is_answered_alike_and_never_heard(stage: Stage) -> None:
    mine, friend = friends(stage)
    stage.ear.give(friend, "pianist", WORDS, b"")
    stage.world.does(SetCircle("pianist", (), 20.0))
    assert stage.ear.given(mine) == ()
    assert stage.ear.give(friend, "pianist", WORDS, b"") == Kept()
    assert stage.ear.given(mine) == ()
    assert stage.ear.to_look_over(reader_of(stage, mine)) == ()


def reader_of(stage: Stage, token: str):  # noqa: ANN201  the keep's own
    found = stage.world.own.keep.reader(token)
    assert found is not None
    return found


def test_whoever_never_said_yes_cannot_give_and_an_unknown_person_says_no_more(
    stage: Stage,
) -> None:
    stage.world.phone("pianist")
    manager = stage.world.phone("manager")
    refusals = {
        why(stage.ear.give(manager, to, WORDS, b"")) for to in ("pianist", "second", "nobody")
    }
    assert refusals == {say("ear.refused.not_yours_to_give")}


def test_taken_left_or_played_the_giver_sees_the_same(stage: Stage) -> None:
    answers: list[bytes] = []
    mine, friend = friends(stage)
    for act in ("take", "leave", "nothing"):
        stage.ear.give(friend, "pianist", f"{WORDS} {act}", b"")
        line = stage.ear.given(mine)[-1].id
        if act == "take":
            stage.ear.take(mine, line, "")
        elif act == "leave":
            stage.ear.leave(mine, line)
        state = stage.world.house.state
        answers.append(
            msgspec.json.encode(
                [
                    stage.world.own.seen(friend),
                    [row.what for row in stage.world.own.own_log(friend)],
                    state.circles.answers["friend"],
                ]
            )
        )
    assert len(set(answers)) == 1


def test_a_giver_gives_so_many_a_night(stage: Stage) -> None:
    mine, friend = friends(stage)
    for n in range(GIVES_MAX):
        assert stage.ear.give(friend, "pianist", f"{n}", b"") == Kept()
    assert why(stage.ear.give(friend, "pianist", "more", b"")) == say(
        "ear.refused.gave", most=GIVES_MAX
    )
    assert len(stage.ear.given(mine)) == GIVES_MAX


def test_what_was_not_taken_for_so_long_goes_when_her_phone_is_next_here(stage: Stage) -> None:
    mine, friend = friends(stage)
    stage.ear.give(friend, "pianist", WORDS, b"")
    stage.world.wall += GIVEN_DAYS * DAY_S
    stage.world.own.unlock(mine)
    assert len(stage.ear.given(mine)) == 1
    stage.world.wall += DAY_S
    stage.world.own.unlock(mine)
    assert stage.ear.given(mine) == ()


def test_it_is_exported_with_her_erased_with_her_and_goes_along_to_a_new_key(stage: Stage) -> None:
    mine, friend = friends(stage)
    stage.ear.keep_line(mine, "", "", recorded(0.1))
    stage.ear.give(friend, "pianist", WORDS, b"")
    before = stage.ear.lines(mine), stage.ear.given(mine)
    stage.world.does(ForgetOthers("pianist", secret_hash(mine)), Proof(mine))
    assert (stage.ear.lines(mine), stage.ear.given(mine)) == before
    exported = msgspec.json.decode(stage.world.own.export(mine))["ear"]
    assert [line["giver"] for line in exported["given"]] == ["friend"]
    assert exported["lines"][0]["sound"]
    assert msgspec.json.decode(stage.world.own.export(friend))["ear"]["lines"] == []
    assert stage.world.own.erase(mine) == Kept()
    stage.again()
    assert "ear" not in repr(stage.world.shelf.places())


def test_a_disk_that_takes_nothing_keeps_nothing_and_says_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, friend = friends(stage)

    def full(*_: object) -> None:
        raise StoreFullError("no room")

    monkeypatch.setattr(stage.world.shelf, "change", full)
    monkeypatch.setattr(stage.world.shelf, "add_box", full)
    assert stage.ear.keep_line(mine, "", WORDS, b"") == NOT_RECORDED
    assert stage.ear.give(friend, "pianist", WORDS, b"") == NOT_RECORDED
    assert stage.ear.lines(mine) == ()
