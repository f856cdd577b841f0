"""Make verovio's SVG small, safe and dark-friendly, and find where everything stands in it.

Only known elements and attributes pass; colours become `currentColor`; styles become presentation
attributes, since a page with a strict content policy ignores `style`. Groups that only structure
are opened up; the ids that stay are those of our notes and bars. Lengths inside are verovio's own
(a staff space is 180), which `px` turns into pixels from the left edge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from collavoce.score.lettering import chosen, lettering
from collavoce.score.opening import Element, parsed, serialised

UNITS_PER_PX = 20.0
"""A staff is 720 units, so 36 px, high."""

MARGIN = 100.0
"""Left free on all sides, so that no stroke is cut."""

HALF_HEAD = 106.0
"""Half the width of a black notehead: verovio gives the left edge, a place is its middle."""

NAMESPACE = "{http://www.w3.org/2000/svg}"

SHAPES = {
    "path": ("d", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"),
    "polygon": ("points",),
    "polyline": ("points", "stroke-width", "stroke-linecap", "stroke-linejoin", "fill"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "rect": ("x", "y", "width", "height", "stroke-width", "fill-opacity"),
}
INVISIBLE = {"placeholder", "space", "mSpace"}
FONTS = {
    "ending": ("font-weight", "bold"),
    "fing": ("font-weight", "bold"),
    "reh": ("font-weight", "bold"),
    "tempo": ("font-weight", "bold"),
    "dir": ("font-style", "italic"),
    "dynam": ("font-style", "italic"),
    "mNum": ("font-style", "italic"),
}
NAMED = {"measure": "bar", "note": "note"}

_PLACED = re.compile(r"translate\((-?[\d.]+), (-?[\d.]+)\) scale\((-?[\d.]+), -?[\d.]+\)")
_TURNED = re.compile(r"rotate\([-\d., ]+\)")
_LINE = re.compile(r"M(-?\d+) -?\d+ L(-?\d+) -?\d+")
_GLYPH = re.compile(r"#?([0-9A-F]{4,5})-\w+")


@dataclass(slots=True)
class Drawing:
    """A cleaned drawing. width, height, and every x: px.

    bars : left edge and width of each bar by id; heads : the middle of each notehead by note id.
    """

    width: float
    height: float
    svg: str = ""
    bars: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    heads: dict[str, float] = field(default_factory=dict[str, float])


def cleaned(svg: str, ids: set[str]) -> Drawing:
    """Verovio's `svg` as a Drawing; ids: those of our notes and bars, which stay."""
    root = parsed(svg)
    scaled = root.find(f"{NAMESPACE}svg")
    assert scaled is not None, "verovio nests the music in a scaled svg"
    sides = [float(side) + 2 * MARGIN for side in scaled.get("viewBox", "").split()[2:]]
    width, height = sides
    drawing = Drawing(width=round(width / UNITS_PER_PX, 1), height=round(height / UNITS_PER_PX, 1))
    cleaner = _Cleaner(drawing, ids, _glyphs(root))
    music = [kept for child in scaled for kept in cleaner.kept(child)]
    definitions = Element("defs")
    definitions.extend(cleaner.used.values())
    shown = Element(
        "svg",
        {
            "xmlns": NAMESPACE.strip("{}"),
            "viewBox": f"{-MARGIN:g} {-MARGIN:g} {width:.0f} {height:.0f}",
            "width": f"{drawing.width}",
            "height": f"{drawing.height}",
            "fill": "currentColor",
            "stroke": "currentColor",
            "font-family": "serif",
            "overflow": "visible",  # words at the right end reach beyond the last bar
        },
    )
    shown.append(definitions)
    shown.extend(music)
    drawing.svg = serialised(shown)
    return drawing


def px(units: float) -> float:
    """Pixels from the left edge of the drawing to the x `units` of its inside."""
    return round((units + MARGIN) / UNITS_PER_PX, 1)


def _glyphs(root: Element) -> dict[str, str]:
    """The outline of each glyph by its code point."""
    outlines: dict[str, str] = {}
    for glyph in root.iterfind(f"{NAMESPACE}defs/{NAMESPACE}g"):
        code, path = _GLYPH.fullmatch(glyph.get("id", "")), glyph.find(f"{NAMESPACE}path")
        if code and path is not None:
            outlines[code[1]] = path.get("d", "")
    return outlines


@dataclass(slots=True)
class _Cleaner:
    """Walks verovio's tree; `used` collects the glyphs met, each at its size."""

    drawing: Drawing
    ids: set[str]
    glyphs: dict[str, str]
    used: dict[str, Element] = field(default_factory=dict[str, Element])

    def kept(self, element: Element) -> Iterator[Element]:
        """What the cleaned drawing has for `element`: nothing, itself, or its children."""
        tag = element.tag.removeprefix(NAMESPACE)
        if element.get("visibility") == "hidden":
            return
        if tag == "g":
            yield from self._group(element)
        elif tag == "use":
            yield from self._glyph(element)
        elif tag == "text":
            yield from lettering(element)
        elif tag in SHAPES:
            yield Element(tag, chosen(element, SHAPES[tag]))

    def _group(self, group: Element) -> Iterator[Element]:
        classes = group.get("class", "").split()
        if not INVISIBLE.isdisjoint(classes):
            return
        attributes = dict(FONTS[name] for name in classes if name in FONTS)
        identity = group.get("id", "")
        if identity in self.ids and classes[0] in NAMED:
            attributes |= {"id": identity, "class": NAMED[classes[0]]}
            self._find(identity, group)
        if _TURNED.fullmatch(group.get("transform", "")):
            attributes["transform"] = group.get("transform", "")
        children = [kept for child in group for kept in self.kept(child)]
        if not attributes:
            yield from children
        elif children:
            shown = Element("g", attributes)
            shown.extend(children)
            yield shown

    def _glyph(self, use: Element) -> Iterator[Element]:
        code = _GLYPH.fullmatch(use.get("href", ""))
        placed = _PLACED.fullmatch(use.get("transform", ""))
        if code is None or placed is None or code[1] not in self.glyphs:
            return
        x, y, size = placed.groups()
        name = f"g{code[1]}-{float(size) * 100:.0f}"
        if name not in self.used:
            # A glyph's y points up, and its lines are filled, not stroked.
            outline = {"d": self.glyphs[code[1]], "transform": f"scale({size},-{size})"}
            self.used[name] = Element("path", {"id": name, "stroke": "none", **outline})
        yield Element("use", {"href": f"#{name}", "x": x, "y": y})

    def _find(self, identity: str, group: Element) -> None:
        """Note where a bar's staff lines run, and where a note's head is."""
        if group.get("class", "").startswith("measure"):
            line = group.find(f"{NAMESPACE}g[@class='staff']/{NAMESPACE}path")
            ends = _LINE.fullmatch(line.get("d", "")) if line is not None else None
            if ends is not None:
                left, right = px(float(ends[1])), px(float(ends[2]))
                self.drawing.bars[identity] = (left, round(right - left, 1))
            return
        head = group.find(f"{NAMESPACE}g[@class='notehead']/{NAMESPACE}use")
        placed = _PLACED.fullmatch(head.get("transform", "")) if head is not None else None
        if placed is not None:
            self.drawing.heads[identity] = px(float(placed[1]) + HALF_HEAD)
