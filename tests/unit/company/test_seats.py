"""Who holds a seat, and how a text names them."""

from collavoce.company import Person, Seat, holder, seats_named, with_names

PEOPLE = {"mina": Person("mina", "서미나"), "layla": Person("layla", "ليلى منصور")}
SEATS = {
    "friend": Seat("friend", "mina"),
    "door": Seat("door", "layla"),
    "empty": Seat("empty", None),
    "gone": Seat("gone", "somebody who left"),
}


def test_a_name_in_any_script_stands_where_the_seat_is_named() -> None:
    assert with_names("{{friend}} and {{ door }}", SEATS, PEOPLE) == "서미나 and ليلى منصور"


def test_an_empty_or_unknown_seat_says_that_nobody_holds_it_yet() -> None:
    for seat in ("empty", "gone", "unheard of"):
        assert with_names(f"for {{{{{seat}}}}}", SEATS, PEOPLE) == "for nobody yet"


def test_a_text_without_seats_stays_as_it_is() -> None:
    for text in ("", "{friend}", "{{}", "{{a}b}}", "100 %"):
        assert with_names(text, SEATS, PEOPLE) == text


def test_the_seats_a_text_names_are_told_in_order() -> None:
    assert seats_named("{{door}} {{friend}} {{door}}") == ("door", "friend", "door")


def test_a_seat_is_held_by_whoever_is_written_there_and_known() -> None:
    assert holder("friend", SEATS, PEOPLE) == PEOPLE["mina"]
    assert holder("empty", SEATS, PEOPLE) is None
    assert holder("gone", SEATS, PEOPLE) is None
