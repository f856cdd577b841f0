"""A song between two people: whatever they say in whatever order, no consent is ever skipped."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collavoce.care import events as care
from collavoce.care.asked.song import (
    AgreeSong,
    OfferSong,
    ProposeSong,
    SettleSong,
    SongCommand,
    WithdrawSong,
)
from collavoce.care.decide import decide
from collavoce.care.ladder import Moment
from collavoce.care.leaving import without
from collavoce.care.planes import FIELDS
from collavoce.care.rules.song import SONGS_MOST
from collavoce.care.state import CareState, evolve
from collavoce.care.states.song import KNOWN_TO_THE_SHOW, Stands
from collavoce.company.people import Person
from collavoce.runtime.care.policies import Released, from_song

PEOPLE = {name: Person(name, name.title()) for name in ("author", "wisher", "other")}
SONG = "song"
RELEASED = Released("Title", 3.0, ("wisher",))


class Told:
    """The facts so far, what is true, and what the show was told."""

    def __init__(self) -> None:
        self.state = CareState()
        self.events: list[care.AnyEvent] = []
        self.show: list[object] = []

    def ask(self, command: SongCommand) -> bool:
        """Whether it was carried out, or was so already."""
        answer = decide(PEOPLE, self.state, command, Moment(float(len(self.events))))
        if isinstance(answer, care.Refused):
            return False
        assert isinstance(answer, tuple)
        for event in answer:
            self.state = evolve(self.state, event)
            self.events.append(event)
            self.show += [one.command for one in from_song(event, RELEASED, "key")]
        return True

    @property
    def stands(self) -> Stands | None:
        joined = self.state.songs.by_id.get(SONG)
        return None if joined is None else joined.stands


WISH = AgreeSong("wisher", SONG, wish=True)
LEND = AgreeSong("author", SONG, wish=False)
PROPOSE = ProposeSong("author", SONG)
BACK = (WithdrawSong("author", SONG), WithdrawSong("wisher", SONG))


@pytest.mark.parametrize("order", list(permutations((WISH, LEND, PROPOSE, *BACK))))
def test_in_every_order_of_both_consents_the_proposal_and_the_way_back(
    order: tuple[SongCommand, ...],
) -> None:
    told = Told()
    told.ask(OfferSong("author", SONG, "wisher"))
    done: list[SongCommand] = []
    for command in order:
        told.ask(command)
        done.append(command)
        proposed = any(isinstance(event, care.SongProposed) for event in told.events)
        before = done[: done.index(PROPOSE)] if PROPOSE in done else []
        may = PROPOSE in done and WISH in before and LEND in before
        assert proposed is (may and not set(BACK) & set(before))
        assert bool(told.show) is proposed


people = st.sampled_from(("author", "wisher", "other"))
commands: st.SearchStrategy[SongCommand] = st.one_of(
    st.builds(OfferSong, people, st.sampled_from((SONG, "another")), people),
    st.builds(AgreeSong, people, st.just(SONG), st.booleans()),
    st.builds(ProposeSong, people, st.just(SONG)),
    st.builds(WithdrawSong, people, st.just(SONG)),
    st.builds(SettleSong, st.just(SONG), st.booleans()),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(commands, max_size=30), st.sampled_from(("author", "wisher")))
def test_the_show_hears_only_of_what_both_agreed_to_and_only_by_its_authors_act(
    asked: list[SongCommand], wisher: str
) -> None:
    told = Told()
    told.ask(OfferSong("author", SONG, wisher))
    wished = lent = proposed = False
    for command in asked:
        before = len(told.show)
        told.ask(command)
        match command:
            case AgreeSong(person=person, wish=wish):
                wished = wished or (wish and person == wisher)
                lent = lent or (not wish and person == "author")
            case ProposeSong(person="author"):
                proposed = proposed or (wished and lent)
            case _:
                pass
        if len(told.show) > before:
            assert wished
            assert lent
            assert proposed
        if told.stands in KNOWN_TO_THE_SHOW:
            assert told.show


@settings(max_examples=200, deadline=None)
@given(st.lists(commands, max_size=30))
def test_a_stranger_changes_nothing_and_is_told_the_same_of_every_song(
    asked: list[SongCommand],
) -> None:
    told = Told()
    told.ask(OfferSong("author", SONG, "wisher"))
    for command in asked:
        if getattr(command, "person", "other") != "other" or isinstance(command, OfferSong):
            told.ask(command)
            continue
        if isinstance(command, SettleSong):
            continue
        before = told.state
        answer = decide(PEOPLE, before, command, Moment(0.0))
        unknown = decide(PEOPLE, CareState(), command, Moment(0.0))
        assert answer == unknown
        assert isinstance(answer, care.Refused)


@settings(max_examples=200, deadline=None)
@given(st.lists(commands, max_size=30))
def test_replay_is_live_and_asking_twice_is_asking_once(asked: list[SongCommand]) -> None:
    told = Told()
    for command in asked:
        told.ask(command)
        facts = len(told.events)
        told.ask(command)
        assert len(told.events) == facts
    state = CareState()
    for event in told.events:
        state = evolve(state, event)
    assert state == told.state


@settings(max_examples=200, deadline=None)
@given(st.lists(commands, max_size=30), st.sampled_from(("author", "wisher")))
def test_whoever_is_erased_stands_in_no_fact_of_a_song_that_is_left(
    asked: list[SongCommand], gone: str
) -> None:
    told = Told()
    told.ask(OfferSong("author", SONG, "wisher"))
    for command in asked:
        told.ask(command)
    state = CareState()
    for event in told.events:
        left = without(event, gone)
        if left is not None:
            assert gone not in (getattr(left, field) for field in FIELDS[type(left).__name__])
            state = evolve(state, left)
    assert all(gone not in (j.person, j.wisher) for j in state.songs.by_id.values())


def test_a_person_has_no_more_songs_under_way_than_a_page_shows() -> None:
    told = Told()
    for index in range(SONGS_MOST):
        assert told.ask(OfferSong("author", f"s{index}", "wisher"))
    assert not told.ask(OfferSong("author", "one more", "wisher"))
    assert told.ask(OfferSong("wisher", "theirs", "author"))
    assert told.ask(WithdrawSong("author", "s0"))
    assert told.ask(OfferSong("author", "one more", "wisher"))


def test_a_song_of_another_cannot_be_offered_anew_under_its_id() -> None:
    told = Told()
    told.ask(OfferSong("author", SONG, "wisher"))
    assert not told.ask(OfferSong("other", SONG, "other"))
    assert told.ask(OfferSong("author", SONG, "wisher"))
    assert len(told.events) == 1
