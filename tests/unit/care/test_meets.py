"""A person meets the show: shown to them alone; what they let the caller know of is theirs."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.security.care_pages import Pages
from tests.unit.care.key_world import PEOPLE, World

from collavoce.care.card import Effect
from collavoce.care.commands import ReleaseCue, TakeBackRelease
from collavoce.care.events import CueReleased, Refused, ReleaseTakenBack
from collavoce.care.outcome import Kept
from collavoce.care.rules.meets import CUE_LETTERS_MOST, RELEASED_MOST
from collavoce.care.state import CareState, evolve
from collavoce.company.effects import EFFECTS
from collavoce.company.engagement import DAY, HOUR
from collavoce.desk.care.stream import FRAME_BYTES
from collavoce.runtime.care.kept.keep import Reader
from collavoce.runtime.care.kept.meets import AVOIDS, SHOWN_MOST, Meets
from collavoce.runtime.care.kept.retention import RELEASE_KEPT, purge
from collavoce.runtime.care.sheet import CueSheet, Meeting
from collavoce.words import say

EVERYBODY = ("pianist", "friend", "second")
SHEET = CueSheet(
    cues=(("41", "LX", "Nocturne"), ("42", "FX", "Nocturne"), ("43", "SND", "Finale")),
    meetings=(
        Meeting("41", "LX", "Nocturne", ("strobe", "haze"), ("pianist",)),
        Meeting("42", "FX", "Nocturne", ("pyro",), EVERYBODY),
    ),
)


class House:
    """The pages of three people, each with a phone, over `sheet`."""

    def __init__(self, sheet: CueSheet = SHEET) -> None:
        self.pages = Pages(sheet=sheet)
        self.tokens = {person: asyncio.run(self.pages.paired(person)) for person in EVERYBODY}
        for token in self.tokens.values():
            # As each phone's page does when it is loaded.
            assert self.pages.care.unlock(token) is not None

    def reader(self, person: str) -> Reader:
        reader = self.pages.care.keep.reader(self.tokens[person])
        assert reader is not None
        return reader

    def avoids(self, person: str, *effects: str) -> None:
        """As the person's card has it."""
        assert self.pages.care.keep.write(AVOIDS, person, effects) == Kept()

    def frame(self, person: str) -> bytes:
        return asyncio.run(self.pages.ask("GET", "/care/stream", token=self.tokens[person])).body

    def seen(self, person: str) -> list[dict[str, Any]]:
        """The rows on the page of `person`."""
        view = json.loads(self.frame(person).split(b"data: ")[1].split(b"\n")[0])
        return view.get("meets", {"rows": []})["rows"]

    def cues(self, person: str) -> list[str]:
        return [row["cue"] for row in self.seen(person)]

    def act(self, person: str, kind: str, cue: str, /, **more: object) -> dict[str, Any]:
        body = {"type": kind, "cue": cue, **more}
        token = self.tokens.get(person, "")
        return asyncio.run(self.pages.post("/care/act", body, token)).said

    def read(self, person: str) -> list[dict[str, Any]]:
        answer = asyncio.run(
            self.pages.post("/care/read", {"type": "ReadMeets"}, self.tokens[person])
        )
        return answer.said["shown"]["meets"]

    def released(self) -> dict[str, tuple[str, ...]]:
        return dict(self.pages.house.state.meets.by_person)


def test_a_cue_that_meets_a_card_is_shown_to_its_owner_in_words() -> None:
    house = House()
    house.avoids("pianist", "strobe", "scent")
    assert house.seen("pianist") == [
        {
            "cue": "41",
            "says": "cue 41 (LX, Nocturne): strobe, which your card avoids",
            "released": False,
        }
    ]
    assert house.read("pianist") == house.seen("pianist")


def test_nobody_else_is_shown_it_and_nobody_without_a_card_anything() -> None:
    house = House()
    before = {person: house.frame(person) for person in EVERYBODY}
    assert all(house.seen(person) == [] for person in EVERYBODY)
    house.avoids("pianist", *EFFECTS)
    assert house.cues("pianist") == ["41", "42"]
    for person in ("friend", "second"):
        assert house.frame(person) == before[person]
        assert house.read(person) == []


def test_what_the_card_avoids_and_the_cue_does_not_bring_is_not_shown() -> None:
    house = House()
    house.avoids("pianist", "touch", "scent")
    assert house.seen("pianist") == []
    house.avoids("friend", "strobe")
    assert house.seen("friend") == [], "the cue with the strobe meets somebody else"


def test_a_card_that_is_changed_changes_the_page_and_nothing_else() -> None:
    house = House()
    house.avoids("pianist", "haze")
    assert house.cues("pianist") == ["41"]
    kept = list(house.pages.records.events)
    house.avoids("pianist", "pyro")
    assert house.cues("pianist") == ["42"]
    house.avoids("pianist")
    assert house.seen("pianist") == []
    assert house.pages.records.events == kept, "no fact of it anywhere"


def test_a_card_and_a_cue_speak_of_the_same_effects() -> None:
    assert tuple(Effect) == EFFECTS


def test_a_word_on_a_card_that_is_no_effect_matches_nothing() -> None:
    house = House(
        CueSheet(SHEET.cues, (Meeting("41", "LX", "Nocturne", ("noise",), ("pianist",)),))
    )
    house.avoids("pianist", "noise")
    assert house.seen("pianist") == []


def test_the_matching_leaves_nothing_behind_not_even_in_the_log() -> None:
    house = House()
    house.avoids("pianist", "strobe")
    kept = list(house.pages.records.events)
    house.seen("pianist")
    house.read("pianist")
    assert house.pages.records.events == kept
    assert house.pages.care.own_log(house.tokens["pianist"]) == ()


def test_the_caller_is_let_know_and_it_is_taken_back() -> None:
    house = House()
    house.avoids("pianist", "strobe")
    assert house.act("pianist", "LetCallerKnow", "41")["kept"]
    assert house.released() == {"pianist": ("41",)}
    assert [(row["cue"], row["released"]) for row in house.seen("pianist")] == [("41", True)]
    assert house.act("pianist", "TakeReleaseBack", "41")["kept"]
    assert house.released() == {}
    assert house.act("pianist", "TakeReleaseBack", "41")["kept"], "taken back twice is taken back"


def test_a_release_stays_on_the_page_when_the_card_minds_it_no_more() -> None:
    house = House()
    house.avoids("pianist", "strobe")
    house.act("pianist", "LetCallerKnow", "41")
    house.avoids("pianist")
    assert house.seen("pianist") == [
        {"cue": "41", "says": "cue 41 (LX, Nocturne): you let the caller know", "released": True}
    ]
    assert house.released() == {"pianist": ("41",)}


def test_any_cue_of_the_show_may_be_released_whatever_it_brings_and_whomever_it_meets() -> None:
    house = House()
    for cue, _, _ in SHEET.cues:
        assert house.act("second", "LetCallerKnow", cue)["kept"]
    assert house.released() == {"second": ("41", "42", "43")}


def test_a_cue_that_the_show_does_not_have_cannot_be_released() -> None:
    house = House()
    answer = house.act("pianist", "LetCallerKnow", "99")
    assert (answer["kept"], answer["why"]) == (False, say("meets.refused.cue"))


def test_a_release_of_a_cue_that_is_gone_is_said_and_can_be_taken_back() -> None:
    house = House()
    house.pages.house.ask(ReleaseCue("pianist", "7"))
    assert house.seen("pianist")[0]["says"] == say("meets.row.gone", cue="7")
    assert house.pages.care.meets.to_look_over(house.reader("pianist")) == (
        say("meets.look.gone", cue="7"),
    )
    assert house.pages.care.meets.to_look_over(house.reader("friend")) == ()
    assert house.act("pianist", "TakeReleaseBack", "7")["kept"]


@pytest.mark.parametrize("kind", ["LetCallerKnow", "TakeReleaseBack"])
@pytest.mark.parametrize("field", ["person", "owner", "by", "trusted"])
def test_whoever_asks_speaks_for_themself_whatever_the_page_says(kind: str, field: str) -> None:
    house = House()
    house.act("pianist", "LetCallerKnow", "41")
    house.act("friend", kind, "41", **{field: "pianist"})
    assert house.released()["pianist"] == ("41",)
    assert house.released().keys() <= {"pianist", "friend"}


@pytest.mark.parametrize("kind", ["LetCallerKnow", "TakeReleaseBack"])
def test_a_phone_of_nobody_or_one_that_waits_releases_nothing_and_reads_nothing(kind: str) -> None:
    house = House()
    house.avoids("pianist", "strobe")
    house.act("pianist", "LetCallerKnow", "42")
    waiting = asyncio.run(house.pages.paired("pianist"))
    for token in ("", "x" * 43, waiting):
        answer = asyncio.run(house.pages.post("/care/act", {"type": kind, "cue": "42"}, token))
        assert not answer.said["kept"]
        read = asyncio.run(house.pages.post("/care/read", {"type": "ReadMeets"}, token))
        assert read.status == 401
        assert b"41" not in read.body
    assert house.released() == {"pianist": ("42",)}


def test_who_may_release_is_everybody_and_of_everybodys_only_their_own() -> None:
    """Every person x every person: whose release an act moves."""
    for actor in EVERYBODY:
        for owner in EVERYBODY:
            house = House()
            house.pages.house.ask(ReleaseCue(owner, "41"))
            house.act(actor, "TakeReleaseBack", "41", person=owner)
            assert (house.released() == {}) is (actor == owner), (actor, owner)


@pytest.mark.parametrize("cue", ["", "x" * (CUE_LETTERS_MOST + 1), 41, None])
def test_what_is_no_cue_is_not_understood(cue: object) -> None:
    house = House()
    body = {"type": "LetCallerKnow", "cue": cue}
    answer = asyncio.run(house.pages.post("/care/act", body, house.tokens["pianist"]))
    assert answer.status == 400


def test_the_rules_hold_without_a_page() -> None:
    pages = Pages(sheet=SHEET)
    ask = pages.house.ask
    assert isinstance(ask(ReleaseCue("stranger", "41")), Refused)
    assert isinstance(ask(ReleaseCue("pianist", "")), Refused)
    assert isinstance(ask(ReleaseCue("pianist", "x" * (CUE_LETTERS_MOST + 1))), Refused)
    for n in range(RELEASED_MOST):
        assert ask(ReleaseCue("pianist", str(n))) == Kept()
    assert ask(ReleaseCue("pianist", "0")) == Kept(), "what is so already is no more than there is"
    full = Refused(say("meets.refused.many", most=RELEASED_MOST))
    assert ask(ReleaseCue("pianist", "one more")) == full
    assert ask(ReleaseCue("friend", "one more")) == Kept(), "another person's is another's"
    assert len([e for e in pages.records.events if isinstance(e, CueReleased)]) == RELEASED_MOST + 1


def test_a_page_with_more_than_it_can_carry_keeps_its_frame_and_reads_the_rest() -> None:
    long = [f"{n:0>{CUE_LETTERS_MOST}}" for n in range(30)]
    sheet = CueSheet(
        tuple((cue, "LX", "Ü" * 40) for cue in long),
        tuple(Meeting(cue, "LX", "Ü" * 40, EFFECTS, ("pianist",)) for cue in long),
    )
    house = House(sheet)
    plain = len(house.frame("pianist"))
    house.avoids("pianist", *EFFECTS)
    assert len(house.frame("pianist")) == plain == FRAME_BYTES
    assert len(house.seen("pianist")) == SHOWN_MOST
    assert [row["cue"] for row in house.read("pianist")] == long


def test_a_release_is_in_its_owners_export_alone() -> None:
    house = House()
    house.act("pianist", "LetCallerKnow", "42")
    mine, theirs = (
        msgspec.json.decode(house.pages.care.export(house.tokens[person]))
        for person in ("pianist", "friend")
    )
    assert mine["released_cues"] == ["42"]
    assert theirs["released_cues"] == []


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.close()


def purged(world: World) -> None:
    purge(world.shelf, world.wall, world.house.state.keys.declined)
    world.own.read_anew()


def test_a_release_is_known_after_a_restart_and_nobodys_by_the_disk(world: World) -> None:
    world.phone("pianist")
    world.does(ReleaseCue("pianist", "41"))
    world.does(ReleaseCue("friend", "41"))
    world.does(TakeBackRelease("friend", "41"))
    world.again()
    assert dict(world.house.state.meets.by_person) == {"pianist": ("41",)}
    told = world.readable()
    assert "CueReleased" in told
    assert "pianist" not in told
    assert "friend" not in told
    assert b"CueReleased" not in world.bytes_on_disk()


def test_the_card_that_it_came_from_is_on_no_disk_that_the_server_can_open(world: World) -> None:
    token = world.phone("pianist")
    canary = ("strobe", "a canary of a card")
    assert world.own.keep.write(AVOIDS, "pianist", canary) == Kept()
    meets = Meets(world.own.keep, SHEET, world.own.ask)
    reader = world.own.keep.reader(token)
    assert reader is not None
    assert [row.cue for row in meets.rows(reader)] == ["41"]
    assert meets.release("pianist", "41") == Kept()
    for word in ("strobe", "canary of a card", AVOIDS):
        assert word not in world.readable()


def test_a_release_stands_for_as_long_as_nobody_takes_it_back(world: World) -> None:
    world.phone("pianist")
    world.does(ReleaseCue("pianist", "41"))
    world.does(ReleaseCue("pianist", "42"))
    world.does(TakeBackRelease("pianist", "42"))
    world.wall += RELEASE_KEPT + 1.0
    purged(world)
    assert "'42'" not in world.readable()
    world.wall += 400 * DAY
    purged(world)
    world.again()
    assert dict(world.house.state.meets.by_person) == {"pianist": ("41",)}


def test_what_was_taken_back_and_released_again_stands(world: World) -> None:
    world.phone("pianist")
    for command in (ReleaseCue, TakeBackRelease, ReleaseCue):
        world.does(command("pianist", "41"))
    world.wall += 2 * HOUR
    purged(world)
    assert world.house.state.meets.of("pianist") == ("41",)
    world.does(TakeBackRelease("pianist", "41"))
    world.wall += 2 * HOUR
    purged(world)
    world.again()
    assert world.house.state.meets.cues() == frozenset()
    assert "CueReleased" not in world.readable()


def test_who_is_erased_leaves_no_release(world: World) -> None:
    token = world.phone("pianist")
    world.does(ReleaseCue("pianist", "41"))
    world.does(ReleaseCue("friend", "42"))
    world.own.erase(token)
    assert dict(world.house.state.meets.by_person) == {"friend": ("42",)}
    assert "'41'" not in world.readable()
    world.again()
    assert dict(world.house.state.meets.by_person) == {"friend": ("42",)}


def test_two_who_release_one_cue_are_one() -> None:
    state = CareState()
    for person in PEOPLE:
        state = evolve(state, CueReleased(1.0, person, "41"))
    assert state.meets.cues() == {"41"}
    for person in list(PEOPLE)[1:]:
        state = evolve(state, ReleaseTakenBack(2.0, person, "41"))
    assert state.meets.cues() == {"41"}
    state = evolve(state, ReleaseTakenBack(3.0, next(iter(PEOPLE)), "41"))
    assert state.meets.cues() == frozenset()
