"""Where a cue stands: found by the show's index, it is where somebody counting would find it."""

from hypothesis import given
from hypothesis import strategies as st

from collavoce.show.cues import Cue, Number, Show
from collavoce.show.order import next_standby, position
from collavoce.show.patch import Patch
from collavoce.show.triggers import ByHand

NAMES = st.sampled_from("abcdefghijkl")


def counted(cues: tuple[Cue, ...], number: str | None) -> int:
    """The slow way."""
    return next((i for i, cue in enumerate(cues) if cue.number == number), len(cues))


@given(
    st.lists(NAMES, unique=True),
    st.integers(0, 12),
    st.sets(NAMES),
    st.one_of(st.none(), NAMES, st.just("stranger")),
)
def test_a_cue_stands_where_counting_finds_it(
    names: list[str], cut: int, left_out: set[str], asked: str | None
) -> None:
    first, second = (
        tuple(Cue(name, "", "LX", ByHand(), ()) for name in part)
        for part in (names[:cut], names[cut:])
    )
    numbers = (Number("1", "", None, None, first), Number("2", "", None, None, second))
    show = Show("", "UTC", numbers, {}, {}, {}, Patch())
    for number in numbers:
        tonight = tuple(cue for cue in number.cues if cue.number not in left_out)
        assert position(show, tonight, asked) == counted(tonight, asked)
        assert next_standby(tonight, -1) == next((cue.number for cue in tonight), None)
