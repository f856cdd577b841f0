"""Repeats, voltas, D.C. and D.S. written out in the order a player plays them."""

import pytest
from tests.unit.score.pages import FORWARD, backward, bar, page, sign, sound, volta, words

from collavoce.score.order import MAX_BARS_PLAYED, EndlessError, Signs, play_order
from collavoce.score.reading import read_score

W = "C4:4"


def played(score: bytes) -> str:
    """The printed bar numbers in the order played; `3'` is bar 3 the second time."""
    bars = read_score(score, "page").bars
    return " ".join(bar.number + "'" * (bar.turn - 1) for bar in bars)


def test_a_repeat_is_played_twice() -> None:
    score = page(bar(W), bar(W, before=FORWARD), bar(W, after=backward()), bar(W))
    assert played(score) == "1 2 3 2' 3' 4"


def test_a_repeat_without_a_beginning_goes_back_to_the_start() -> None:
    assert played(page(bar(W), bar(W, after=backward()), bar(W))) == "1 2 1' 2' 3"


def test_a_second_repeat_without_a_beginning_goes_back_to_the_end_of_the_first() -> None:
    score = page(bar(W, after=backward()), bar(W), bar(W, after=backward()))
    assert played(score) == "1 1' 2 3 2' 3'"


def test_a_repeat_can_ask_for_three_times() -> None:
    assert played(page(bar(W, before=FORWARD, after=backward(3)), bar(W))) == "1 1' 1'' 2"


def test_a_repeat_within_a_repeat_is_taken_each_time() -> None:
    score = page(
        bar(W, before=FORWARD),
        bar(W, before=FORWARD, after=backward()),
        bar(W, after=backward()),
        bar(W),
    )
    assert played(score) == "1 2 2' 3 1' 2'' 2''' 3' 4"


def test_voltas_of_an_inner_repeat_leave_the_outer_one_open() -> None:
    score = page(
        bar(W, before=FORWARD),
        bar(W, before=FORWARD),
        bar(W, before=volta("1", "start"), after=volta("1", "stop", repeat=True)),
        bar(W, before=volta("2", "start"), after=volta("2", "stop")),
        bar(W, after=backward()),
    )
    assert played(score) == "1 2 3 2' 4 5 1' 2'' 3' 2''' 4' 5'"


def test_the_first_volta_is_left_out_the_second_time() -> None:
    score = page(
        bar(W, before=FORWARD),
        bar(W, before=volta("1", "start"), after=volta("1", "stop", repeat=True)),
        bar(W, before=volta("2", "start"), after=volta("2", "discontinue")),
        bar(W),
    )
    assert played(score) == "1 2 1' 3 4"


def test_voltas_may_span_bars_and_count_several_passes() -> None:
    score = page(
        bar(W, before=FORWARD),
        bar(W, before=volta("1, 2", "start")),
        bar(W, after=volta("1, 2", "stop", repeat=True)),
        bar(W, before=volta("3", "start"), after=volta("3", "stop")),
        bar(W),
    )
    assert played(score) == "1 2 3 1' 2' 3' 1'' 4 5"


def test_voltas_of_two_sections_do_not_mix() -> None:
    first = {"before": volta("1", "start"), "after": volta("1", "stop", repeat=True)}
    second = {"before": volta("2", "start"), "after": volta("2", "stop")}
    score = page(
        bar(W), bar(W, **first), bar(W, **second), bar(W), bar(W, **first), bar(W, **second)
    )
    assert played(score) == "1 2 1' 3 4 5 4' 6"


def test_da_capo_al_fine_leaves_out_repeats_the_second_time() -> None:
    minuet = page(
        bar(W),
        bar(W, after=sound('fine="yes"') + backward()),
        bar(W, before=FORWARD),
        bar(W, after=backward() + sound('dacapo="yes"')),
    )
    assert played(minuet) == "1 2 1' 2' 3 4 3' 4' 1'' 2''"


def test_a_repeat_may_say_that_it_is_obeyed_after_the_jump_too() -> None:
    minuet = page(
        bar(W, after=backward(2, ' after-jump="yes"') + sound('fine="yes"')),
        bar(W, after=sound('dacapo="yes"')),
    )
    assert played(minuet) == "1 1' 2 1''"


def test_after_da_capo_the_last_volta_is_chosen() -> None:
    score = page(
        bar(W, before=FORWARD),
        bar(W, before=volta("1", "start"), after=volta("1", "stop", repeat=True)),
        bar(W, before=volta("2", "start"), after=volta("2", "stop") + sound('fine="yes"')),
        bar(W, after=sound('dacapo="yes"')),
    )
    assert played(score) == "1 2 1' 3 4 1'' 3'"


def test_dal_segno_al_coda_goes_to_the_sign_and_leaves_at_to_coda() -> None:
    score = page(
        bar(W),
        bar(W, before=sign("segno") + sound('segno="s"')),
        bar(W, after=sound('tocoda="c"')),
        bar(W, after=sound('dalsegno="s"')),
        bar(W, before=sound('coda="c"')),
    )
    assert played(score) == "1 2 3 4 2' 3' 5"


def test_of_two_signs_the_named_one_is_meant() -> None:
    score = page(
        bar(W, before=sound('segno="first"')),
        bar(W, before=sound('segno="second"')),
        bar(W, after=sound('dalsegno="second"')),
    )
    assert played(score) == "1 2 3 2' 3'"


def test_words_and_signs_are_enough_where_a_program_wrote_no_sound() -> None:
    score = page(
        bar(W),
        bar(W, before=sign("segno")),
        bar(W, after=sign("coda") + words("To Coda")),
        bar(W, after=words("D.S. al Coda")),
        bar(W, before=sign("coda")),
    )
    assert played(score) == "1 2 3 4 2' 3' 5"
    assert (
        played(page(bar(W, after=words("Fine")), bar(W, after=words("D. C. al Fine")))) == "1 2 1'"
    )


def test_of_two_wordless_coda_signs_the_first_is_left_from() -> None:
    score = page(
        bar(W, before=sign("coda")),
        bar(W, after=words("D.C. al Coda")),
        bar(W, before=sign("coda")),
    )
    assert played(score) == "1 2 1' 3"


def test_words_that_only_begin_alike_are_no_jump() -> None:
    assert played(page(bar(W, after=words("dolce")), bar(W, after=words("Finely")))) == "1 2"


def test_a_da_capo_without_fine_plays_to_the_end_and_is_obeyed_once() -> None:
    assert played(page(bar(W), bar(W, after=sound('dacapo="yes"')), bar(W))) == "1 2 1' 2' 3"


def test_signs_that_would_never_end_are_refused() -> None:
    bars = [Signs(forward=True, backward=99) for _ in range(MAX_BARS_PLAYED // 90)]
    with pytest.raises(EndlessError):
        play_order(bars)


def test_nothing_is_played_of_nothing() -> None:
    assert play_order([]) == []
