"""A song from two phones into the set: real rules and mailboxes between care and the show."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.scenario.line_stage import SHOW, Backstage

from collavoce.care.commands import AgreeSong, OfferSong, ProposeSong, WithdrawSong
from collavoce.care.outcome import Kept
from collavoce.care.states.song import Stands
from collavoce.runtime import mail
from collavoce.runtime.care.policies import Released
from collavoce.show.asked.edits import Undo
from collavoce.show.asked.setlist import ChangeSetList
from collavoce.show.commands import StartNumber
from collavoce.show.decide import decide
from collavoce.show.events import NumberProposed, ProposalWithdrawn, Refused
from collavoce.show.setlist.evening import Evening
from collavoce.show.setlist.options import Option, options
from collavoce.show.setlist.tonight import plan_of
from collavoce.show.setlist.ways import Way
from collavoce.units import Instant, Seconds

SONG = "a-song-drawn-by-lot"
RELEASED = Released("For the corner", 4.0, ("idol", "pianist"))


class SongStage(Backstage):
    """A backstage whose engine says no where the show's rules do."""

    def pump(self) -> None:
        while self._later:
            self._later.pop(0)()
        while not self.engine_away and (received := self._engine.receive()) is not None:
            asked = mail.unpack(received[0])
            assert isinstance(asked, mail.Asked)
            decision = decide(SHOW, self.show, asked.command, Instant(self.now), asked.by)
            assert received[1] is not None
            if isinstance(decision, Refused):
                self._engine.send(received[1], mail.pack(mail.Declined(asked.key, decision.why)))
                continue
            self._fold(decision)
            self._engine.send(received[1], mail.pack(mail.Kept(asked.key, 1)))
        self.passing.engine.hear()

    def proposed(self) -> None:
        """Both agree; whose demo it is puts it in the set."""
        for command in (
            OfferSong("pianist", SONG, "idol"),
            AgreeSong("idol", SONG, wish=True),
            AgreeSong("pianist", SONG, wish=False),
            ProposeSong("pianist", SONG),
        ):
            assert self.care(command) == Kept()
        self.passing.release(SONG, RELEASED)
        self.pump()

    def places(self) -> list[Option]:
        evening = Evening(SHOW, self.show, Instant(self.now), Seconds(19 * 3600.0))
        return [option for option in options(evening) if option.way is Way.SONG]

    @property
    def stands(self) -> Stands:
        return self.house.state.songs.by_id[SONG].stands


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[SongStage]:
    stage = SongStage(tmp_path)
    yield stage
    stage.close()


def test_before_it_is_proposed_the_show_is_told_nothing_of_it(stage: SongStage) -> None:
    before = stage.show_told.copy()
    stage.care(OfferSong("pianist", SONG, "idol"))
    stage.care(AgreeSong("idol", SONG, wish=True))
    stage.care(AgreeSong("pianist", SONG, wish=False))
    stage.care(WithdrawSong("idol", SONG))
    stage.passes(5)
    assert stage.show_told == before


def test_the_planner_shows_it_with_its_cost_and_the_caller_takes_it(stage: SongStage) -> None:
    stage.proposed()
    [told] = [e for e in stage.show_told if isinstance(e, NumberProposed)]
    assert (told.song.title, told.song.performers) == ("For the corner", ("idol", "pianist"))
    [place] = stage.places()
    assert place.cost.later == 4 * 60
    stage.call_show(ChangeSetList(place.plan, "song", words=place.words))
    stage.call_show(StartNumber(""))
    assert stage.show.number == f"song-{SONG}"


def test_asked_back_in_time_it_is_out_of_the_planner(stage: SongStage) -> None:
    stage.proposed()
    stage.care(WithdrawSong("idol", SONG))
    stage.pump()
    assert any(isinstance(e, ProposalWithdrawn) for e in stage.show_told)
    assert stage.places() == []
    assert stage.stands is Stands.WITHDRAWN


def test_taken_it_stays_and_care_knows_until_the_caller_takes_it_out(stage: SongStage) -> None:
    stage.proposed()
    [place] = stage.places()
    stage.call_show(ChangeSetList(place.plan, "song"))
    stage.care(WithdrawSong("pianist", SONG))
    stage.pump()
    assert stage.stands is Stands.TAKEN
    assert plan_of(SHOW, stage.show).index(f"song-{SONG}") >= 0
    stage.call_show(Undo())
    stage.care(WithdrawSong("pianist", SONG))
    stage.pump()
    assert stage.stands is Stands.WITHDRAWN
    assert stage.places() == []


def test_while_the_engine_is_away_it_is_asked_back_until_it_answers(stage: SongStage) -> None:
    stage.proposed()
    stage.engine_dies()
    stage.care(WithdrawSong("pianist", SONG))
    stage.passes(3)
    assert stage.stands is Stands.RECALLED
    stage.engine_is_back()
    stage.passes(2)
    assert stage.stands is Stands.WITHDRAWN


def test_a_care_process_that_dies_meanwhile_asks_it_back_at_its_next_start(
    stage: SongStage,
) -> None:
    stage.proposed()
    stage.engine_dies()
    stage.care(WithdrawSong("pianist", SONG))
    stage.killed()
    stage.engine_is_back()
    stage.open()
    stage.passes(2)
    assert stage.stands is Stands.WITHDRAWN
    assert stage.places() == []


def test_told_again_at_every_start_it_stands_once(stage: SongStage) -> None:
    stage.proposed()
    stage.passing.release(SONG, RELEASED)
    stage.passing.release(SONG, RELEASED)
    stage.pump()
    assert sum(isinstance(e, NumberProposed) for e in stage.show_told) == 1
