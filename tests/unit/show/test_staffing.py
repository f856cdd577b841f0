"""Who is missing tonight is said at its line, with what to do, and nobody who is there is."""

import pytest

from collavoce.cli.check import line, summary
from collavoce.company import ROLES
from collavoce.show.reading.folder import read_show
from collavoce.show.written.finding import Finding, Severity

SHOW = """
title = "A"
timezone = "UTC"
numbers = []
"""
FULL = ("performer", "caller", "welfare lead", "steward", "security lead", "medic")
ZONE = '[[zones]]\nid = "door4"\nname = "door 4"\n'


def people(*roles: str) -> str:
    return "".join(
        f'[[people]]\nid = "p{n}"\nname = "P {n}"\nroles = ["{role}"]\n'
        for n, role in enumerate(roles)
    )


def found(*parts: str) -> list[Finding]:
    reading = read_show(
        SHOW + "".join(parts), {}, resolves=lambda _: False, knows_timezone=lambda _: True
    )
    return list(reading.findings)


def told(findings: list[Finding], words: str) -> list[tuple[Severity, int]]:
    return [(f.severity, f.line) for f in findings if words in f.what]


def test_with_everybody_there_nothing_is_said() -> None:
    assert found(people(*FULL), ZONE) == []


def test_performers_without_a_welfare_lead_are_a_warning_at_the_people() -> None:
    (warning,) = found(people("performer", "caller"))
    assert (warning.severity, warning.line, warning.blocking) == (Severity.WARNING, 5, False)
    assert "welfare lead" in warning.what
    assert "welfare lead" in warning.remedy
    assert found(people("operator", "caller")) == []


@pytest.mark.parametrize("missing", ["steward", "security lead", "medic"])
def test_who_is_missing_at_the_line_is_a_note_and_only_where_zones_are_named(missing: str) -> None:
    there = [role for role in FULL if role != missing]
    (note,) = found(people(*there), ZONE)
    assert (note.severity, note.blocking) == (Severity.NOTE, False)
    assert f"“{missing}”" in note.what
    assert line(note).startswith(f"show.toml:{note.line}: note: ")
    assert summary([note]).startswith("Errors: 0, warnings: 0.")
    assert found(people(*there)) == []


def test_an_empty_seat_that_no_cue_calls_is_a_warning_at_its_line() -> None:
    seats = '[seats]\nfriend = ""\nsecond = "p0"\n'
    (warning,) = found(people(*FULL), seats)
    place = (SHOW + people(*FULL) + seats).splitlines()[warning.line - 1]
    assert place == 'friend = ""'
    assert warning.severity is Severity.WARNING
    assert "friend" in warning.what


def test_an_empty_seat_that_a_cue_calls_is_said_once_and_as_an_error() -> None:
    cue = (
        '[[exits]]\nid = "SL"\nname = "left"\n[seats]\nfriend = ""\n'
        '[[numbers]]\nid = "n"\ntitle = "N"\n'
        '[[numbers.cues]]\nnumber = "1"\nname = "off"\nperson = { seat = "friend", exit = "SL" }\n'
    )
    findings = [
        f
        for f in read_show(
            SHOW.replace("numbers = []", "") + people(*FULL) + cue,
            {},
            resolves=lambda _: False,
            knows_timezone=lambda _: True,
        ).findings
        if "“friend”" in f.what
    ]
    assert [f.severity for f in findings] == [Severity.ERROR]


def test_a_minor_without_guardian_and_chaperone_is_a_warning_each() -> None:
    minor = '[[people]]\nid = "kid"\nname = "Kid"\nunder_18 = true\nroles = ["performer"]\n'
    findings = found(people(*FULL), minor)
    assert [f.severity for f in findings] == [Severity.WARNING] * 2
    assert "guardian" in findings[0].what + findings[1].what
    assert "chaperone" in findings[0].what + findings[1].what


def test_every_role_at_the_line_is_a_role_that_can_be_given() -> None:
    assert set(FULL) <= set(ROLES)


@pytest.mark.parametrize("day", ['"2026-02-30"', '"soon"', "2026-12-31"])
def test_a_last_day_that_is_none_is_an_error_at_its_line(day: str) -> None:
    (error,) = found(people(*FULL), f'[[people]]\nid = "x"\nname = "X"\nengagement_end = {day}\n')
    assert error.severity is Severity.ERROR
    assert error.blocking


def test_a_last_day_is_read() -> None:
    assert (
        found(people(*FULL), '[[people]]\nid = "x"\nname = "X"\nengagement_end = "2026-12-31"\n')
        == []
    )


def written(gender: str) -> str:
    return f'[[people]]\nid = "x"\nname = "X"\ngender = {gender}\n'


@pytest.mark.parametrize("word", ['"Woman"', '"WOMAN "'])
def test_a_gender_that_no_rule_would_meet_is_a_warning_and_counts_as_not_given(word: str) -> None:
    show = SHOW + people(*FULL) + written(word)
    reading = read_show(show, {}, resolves=lambda _: False, knows_timezone=lambda _: True)
    (warning,) = reading.findings
    assert (warning.severity, "woman" in warning.remedy) == (Severity.WARNING, True)
    assert reading.show is not None
    assert reading.show.people["x"].gender == ""


@pytest.mark.parametrize(("word", "gender"), [('"woman"', "woman"), ('"nichtbinär"', "nichtbinär")])
def test_a_gender_is_a_persons_own_word_and_nobody_has_to_give_one(word: str, gender: str) -> None:
    show = SHOW + people(*FULL) + written(word)
    reading = read_show(show, {}, resolves=lambda _: False, knows_timezone=lambda _: True)
    assert reading.findings == ()
    assert reading.show is not None
    assert [p.gender for p in reading.show.people.values() if p.gender] == [gender]
