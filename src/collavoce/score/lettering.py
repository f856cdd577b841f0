"""The words in a drawing, in fonts that any system has.

verovio writes the note of a metronome mark as a letter of its own music font, which a page does
not have. So that note is drawn here; the words before it are given a fixed width, because only
then is it known where they end.
"""

from collections.abc import Iterator

from collavoce.score.opening import Element

STYLES = ("x", "y", "dx", "dy", "text-anchor", "font-size", "font-style", "font-weight")

LETTER_WIDTH = 0.49
"""Of the font size: the mean advance of a bold serif."""

# SMuFL's "metronome marks" range.
WHOLE, HALF, QUARTER, DOT = "\ueca2", "\ueca3", "\ueca5", "\uecb7"
FLAGS = {"\ueca7": 1, "\ueca9": 2, "\uecab": 3}
MUSIC_SIZE = 720.0
"""The font size for which the note below is drawn."""


def chosen(element: Element, names: tuple[str, ...]) -> dict[str, str]:
    """Those attributes of `element` that are among `names`."""
    found = {name: element.get(name) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def lettering(text: Element) -> Iterator[Element]:
    """Verovio's nested `text` on one level; its metronome notes as shapes."""
    runs = list(_runs(text, chosen(text, STYLES)))
    if any(_is_music(run) for run, _ in runs):
        yield from _line_with_notes(runs)
    elif runs:
        shown = Element("text", chosen(text, STYLES) | {"stroke": "none"})
        for run, style in runs:
            piece = Element("tspan", _difference(style, shown))
            piece.text = run
            shown.append(piece)
        yield shown


def _runs(element: Element, style: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    for child in element:
        inner = style | chosen(child, STYLES)
        if child.text and child.text.strip("\n"):
            yield child.text, inner
        yield from _runs(child, inner)


def _difference(style: dict[str, str], outer: Element) -> dict[str, str]:
    return {name: value for name, value in style.items() if outer.get(name) != value}


def _is_music(run: str) -> bool:
    return any("\ue000" <= letter <= "\uf8ff" for letter in run)


def _size(style: dict[str, str]) -> float:
    return float(style.get("font-size", "0").removesuffix("px"))


def _line_with_notes(runs: list[tuple[str, dict[str, str]]]) -> Iterator[Element]:
    x, y = (float(runs[0][1].get(axis, "0")) for axis in ("x", "y"))
    for run, style in runs:
        size = _size(style)
        if _is_music(run):
            for letter in run:
                shapes, width = _note(letter, x, y, size / MUSIC_SIZE)
                yield from shapes
                x += width
            continue
        words = run.strip()
        x += LETTER_WIDTH / 2 * size * (len(run) - len(run.lstrip()))
        width = LETTER_WIDTH * size * len(words)
        place = {"x": f"{x:.0f}", "y": f"{y:.0f}", "textLength": f"{width:.0f}", "stroke": "none"}
        if words:
            shown = Element("text", style | place | {"lengthAdjust": "spacingAndGlyphs"})
            shown.text = words
            yield shown
        x += width + LETTER_WIDTH / 2 * size * (len(run.lstrip()) - len(words))


def _note(letter: str, x: float, y: float, scale: float) -> tuple[list[Element], float]:
    """The shapes of one note or dot with its foot at (x, y), and its width."""
    if letter == DOT:
        radius = 32 * scale
        return [_shape("ellipse", cx=x, cy=y - 70 * scale, rx=radius, ry=radius)], 90 * scale
    if letter not in {WHOLE, HALF, QUARTER, *FLAGS}:
        return [], 60 * scale
    cx, cy = x + 95 * scale, y - 70 * scale
    hollow = letter in {WHOLE, HALF}
    head = _shape("ellipse", cx=cx, cy=cy, rx=82 * scale, ry=54 * scale)
    head.set("transform", f"rotate(-22 {cx:.0f} {cy:.0f})")
    if hollow:
        head.set("fill", "none")
    head.set("stroke-width", f"{(36 if hollow else 10) * scale:.0f}")
    shapes, stem, top = [head], x + 170 * scale, y - 500 * scale
    if letter != WHOLE:
        line = f"M{stem:.0f} {cy - 20 * scale:.0f} V{top:.0f}"
        shapes.append(_shape("path", d=line, stroke_width=20 * scale))
    for flag in range(FLAGS.get(letter, 0)):
        at = top + 130 * scale * flag
        curve = [value * scale for value in (20, 120, 170, 150, 110, 330, -10, -90, -60, -150)]
        d = "c{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f} c{:.0f} {:.0f} {:.0f} {:.0f}".format(*curve)
        back = f"{-110 * scale:.0f} {-170 * scale:.0f}"
        shapes.append(_shape("path", d=f"M{stem:.0f} {at:.0f} {d} {back} z"))
    return shapes, (310 if letter in FLAGS else 220) * scale


def _shape(tag: str, **attributes: float | str) -> Element:
    written = {
        name.replace("_", "-"): value if isinstance(value, str) else f"{value:.0f}"
        for name, value in attributes.items()
    }
    return Element(tag, written)
