"""Letters: sealed to one reader, delivered once and to them, without a trace before that."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.care.post_world import COMPANY, ID, NOON, PostWorld

from collavoce.care.asked.letters import DeliverLetter
from collavoce.care.commands import ForgetOthers
from collavoce.care.events import Refused
from collavoce.care.outcome import Kept
from collavoce.care.states.letters import LETTERS_MAX, Way
from collavoce.care.states.pairing import secret_hash
from collavoce.company.engagement import DAY
from collavoce.runtime.care.kept.post.filling import LETTER_CHARACTERS_MAX
from collavoce.runtime.care.kept.post.letters import Draft
from collavoce.runtime.care.kept.proof import Proof

EVERYBODY = ("singer", "friend", "other", "manager")
WORDS = "a canary in a letter"
STOLEN = Draft("other", Way.ASKED, "", "", "", "stolen")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PostWorld]:
    world = PostWorld(tmp_path)
    for person in EVERYBODY:
        world.phone(person)
    yield world
    world.close()


def test_a_letter_for_the_next_sign_in_is_delivered_when_the_reader_is_here(
    world: PostWorld,
) -> None:
    world.sends(words=WORDS)
    world.passes(3600.0)
    assert world.given("friend") == []
    world.here("friend")
    assert world.given("friend") == [ID]
    assert world.reads("friend") == WORDS


def test_a_letter_that_waits_to_be_asked_for_is_delivered_then_and_not_before(
    world: PostWorld,
) -> None:
    world.sends(way=Way.ASKED)
    world.here("friend")
    assert world.given("friend") == []
    ask = world.care.post.letters.ask
    assert ask(world.tokens["other"]) == ask(world.tokens["friend"]) == Kept()
    assert world.given("friend") == [ID]
    assert world.given("other") == []


def test_a_dated_letter_waits_for_both_clocks_at_the_venue(world: PostWorld) -> None:
    world.dated("2027-01-06", "14:00")  # 13:00 UTC
    world.passes(3599.0)
    world.here("other", clock=world.wall)
    assert world.given("friend") == []
    world.passes(1.0)
    assert world.given("friend") == [ID]


def test_without_any_phone_that_tells_the_time_it_waits(world: PostWorld) -> None:
    world.dated("2027-01-06", "14:00")
    world.passes(3 * 86_400.0)
    assert world.given("friend") == []
    world.here("friend", clock=world.wall)
    world.passes(5.0)
    assert world.given("friend") == [ID]


def test_a_draft_is_sealed_to_its_writer_alone_and_sealing_asks_for_it(world: PostWorld) -> None:
    assert world.draft() == Kept()
    world.here("friend")
    world.here("friend", clock=world.wall)
    assert world.given("friend") == []
    assert [world.reads(person) for person in EVERYBODY] == ["Sing.", None, None, None]
    assert world.listed("singer")["mine"][0]["is"] == "draft"
    assert isinstance(world.seal(by="other"), Refused)


def test_until_it_is_delivered_its_writer_changes_it_takes_it_back_and_throws_it_away(
    world: PostWorld,
) -> None:
    world.dated("2027-03-01", "09:00")
    again = {"way": Way.DATE, "day": "2027-03-01", "at": "09:00"}
    assert world.draft(words="Other words.", **again) == Kept()
    assert world.listed("singer")["mine"][0]["is"] == "sealed"
    refused = world.draft(words="Other words.", **{**again, "at": "10:00"})
    assert isinstance(refused, Refused)
    assert isinstance(world.draft(to="other", **again), Refused)
    letters = world.care.post.letters
    assert isinstance(letters.take_back(world.tokens["friend"], ID), Refused)
    assert letters.take_back(world.tokens["singer"], ID) == Kept()
    assert world.listed("singer")["mine"][0]["is"] == "draft"
    assert world.reads("singer") == "Other words."
    assert letters.tear(world.tokens["singer"], ID) == Kept()
    assert world.listed("singer")["mine"] == []
    assert world.reads("singer") is None


def test_of_what_was_taken_back_nothing_is_left(world: PostWorld) -> None:
    before = world.readable()
    world.dated("2027-03-01", "09:00")
    assert ID in world.readable()
    world.care.post.letters.tear(world.tokens["singer"], ID)
    assert ID not in world.readable()
    assert "Letter" not in world.readable()
    assert len(world.readable()) == len(before)
    world.again()
    world.here("singer")
    assert world.listed("singer")["mine"] == []


def test_after_its_delivery_the_writer_has_nothing_but_what_they_asked_to_see(
    world: PostWorld,
) -> None:
    world.sends("letter-0000000001", told="yes")
    world.sends("letter-0000000002")
    world.here("friend")
    listed = world.listed("singer")
    assert listed["mine"] == []
    assert [one["id"] for one in listed["gone"]] == ["letter-0000000001"]
    assert world.reads("singer", "letter-0000000001") is None
    assert "LetterSealed" not in world.readable()
    letters = world.care.post.letters
    assert isinstance(letters.take_back(world.tokens["singer"], ID), Refused)
    assert isinstance(letters.tear(world.tokens["singer"], ID), Refused)
    assert isinstance(world.draft(words="too late"), Refused)
    assert world.reads("friend") == "Sing."


@pytest.mark.parametrize("state", ["draft", "sealed", "delivered"])
@pytest.mark.parametrize("person", EVERYBODY)
def test_who_may_do_what_with_a_letter_in_each_state(
    world: PostWorld, person: str, state: str
) -> None:
    """The table of access: the writer until it is delivered, the reader from then on."""
    world.draft(way=Way.ASKED)
    if state != "draft":
        world.seal()
    if state == "delivered":
        world.care.post.letters.ask(world.tokens["friend"])
    owner = "friend" if state == "delivered" else "singer"
    mine, token, letters = person == owner, world.tokens[person], world.care.post.letters
    assert (world.reads(person) is not None) is mine
    if person not in ("singer", owner):
        refused = letters.write(token, ID, STOLEN._replace(to="singer"))
        assert isinstance(refused, Refused) is (state != "draft")
        if state == "draft":
            assert world.reads("singer") == "Sing.", "a draft of the same name is another's own"
            letters.tear(token, ID)
    assert (letters.take_back(token, ID) == Kept()) is (mine and state == "sealed")
    assert (letters.tear(token, ID) == Kept()) is mine
    assert (world.reads(owner) is None) is mine


def test_what_is_not_theirs_is_refused_as_what_is_not_there(world: PostWorld) -> None:
    world.sends(way=Way.ASKED)
    letters, token = world.care.post.letters, world.tokens["other"]
    for asked in (letters.take_back, letters.tear, letters.seal):
        assert asked(token, ID) == asked(token, "letter-of-nobody-at-all")
    assert letters.read(token, ID) == letters.read(token, "letter-of-nobody-at-all")


@pytest.mark.parametrize("way", [Way.KEY, Way.SILENCE])
def test_what_needs_doors_that_are_not_there_yet_is_refused_in_words(
    world: PostWorld, way: Way
) -> None:
    refused = world.draft(way=way)
    assert isinstance(refused, Refused)
    assert "there is none here yet" in refused.why


def test_a_day_that_is_over_or_no_day_is_refused(world: PostWorld) -> None:
    for day, at in (("2027-01-05", "09:00"), ("", ""), ("", "09:00")):
        assert isinstance(world.draft(way=Way.DATE, day=day, at=at), Refused)
    assert world.draft(way=Way.DATE, day="2027-01-06", at="00:00") == Kept(), "today, at once"


def test_nobody_writes_to_themselves_to_a_stranger_or_too_many(world: PostWorld) -> None:
    assert isinstance(world.draft(to="singer"), Refused)
    assert isinstance(world.draft(to="nobody"), Refused)
    for n in range(LETTERS_MAX):
        assert world.draft(f"letter-00000000{n:02}") == Kept()
    assert isinstance(world.draft("letter-0000000099"), Refused)


def test_somebody_under_18_writes_with_their_guardian_and_chaperone_alone(
    world: PostWorld,
) -> None:
    world.phone("child")
    assert isinstance(world.draft(to="child"), Refused)
    assert isinstance(world.draft(by="child", to="friend"), Refused)
    assert isinstance(world.send("note-00000000001", "child", "hello", "friend"), Refused)
    assert world.draft(by="child", to="other") == Kept()
    assert world.draft(by="manager", to="child", letter="letter-0000000009") == Kept()


def test_a_reader_without_a_phone_gets_it_when_both_have_been_here(tmp_path: Path) -> None:
    world = PostWorld(tmp_path)
    world.phone("singer")
    world.dated("2027-01-06", "13:30")
    assert "no phone here" in world.listed("singer")["mine"][0]["never"]
    world.here("singer", clock=world.wall)
    world.passes(7200.0)
    world.phone("friend")
    world.passes(5.0)
    assert world.given("friend") == [], "sealed to nobody yet but its writer"
    world.here("singer")
    world.passes(5.0)
    assert world.given("friend") == [ID]
    assert world.reads("friend") == "Sing."
    world.close()


def test_what_can_never_be_delivered_is_said_to_its_writer_alone(tmp_path: Path) -> None:
    world = PostWorld(tmp_path)
    world.phone("singer")
    world.phone("other")
    world.dated("2027-06-01", "09:00")
    ends = replace(COMPANY[1], engagement_end="2027-05-01")
    world.people = (COMPANY[0], ends, *COMPANY[2:])
    world.again()
    world.here("singer")
    assert any("until 2027-05-01" in said for said in world.care.look_over(world.tokens["singer"]))
    world.people = (COMPANY[0], *COMPANY[2:])
    world.again()
    world.here("singer")
    assert any("has left the show" in s for s in world.care.look_over(world.tokens["singer"]))
    world.here("other")
    others = world.care.look_over(world.tokens["other"])
    assert not [said for said in others if "letter" in said]
    world.close()


def test_erasing_the_writer_takes_what_is_on_its_way_and_leaves_what_was_delivered(
    world: PostWorld,
) -> None:
    world.sends("letter-0000000001")
    world.here("friend")
    world.dated("2027-03-01", "09:00", "letter-0000000002")
    world.draft("letter-0000000003")
    assert world.care.erase(world.tokens["singer"]) == Kept()
    assert world.given("friend") == ["letter-0000000001"]
    assert world.reads("friend", "letter-0000000001") == "Sing."
    assert world.listed("friend")["given"][0]["from"] == ""
    readable = world.readable()
    assert "letter-0000000002" not in readable
    assert "letter-0000000003" not in readable
    world.again()
    world.here("friend")
    assert world.reads("friend", "letter-0000000001") == "Sing."


def test_erasing_the_reader_leaves_a_draft_and_nothing_of_theirs(world: PostWorld) -> None:
    world.dated("2027-03-01", "09:00")
    world.sends("letter-0000000002", to="friend")
    world.here("friend")
    assert world.care.erase(world.tokens["friend"]) == Kept()
    world.here("singer")
    [mine] = world.listed("singer")["mine"]
    assert mine["is"] == "draft"
    assert "LetterDelivered" not in world.readable()


def test_a_reader_with_a_new_key_and_a_writer_with_one_get_and_keep_what_is_theirs(
    world: PostWorld,
) -> None:
    world.dated("2027-01-06", "13:30")
    for person in ("friend", "singer"):
        token = world.tokens[person]
        world.does(ForgetOthers(person, secret_hash(token)), Proof(token))
    world.here("friend", clock=world.wall)
    world.passes(3600.0)
    assert world.reads("friend") == "Sing."
    token = world.tokens["friend"]
    world.does(ForgetOthers("friend", secret_hash(token)), Proof(token))
    assert world.reads("friend") == "Sing."


def test_a_death_between_the_fact_and_the_move_is_made_good(world: PostWorld) -> None:
    world.sends()
    world.house.ask(DeliverLetter(ID, world.care.keep.today()))
    assert world.reads("friend") is None
    world.again()
    world.postman.turn()
    assert world.reads("friend") == "Sing."
    assert world.reads("singer") is None


def test_the_longest_letter_of_the_longest_characters_is_kept_and_all_are_as_long(
    world: PostWorld,
) -> None:
    sizes: list[int] = []
    for n, words in enumerate(("x", "\U0001f3b5" * LETTER_CHARACTERS_MAX)):
        letter = f"letter-000000000{n}"
        world.sends(letter, words=words)
        body = world.shelf.thing(f"letter {letter}", "singer")
        assert body is not None
        sizes.append(len(body))
        world.here("friend")
        assert world.reads("friend", letter) == words
    assert max(sizes) - min(sizes) <= 8, "of the numbers that say how long the parts are"


def test_nothing_of_a_letter_is_readable_on_the_disk(world: PostWorld) -> None:
    world.sends(words=WORDS)
    world.dated("2027-03-01", "09:00", "letter-0000000002", words=WORDS)
    world.here("friend")
    world.reads("friend")
    assert WORDS not in world.readable()
    assert WORDS.encode() not in world.bytes_on_disk()
    assert "singer" not in world.readable()


def test_it_is_exported_to_each_with_what_is_theirs(world: PostWorld) -> None:
    world.sends(words="for the friend")
    world.draft("letter-0000000002", words="a draft")
    world.here("friend")
    mine = world.care.export(world.tokens["singer"]).decode()
    theirs = world.care.export(world.tokens["friend"]).decode()
    assert ("a draft" in mine, "for the friend" in mine) == (True, False)
    assert ("a draft" in theirs, "for the friend" in theirs) == (False, True)
    assert "for the friend" not in world.care.export(world.tokens["manager"]).decode()


def test_what_is_on_its_way_is_kept_for_as_long_as_it_takes(world: PostWorld) -> None:
    world.dated("2030-01-01", "09:00")
    world.wall = NOON + 900 * DAY
    world.tidied()
    world.again()
    world.here("singer")
    assert [one["is"] for one in world.listed("singer")["mine"]] == ["sealed"]
    world.here("friend", clock=world.wall)
    world.passes(300 * DAY)
    assert world.given("friend") == [ID]
    world.wall += 900 * DAY
    world.tidied()
    assert world.reads("friend") == "Sing."
