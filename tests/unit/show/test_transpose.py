"""A keyboard set to another key: one line of the show file."""

import pytest
from tests.unit.show.test_folder import SHOW, read

from collavoce.show.written.finding import Severity

LINE = 'performer = "jun"'


def transposed(value: str) -> str:
    return SHOW.replace(LINE, f"{LINE}\ntranspose = {value}", 1)


@pytest.mark.parametrize(("value", "direction"), [("-2", "lower"), ("12", "higher")])
def test_a_transposed_number_is_read_and_noted(value: str, direction: str) -> None:
    reading = read(transposed(value))
    assert reading.show is not None
    assert [number.transpose for number in reading.show.numbers] == [int(value), 0]
    (finding,) = reading.findings
    assert finding.severity is Severity.NOTE
    assert f"{value.strip('-')} semitones {direction}" in finding.what


def test_no_transposition_is_no_news() -> None:
    assert read(transposed("0")).findings == ()


@pytest.mark.parametrize(
    ("value", "words"),
    [("1.5", "between two keys"), ("25", "from -24 to 24"), ('"two"', "transpose"), ("nan", "")],
)
def test_what_is_no_number_of_keys_is_refused(value: str, words: str) -> None:
    reading = read(transposed(value))
    (finding,) = reading.findings
    assert finding.blocking
    assert words in finding.what + finding.remedy
    assert reading.show is None or reading.show.numbers[0].transpose == 0
