"""The connections as a plain dict, for whoever shows them. No key, and nothing made from one."""

from collections.abc import Mapping
from typing import Any

from collavoce.runtime.gateway.book import MIDI, Allowed, Book, Control, Controller, entries
from collavoce.runtime.gateway.tally import Refusals
from collavoce.words import say


def connections_view(book: Book, heard: Mapping[str, float] | None = None) -> dict[str, Any]:
    """The book. heard: controllers and sources -> seconds since, while a gateway runs.

    {"entries": [{"number", "kind", "words", "ago", and the entry's own fields}]}; `number` is what
    "forget" takes; kind "controller", "allowed" or "learned".
    """
    ago = {} if heard is None else heard
    return {"entries": [_entry(n, one, ago) for n, (_, one) in enumerate(entries(book), start=1)]}


def running_view(
    book: Book,
    heard: Mapping[str, float],
    refusals: Refusals,
    now: float,
    *,
    midi: tuple[str, ...],
    trouble: str,
    osc: str,
    learning: str,
) -> dict[str, Any]:
    """The book, and what a running gateway knows besides.

    refused : the latest refusals (`tally.Knock`). counts : reason -> how many. midi : inputs heard.
    trouble : why MIDI or the book cannot be had, "" without. osc : "host:port". learning : what is
        waited for, "" for nothing.
    """
    return {
        **connections_view(book, {name: round(now - at, 1) for name, at in heard.items()}),
        "refused": refusals.latest(now),
        "counts": {why.value: count for why, count in sorted(refusals.counts.items())},
        "midi": list(midi),
        "trouble": trouble,
        "osc": osc,
        "learning": learning,
    }


def entry_words(one: Controller | Allowed | Control) -> str:
    """An entry in words."""
    match one:
        case Controller(name=name, may=may, person=person):
            words = ", ".join(may) or say("gateway.list.all")
            told = say("gateway.list.controller", name=name, may=words)
            return f"{told}; {say('gateway.list.person', person=person)}" if person else told
        case Allowed(source=source, pattern=pattern, feedback=port):
            words = say("gateway.list.allowed", source=source_words(source), pattern=pattern)
            return f"{words}; {say('gateway.list.feedback', port=port)}" if port else words
        case Control(source=source, input=heard, does=does):
            return say("gateway.list.learned", source=source_words(source), input=heard, does=does)


def source_words(source: str) -> str:
    """A source as people say it."""
    if source.startswith(MIDI):
        return say("gateway.list.midi", port=source.removeprefix(MIDI))
    return source


def _entry(
    number: int, one: Controller | Allowed | Control, ago: Mapping[str, float]
) -> dict[str, Any]:
    entry: dict[str, Any] = {"number": number, "words": entry_words(one)}
    match one:
        case Controller(name=name, may=may, person=person):
            entry |= {"kind": "controller", "name": name, "may": list(may), "person": person}
            entry["ago"] = ago.get(name)
        case Allowed(source=source, pattern=pattern, feedback=port):
            entry |= {"kind": "allowed", "source": source, "pattern": pattern, "feedback": port}
            entry["ago"] = ago.get(source)
        case Control(source=source, input=heard, does=does):
            entry |= {"kind": "learned", "source": source, "input": heard, "does": does}
            entry["ago"] = ago.get(source)
    return entry
