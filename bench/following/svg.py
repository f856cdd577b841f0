"""Pictures by hand: a sheet, frames with two scales on it, and marks in the frames.

Written rather than plotted: the pictures lie in the repository, where a few kilobytes of text that
change by a line when a figure does are better than a library's outlines of letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from math import ceil, floor, log, log10
from pathlib import Path

INK, QUIET, RULE = "#1a1a1a", "#5c5c5c", "#e6e6e6"
FONT = "font-family:system-ui,'Segoe UI','Helvetica Neue',Arial,sans-serif"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """How one follower is drawn: told apart by colour, by dashes and by mark, any one enough."""

    colour: str
    dash: str = ""
    mark: str = "circle"
    width: float = 1.5


STYLES = (
    Style("#0072b2", width=2.6),
    Style("#d55e00", "7 3", "square"),
    Style("#009e73", "2 2.5", "diamond"),
    Style("#cc79a7", "9 3 2 3", "up"),
    Style("#b58900", "4 2", "down"),
    Style("#56b4e9", mark="plus"),
    Style("#000000", "12 3", "cross"),
    Style("#7f7f7f", "6 2 1 2 1 2", "square"),
    Style("#882255", "3 1.5", "diamond"),
    Style("#44aa99", "10 2 4 2", "up"),
)
"""Okabe and Ito's colours for the first six (yellow darkened, to be seen on white), ours first."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From a value to its share of a frame's side; logarithmic if asked."""

    low: float
    high: float
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """0 at `low`, 1 at `high`; what lies outside is set upon the edge."""
        value = min(max(value, self.low), self.high)
        if self.logarithmic:
            return log(value / self.low) / log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


@dataclass(slots=True)
class Sheet:
    """A white page with a title and what it shows in a sentence."""

    width: float
    height: float
    title: str
    about: str
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text(24, 32, self.title, size=17, weight=600)
        self.text(24, 52, self.about, size=12.5, colour=QUIET)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 12,
        anchor: str = "start",
        colour: str = INK,
        weight: int = 400,
        turned: bool = False,
    ) -> None:
        """Write `words` at a point; `turned`: upwards."""
        turn = f' transform="rotate(-90 {x:g} {y:g})"' if turned else ""
        heavy = f' font-weight="{weight}"' if weight != 400 else ""
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="{anchor}" '
            f'fill="{colour}"{heavy}{turn}>{escape(words)}</text>'
        )

    def line(self, points: Sequence[Point], style: Style) -> None:
        """Draw a line through the points."""
        if not points:
            return
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        dash = f' stroke-dasharray="{style.dash}"' if style.dash else ""
        self.parts.append(
            f'<path d="{path}" fill="none" stroke="{style.colour}" '
            f'stroke-width="{style.width:g}" stroke-linejoin="round"{dash}/>'
        )

    def mark(self, x: float, y: float, style: Style, size: float = 4.0) -> None:
        """Set the style's mark upon a point."""
        shape = MARKS[style.mark]
        points = "L".join(f"{x + size * dx:.1f} {y + size * dy:.1f}" for dx, dy in shape)
        drawn = f"M{points}Z"
        if style.mark == "circle":
            drawn = f"M{x - size:.1f} {y:.1f}a{size:g} {size:g} 0 1 0 {2 * size:g} 0"
            drawn += f"a{size:g} {size:g} 0 1 0 {-2 * size:g} 0Z"
        self.parts.append(
            f'<path d="{drawn}" fill="{style.colour}" fill-opacity=".75" stroke="#fff" '
            'stroke-width=".8"/>'
        )

    def bar(self, x: float, y: float, width: float, height: float, style: Style) -> None:
        """Fill a rectangle."""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'fill="{style.colour}" fill-opacity=".85"/>'
        )

    def legend(self, x: float, y: float, names: Sequence[str], *, marks: bool = False) -> None:
        """Name the styles in their order, side by side as far as the page goes."""
        at = x
        for style, name in zip(STYLES, names, strict=False):
            wide = 6.8 * len(name) + 58  # a letter of size twelve is some seven wide
            if at + wide > self.width:
                at, y = x, y + 20
            if marks:
                self.mark(at + 12, y - 4, style, 5)
            else:
                self.line([(at, y - 4), (at + 26, y - 4)], style)
            self.text(at + 33, y, name)
            at += wide

    def write(self, path: Path) -> None:
        """Write the page; the same figures give the same bytes."""
        body = "\n".join(self.parts)
        path.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} '
            f'{self.height:g}" width="{self.width:g}" height="{self.height:g}" role="img" '
            f'style="{FONT};font-variant-numeric:tabular-nums">\n'
            f"<title>{escape(self.title)}</title>\n<desc>{escape(self.about)}</desc>\n"
            f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n',
            encoding="utf-8",
        )


MARKS: dict[str, tuple[Point, ...]] = {
    "circle": (),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "up": ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
    "down": ((0, 1.2), (1.15, -0.9), (-1.15, -0.9)),
    "plus": (
        *((-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4)),
        *((0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4)),
    ),
    "cross": (
        *((-1.1, -0.6), (-0.6, -1.1), (0, -0.5), (0.6, -1.1), (1.1, -0.6), (0.5, 0)),
        *((1.1, 0.6), (0.6, 1.1), (0, 0.5), (-0.6, 1.1), (-1.1, 0.6), (-0.5, 0)),
    ),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of a sheet in which values have a place."""

    sheet: Sheet
    left: float
    top: float
    width: float
    height: float
    x: Scale
    y: Scale

    def at(self, x: float, y: float) -> Point:
        """Where a pair of values lies on the sheet."""
        return (
            self.left + self.width * self.x.share(x),
            self.top + self.height * (1 - self.y.share(y)),
        )

    def axes(
        self,
        heading: str,
        x: tuple[str, Sequence[tuple[float, str]]],
        y: tuple[str, Sequence[tuple[float, str]]],
    ) -> None:
        """Draw rules and labels: for each axis its words, and its ticks with theirs."""
        sheet, bottom = self.sheet, self.top + self.height
        sheet.text(self.left, self.top - 10, heading, size=13, weight=600)
        for value, words in x[1]:
            at = self.at(value, self.y.low)[0]
            sheet.line([(at, self.top), (at, bottom)], Style(RULE, width=1))
            sheet.text(at, bottom + 17, words, size=11, anchor="middle", colour=QUIET)
        for value, words in y[1]:
            at = self.at(self.x.low, value)[1]
            sheet.line([(self.left, at), (self.left + self.width, at)], Style(RULE, width=1))
            sheet.text(self.left - 7, at + 4, words, size=11, anchor="end", colour=QUIET)
        edge = [(self.left, self.top), (self.left, bottom), (self.left + self.width, bottom)]
        sheet.line(edge, Style(QUIET, width=1))
        middle = self.left + self.width / 2
        sheet.text(middle, bottom + 36, x[0], size=12, anchor="middle")
        sheet.text(self.left - 44, self.top + self.height / 2, y[0], anchor="middle", turned=True)

    def curve(self, values: Sequence[Point], style: Style) -> None:
        """Draw a line through values."""
        self.sheet.line([self.at(x, y) for x, y in values], style)

    def stairs(self, values: Sequence[Point], end: float, style: Style) -> None:
        """Draw what keeps its value until the next one, as far as `end`."""
        points: list[Point] = []
        for k, (x, y) in enumerate(values):
            until = values[k + 1][0] if k + 1 < len(values) else end
            points += [self.at(x, y), self.at(until, y)]
        self.sheet.line(thinned(points), style)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round values from `low` to `high`, some `about` of them: 1, 2 or 5 and noughts apart."""
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough * 0.999)
    return [step * k for k in range(ceil(low / step), floor(high / step + 1e-9) + 1)]


def thinned(points: Sequence[Point], least: float = 0.5) -> list[Point]:
    """The points of a line less those that nobody would see: nearer than `least` to their last."""
    kept: list[Point] = []
    for point in points:
        near = kept and max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) < least
        if not near:
            kept.append(point)
    return kept
