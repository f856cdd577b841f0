"""What the caller's desk says by itself: each sentence when it becomes true."""

from collections.abc import Iterator

from collavoce.cli.text.door import View
from collavoce.cli.text.opened import OpenedDesk
from collavoce.words import say


def trouble(desk: OpenedDesk) -> Iterator[str]:
    """What does not carry the show as it should."""
    for process in desk.view["rail"]["processes"]:
        if process["sign"]["tone"] != "quiet":
            word = process["sign"]["word"]
            yield say("desk.rail.trouble", name=process["name"], word=word)
    for shown in (desk.view["rail"]["machine"] or {}).values():
        if isinstance(shown, dict) and shown["tone"] not in ("quiet", "wait"):
            yield f"{shown['word']}."


def show_is(desk: OpenedDesk) -> Iterator[str]:
    """The number, whether the show runs, whether it is locked."""
    rail = desk.view["rail"]
    order = [one["id"] for one in desk.view["set"] if one["id"] and one["is"] != "cut"]
    if rail["number"] in order:
        title = desk.numbers[rail["number"]]
        index = order.index(rail["number"]) + 1
        yield say("text.number", index=index, count=len(order), title=title)
    yield say("text.show_is", word=rail["show"]["word"])
    if desk.view["edits"]["locked"]:
        yield say("text.locked")


def times(desk: OpenedDesk) -> Iterator[str]:
    """Over or under, once it is not as planned."""
    shown = desk.times.get("sign")
    if shown is not None and shown["tone"] != "quiet":
        yield f"{shown['word']}."


def last(desk: OpenedDesk) -> Iterator[str]:
    """What was fired last, by whom, and what was sent."""
    fired = desk.view["last"]
    if fired is None:
        return
    words = say("text.fired", cue=desk.cue(fired["cue"]), by=fired["by"] or "-")
    yield words if fired["ms"] is None else f"{words} {say('desk.cues.ms', ms=fired['ms'])}"
    for one in fired["sent"]:
        if one["problem"] or not one["ok"]:
            yield f"{sending(one)}."


def sending(one: View) -> str:
    """One thing that left, and what came back."""
    if one["problem"]:
        return say("desk.history.not_sent", **one)
    if one["answer"] is None:
        return say("desk.history.sent", **one)
    return say("desk.history.answered" if one["ok"] else "desk.history.answered_badly", **one)


def standby(desk: OpenedDesk) -> Iterator[str]:
    """What stands by, who is ready for it, what stands against it."""
    view = desk.view
    cue = view["standby"]
    if cue is None:
        start = view["go"]["start"]
        yield (
            say("desk.cues.nothing")
            if start is None
            else say("text.start_next", title=desk.numbers[start], id=start)
        )
        return
    yield say("text.standby", cue=desk.cue(cue), when=desk.cues[cue]["when"])
    if desk.cues[cue].get("hazard"):
        yield say("desk.hazard.by_operator", hazard=desk.cues[cue]["hazard"]) + "."
    if view["cues"].get(cue, {}).get("restricted"):
        yield _restriction(cue)
    if view["cues"].get(cue, {}).get("off"):
        yield f"{say('desk.cue.disarmed')}."
    for why in view["go"]["unready"]:
        yield f"{why}."


def called(desk: OpenedDesk) -> Iterator[str]:
    """Who was called to a standby and what each answered; hazards that wait for their word."""
    for cue, call in desk.view["called"].items():
        who = [f"{one['name']} {one['sign']['word']}" for one in call["people"]]
        yield say("text.called", cue=desk.cue(cue), who=", ".join(who) or say("text.nobody"))
    for one in desk.view["hazards"]:
        who = one["name"] or say("desk.hazard.operator")
        words = {"cue": desk.cue(one["cue"]), "hazard": one["hazard"], "who": who}
        yield say("desk.hazard.said_to", **words) + "."


def restrictions(desk: OpenedDesk) -> Iterator[str]:
    """Every cue that carries a restriction, but the standby, which says its own."""
    for cue, now in desk.view["cues"].items():
        if now.get("restricted") and cue != desk.view["standby"]:
            yield _restriction(cue)


def _restriction(cue: str) -> str:
    words = say("desk.cues.restricted", cue=cue)
    return words[:1].upper() + words[1:] + "."


def people(desk: OpenedDesk) -> Iterator[str]:
    """Who is on stage, expected at an exit, waited for, not available."""
    strip = desk.view["people"]
    for person in strip["on_stage"]:
        yield say("text.person", name=person["name"], word=person["sign"]["word"])
    for way in strip["exits"]:
        who = way["name"] or say("desk.exit.empty")
        words = say("desk.people.line", who=who, exit=way["exit"])
        yield say("text.person", name=words, word=way["sign"]["word"])
    for person in (*strip["waited_for"], *strip["away"]):
        yield say("text.person", name=person["name"], word=person["sign"]["word"])


def missing(desk: OpenedDesk) -> Iterator[str]:
    """The numbers to come without somebody who plays them, and where the ways stand."""
    for one in desk.view["missing"]:
        yield say("text.missing", words=one["words"], title=one["title"])


def line(desk: OpenedDesk) -> Iterator[str]:
    """Breaches, ways to keep clear, medics, hold risks, whether support is ready."""
    strip = desk.view["line"]
    if strip["silent"] is not None:
        yield f"{strip['silent']['word']}."
    for index, breach in enumerate(strip["breaches"], start=1):
        words = [say("text.breach", n=index, word=breach["sign"]["word"], zone=breach["zone"])]
        if breach["coming"]:
            words.append(say("desk.line.come", names=", ".join(breach["coming"])))
        if breach["radio"]:
            words.append(say("desk.line.radio_said"))
        yield ", ".join(words) + "."
    for index, clear in enumerate(strip["clears"], start=1):
        yield say("text.breach", n=index, word=clear["sign"]["word"], zone=clear["zone"]) + "."
    for medic in strip["medics"]:
        yield say("desk.line.aloud", word=medic["sign"]["word"], zone=medic["zone"]) + "."
    for person in strip["ears"]:
        yield say("text.person", name=person["name"], word=person["sign"]["word"])
    for risk in strip["risks"]:
        yield say("desk.risk.text") + ". " + say("desk.risk.held_by", name=risk["holder_name"])
    if strip["stop"] is not None:
        yield f"{strip['stop']['sign']['word']}."
    if strip["standby"] is not None:
        yield f"{strip['standby']['word']}."
    yield f"{strip['support']['sign']['word']}."
