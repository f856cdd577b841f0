"""Read what directions and bar lines say about the way through the bars.

A `sound` element says it for machines; where a program wrote only signs and words for people
("D.S. al Coda"), those are read instead.
"""

import re
from collections.abc import Sequence

from collavoce.score import values
from collavoce.score.opening import Element, written
from collavoce.score.order import Signs

MAX_TIMES = 99
"""A section repeated more often is an endless vamp; the hand leaves it."""

_DA_CAPO = re.compile(r"(d\.? ?c\.?|da capo)( .*)?", re.IGNORECASE)
_DAL_SEGNO = re.compile(r"(d\.? ?s\.?|dal segno)( .*)?", re.IGNORECASE)
_TO_CODA = re.compile(r"to coda\b.*", re.IGNORECASE)
_FINE = re.compile(r"fine\.?", re.IGNORECASE)
_PASSES = re.compile(r"([0-9]{1,2})(?:\s*-\s*([0-9]{1,2}))?")


def read_direction(direction: Element, signs: Signs) -> None:
    """Put what a `direction` or a lone `sound` says into `signs`."""
    sound = direction if direction.tag == "sound" else direction.find("sound")
    if sound is not None:
        signs.da_capo |= sound.get("dacapo") == "yes"
        signs.fine |= "fine" in sound.attrib
        signs.to_segno = sound.get("dalsegno", signs.to_segno)
        signs.to_coda = sound.get("tocoda", signs.to_coda)
        signs.segno = sound.get("segno", signs.segno)
        signs.coda = sound.get("coda", signs.coda)
    words = [written(word) for word in direction.iterfind("direction-type/words")]
    _read_words(" ".join(" ".join(words).split()), signs)
    if direction.find("direction-type/segno") is not None and signs.to_segno is None:
        signs.segno = signs.segno or ""
    if direction.find("direction-type/coda") is not None and signs.to_coda is None:
        signs.coda = signs.coda or ""


def read_barline(barline: Element, signs: Signs, ending: frozenset[int]) -> frozenset[int]:
    """Put what `barline` says into `signs`; the volta in force after it.

    ending : the passes of the volta in force before it, empty outside voltas.
    """
    volta = barline.find("ending")
    if volta is not None and volta.get("type") == "start":
        ending = _passes(volta.get("number", ""))
        signs.ending |= ending
        signs.ending_starts = True
    repeat = barline.find("repeat")
    if repeat is not None and repeat.get("direction") == "forward":
        signs.forward = True
    elif repeat is not None:
        times = values.number(repeat.get("times", "2")) or 2
        signs.backward = min(max(signs.backward, int(times), 2), MAX_TIMES)
        signs.after_jump |= repeat.get("after-jump") == "yes"
    if volta is not None and volta.get("type") in {"stop", "discontinue"}:
        ending = frozenset()
    return ending


def settle_codas(signs: Sequence[Signs]) -> None:
    """Where two coda signs stand without a word, the first is the one to leave from."""
    codas = [sign for sign in signs if sign.coda is not None]
    jumping = any(sign.da_capo or sign.to_segno is not None for sign in signs)
    if jumping and len(codas) > 1 and all(sign.to_coda is None for sign in signs):
        codas[0].to_coda, codas[0].coda = "", None


def _read_words(words: str, signs: Signs) -> None:
    if _TO_CODA.fullmatch(words):
        signs.to_coda = signs.to_coda or ""
    elif _DA_CAPO.fullmatch(words):
        signs.da_capo = True
    elif _DAL_SEGNO.fullmatch(words):
        signs.to_segno = signs.to_segno or ""
    elif _FINE.fullmatch(words):
        signs.fine = True


def _passes(text: str) -> frozenset[int]:
    """`1, 2` or `1-3` as numbers; a volta without a number is the first."""
    passes: set[int] = set()
    for first, last in _PASSES.findall(text):
        passes |= set(range(int(first), int(last or first) + 1))
    return frozenset(passes - {0} or {1})
