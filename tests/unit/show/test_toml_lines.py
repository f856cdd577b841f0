"""`tomllib` reads a file and forgets its lines; these are found again."""

from collavoce.show.written.toml_lines import Lines

TEXT = '''\
# [[numbers]] in a comment
title = """
[[numbers]]
not = "a key"
"""
list = [
    1, # ]
    "]",
]
"quoted key" = 1
a.b = { c = "[", d = ['x'] }

[patch]   # a table
osc.video = 1
[ patch . channels ]
'front' = \'\'\'
x\'\'\'

[[numbers]]
id = "1"
  [[numbers.cues]]
  number = "1"
  [[numbers.cues]]
  number = "2"
  [numbers.cues.person]
  seat = "x"
[[numbers]]
[[numbers.cues]]
number = "3"
'''


def test_each_table_and_key_is_on_its_line() -> None:
    lines = Lines.read(TEXT)
    expected = {
        ("title",): 'title = """',
        ("list",): "list = [",
        ("quoted key",): '"quoted key" = 1',
        ("a", "b"): "a.b = { c",
        ("patch",): "[patch]",
        ("patch", "osc", "video"): "osc.video",
        ("patch", "channels"): "[ patch",
        ("patch", "channels", "front"): "'front'",
        ("numbers", 0, "id"): 'id = "1"',
        ("numbers", 0, "cues", 0, "number"): '  number = "1"',
        ("numbers", 0, "cues", 1, "number"): '  number = "2"',
        ("numbers", 0, "cues", 1, "person"): "  [numbers.cues.person]",
        ("numbers", 0, "cues", 1, "person", "seat"): '  seat = "x"',
        ("numbers", 1, "cues", 0, "number"): 'number = "3"',
    }
    numbered = TEXT.splitlines()
    for where, words in expected.items():
        assert numbered[lines.of(where) - 1].startswith(words), where


def test_what_has_no_line_of_its_own_is_where_its_table_is() -> None:
    lines = Lines.read(TEXT)
    assert lines.of(("numbers", 1, "title")) == lines.of(("numbers", 1))
    assert lines.of(("a", "b", "c")) == lines.of(("a", "b"))
    assert lines.of(("nowhere",)) == 1
    assert Lines().of(("nowhere",)) == 0


def test_windows_line_ends_count_once() -> None:
    assert Lines.read("a = 1\r\n\r\nb = 2\r\n").of(("b",)) == 3
