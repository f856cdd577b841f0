"""Two people of one name are never the same words to whoever has to choose between them."""

from hypothesis import given
from hypothesis import strategies as st

from collavoce.company import ROLES, Person, told_apart


def test_a_name_of_ones_own_is_left_alone() -> None:
    assert told_apart([Person("a", "Mira"), Person("b", "Ben")]) == {"a": "Mira", "b": "Ben"}


def test_one_name_is_told_apart_by_role_and_where_that_is_shared_by_id() -> None:
    assert told_apart([Person("a", "Kim", ("medic",)), Person("b", "Kim", ("guest",))]) == {
        "a": "Kim (medic)",
        "b": "Kim (guest)",
    }
    same = [Person("a", "Kim", ("guest",)), Person("b", "Kim", ("guest",)), Person("c", "Kim")]
    assert told_apart(same) == {"a": "Kim (a)", "b": "Kim (b)", "c": "Kim (c)"}


def test_what_only_looks_alike_is_told_apart_too() -> None:
    alike = ("Kim", "KIM", " Kim ", "K\u200bim", "\uff2b\uff49\uff4d", "Kim\u202c")
    called = told_apart([Person(str(n), name) for n, name in enumerate(alike)])
    assert all(f"({n})" in words for n, words in called.items())


@given(
    st.lists(
        st.tuples(st.sampled_from(("Kim", "kim ", "서미나", "Ben")), st.sampled_from(ROLES)),
        max_size=8,
    )
)
def test_nobody_is_called_like_anybody_else(company: list[tuple[str, str]]) -> None:
    people = [Person(f"p{n}", name, (role,)) for n, (name, role) in enumerate(company)]
    called = told_apart(people)
    assert len({words.casefold() for words in called.values()}) == len(people)
