"""What speaks for another place, as a sceptic counts it."""

from math import log

import pytest

from collavoce.following.evidence import MARGIN, MOST, Evidence

RIGHT, SLIP, STRANGE = 3.0, -2.5, -6.0
"""Log densities of a written note, of one explained as a slip, of one that nothing explains."""


def heard(*notes: tuple[float, float, float], price: float = 1.0) -> Evidence:
    """Evidence after notes, each an instant and its log densities here and there."""
    evidence = Evidence(price)
    for at, here, there in notes:
        evidence.add(at, here, there)
    return evidence


class TestScepticsOdds:
    def test_before_a_note_they_are_the_price(self) -> None:
        assert Evidence(1e-6).odds == pytest.approx(1e-6)

    def test_a_moment_counts_up_to_a_limit_however_sure_the_model_is(self) -> None:
        assert heard((0.0, 30.0, -30.0)).odds == pytest.approx(300.0)

    def test_a_full_chord_counts_for_more_than_a_note(self) -> None:
        chord = [(0.01 * k, RIGHT, STRANGE) for k in range(4)]
        assert heard(*chord).odds == pytest.approx(300.0**2)

    def test_notes_apart_multiply(self) -> None:
        notes = [(float(k), RIGHT, STRANGE) for k in range(3)]
        assert log(heard(*notes).odds) == pytest.approx(3 * min(9.0 - MARGIN, MOST))

    def test_notes_within_a_moment_are_one_slip(self) -> None:
        run = heard(*((0.04 * k, RIGHT, STRANGE) for k in range(4)))
        apart = heard(*((0.4 * k, RIGHT, STRANGE) for k in range(4)))
        assert run.odds < apart.odds / 1000

    def test_a_hand_that_drags_proves_nothing_in_a_whole_evening(self) -> None:
        notes = [(float(k), 2.0, 1.0) for k in range(1000)]
        assert heard(*notes).odds == pytest.approx(1.0)

    def test_octaves_added_to_what_is_written_say_little(self) -> None:
        doubled = [(0.5 * k + d, RIGHT, e) for k in range(3) for d, e in ((0, RIGHT), (0.01, SLIP))]
        other = [(0.5 * k + d, RIGHT, STRANGE) for k in range(3) for d in (0, 0.01)]
        assert heard(*doubled).odds < heard(*other).odds / 1000

    def test_what_only_the_other_place_explains_speaks_against_this_one(self) -> None:
        assert heard((0.0, STRANGE, RIGHT)).odds < 1 / 100

    def test_they_are_counted_against_the_place_that_was_leapt_to(self) -> None:
        twin, found = (heard((0.0, RIGHT, STRANGE), price=p) for p in (1e-3, 2e-3))
        twin.over(found)
        assert twin.odds == pytest.approx(0.5)
        assert twin.price == pytest.approx(0.5)
