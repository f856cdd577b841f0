"""The one door to verovio (LGPL-3), which draws MusicXML; it has no type stubs.

A toolkit costs 5 to 10 ms and keeps the document it loaded, so each drawing has its own, let go of
afterwards: nothing is shared between threads but verovio's log level, which is always "off".
verovio is loaded at the first drawing; who only reads scores never pays for it.
"""

from typing import Any, Protocol, cast

OPTIONS: dict[str, Any] = {
    "breaks": "none",  # one long system: the place moves, nothing turns
    "header": "none",
    "footer": "none",
    "adjustPageHeight": True,
    "adjustPageWidth": True,
    "pageMarginBottom": 0,
    "pageMarginLeft": 0,
    "pageMarginRight": 0,
    "pageMarginTop": 0,
    "mnumInterval": 1,  # a caller finds bar 47 by its number
    "svgFormatRaw": True,
    "svgRemoveXlink": True,
    "smuflTextFont": "none",
    "xmlIdSeed": 1,
}


class NotDrawnError(Exception):
    """verovio did not accept the document."""


class _Toolkit(Protocol):
    def setOptions(self, options: dict[str, Any]) -> bool: ...  # noqa: N802 - verovio's names

    def loadData(self, data: str) -> bool: ...  # noqa: N802

    def renderToSVG(self, page: int) -> str: ...  # noqa: N802


def draw(musicxml: str) -> str:
    """The SVG of all the music in `musicxml` as one long system; raises NotDrawnError."""
    import verovio

    library = cast("Any", verovio)
    library.enableLog(library.LOG_OFF)
    toolkit = cast("_Toolkit", library.toolkit())
    toolkit.setOptions(OPTIONS)
    if not toolkit.loadData(musicxml):
        raise NotDrawnError
    return toolkit.renderToSVG(1)
