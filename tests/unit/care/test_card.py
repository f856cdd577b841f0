"""A card: written, shared by the field, ended, taken back; who reads what, and what is nowhere."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.unit.care.card_world import DAY, CardWorld

from collavoce.care.card import (
    FIELD_CHARACTERS_MAX,
    FOR_A_CALL,
    NEVER,
    REVIEW_MAX,
    REVIEW_MIN,
    REVIEW_USUAL,
    Effect,
    Field,
)
from collavoce.care.commands import AnswerRequest, ForgetOthers, RaiseAlert, SetCircle
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept
from collavoce.care.states.keys import Sight
from collavoce.care.states.pairing import secret_hash
from collavoce.ledger.errors import SealBrokenError
from collavoce.ledger.seal import open_box, open_sealed
from collavoce.runtime.care.kept import papers
from collavoce.runtime.care.kept.card_shared import NOTHING_SHARED, kind_of
from collavoce.runtime.care.kept.keep import Reader
from collavoce.runtime.care.kept.proof import Proof

WORDS = {field: f"words of {field}" for field in Field}
ROLES = (
    "owner",
    "shared",
    "ends today",
    "lapsed",
    "withdrawn",
    "circle",
    "manager",
    "nobody",
    "waiting",
)
READS = frozenset({"owner", "shared", "ends today"})


@pytest.fixture
def world(tmp_path: Path) -> Iterator[CardWorld]:
    world = CardWorld(tmp_path)
    yield world
    world.close()


def reader_of(world: CardWorld, token: str) -> Reader:
    reader = world.own.keep.reader(token)
    assert reader is not None
    return reader


def read_by(world: CardWorld, token: str, owner: str = "pianist") -> dict[Field, str]:
    """What the phone of `token` is shown of the card of `owner`, its own card or another's."""
    reader = world.own.keep.reader(token)
    if reader is not None and reader.person == owner:
        fields = json.loads(json.dumps(world.card.mine(token)["fields"]))
        return {Field(name): kept["words"] for name, kept in fields.items() if kept["words"]}
    return world.card.of(token, owner)


@pytest.mark.parametrize("role", ROLES)
def test_a_field_is_read_by_whom_it_is_shared_with_in_time_and_by_nobody_else(
    world: CardWorld, role: str
) -> None:
    mine = world.phone("pianist")
    phones = {"owner": mine, "nobody": "no token of ours"}
    people = {"shared": "friend", "ends today": "friend", "lapsed": "friend"}
    people |= {"withdrawn": "friend", "circle": "second", "manager": "manager"}
    if role in people:
        phones[role] = world.phone(people[role])
    if role == "waiting":
        phones[role] = world.claims("pianist")
    if role == "circle":
        world.circle("pianist", "second")
    world.writes(mine, **WORDS)
    for field in Field:
        until = world.today + 3 if role in ("ends today", "lapsed") else None
        world.shares(mine, "friend", field, until=until)
        if role in ("ends today", "lapsed"):
            world.wall += (3 if role == "ends today" else 4) * DAY
        if role == "withdrawn":
            assert read_by(world, phones[role]) == {field: WORDS[field]}
            assert world.card.stop(mine, field, "friend") == Kept()
        read = read_by(world, phones[role])
        only = {field: WORDS[field]} if role in READS else {}
        assert read == (WORDS if role == "owner" else only), (role, field)
        if role in people:
            assert world.card.sharing(phones[role]) == (("pianist",) if only else ())
            marked = world.own.seen(phones[role])["card"] != NOTHING_SHARED
            assert marked is bool(only)
        world.card.take_back(mine)


def test_nobody_and_a_phone_that_waits_can_do_nothing_to_any_card(world: CardWorld) -> None:
    mine = world.phone("pianist")
    world.writes(mine, helps="quiet")
    for token in ("", "no token of ours", world.claims("pianist")):
        assert world.card.mine(token) == {}
        assert world.card.sharing(token) == ()
        outcomes = (
            world.card.keep_field(token, Field.HELPS, "mine"),
            world.card.keep_avoids(token, Effect),
            world.card.share(token, "friend", (Field.HELPS,), None),
            world.card.stop(token, Field.HELPS, "friend"),
            world.card.stop_with(token, "friend"),
            world.card.take_back(token),
            world.card.looked_over(token),
            world.card.review_every(token, 30),
        )
        assert len(set(outcomes)) == 1
        assert isinstance(outcomes[0], Refused)
    assert read_by(world, mine) == {Field.HELPS: "quiet"}


def test_one_act_gives_several_fields_and_one_act_takes_them_all_back(world: CardWorld) -> None:
    mine, friend, second = (world.phone(p) for p in ("pianist", "friend", "second"))
    world.writes(mine, **WORDS)
    for person in ("friend", "second"):
        world.shares(mine, person, *Field)
    assert read_by(world, friend) == read_by(world, second) == WORDS
    assert world.card.stop_with(mine, "friend") == Kept()
    assert read_by(world, friend) == {}
    assert read_by(world, second) == WORDS
    world.shares(mine, "friend", Field.TOUCH)
    assert world.card.take_back(mine) == Kept()
    assert read_by(world, friend) == read_by(world, second) == {}
    assert read_by(world, mine) == WORDS


def test_a_field_is_written_and_shared_in_one_act_and_an_old_page_gives_nothing_back(
    world: CardWorld,
) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    keep = world.card.keep_field
    assert keep(mine, Field.TOUCH, "ask first", {"friend": None}) == Kept()
    assert keep(mine, Field.TOUCH, "never", {"second": None}, ("friend",)) == Kept()
    assert read_by(world, friend) == {}
    # A page that was drawn before writes other words, and says nothing of who reads.
    assert keep(mine, Field.TOUCH, "ask me first") == Kept()
    assert read_by(world, friend) == {}
    assert keep(mine, Field.TOUCH, None, {"friend": None}) == Kept()
    assert read_by(world, friend) == {Field.TOUCH: "ask me first"}


def test_what_is_taken_away_is_gone_with_whom_it_was_shared_with(world: CardWorld) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.writes(mine, helps="quiet")
    world.shares(mine, "friend", Field.HELPS)
    world.writes(mine, helps="")
    assert world.shelf.thing(kind_of(Field.HELPS), "pianist") is None
    world.writes(mine, helps="tea")
    assert read_by(world, friend) == {}


@pytest.mark.parametrize("field", Field)
def test_a_field_has_a_limit_and_takes_any_script(world: CardWorld, field: Field) -> None:
    mine = world.phone("pianist")
    long = "조" * FIELD_CHARACTERS_MAX
    assert world.card.keep_field(mine, field, long) == Kept()
    assert isinstance(world.card.keep_field(mine, field, long + "x"), Refused)
    assert read_by(world, mine) == {field: long}


def test_nothing_is_shared_with_oneself_a_stranger_or_in_the_past_and_nothing_empty(
    world: CardWorld,
) -> None:
    mine = world.phone("pianist")
    share = world.card.share
    assert isinstance(share(mine, "friend", (Field.HELPS,), None), Refused)
    world.writes(mine, helps="quiet")
    assert isinstance(share(mine, "pianist", (Field.HELPS,), None), Refused)
    assert isinstance(share(mine, "a stranger", (Field.HELPS,), None), Refused)
    assert isinstance(share(mine, "friend", (Field.HELPS,), world.today - 1), Refused)
    assert isinstance(share(mine, "friend", (Field.HELPS, Field.TOUCH), None), Refused)
    assert isinstance(world.card.keep_field(mine, Field.TOUCH, "", {"friend": None}), Refused)
    assert world.own.keep.shared_with(kind_of(Field.HELPS), "pianist") == {}
    assert share(mine, "friend", (Field.HELPS,), world.today) == Kept()


def test_a_taking_back_is_a_fresh_key_which_no_box_of_before_opens(world: CardWorld) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.writes(mine, helps="quiet")
    world.shares(mine, "friend", Field.HELPS)
    kind, name = kind_of(Field.HELPS), world.shelf.name("friend")
    before = papers.paper(world.own.keep.keyring, kind, "pianist")
    assert before is not None
    key = open_box(reader_of(world, friend).private, before.boxes[name], papers.PAPER_KEY)
    assert world.card.stop_with(mine, "friend") == Kept()
    after = papers.paper(world.own.keep.keyring, kind, "pianist")
    assert after is not None
    assert name not in (*after.boxes, *after.shared)
    with pytest.raises(SealBrokenError):
        open_sealed(key, after.sealed, papers.PAPER + kind.encode())


def test_a_page_is_told_by_a_mark_and_only_of_what_is_shared_with_it(world: CardWorld) -> None:
    mine, friend, second = (world.phone(p) for p in ("pianist", "friend", "second"))

    def marks() -> tuple[object, object]:
        return world.own.seen(friend)["card"], world.own.seen(second)["card"]

    none = (NOTHING_SHARED, NOTHING_SHARED)
    assert marks() == none
    world.writes(mine, helps="quiet", touch="ask")
    assert marks() == none
    world.shares(mine, "friend", Field.HELPS)
    shared = marks()
    assert shared[0] != NOTHING_SHARED
    assert shared[1] == NOTHING_SHARED
    # What the friend does not read changes nothing for them: another field, another reader.
    changes = world.own.changes
    world.writes(mine, touch="never")
    world.shares(mine, "second", Field.HELPS, Field.TOUCH)
    world.card.stop_with(mine, "second")
    assert world.own.changes > changes, "every stream looks again"
    assert marks() == shared
    world.writes(mine, helps="quiet, and tea")
    assert marks()[0] not in (shared[0], NOTHING_SHARED)
    world.card.stop(mine, Field.HELPS, "friend")
    assert marks() == none
    world.shares(mine, "friend", Field.TOUCH, until=world.today)
    assert marks()[0] != NOTHING_SHARED
    changes = world.own.changes
    world.wall += DAY
    assert world.own.changes != changes, "a day that ends a sharing is a change as well"
    assert marks() == none
    assert {len(str(mark)) for mark in (*shared, *none)} == {len(NOTHING_SHARED)}


def test_every_reading_leaves_a_row_for_each_field_with_who_when_and_why(world: CardWorld) -> None:
    mine, friend, manager = (world.phone(p) for p in ("pianist", "friend", "manager"))
    world.circle("pianist", "friend")
    world.writes(mine, **WORDS)
    world.shares(mine, "friend", Field.HELPS, Field.TOUCH, Field.LIGHT)
    world.card.of(manager, "pianist")
    world.card.sharing(friend)
    world.own.seen(friend)
    assert world.own.own_log(mine) == (), "nothing was shown"
    world.card.of(friend, "pianist")
    world.does(RaiseAlert("pianist", "a press of the pianist"))
    assert set(world.card.for_call(friend, "pianist")) == {Field.HELPS, Field.TOUCH}
    rows = [(row.who, row.what, row.why) for row in world.own.own_log(mine)]
    asked = [("friend", f"card {f}", "asked") for f in (Field.HELPS, Field.TOUCH, Field.LIGHT)]
    called = [("friend", f"card {f}", "call") for f in (Field.HELPS, Field.TOUCH)]
    assert rows == asked + called
    assert all(row.at.endswith("+00:00") for row in world.own.own_log(mine))


def test_on_a_call_stands_what_is_for_a_call_and_shared(world: CardWorld) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.writes(mine, **WORDS)
    assert world.card.for_call(friend, "pianist") == {}
    world.shares(mine, "friend", *Field)
    expected = {f: WORDS[f] for f in Field if f in FOR_A_CALL}
    assert world.card.for_call(friend, "pianist") == expected


def test_a_reader_without_a_phone_reads_once_both_have_been_here(world: CardWorld) -> None:
    mine = world.phone("pianist")
    world.writes(mine, helps="quiet")
    world.shares(mine, "friend", Field.HELPS)
    friend = world.phone("friend")
    assert read_by(world, friend) == {}
    world.own.unlock(mine)
    assert read_by(world, friend) == {Field.HELPS: "quiet"}


def test_a_reader_who_began_anew_is_made_boxes_when_the_owner_is_next_here(
    world: CardWorld,
) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.circle("pianist", "friend")
    assert world.own.write_lines(mine, ("I want quiet.",), ("friend",)) == Kept()
    world.writes(mine, helps="quiet")
    world.shares(mine, "friend", Field.HELPS)
    world.loses_key("friend")
    unlocked = world.own.unlock(friend)
    assert unlocked is not None
    assert unlocked.sight is Sight.GONE
    assert world.own.begin_anew(friend) == Kept()
    name = world.shelf.name("friend")
    for kind in ("lines", kind_of(Field.HELPS)):
        paper = papers.paper(world.own.keep.keyring, kind, "pianist")
        assert paper is not None
        assert name not in paper.boxes, "what opens for nobody is not kept"
        assert name in paper.shared, "and it is shared with them still"
    assert (read_by(world, friend), world.own.lines_for(friend, "pianist")) == ({}, ())
    world.own.unlock(mine)
    assert read_by(world, friend) == {Field.HELPS: "quiet"}
    assert world.own.lines_for(friend, "pianist") == ("I want quiet.",)


def test_a_new_key_of_either_takes_the_card_along(world: CardWorld) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.writes(mine, **WORDS)
    world.shares(mine, "friend", Field.HELPS, until=world.today + 5)
    world.does(ForgetOthers("pianist", secret_hash(mine)), Proof(mine))
    world.does(ForgetOthers("friend", secret_hash(friend)), Proof(friend))
    assert read_by(world, mine) == WORDS
    assert read_by(world, friend) == {Field.HELPS: WORDS[Field.HELPS]}
    world.again()
    world.wall += 6 * DAY
    assert read_by(world, friend) == {}
    assert read_by(world, mine) == WORDS


def test_a_sharing_that_is_over_does_not_come_back_with_the_clock(world: CardWorld) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.writes(mine, helps="quiet")
    world.shares(mine, "friend", Field.HELPS, until=world.today)
    world.wall += 2 * DAY
    world.own.unlock(mine)
    world.wall -= 2 * DAY
    assert read_by(world, friend) == {}
    paper = papers.paper(world.own.keep.keyring, kind_of(Field.HELPS), "pianist")
    assert paper is not None
    assert paper.shared == ()


def test_whoever_leaves_the_show_reads_nothing(world: CardWorld) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.writes(mine, helps="quiet")
    world.shares(mine, "friend", Field.HELPS)
    left = world.people.pop("friend")
    world.again()
    assert read_by(world, friend) == {}
    world.own.unlock(mine)
    world.people["friend"] = left
    world.again()
    assert read_by(world, friend) == {}, "who comes back is asked anew"


def test_the_review_is_said_to_its_owner_when_its_time_has_come_and_never_otherwise(
    world: CardWorld,
) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")

    def due() -> tuple[str, ...]:
        return world.card.to_look_over(reader_of(world, mine))

    assert world.card.looked_over(mine) == Kept()
    world.wall += 2 * REVIEW_USUAL * DAY
    assert due() == (), "an empty card is fine"
    world.card.looked_over(mine)
    world.writes(mine, helps="quiet")
    world.shares(mine, "friend", Field.HELPS)
    day = date.fromordinal(world.today)
    world.wall += (REVIEW_USUAL - 1) * DAY
    assert due() == ()
    world.wall += DAY
    [said] = due()
    assert f"{day.day} {day:%B %Y}" in said
    assert world.card.mine(mine)["due"] is True
    assert world.card.to_look_over(reader_of(world, friend)) == ()
    world.writes(mine, touch="ask")
    assert due() == (said,), "a word more is not a look at all of it"
    assert world.card.looked_over(mine) == Kept()
    assert due() == ()
    assert world.card.review_every(mine, NEVER) == Kept()
    world.wall += 10_000 * DAY
    assert due() == ()
    assert world.card.mine(mine)["due"] is False
    assert world.card.review_every(mine, REVIEW_MIN) == Kept()
    assert len(due()) == 1
    for days in (-1, 1, REVIEW_MIN - 1, REVIEW_MAX + 1):
        assert isinstance(world.card.review_every(mine, days), Refused)


def test_effects_are_words_of_their_own_and_open_to_their_owner_alone(world: CardWorld) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    assert world.card.keep_avoids(mine, (Effect.TOUCH, Effect.STROBE, Effect.TOUCH)) == Kept()
    assert world.own.keep.own("card avoids", reader_of(world, mine)) == ("strobe", "touch")
    assert world.own.keep.of("card avoids", "pianist", reader_of(world, friend), "asked") == ()
    assert world.card.keep_avoids(mine, ()) == Kept()
    assert world.own.keep.own("card avoids", reader_of(world, mine)) == ()
    assert world.shelf.thing("card avoids", "pianist") is None


def test_the_file_of_everything_has_the_whole_card_and_nobody_elses(world: CardWorld) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.writes(mine, **WORDS)
    world.writes(friend, light="a lamp")
    world.shares(mine, "friend", Field.HELPS, until=world.today + 1)
    world.card.keep_avoids(mine, (Effect.HAZE,))
    card = json.loads(world.own.export(mine))["card"]
    assert {name: kept["words"] for name, kept in card["fields"].items()} == {**WORDS}
    until = date.fromordinal(world.today + 1).isoformat()
    assert card["fields"]["helps"]["shared"] == [{"id": "friend", "until": until}]
    assert (card["avoids"], card["every"]) == (["haze"], REVIEW_USUAL)
    assert card["looked"] == date.fromordinal(world.today).isoformat()
    assert "words of" not in world.own.export(friend).decode()


def test_an_erased_owner_leaves_nothing_and_an_erased_reader_no_box(world: CardWorld) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    world.writes(mine, **WORDS)
    world.writes(friend, helps="mine")
    world.shares(mine, "friend", Field.HELPS)
    world.shares(friend, "pianist", Field.HELPS)
    assert world.own.seen(friend)["card"] != NOTHING_SHARED
    assert world.own.erase(mine) == Kept()
    assert world.own.seen(friend)["card"] == NOTHING_SHARED
    assert world.card.sharing(friend) == ()
    assert read_by(world, friend) == {}
    kinds = [kind_of(field) for field in Field] + ["card", "card avoids", "papers"]
    assert all(world.shelf.thing(kind, "pianist") is None for kind in kinds)
    paper = papers.paper(world.own.keep.keyring, kind_of(Field.HELPS), "friend")
    assert paper is not None
    assert world.shelf.name("pianist") not in (*paper.boxes, *paper.shared, *paper.until)
    world.tokens.clear()
    again = world.phone("pianist")
    assert read_by(world, again) == {}


def test_no_word_of_a_card_lies_on_the_disk_or_opens_with_the_servers_key(
    world: CardWorld,
) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    canaries = {field: f"canary-{field}-zebra" for field in Field}
    world.writes(mine, **canaries)
    world.shares(mine, "friend", *Field)
    world.card.keep_avoids(mine, Effect)
    assert read_by(world, friend) == canaries
    said, raw = world.readable(), world.bytes_on_disk()
    assert not any(word in said or word.encode() in raw for word in canaries.values())
    assert "strobe" not in said
    rows = repr(world.own.own_log(mine))
    assert not any(word in rows for word in canaries.values()), "a row is of the field alone"
    world.again()
    assert read_by(world, friend) == canaries


def test_a_card_makes_no_fact_in_the_history_of_the_house(world: CardWorld) -> None:
    mine, _ = world.phone("pianist"), world.phone("friend")
    before, state = list(world.shelf.replay()), world.house.state
    world.writes(mine, **WORDS)
    world.shares(mine, "friend", *Field)
    world.card.take_back(mine)
    assert list(world.shelf.replay()) == before
    assert world.house.state == state


def test_the_circle_and_its_answers_change_nothing_of_who_reads_a_card(world: CardWorld) -> None:
    mine, friend, second = (world.phone(p) for p in ("pianist", "friend", "second"))
    world.circle("pianist", "friend", "second")
    world.writes(mine, helps="quiet")
    world.shares(mine, "friend", Field.HELPS)
    world.does(SetCircle("pianist", ("second",), 20.0))
    assert (read_by(world, friend), read_by(world, second)) == ({Field.HELPS: "quiet"}, {})
    world.does(AnswerRequest("second", "pianist", agrees=False))
    assert (read_by(world, friend), read_by(world, second)) == ({Field.HELPS: "quiet"}, {})


def test_whoever_left_the_show_keeps_nothing_for_a_key_that_is_gone(world: CardWorld) -> None:
    mine, friend = world.phone("pianist"), world.phone("friend")
    second = world.phone("second")
    world.writes(mine, helps="quiet")
    world.shares(mine, "friend", Field.HELPS)
    world.shares(mine, "second", Field.HELPS)
    left = world.people.pop("pianist")
    world.again()
    assert world.own.erase(friend) == Kept()
    world.loses_key("second")
    assert world.own.begin_anew(second) == Kept()
    world.people["pianist"] = left
    world.again()
    paper = papers.paper(world.own.keep.keyring, kind_of(Field.HELPS), "pianist")
    assert paper is not None
    assert set(paper.boxes) == {world.shelf.name("pianist")}
    assert paper.shared == (world.shelf.name("second"),)
    world.own.unlock(mine)
    assert read_by(world, second) == {Field.HELPS: "quiet"}
