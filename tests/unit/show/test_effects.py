"""What a cue brings and whom it meets, as written; and the rules of the house."""

import pytest

from collavoce.company.effects import EFFECTS
from collavoce.runtime.care.sheet import TITLE_LETTERS, CueSheet, Meeting, cue_sheet
from collavoce.show.cues import Show
from collavoce.show.reading.effects import RULES_MOST
from collavoce.show.reading.folder import Reading, read_show
from collavoce.words import say

HEAD = """
title = "An evening"
timezone = "UTC"
{top}
[[people]]
id = "jun"
name = "Jun"
roles = ["performer"]
[[people]]
id = "kai"
name = "Kai"
roles = ["performer"]
[[people]]
id = "ada"
name = "Ada"
roles = ["caller"]
[[people]]
id = "noor"
name = "Noor"
roles = ["welfare lead"]
[[numbers]]
id = "nocturne"
title = "Nocturne"
{number}
[[numbers.cues]]
number = "41"
name = "Lightning"
department = "LX"
by = "hand"
{cue}
"""


def read(cue: str = "", number: str = "", top: str = "") -> Reading:
    text = HEAD.format(cue=cue, number=number, top=top)
    return read_show(text, {}, resolves=lambda _: True, knows_timezone=lambda _: True)


def show(cue: str = "", number: str = "", top: str = "") -> Show:
    reading = read(cue, number, top)
    assert not reading.errors, reading.errors
    assert reading.show is not None
    return reading.show


def met(cue: str, number: str = "") -> tuple[str, ...]:
    """Whom the one cue meets."""
    (one,) = cue_sheet(show(cue, number)).meetings
    return one.persons


@pytest.mark.parametrize("effect", EFFECTS)
def test_a_cue_says_what_it_brings(effect: str) -> None:
    assert show(f'brings = ["{effect}"]').cue("41").brings == (effect,)
    assert show(f'brings = "{effect}"').cue("41").brings == (effect,), "a single word does"


def test_a_cue_that_says_nothing_brings_nothing_and_meets_nobody() -> None:
    cue = show().cue("41")
    assert (cue.brings, cue.meets) == ((), ())
    assert cue_sheet(show()).meetings == ()


def test_a_word_that_is_no_effect_is_found_with_what_was_meant() -> None:
    (found,) = read('brings = ["strob", "haze"]').errors
    assert found.what == say("show.found.unknown_effect.what", word="strob")
    assert "strobe" in found.remedy
    assert found.blocking


def test_somebody_who_is_not_of_the_show_is_found() -> None:
    (found,) = read('brings = ["haze"]\nmeets = ["yun"]').errors
    assert found.what == say("show.found.unknown_person.what", person="yun")
    assert "jun" in found.remedy


def test_whom_a_cue_meets_that_brings_nothing_is_warned_of() -> None:
    reading = read('meets = ["jun"]')
    assert not reading.errors
    assert say("show.found.meets_nothing.what") in [found.what for found in reading.findings]


def test_by_default_it_meets_whoever_may_play_the_number() -> None:
    assert met('brings = ["haze"]', 'performer = "jun"') == ("jun",)
    assert met('brings = ["haze"]', 'performer = "jun"\ncovers = ["kai"]') == ("jun", "kai")


def test_in_a_number_without_people_it_meets_every_performer() -> None:
    assert met('brings = ["haze"]') == ("jun", "kai")


def test_whom_it_names_it_meets_and_nobody_else() -> None:
    assert met('brings = ["haze"]\nmeets = ["ada"]', 'performer = "jun"') == ("ada",)


def test_care_is_told_every_cue_and_of_those_that_bring_something_what_and_whom() -> None:
    sheet = cue_sheet(show('brings = ["strobe", "touch"]', 'performer = "jun"'))
    assert sheet == CueSheet(
        (("41", "LX", "Nocturne"),),
        (Meeting("41", "LX", "Nocturne", ("strobe", "touch"), ("jun",)),),
    )


def test_a_long_title_is_cut_for_a_phone() -> None:
    text = HEAD.format(cue='brings = ["haze"]', number="", top="").replace("Nocturne", "N" * 150)
    reading = read_show(text, {}, resolves=lambda _: True, knows_timezone=lambda _: True)
    assert reading.show is not None
    (one,) = cue_sheet(reading.show).meetings
    assert len(one.number) == TITLE_LETTERS


def test_the_rules_of_the_house_are_read_in_order() -> None:
    rules = ("No fragrance backstage.", "Doors shut by themselves.")
    written = ", ".join(f'"{rule}"' for rule in rules)
    assert show(top=f"house_rules = [{written}]").house_rules == rules
    assert show(top='house_rules = "Only one."').house_rules == ("Only one.",)
    assert show().house_rules == ()


@pytest.mark.parametrize(
    ("written", "kind", "values"),
    [
        ('[" "]', "empty", {"key": "house_rules"}),
        (f'["{"x" * 201}"]', "too_long", {"key": "house_rules", "limit": 200}),
        ('["a\\u0007b"]', "unprintable", {"key": "house_rules"}),
        (str([f"rule {n}" for n in range(RULES_MOST + 1)]), "many_rules", {"limit": RULES_MOST}),
    ],
)
def test_a_rule_that_nobody_could_read_is_found(
    written: str, kind: str, values: dict[str, object]
) -> None:
    (found,) = read(top=f"house_rules = {written}").errors
    assert found.what == say(f"show.found.{kind}.what", **values)
