"""What `collavoce latency` tells to write can be written as it stands."""

import tomllib

from collavoce.cli.latency import lines
from collavoce.rig.echo import measured

FOUND = [measured("video", "OSC", (0.02, 0.02), "")]


def test_a_show_without_a_latency_book_is_told_the_whole_table() -> None:
    told = lines(FOUND)
    table = told[told.index("[patch.delay]") :][:2]
    assert tomllib.loads("\n".join(table)) == {"patch": {"delay": {"video": 10}}}


def test_a_show_that_has_one_is_told_the_lines_alone_and_where_they_go() -> None:
    told = lines(FOUND, has_book=True)
    assert "[patch.delay]" not in told
    assert any("table [patch.delay] that show.toml has" in line for line in told)
    book = "[patch.delay]\nvideo = 90\n"
    line = next(line for line in told if line.startswith('"video" ='))
    assert tomllib.loads(book.replace("video = 90", line)) == {"patch": {"delay": {"video": 10}}}
