"""The history in words: what fired a cue, how long until the wire, what went, what came back."""

from collections.abc import Iterable, Mapping

from collavoce.desk.history import Deed, Kind
from collavoce.desk.views.arrival import place_words
from collavoce.desk.views.people import person_name
from collavoce.desk.views.signs import View
from collavoce.score.model import Score
from collavoce.show.cues import Show
from collavoce.show.order import find, number_with
from collavoce.show.told.event import Cause
from collavoce.show.triggers import AfterCue
from collavoce.words import say


def history_view(show: Show, deeds: Iterable[Deed], scores: Mapping[str, Score]) -> list[View]:
    """Every deed, the latest first."""
    return [deed_view(show, deed, scores) for deed in reversed(list(deeds))]


def deed_view(show: Show, deed: Deed, scores: Mapping[str, Score]) -> View:
    """One deed. why: a sentence; sent and back: what left and what the other ends answered."""
    return {
        "seq": deed.seq,
        "wall": deed.wall,
        "cue": deed.cue,
        "is": deed.kind.value,
        "why": why(show, deed, scores),
        "notes": list(_notes(deed)),
        "ms": deed.ms,
        "sent": sent_view(deed),
    }


def sent_view(deed: Deed) -> list[View]:
    """What left, in its order, each with what came back."""
    answers = {answer.to: answer for answer in deed.answers}
    shown: list[View] = []
    for sending in deed.sent:
        answer = answers.get(sending.to)
        shown.append(
            {
                "to": sending.to,
                "what": sending.what,
                "ms": round(sending.late_ms, 1),
                "problem": sending.problem,
                "answer": None if answer is None else answer.answer,
                "ok": answer is None or answer.ok,
                "took": None if answer is None else round(answer.ms),
            }
        )
    if not deed.sent and deed.problem:
        shown.append({"to": "", "what": "", "ms": deed.ms, "problem": deed.problem, "ok": False})
    return shown


def why(show: Show, deed: Deed, scores: Mapping[str, Score]) -> str:
    """What brought it about, in a sentence."""
    if deed.kind in (Kind.OFFERED, Kind.DROPPED):
        return deed.why
    by = say("desk.arrival.caller") if deed.by == "caller" else person_name(show, deed.by) or ""
    if deed.kind in (Kind.PASSED, Kind.HALTED):
        return say(f"desk.why.{deed.kind.value}", by=by)
    cue = find(show, deed.cue)
    number = number_with(show, deed.cue)
    score = None if number is None else scores.get(number.id)
    place = "" if deed.quarter is None else place_words(score, deed.quarter, beat=True)
    wait = ""
    if cue is not None and isinstance(cue.trigger, AfterCue):
        wait = f"{cue.trigger.wait:g}"
    lead = "" if cue is None else f"{cue.lead:g}"
    cause = deed.cause or Cause.HAND
    words = say(f"desk.why.{cause.value}", place=place, by=by, wait=wait, lead=lead)
    return say("desk.why.hand_at", why=words, place=place) if _by_ear(deed, place) else words


def _by_ear(deed: Deed, place: str) -> bool:
    return deed.cause is Cause.HAND and bool(place)


def _notes(deed: Deed) -> Iterable[str]:
    if deed.begun is not None:
        yield say("desk.why.waited", seconds=f"{deed.at - deed.begun:.1f}")
    if deed.heard_at is not None:
        yield say("desk.why.heard", ms=f"{1000 * max(deed.at - deed.heard_at, 0.0):.0f}")
    if deed.overridden:
        yield say("desk.why.overridden", why=deed.overridden)
    if deed.confirmed is not None:
        yield say("desk.why.confirmed" if deed.confirmed else "desk.why.not_confirmed")
    if deed.kind is Kind.FIRED and deed.why:
        yield deed.why
