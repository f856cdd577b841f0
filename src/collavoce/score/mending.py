"""Mend what verovio would draw wrongly, or what makes it crash, before it gets to see the tree.

A crash in its C++ is no exception: it ends the process. What is known to do that is put right
here; who draws files of unknown origin should still do so in a process that may die.
"""

from collavoce.score.opening import Element, written

MAX_STAVES = 9
"""Of one part; an organ has three."""

BEFORE_STAVES = {"footnote", "level", "divisions", "key", "time"}
"""What MusicXML 4.0 places before `staves` within `attributes`."""


def mend(root: Element) -> None:
    """Change `root` so that it can be drawn; note and bar ids stay."""
    for part in root.iterfind("part"):
        _mend_staves(part)
        _silence(part)


def _silence(part: Element) -> None:
    """Take away what only playing needs: verovio would write a thousandfold repeat out."""
    for direction in part.iter("direction"):
        for sound in direction.findall("sound"):
            direction.remove(sound)
    for repeat in part.iter("repeat"):
        repeat.attrib.pop("times", None)


def _mend_staves(part: Element) -> None:
    """Declare the staves a part uses: some writers do not, and a number above crashes verovio."""
    used = 1
    for tag in ("staff", "staves"):
        for staff in part.iter(tag):
            digits = written(staff)[:3]
            number = int(digits) if digits.isascii() and digits.isdecimal() else 1
            staff.text = str(min(max(number, 1), MAX_STAVES))
            used = max(used, int(staff.text))
    attributes = part.find("measure/attributes")
    if attributes is None:
        first = part.find("measure")
        if first is None:
            return
        attributes = Element("attributes")
        first.insert(0, attributes)
    declared = attributes.find("staves")
    if declared is None:
        declared = Element("staves")
        before = sum(child.tag in BEFORE_STAVES for child in attributes)
        attributes.insert(before, declared)
    declared.text = str(used)
