"""A pen for the tests: MusicXML from a few words, so that a test shows the music it is about.

    page(bar("C4 D4 E4 F4", before=FORWARD), bar("G4:4", after=backward()))

A note is `C4` or `C#4:2` (two quarters; `:1/2` an eighth), `r:1` a rest. `+E4` joins the chord
before, `gD4` is a grace note, `~` behind a note ties it on, `~` before it ties it from.
"""

import re
from fractions import Fraction

DIVISIONS = 24
FORWARD = '<barline location="left"><repeat direction="forward"/></barline>'

_TYPES = {
    Fraction(8): "breve",
    Fraction(4): "whole",
    Fraction(2): "half",
    Fraction(1): "quarter",
    Fraction(1, 2): "eighth",
    Fraction(1, 4): "16th",
    Fraction(1, 8): "32nd",
}
_NOTE = re.compile(r"(~?)(\+?)(g?)(?:([A-G])([#b]?)(-?\d)|r)(?::(\d+(?:/\d+)?))?(~?)")


def page(*bars: str, first: str = "", title: str = "A page") -> bytes:
    """A score of one part. first: what stands in the first bar's attributes, a time or a key."""
    return ensemble([numbered(bars, first)], title=title)


def ensemble(parts: list[list[str]], title: str = "A page") -> bytes:
    """A score of several parts, each a list of `measure` elements."""
    names = "".join(
        f'<score-part id="P{index}"><part-name>Part {index}</part-name></score-part>'
        for index in range(len(parts))
    )
    music = "".join(
        f'<part id="P{index}">{"".join(bars)}</part>' for index, bars in enumerate(parts)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<score-partwise version="4.0">'
        f"<movement-title>{title}</movement-title><part-list>{names}</part-list>{music}"
        "</score-partwise>\n"
    ).encode()


def numbered(bars: tuple[str, ...], first: str = "") -> list[str]:
    """`bars` with numbers from 1, or from 0 if the first is a pickup."""
    start = 0 if bars and bars[0].startswith("<pickup/>") else 1
    written: list[str] = []
    for number, content in enumerate(bars, start):
        opening = ""
        if number == start:
            first = first if "<time>" in first else first + time("4/4")
            opening = attributes(f"<divisions>{DIVISIONS}</divisions>{first}")
        music = content.removeprefix("<pickup/>")
        implicit = ' implicit="yes"' if number == 0 else ""
        written.append(f'<measure number="{number}"{implicit}>{opening}{music}</measure>')
    return written


def bar(notes: str, *, before: str = "", after: str = "") -> str:
    """One bar's content; before, after: what stands at its left and right bar line."""
    return before + music(notes) + after


def pickup(notes: str) -> str:
    """A bar that is not counted."""
    return "<pickup/>" + music(notes)


def music(notes: str, *, voice: int = 1, staff: int = 1, inside: str = "", more: str = "") -> str:
    """Notes in the short form.

    inside: MusicXML put into the `notations` of each; more: put after each `type`, a tuplet.
    """
    return "".join(_note(word, voice, staff, inside, more) for word in notes.split())


def _note(word: str, voice: int, staff: int, inside: str, more: str) -> str:
    found = _NOTE.fullmatch(word)
    assert found, word
    tie_in, chord, grace, step, sign, octave, length, tie_out = found.groups()
    quarters = Fraction(length or 1)
    ties = [kind for kind, given in (("stop", tie_in), ("start", tie_out)) if given]
    alter = {"#": "<alter>1</alter>", "b": "<alter>-1</alter>", "": ""}[sign or ""]
    pitch = f"<pitch><step>{step}</step>{alter}<octave>{octave}</octave></pitch>"
    notations = "".join(f'<tied type="{kind}"/>' for kind in ties) + inside
    duration = f"<duration>{int(quarters * DIVISIONS)}</duration>"
    return (
        "<note>"
        + ("<grace/>" if grace else "")
        + ("<chord/>" if chord else "")
        + (pitch if step else "<rest/>")
        + ("" if grace else duration)
        + "".join(f'<tie type="{kind}"/>' for kind in ties)
        + f"<voice>{voice}</voice>"
        + _type(Fraction(1, 2) if grace else quarters)
        + more
        + f"<staff>{staff}</staff>"
        + (f"<notations>{notations}</notations>" if notations else "")
        + "</note>"
    )


def _type(quarters: Fraction) -> str:
    for dots, factor in ((0, Fraction(1)), (1, Fraction(2, 3))):
        if quarters * factor in _TYPES:
            return f"<type>{_TYPES[quarters * factor]}</type>" + "<dot/>" * dots
    return ""


def tuplet(notes: str, actual: int, normal: int, type_: str) -> str:
    """Notes of a tuplet, `actual` in the time of `normal`, all of one written value."""
    ratio = f"<actual-notes>{actual}</actual-notes><normal-notes>{normal}</normal-notes>"
    more = f"<type>{type_}</type><time-modification>{ratio}</time-modification>"
    first, *middle, last = notes.split()
    return (
        music(first, more=more, inside='<tuplet type="start"/>')
        + music(" ".join(middle), more=more)
        + music(last, more=more, inside='<tuplet type="stop"/>')
    )


def back(quarters: int) -> str:
    """Back by so many quarters, to write another voice."""
    return f"<backup><duration>{quarters * DIVISIONS}</duration></backup>"


def attributes(inside: str) -> str:
    """An `attributes` element."""
    return f"<attributes>{inside}</attributes>"


def time(metre: str) -> str:
    """A time signature such as `3/4` or `3+2/8`."""
    beats, unit = metre.split("/")
    return f"<time><beats>{beats}</beats><beat-type>{unit}</beat-type></time>"


def backward(times: int = 2, more: str = "") -> str:
    """A repeat sign at the right bar line."""
    return (
        f'<barline location="right"><repeat direction="backward" times="{times}"{more}/></barline>'
    )


def volta(numbers: str, kind: str, *, repeat: bool = False) -> str:
    """A volta's bracket; kind: start, stop or discontinue."""
    side = "left" if kind == "start" else "right"
    sign = '<repeat direction="backward"/>' if repeat else ""
    return f'<barline location="{side}"><ending number="{numbers}" type="{kind}"/>{sign}</barline>'


def sound(attributes: str) -> str:
    """A direction that only machines hear, such as `dacapo="yes"`."""
    return f"<direction><direction-type><words/></direction-type><sound {attributes}/></direction>"


def words(text: str) -> str:
    """A direction in words."""
    return f"<direction><direction-type><words>{text}</words></direction-type></direction>"


def sign(name: str) -> str:
    """A segno, a coda, or another empty direction type."""
    return f"<direction><direction-type><{name}/></direction-type></direction>"


def rehearsal(label: str) -> str:
    """A rehearsal mark."""
    inside = f"<rehearsal>{label}</rehearsal>"
    return f"<direction><direction-type>{inside}</direction-type></direction>"


def metronome(unit: str, per_minute: str, dots: int = 0) -> str:
    """A metronome mark."""
    inside = f"<beat-unit>{unit}</beat-unit>{'<beat-unit-dot/>' * dots}"
    inside = f"<metronome>{inside}<per-minute>{per_minute}</per-minute></metronome>"
    return f"<direction><direction-type>{inside}</direction-type></direction>"
