"""The text desk's manners: each thing is said once, a word may be short, a stop is said twice."""

import io

import pytest

from collavoce.cli.text.asking import Asking, AskingError, Twice, one_of
from collavoce.cli.text.door import Door, DoorError
from collavoce.cli.text.teller import Teller
from collavoce.words import catalogue


def test_a_sentence_is_said_when_it_becomes_true_and_not_while_it_stays_so() -> None:
    out = io.StringIO()
    teller = Teller(out)
    teller.tell({"press": ["Kept."], "line": []})
    teller.tell({"press": ["Kept."], "line": ["LINE. Stage left."]})
    teller.tell({"press": ["The friend is coming."]})
    assert out.getvalue().splitlines() == ["Kept.", "LINE. Stage left.", "The friend is coming."]


def test_asked_again_it_says_all_that_stands_and_nothing_that_is_over() -> None:
    out = io.StringIO()
    teller = Teller(out)
    teller.tell({"press": ["Kept."], "line": ["LINE."]})
    teller.tell({"press": []})
    out.truncate(0)
    out.seek(0)
    teller.again()
    assert out.getvalue() == "LINE.\n"


def asking() -> Asking:
    return Asking(
        "text.phone",
        {"press": lambda at: f"at {at}", "coming": lambda _: "coming", "cancel": lambda _: "back"},
    )


@pytest.mark.parametrize(
    ("line", "answer"),
    [("press SL", "at SL"), ("PRESS  SL", "at SL"), ("p", "at "), ("com", "coming")],
)
def test_a_word_may_be_cut_short_while_only_one_begins_so(line: str, answer: str) -> None:
    assert asking().ask(line) == answer


@pytest.mark.parametrize("line", ["c", "sing", ""])
def test_what_could_be_two_things_or_nothing_is_asked_back(line: str) -> None:
    with pytest.raises(AskingError):
        asking().ask(line)


def test_a_name_is_found_by_its_beginning_in_any_script_and_never_guessed_between_two() -> None:
    names = {"mina": "서미나", "min": "Minh", "ada": "Adaeze"}
    assert one_of("서", names, "person") == "mina"
    assert one_of("ADA", names, "person") == "ada"
    assert one_of("min", names, "person") == "min"
    with pytest.raises(AskingError, match="서미나"):
        one_of("mi", names, "person")
    with pytest.raises(AskingError):
        one_of("", names, "person")


def test_what_must_be_said_twice_is_not_done_by_two_different_words() -> None:
    twice = Twice()
    assert not twice.sure("stop")
    assert not twice.sure("erase")
    assert twice.sure("erase")
    assert not twice.sure("erase")
    twice.forget()
    assert not twice.sure("erase")


def test_what_is_said_twice_may_be_cut_short_both_times_and_nothing_comes_in_between() -> None:
    done: list[str] = []
    twice = Twice()

    def stop(_: str) -> str:
        done.extend(["stopped"] if twice.sure("stop") else [])
        return ""

    desk = Asking("text.phone", {"stop": stop, "settings": str, "press": str}, twice)
    desk.ask("st")
    desk.ask("s")
    assert done == ["stopped"]
    desk.ask("stop")
    desk.ask("press")
    desk.ask("stop")
    assert done == ["stopped"], "something else was typed in between"
    with pytest.raises(AskingError):
        Asking("text.phone", {"stop": stop, "settings": str}).ask("s")


@pytest.mark.parametrize("link", ["", "desk", "ftp://127.0.0.1/open#x"])
def test_what_is_no_link_is_said_to_be_none(link: str) -> None:
    with pytest.raises(DoorError, match="http"):
        Door(link)


def test_a_server_that_is_not_there_is_an_error_in_one_line() -> None:
    with pytest.raises(DoorError) as refused:
        Door("http://127.0.0.1:9/open#x").get("/")
    assert "\n" not in str(refused.value)


def test_every_word_of_the_help_says_how_it_is_typed() -> None:
    pages = ("text.caller.", "text.phone.", "text.crew.")
    helped = {k: w for k, w in catalogue().items() if k.startswith(pages)}
    assert helped
    for key, words in helped.items():
        assert words.startswith(key.rpartition(".")[2]), key
