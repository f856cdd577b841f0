"""What the caller does with the evening, typed: set list, edits, timers, history, devices."""

from collections.abc import Iterator, Sequence

from collavoce.cli.text.asking import AskingError, Doing, numbered, one_of
from collavoce.cli.text.caller_says import sending
from collavoce.cli.text.door import View
from collavoce.cli.text.opened import OpenedDesk
from collavoce.runtime.telling import clock_words
from collavoce.words import say

HISTORY_TOLD = 10
"""Deeds, unless a cue is named."""

EDITS = {"undo": "Undo", "redo": "Redo"}
TIMER_ACTS = {"start": "StartTimer", "pause": "PauseTimer", "reset": "ResetTimer"}
PARTS_MOST = 3
"""Of a length: hours, minutes, seconds."""


class EveningHand:
    """The caller's evening over `desk`."""

    def __init__(self, desk: OpenedDesk) -> None:
        self._desk = desk
        self._options: Sequence[View] = ()

    def commands(self) -> dict[str, Doing]:
        """Every word, and what it does."""
        return {
            "start": self._start,
            "cues": self._list,
            "history": self._history,
            "setlist": self._set_list,
            "ways": self._ways,
            "choose": self._choose,
            "edit": self._edit,
            "timer": self._timer,
            "devices": self._devices,
            "connections": self._connections,
            "learn": self._learn,
            "mark": lambda text: self._desk.order(type="MarkNote", text=text),
            "pair": self._pair,
        }

    def _start(self, number: str) -> str:
        chosen = number or self._desk.view["go"]["start"] or ""
        named = one_of(chosen, self._desk.numbers, say("text.what.number"))
        return self._desk.order(type="StartNumber", number=named)

    def _list(self, found: str) -> str:
        cues = self._desk.view["cues"]
        shown = [
            say("text.cue_is", cue=self._desk.cue(n), word=say(f"desk.{cues[n]['is']}"))
            for n in cues
            if found.casefold() in self._desk.cue(n).casefold()
        ]
        return "\n".join(shown) or say("desk.cues.none_found")

    def _history(self, cue: str) -> str:
        """What became of each cue, the latest first; of one cue all of it."""
        deeds: list[View] = self._desk.read("/history.json")
        if cue:
            number = self._desk.known_cue(cue)
            deeds = [deed for deed in deeds if deed["cue"] == number]
        told = [self._deed(deed) for deed in deeds[: None if cue else HISTORY_TOLD]]
        return "\n".join(told) or say("desk.history.none")

    def _deed(self, deed: View) -> str:
        head = f"{deed['wall']} {self._desk.cue(deed['cue'])} {say('desk.history.' + deed['is'])}"
        parts = [head, deed["why"].rstrip("."), *deed["notes"]]
        if deed["ms"] is not None:
            parts.append(say("desk.history.wire", ms=round(deed["ms"], 1)))
        parts += [sending(one) for one in deed["sent"]]
        return ". ".join(parts) + "."

    def _set_list(self, _: str) -> str:
        """Tonight's order with its times; what could change, numbered, and what that costs."""
        told = self._desk.read("/setlist.json")
        self._options = told["options"]
        lines = [self._desk.times.get("ends", "") + "."] if self._desk.times.get("ends") else []
        for index, (one, times) in enumerate(
            zip(self._desk.view["set"], told["items"], strict=False), start=1
        ):
            title = self._desk.numbers.get(one["id"], say("desk.set.interval"))
            words = [say(f"desk.set.{one['is']}"), *one["notes"]]
            lines.append(f"{index}: {title}, {', '.join(words + _words(times))}.")
        for index, option in enumerate(self._options, start=1):
            cost = "; ".join(option["cost"])
            lines.append(say("text.option", n=index, words=option["words"], cost=cost))
        return "\n".join(lines)

    def _ways(self, which: str) -> str:
        """What can be done about a number whose player is not available; "choose" takes one."""
        stand = {one["number"]: one for one in self._desk.view["missing"]}
        if not stand:
            raise AskingError(say("text.no_missing"))
        titles = {number: one["title"] for number, one in stand.items()}
        number = one_of(which, titles, say("text.what.number")) if which else next(iter(titles))
        told = self._desk.read("/setlist.json")
        found = (one["options"] for one in told["missing"] if one["number"] == number)
        self._options = [told["options"][index] for index in next(found, [])]
        lines = [stand[number]["words"]]
        for index, option in enumerate(self._options, start=1):
            cost = "; ".join(option["cost"])
            lines.append(say("text.option", n=index, words=option["words"], cost=cost))
        return "\n".join(lines)

    def _choose(self, which: str) -> str:
        if not self._options:
            raise AskingError(say("text.choose_how"))
        option = numbered(self._options, which)
        self._options = ()
        return self._desk.order(
            type="ChangeSetList",
            plan=option["plan"],
            option=option["option"],
            instead=option["instead"],
        )

    def _edit(self, word: str) -> str:
        if word in EDITS:
            return self._desk.order(type=EDITS[word])
        if word in ("lock", "unlock"):
            return self._desk.order(type="Lock", on=word == "lock")
        raise AskingError(say("text.edit_how"))

    def _timer(self, words: str) -> str:
        """All timers; or one is started, paused, put back, or given another length."""
        names = {timer["id"]: timer["name"] for timer in self._desk.plan["timers"]}
        if not words:
            return "\n".join(self._timers()) or say("desk.timers.none")
        name, _, act = words.rpartition(" ")
        timer = one_of(name, names, say("text.what.timer"))
        if act in TIMER_ACTS:
            return self._desk.order(type=TIMER_ACTS[act], timer=timer)
        return self._desk.order(type="SetTimer", timer=timer, seconds=_seconds(act))

    def _timers(self) -> Iterator[str]:
        now = self._desk.now()
        for timer in self._desk.plan["timers"]:
            stands = self._desk.view["timers"][timer["id"]]
            if timer["counts"] == "to":
                words = say("desk.when.clock", time=clock_words(stands["seconds"]))
            else:
                since = stands["since"]
                ran = stands["run"] + (0.0 if since is None or now is None else now - since)
                left = ran if timer["counts"] == "up" else stands["seconds"] - ran
                over = say("desk.timers.over", time=clock_words(-left))
                words = clock_words(left) if left >= 0 else over
            yield say("text.person", name=timer["name"], word=words)

    def _devices(self, _: str) -> str:
        """Every process, this machine, and what was sent last."""
        rail, last = self._desk.view["rail"], self._desk.view["last"]
        told = [
            say("text.person", name=one["name"], word=one["sign"]["word"])
            for one in rail["processes"]
        ]
        if rail["machine"] is not None:
            told += [f"{rail['machine'][part]['word']}." for part in ("power", "network")]
        told += [f"{sending(one)}." for one in (last or {}).get("sent", ())]
        return "\n".join(told)

    def _connections(self, _: str) -> str:
        told = self._desk.read("/connections.json")
        view = told["gateway"]
        if view is None:
            return say("desk.connections.away")
        lines = [f"{entry['words']}." for entry in view["entries"]]
        lines += [
            f"{one['source']} {one['what']}: {one['words']}." for one in view.get("refused", ())
        ]
        if told["learned"]:
            lines.append(told["learned"])
        return "\n".join(lines) or say("desk.connections.none")

    def _learn(self, does: str) -> str:
        answer = self._desk.door.post("/learn", {"does": does})
        return str(answer.get("refused") or say("desk.connections.press", does=does or "-"))

    def _pair(self, who: str) -> str:
        names = self._desk.people()
        person = one_of(who, names, say("text.what.person"))
        link = self._desk.door.post(f"/pairing/{person}", {})
        if "refused" in link:
            return str(link["refused"])
        return say("text.pair", name=names[person], url=link["url"])


def _words(times: View | None) -> list[str]:
    return [] if times is None else [times["words"]]


def _seconds(text: str) -> float:
    """The length in `text`: 90, 1:30 or 1:02:03; raises AskingError."""
    parts = text.split(":")
    if not all(part.isdigit() for part in parts) or len(parts) > PARTS_MOST:
        raise AskingError(say("desk.timers.unreadable", text=text))
    seconds = 0
    for part in parts:
        seconds = 60 * seconds + int(part)
    return float(seconds)
