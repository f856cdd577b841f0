"""Findings in the order in which they are read."""

from collavoce.show.written.finding import FINDINGS_LIMIT, Findings, Instead
from collavoce.show.written.toml_lines import Lines


def findings(count: int) -> Findings:
    lines = Lines({(f"k{index}",): index + 1 for index in range(count)})
    return Findings("show.toml", lines)


def test_what_blocks_is_told_however_many_warnings_there_are() -> None:
    found = findings(1000)
    for index in range(900):
        found.warning((f"k{index}",), "fade_alone")
    found.error(("k950",), "one_trigger")
    told = found.done()
    assert len(told) == FINDINGS_LIMIT
    assert [one.line for one in told if one.blocking] == [951]
    assert [one.line for one in told] == sorted(one.line for one in told)


def test_the_same_is_said_once() -> None:
    found = findings(1)
    for _ in range(3):
        found.error(("k0",), "one_trigger")
    assert len(found.done()) == 1


def test_another_room_s_sentence_is_parted_into_fault_and_remedy() -> None:
    found = findings(2)
    found.sentence(("k0",), "it is broken; mend it", "call somebody")
    found.sentence(("k1",), "it is lost", "call somebody")
    assert [(one.what, one.remedy) for one in found.done()] == [
        ("it is broken", "mend it"),
        ("it is lost", "call somebody"),
    ]


def test_a_remedy_names_what_may_have_been_meant() -> None:
    many = [f"n{i}" for i in range(9)]
    assert str(Instead("tittle", ["title", "guard"])) == "did you mean “title”?"
    assert str(Instead("xyz", ["title", "guard"])) == "there is: guard, title"
    assert str(Instead("xyz", [])) == "there is none yet"
    assert str(Instead("xyz", many)) == "there is: n0, n1, n2, n3, n4, n5, n6, n7, ..."
