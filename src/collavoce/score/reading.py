"""From the bytes of a MusicXML file to the score as it is played."""

from collections.abc import Sequence

from collavoce.score import values
from collavoce.score.engraved import EngravedBar
from collavoce.score.errors import ScoreError
from collavoce.score.identity import give_identities
from collavoce.score.model import Score
from collavoce.score.opening import Element, numbered_bars, open_score, written
from collavoce.score.order import MAX_BARS_PLAYED, EndlessError, play_order
from collavoce.score.parts import PartReader
from collavoce.score.signs import settle_codas
from collavoce.score.writing_out import written_out
from collavoce.words import say

MAX_NOTES_PLAYED = 1_000_000

LONGEST_NAME = 20
"""Letters of a bar's number."""


def read_score(data: bytes, name: str) -> Score:
    """The score in `data`, MusicXML plain or compressed, with its repeats written out.

    name : of the file, for errors. Raises ScoreError with place and remedy.
    """
    root = open_score(data, name)
    give_identities(root)
    bars = engraved_bars(root, name)
    if not any(bar.notes for bar in bars):
        raise ScoreError(say("score.no_notes", name=name))
    try:
        order = play_order([bar.signs for bar in bars])
    except EndlessError:
        limit = MAX_BARS_PLAYED
        raise ScoreError(say("score.too_many_bars", name=name, limit=limit)) from None
    if sum(len(bars[index].notes) for index in order) > MAX_NOTES_PLAYED:
        raise ScoreError(say("score.too_many_notes", name=name, limit=MAX_NOTES_PLAYED))
    return written_out(_title(root) or name, bars, order)


def _title(root: Element) -> str:
    return written(root.find("movement-title")) or written(root.find("work/work-title"))


def engraved_bars(root: Element, name: str) -> list[EngravedBar]:
    """The bars of `root` as they stand on the page, all parts together; raises ScoreError."""
    bars: list[EngravedBar] = []
    for _, index, element in numbered_bars(root):
        if index == len(bars):
            implicit = element.get("implicit") == "yes"
            number = element.get("number", "").strip()[:LONGEST_NAME]
            bars.append(EngravedBar(element.get("id", ""), number, implicit))
    if not bars:
        raise ScoreError(say("score.no_bars", name=name))
    _name_the_nameless(bars)
    drums = _drums(root)
    readers: dict[int, PartReader] = {}
    for part, index, element in numbered_bars(root):
        if part not in readers:
            readers[part] = PartReader(name, part, drums)
        readers[part].read(element, bars[index])
    settle_codas([bar.signs for bar in bars])
    return bars


def _drums(root: Element) -> dict[str, int]:
    """MIDI key of each unpitched instrument; MusicXML counts keys from 1."""
    drums: dict[str, int] = {}
    for instrument in root.iterfind("part-list/score-part/midi-instrument"):
        key = values.number(written(instrument.find("midi-unpitched")))
        if key is not None and 1 <= key <= 128:  # noqa: PLR2004 - MIDI's range
            drums[instrument.get("id", "")] = int(key) - 1
    return drums


def _name_the_nameless(bars: Sequence[EngravedBar]) -> None:
    """Give a bar that is not counted (a pickup, the second half of a split bar) its own name."""
    counted = {bar.number for bar in bars if not bar.implicit}
    for index, bar in enumerate(bars):
        if bar.number and not (bar.implicit and bar.number in counted):
            continue
        bar.number = "0" if index == 0 and "0" not in counted else f"X{index}"
