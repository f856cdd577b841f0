"""A rehearsal plays the whole evening; whatever is planted in it comes out."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from collavoce.evening.chance import Dice
from collavoce.runtime.rehearsal import Account, Problem, rehearse
from collavoce.runtime.rehearsal.playing import played
from collavoce.score.reading import read_score
from collavoce.show.reading.folder import read_show

ROOT = Path(__file__).parents[3]
SONG = (ROOT / "src/collavoce/cli/new_show/scores/song.musicxml").read_bytes()
PAGE = (ROOT / "docs/show-folder.md").read_text(encoding="utf-8")

HOUSE = """\
title = "An evening"
timezone = "UTC"
starts = "19:30"
{top}
[[people]]
id = "jun"
name = "Jun"
roles = ["performer", "welfare lead"]
[[people]]
id = "kai"
name = "Kai"
roles = ["operator"]
[[people]]
id = "ada"
name = "Ada"
roles = ["caller"]
[[exits]]
id = "SL"
name = "stage left"
[seats]
friend = "kai"
nobody = ""
[departments]
LX = "kai"
FX = "kai"
[patch.osc]
video = "127.0.0.1:7000"
[patch.sacn]
to = "multicast"
[patch.channels]
front = "1/1"
"""


def cue(number: str, *lines: str, department: str = "LX") -> str:
    keys = ("at ", "after ", "on ", "by ")
    trigger = () if any(line.startswith(keys) for line in lines) else ('by = "hand"',)
    head = (f'number = "{number}"', f'name = "Cue {number}"', f'department = "{department}"')
    return "\n".join(("[[numbers.cues]]", *head, *trigger, *lines, ""))


def number(id_: str, *parts: str) -> str:
    return "\n".join(("[[numbers]]", f'id = "{id_}"', f'title = "{id_}"', *parts, ""))


def song(*cues: str, id_: str = "song", lines: str = 'performer = "jun"') -> str:
    return number(id_, 'score = "song.musicxml"', lines, *cues)


def came_to(*numbers: str, top: str = "", seed: int = 1) -> Account:
    files: Mapping[str, bytes] = {"song.musicxml": SONG}
    text = HOUSE.replace("{top}", top) + "\n".join(numbers)
    reading = read_show(text, files, resolves=lambda _: True, knows_timezone=lambda _: True)
    assert reading.show is not None, reading.findings
    scores = {n.id: reading.scores[n.score] for n in reading.show.numbers if n.score}
    return rehearse(reading.show, scores, seed=seed)


def only(account: Account) -> Problem:
    (problem,) = account.problems
    return problem


def kinds(account: Account) -> list[str]:
    return [problem.kind for problem in account.problems]


SOUND = (
    cue("1", 'at = "bar 1"', "levels = { front = 80 }"),
    cue("2", 'after = "1 done + 1"', 'osc = { to = "video", address = "/a" }'),
    cue("3", 'at = "bar 3"', "levels = { front = 20 }", "fade = 2"),
    cue("4", 'at = "end + 1"', 'person = { seat = "friend", exit = "SL", lead = 8 }'),
    cue("5", "levels = { front = 0 }"),
)


def test_an_evening_without_fault_has_none_and_every_cue_fires_once() -> None:
    account = came_to(song(*SOUND), number("talk", "minutes = 2", cue("6"), cue("7")))
    assert account.problems == ()
    assert not account.failed
    assert (account.cues, account.fired, account.sent) == (7, 7, 1)
    assert account.causes == {"after": 1, "end": 1, "follower": 2, "hand": 3}
    assert [n.number for n in account.numbers] == ["song", "talk"]
    assert account.numbers[0].begin == "19:30"
    assert account.numbers[1].minutes == pytest.approx(2.0, abs=0.05)


def test_the_same_seed_gives_the_same_evening_and_another_one_another() -> None:
    one, again, other = (came_to(song(*SOUND), seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert one.seconds != other.seconds


def test_numbers_come_one_after_the_other_with_their_changes_between() -> None:
    talk = number("talk", "minutes = 10", "change = 5", cue("1"))
    account = came_to(talk, number("pause", "interval = true", "minutes = 20"), song(*SOUND[1:1]))
    assert [n.begin for n in account.numbers] == ["19:30", "19:45", "20:05"]


def test_what_a_hand_fires_before_the_music_is_fired_before_it() -> None:
    walk_on, half = cue("0.1"), cue("0.2", "levels = { front = 10 }")
    account = came_to(song(walk_on, half, *SOUND))
    assert account.problems == ()
    assert account.fired == 7


def test_a_cue_by_hand_that_the_music_passed_is_a_note_and_no_fault() -> None:
    account = came_to(song(SOUND[0], cue("1.5"), cue("1.6", 'at = "bar 1 beat 2"'), *SOUND[1:]))
    problem = only(account)
    assert (problem.kind, problem.cue, problem.failure) == ("passed", "1.5", False)
    assert not account.failed


class TestPlanted:
    def test_a_cue_that_nothing_fires(self) -> None:
        account = came_to(song(cue("1"), cue("2", 'by = "group"')))
        problem = only(account)
        assert (problem.kind, problem.cue, problem.failure) == ("never", "2", True)
        assert "Nothing ever fired it." in problem.what
        assert account.failed

    def test_a_cue_that_is_disarmed_and_never_armed_again(self) -> None:
        problem = only(
            came_to(song(cue("1", 'disarm = "2"'), cue("2", "levels = { front = 30 }"), cue("3")))
        )
        assert (problem.kind, problem.cue) == ("never", "2")
        assert problem.what.startswith("cue 2, Cue 2 (front 30 % in 0 s), never fired.")
        assert "disarmed" in problem.what

    def test_a_cue_after_a_loop_that_nothing_ends_or_a_person_that_nobody_says(self) -> None:
        problem = only(came_to(song(cue("1"), cue("2", 'on = "jun not clear"'), cue("3"))))
        assert (problem.kind, problem.cue) == ("never", "2")

    def test_a_clock_cue_of_another_hour(self) -> None:
        at = came_to(number("talk", "minutes = 30", cue("1", 'at = "clock 19:40"')))
        assert at.causes == {"clock": 1}
        problem = only(came_to(number("talk", "minutes = 30", cue("1", 'at = "clock 23:40"'))))
        assert (problem.kind, problem.cue) == ("never", "1")

    def test_two_cues_that_say_different_things_at_once(self) -> None:
        both = (
            cue("1", 'at = "bar 2"', "levels = { front = 80 }"),
            cue("2", 'after = "1"', "levels = { front = 20 }"),
        )
        account = came_to(song(*both))
        assert only(account).kind == "collide"
        assert "cues 1 and 2" in only(account).what
        assert not account.failed
        apart = came_to(song(both[0], both[1].replace('"1"', '"1 + 1"', 1)))
        assert apart.problems == ()
        same = came_to(song(both[0], both[1].replace("20", "80")))
        assert same.problems == ()

    def test_a_person_cue_with_nobody(self) -> None:
        off = cue("1", 'at = "end"', 'person = { seat = "nobody", exit = "SL" }')
        assert only(came_to(song(off))).kind == "nobody"

    def test_somebody_in_two_places(self) -> None:
        stages = '[[stages]]\nid = "x"\nname = "X"\n[[stages]]\nid = "y"\nname = "Y"\n'
        one, other = (
            song(id_=stage, lines=f'stage = "{stage}"\nperformer = "jun"') for stage in ("x", "y")
        )
        problem = only(came_to(one, other, top=stages))
        assert problem.kind == "two_places"
        assert problem.what.startswith("Jun is in two places at 19:30")
        assert came_to(one, other.replace('"jun"', '"ada"'), top=stages).problems == ()

    def test_somebody_who_waits_at_an_exit_while_they_play_elsewhere(self) -> None:
        stages = '[[stages]]\nid = "x"\nname = "X"\n[[stages]]\nid = "y"\nname = "Y"\n'
        off = cue("1", 'at = "end"', 'person = { seat = "friend", exit = "SL", lead = 8 }')
        plays = number("talk", 'stage = "y"', 'performer = "kai"', "minutes = 5")
        seen_off = song(off, lines='stage = "x"\nperformer = "jun"')
        problem = only(came_to(seen_off, plays, top=stages))
        assert problem.kind == "two_places"
        assert "stage left in “song”" in problem.what

    def test_a_change_that_came_out_too_quick(self) -> None:
        change = '[[changes]]\nperson = "jun"\nfrom = "song"\nto = "b"\nminutes = {minutes}\n'
        numbers = (song(lines="change = 3"), number("b", "minutes = 1"))
        account = came_to(*numbers, top=change.format(minutes=4))
        assert only(account).kind == "too_quick"
        (changed,) = account.changes
        assert 3.0 <= changed.there < 3.5
        assert came_to(*numbers, top=change.format(minutes=3)).problems == ()

    def test_an_evening_after_its_curfew(self) -> None:
        talk = number("talk", "minutes = 40")
        late = came_to(talk, top='curfew = "20:00"')
        assert only(late).kind == "over_curfew"
        assert late.curfew == pytest.approx(10.0, abs=0.1)
        assert came_to(talk, top='curfew = "20:30"').curfew == pytest.approx(-20.0, abs=0.1)

    def test_a_cue_that_nobody_lets_go(self) -> None:
        account = came_to(song(cue("1", 'needs = ["jun not clear"]'), cue("2")))
        assert kinds(account) == ["overridden"]
        assert account.fired == 2


def test_a_keyboard_in_another_key_plays_the_same_evening() -> None:
    plain, other = (came_to(song(*SOUND, lines=f"transpose = {n}")) for n in (0, -3))
    assert other.problems == ()
    assert other.causes == plain.causes


def test_a_recording_that_breaks_off_leaves_what_hangs_on_the_end() -> None:
    show = read_show(
        HOUSE.replace("{top}", "")
        + song(cue("1", 'at = "bar 1"'), cue("2", 'at = "end"'), cue("3")),
        {"song.musicxml": SONG},
        resolves=lambda _: True,
        knows_timezone=lambda _: True,
    )
    assert show.show is not None
    score = show.scores["song.musicxml"]
    whole = played(score, Dice(1))
    account = rehearse(show.show, {"song": score}, {"song": whole[: len(whole) // 2]})
    assert (only(account).kind, only(account).cue) == ("never", "2")
    assert rehearse(show.show, {"song": score}, {"song": whole}).problems == ()


def test_whom_a_cue_waits_for_comes() -> None:
    cues = (
        cue("1", 'on = "jun on stage"'),
        cue("2", 'needs = ["friend in position"]'),
        cue("3", 'on = "jun clear"'),
    )
    account = came_to(song(*cues))
    assert account.problems == ()
    assert account.causes == {"hand": 1, "person": 2}


def test_a_hazardous_cue_is_said_by_hand_and_confirmed() -> None:
    account = came_to(song(cue("1", 'hazard = "pyro"', 'at = "bar 3"', department="FX"), cue("2")))
    assert account.problems == ()
    assert account.causes == {"hand": 2}


def test_groups_and_inputs_are_fired_too() -> None:
    members = [cue(n, 'by = "group"') for n in ("2", "3")]
    account = came_to(
        number("a", cue("1", 'group = ["2", "3"]'), *members),
        number("b", cue("4", 'by = "group"', 'inputs = "osc /go/4"'), cue("5")),
    )
    assert account.problems == ()
    assert account.causes == {"group": 2, "hand": 2, "input": 1}


def test_a_cue_that_goes_back_is_gone_round_once_more_and_no_more() -> None:
    vamp = (cue("1"), cue("2", 'after = "1 + 5"', 'go_to = "1"'), cue("3"))
    account = came_to(number("a", *vamp))
    assert account.problems == ()
    assert account.causes == {"after": 2, "hand": 3}


def test_a_number_that_does_not_end_is_left_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collavoce.runtime.rehearsal.walking.LONGEST", 60.0)
    account = came_to(number("a", cue("1", "pre = 3600")), number("b", cue("2")))
    assert kinds(account) == ["endless"]
    assert account.failed
    assert [n.number for n in account.numbers] == ["a", "b"]


def test_what_a_random_group_did_not_take_is_no_fault() -> None:
    members = [cue(n, 'by = "group"') for n in ("2", "3")]
    group = cue("1", 'group = { cues = ["2", "3"], order = "random" }')
    account = came_to(number("a", group, *members))
    assert kinds(account) == ["left_to_chance"]
    assert not account.failed


def test_a_house_that_opened_early_gives_its_first_number_the_time_it_was_planned() -> None:
    opened = (cue("1", 'at = "clock 19:00"'), cue("2"))
    account = came_to(number("a", "minutes = 5", *opened))
    assert account.numbers[0].minutes == pytest.approx(5.0, abs=0.01)


def test_the_house_opens_before_a_clock_cue_and_the_performance_begins_on_time() -> None:
    account = came_to(number("a", "minutes = 5", cue("1", 'at = "clock 19:00"'), cue("2")))
    assert account.problems == ()
    assert account.causes == {"clock": 1, "hand": 1}
    assert account.numbers[0].begin == "19:30"


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL))
def test_the_shows_of_the_documents_rehearse_without_fault(example: str) -> None:
    files = {"scores/song.musicxml": SONG, "sounds/rain.wav": b"RIFF"}
    reading = read_show(example, files, resolves=lambda _: True, knows_timezone=lambda _: True)
    assert reading.show is not None
    scores = {n.id: reading.scores[n.score] for n in reading.show.numbers if n.score}
    account = rehearse(reading.show, scores)
    assert account.problems == ()
    assert account.fired >= account.cues


def test_the_model_plays_every_note_of_a_score_in_order() -> None:
    score = read_score(SONG, "song")
    messages = played(score, Dice(3))
    assert list(messages) == sorted(messages)
    ons = [message for _, message in messages if message[0] & 0xF0 == 0x90]
    assert sorted(on[1] for on in ons) == sorted(note.pitch for note in score.notes)
    sounding: set[int] = set()
    for _, (status, pitch, _) in messages:
        if status & 0xF0 == 0x90:
            assert pitch not in sounding
            sounding.add(pitch)
        else:
            sounding.discard(pitch)
    assert not sounding
