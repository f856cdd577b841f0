"""Messages and invitations: how far each has come, as its writer and its reader wish it told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.care.post_world import PostWorld

from collavoce.care.channels import Channel, Contact
from collavoce.care.commands import RecordTry, SayAlone, SayBack, SendNote, SetContacts
from collavoce.care.events import Refused
from collavoce.care.ladder import Moment
from collavoce.care.outcome import Kept
from collavoce.care.reached.outbox import LOOK_PATIENCE, wanted
from collavoce.care.states.letters import Way
from collavoce.care.states.notes import NEWS_AFTER, NOTES_MAX
from collavoce.company.engagement import DAY
from collavoce.runtime.care.kept.post.age import NOTE_KEPT
from collavoce.runtime.care.kept.post.invitations import Invited
from collavoce.runtime.care.ways.saying import text_of

NOTE = "note-000000000001"
INVITATION = "invitation-000001"
WORDS = "a canary in a message"
EVERYBODY = ("singer", "friend", "other", "manager")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PostWorld]:
    world = PostWorld(tmp_path)
    for person in EVERYBODY:
        world.phone(person)
    yield world
    world.close()


def told(world: PostWorld, person: str = "singer") -> tuple[object, object]:
    """Delivered and read of their first message, as its writer is shown it."""
    [one] = world.listed(person)["sent"]
    return one["delivered"], one["read"]


def words(world: PostWorld, person: str, note: str = NOTE) -> str | None:
    found = world.care.post.notes.read(world.tokens[person], note)
    return None if found is None else found.words


def takes(world: PostWorld, read_after: float = -1.0, *stopped: str, by_ways: bool = False) -> None:
    token = world.tokens["friend"]
    outcome = world.care.post.notes.set_post(
        token, told=by_ways, read_after=read_after, stopped=stopped
    )
    assert outcome == Kept()


def invites(world: PostWorld, *, signs: bool = True, place: str = "the park") -> None:
    token, said = world.tokens["singer"], Invited(place, "Someday.")
    outcome = world.care.post.invitations.invite(token, INVITATION, "friend", said, signs=signs)
    assert outcome == Kept()


def test_sent_delivered_and_read_each_with_its_own_delay(world: PostWorld) -> None:
    takes(world, 60.0)
    world.send(NOTE, "friend", WORDS, "singer")
    assert told(world) == (None, None)
    assert world.seen("friend") == {"waits": True, "fresh": [NOTE]}
    world.passes(0.4)
    world.care.pinged("friend", 0.0, (NOTE,))
    assert told(world) == (0.4, None)
    assert world.seen("friend") == {"waits": True, "fresh": []}
    world.passes(7200.0 - 0.4)
    assert words(world, "friend") == WORDS
    assert told(world) == (0.4, None)
    world.passes(60.0)
    assert told(world) == (0.4, 7200)
    assert world.seen("friend") == {"waits": False, "fresh": []}
    takes(world)
    assert told(world) == (0.4, None), "taken back, it is not shown any more"


def test_that_it_was_read_is_told_to_nobody_until_the_reader_says_so(world: PostWorld) -> None:
    world.send(NOTE, "friend", WORDS, "singer")
    assert words(world, "friend") == WORDS
    takes(world, 0.0)
    world.passes(DAY)
    assert told(world)[1] is None, "nor what was read before they said so"
    assert world.care.own_log(world.tokens["singer"]) == ()


def test_until_it_goes_out_it_is_changed_and_taken_back_without_a_trace(world: PostWorld) -> None:
    world.send(NOTE, "friend", "one", "singer", 600.0)
    assert world.send(NOTE, "friend", "other", "singer", 600.0) == Kept()
    world.passes(599.0)
    assert (world.seen("friend"), words(world, "friend")) == ({"waits": False, "fresh": []}, None)
    world.care.pinged("friend", 0.0, (NOTE,))
    world.passes(1.0)
    assert (world.seen("friend")["waits"], words(world, "friend")) == (True, "other")
    assert isinstance(world.send(NOTE, "friend", "third", "singer"), Refused)
    take_back, token = world.care.post.notes.take_back, world.tokens["singer"]
    assert isinstance(take_back(token, NOTE), Refused), "it is out"
    second = "note-000000000002"
    world.send(second, "friend", "held", "singer", 60.0)
    assert isinstance(take_back(world.tokens["friend"], second), Refused)
    assert take_back(token, second) == Kept()
    world.passes(120.0)
    assert words(world, "friend", second) is None
    assert second not in world.readable()


def test_said_again_because_no_answer_came_it_is_one(world: PostWorld) -> None:
    for _ in range(2):
        assert world.send(NOTE, "friend", WORDS, "singer") == Kept()
    assert len(world.listed("friend")["notes"]) == 1


def test_the_open_stream_looks_again_when_something_goes_out(world: PostWorld) -> None:
    world.send(NOTE, "friend", WORDS, "singer", 60.0)
    before = world.care.changes
    world.passes(61.0)
    assert world.care.changes > before


@pytest.mark.parametrize("stops", [False, True])
def test_whoever_is_stopped_sees_what_any_other_writer_sees(
    world: PostWorld, *, stops: bool
) -> None:
    if stops:
        takes(world, -1.0, "singer")
    world.send(NOTE, "friend", WORDS, "singer")
    invites(world)
    world.sends(way=Way.SIGN_IN, told="yes")
    world.here("friend")
    before = world.seen("friend")
    assert before == {"waits": not stops, "fresh": [NOTE]}
    world.care.pinged("friend", 0.0, (NOTE,))
    assert world.seen("friend") == {"waits": not stops, "fresh": []}
    if stops:
        listed = world.listed("friend")
        assert (listed["notes"], listed["invitations"], listed["given"]) == ([], [], [])
        assert words(world, "friend") is None
    shown = world.listed("singer")["sent"], world.listed("singer")["invited"]
    assert shown == (
        [{"id": NOTE, "to": "friend", "left": 0, "age": 0, "delivered": 0.0, "read": None}],
        [{"id": INVITATION, "to": "friend", "signs": True}],
    )
    assert world.care.own_log(world.tokens["singer"]) == ()
    if stops:
        takes(world)
        assert words(world, "friend") == WORDS, "taken in again, it is there"


def test_stopping_somebody_later_takes_no_receipt_back(world: PostWorld) -> None:
    world.send(NOTE, "friend", WORDS, "singer")
    world.care.pinged("friend", 0.0, (NOTE,))
    takes(world, -1.0, "singer")
    assert told(world)[0] is not None


@pytest.mark.parametrize("person", EVERYBODY)
def test_only_writer_and_reader_open_a_message_and_an_invitation(
    world: PostWorld, person: str
) -> None:
    world.send(NOTE, "friend", WORDS, "singer")
    invites(world)
    theirs = person in ("singer", "friend")
    token, post = world.tokens[person], world.care.post
    assert (words(world, person) == WORDS) is theirs
    assert (post.invitations.read(token, INVITATION) is not None) is theirs
    assert (post.invitations.heed(token, INVITATION, on=True) == Kept()) is (person == "friend")
    assert isinstance(post.notes.take_back(token, NOTE), Refused)
    assert isinstance(world.send(NOTE, "friend", "stolen", person), Refused)
    assert (post.invitations.end(token, INVITATION) == Kept()) is theirs
    standing = world.listed("singer")["invited"] != []
    assert standing is (person != "singer"), "put away by the friend, its maker sees it stand"
    assert (world.listed("friend")["invitations"] != []) is (not theirs)


def test_a_sign_is_an_act_and_told_only_if_both_wish_it(world: PostWorld) -> None:
    for signs, heeds in ((False, True), (True, False), (True, True)):
        invites(world, signs=signs)
        world.care.post.invitations.read(world.tokens["friend"], INVITATION)
        world.care.post.invitations.heed(world.tokens["friend"], INVITATION, on=heeds)
        world.here("singer")
        world.passes(DAY)
        assert world.listed("friend")["invitations"][0]["sign"] is False, "being here is none"
        world.send("note-00000000000" + str(signs + heeds), "other", "to another", "singer")
        [standing] = world.listed("friend")["invitations"]
        world.send("note-0000000000x" + str(signs + 2 * heeds), "friend", "hello", "singer")
        [standing] = world.listed("friend")["invitations"]
        assert standing["sign"] is (signs and heeds)
        world.care.post.invitations.end(world.tokens["singer"], INVITATION)


def test_saying_that_they_are_back_is_a_sign_and_saying_alone_is_none(world: PostWorld) -> None:
    invites(world)
    world.care.post.invitations.heed(world.tokens["friend"], INVITATION, on=True)
    world.does(SayAlone("singer", 30.0))
    assert world.listed("friend")["invitations"][0]["sign"] is False
    world.does(SayBack("singer"))
    assert world.listed("friend")["invitations"][0]["sign"] is True
    assert world.listed("manager")["invitations"] == []


def test_reading_it_again_puts_the_sign_away(world: PostWorld) -> None:
    invites(world)
    invitations, token = world.care.post.invitations, world.tokens["friend"]
    invitations.heed(token, INVITATION, on=True)
    world.send(NOTE, "friend", "hello", "singer")
    assert world.listed("friend")["invitations"][0]["sign"] is True
    assert invitations.read(token, INVITATION) == Invited("the park", "Someday.")
    assert world.listed("friend")["invitations"][0]["sign"] is False


def test_by_their_ways_only_whoever_wished_it_is_told_once_and_nothing_but_to_look(
    world: PostWorld,
) -> None:
    world.does(SetContacts("friend", (Contact(Channel.SMS, "+491701234567"),)))
    world.does(SetContacts("singer", (Contact(Channel.SMS, "+491701234568"),)))

    def messages() -> list[str]:
        found = wanted(world.house.state, Moment(world.now))
        for message in found:
            world.house.ask_all([RecordTry(message.press, message.key)])
        return [f"{m.to} {text_of(m.wording, 'http://desk', '112')}" for m in found]

    world.send(NOTE, "friend", WORDS, "singer")
    world.passes(NEWS_AFTER + LOOK_PATIENCE + 1.0)
    assert messages() == [], "quiet, unless they say so"
    takes(world, by_ways=True)
    world.send("note-000000000002", "friend", WORDS, "singer", 60.0)
    world.passes(NEWS_AFTER + LOOK_PATIENCE + 59.0)
    assert messages() == []
    world.passes(LOOK_PATIENCE + 2.0)
    [said] = messages()
    assert said.startswith("friend ")
    assert (WORDS in said, "Sol" in said) == (False, False)
    assert messages() == []
    world.again()
    assert messages() == [], "nor after a restart"
    world.listed("friend")
    world.sends()
    world.here("friend")
    world.listed("friend")
    world.passes(NEWS_AFTER + LOOK_PATIENCE + 1.0)
    assert messages() == [], "who has looked is told no more"


def test_a_reader_without_a_phone_finds_it_when_both_have_been_here(tmp_path: Path) -> None:
    world = PostWorld(tmp_path)
    world.phone("singer")
    world.send(NOTE, "friend", WORDS, "singer")
    invites(world)
    world.phone("friend")
    assert words(world, "friend") is None
    world.here("singer")
    assert words(world, "friend") == WORDS
    assert world.care.post.invitations.read(world.tokens["friend"], INVITATION) is not None
    world.close()


def test_kept_for_thirty_days_after_it_was_opened_else_as_long_as_they_are_here(
    world: PostWorld,
) -> None:
    world.send(NOTE, "friend", WORDS, "singer")
    world.send("note-000000000002", "friend", WORDS, "singer")
    words(world, "friend")
    invites(world)
    world.wall += NOTE_KEPT - 10.0
    world.tidied()
    assert words(world, "friend") == WORDS
    world.wall += 20.0
    world.tidied()
    assert words(world, "friend") is None
    assert words(world, "singer") is None
    assert NOTE not in world.readable()
    world.wall += 300 * DAY
    world.tidied()
    world.again()
    assert words(world, "friend", "note-000000000002") == WORDS
    assert len(world.listed("friend")["invitations"]) == 1


def test_what_was_put_away_and_taken_back_stays_so_after_tidying_and_restarts(
    world: PostWorld,
) -> None:
    invites(world)
    end = world.care.post.invitations.end
    assert end(world.tokens["friend"], INVITATION) == Kept()
    world.tidied()
    world.again()
    world.here("singer")
    assert world.listed("friend")["invitations"] == []
    assert len(world.listed("singer")["invited"]) == 1
    assert world.care.post.invitations.end(world.tokens["singer"], INVITATION) == Kept()
    world.tidied()
    assert "Invitation" not in world.readable()


def test_messages_go_with_their_writer_and_with_their_reader(world: PostWorld) -> None:
    world.send(NOTE, "friend", WORDS, "singer")
    invites(world)
    assert world.care.erase(world.tokens["singer"]) == Kept()
    world.tidied()
    listed = world.listed("friend")
    assert (listed["notes"], listed["invitations"], words(world, "friend")) == ([], [], None)
    assert NOTE not in world.readable()
    world.send("note-000000000002", "friend", WORDS, "other")
    assert world.care.erase(world.tokens["friend"]) == Kept()
    world.tidied()
    assert world.listed("other")["sent"] == []
    assert "note-000000000002" not in world.readable()


def test_nothing_of_it_is_readable_on_the_disk_and_each_is_as_long(world: PostWorld) -> None:
    world.send(NOTE, "friend", WORDS, "singer")
    world.send("note-000000000002", "friend", WORDS * 80, "singer")
    invites(world, place="a canary of a place")
    bodies = [world.shelf.thing(f"note {n}", "friend") for n in (NOTE, "note-000000000002")]
    sizes = [len(body) for body in bodies if body]
    assert max(sizes) - min(sizes) <= 8, "of the numbers that say how long the parts are"
    for canary in (WORDS, "a canary of a place", "Someday."):
        assert canary not in world.readable()
        assert canary.encode() not in world.bytes_on_disk()
    assert "InvitationMade" in world.readable()
    assert "'singer'" not in world.readable()


def test_it_is_exported_with_those_it_is_from_and_to(world: PostWorld) -> None:
    world.send(NOTE, "friend", WORDS, "singer")
    invites(world)
    for person, has in (("singer", True), ("friend", True), ("manager", False)):
        file = world.care.export(world.tokens[person]).decode()
        assert (WORDS in file, "the park" in file) == (has, has)


def test_a_writer_keeps_so_many_and_holds_none_back_for_longer_than_an_hour(
    world: PostWorld,
) -> None:
    for n in range(NOTES_MAX):
        said = SendNote("singer", f"note-{n}", "friend")
        assert isinstance(world.house.ask(said), Kept)
    assert isinstance(world.send("one-too-many-00000", "friend", "x", "singer"), Refused)
    assert isinstance(world.send("note-with-a-delay", "friend", "x", "singer", 3601.0), Refused)


def test_a_restart_finds_everything_as_it_was(world: PostWorld) -> None:
    takes(world, 60.0, "other", by_ways=True)
    world.send(NOTE, "friend", WORDS, "singer")
    world.send("note-000000000002", "friend", WORDS, "singer", 600.0)
    invites(world)
    world.sends()
    words(world, "friend")
    letters, notes = world.house.state.letters, world.house.state.notes
    world.again()
    assert (world.house.state.letters, world.house.state.notes) == (letters, notes)
