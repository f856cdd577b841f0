"""What is mine on the phone's page in plain text: circle, rules, ways, lines, log, all of it."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from collavoce.cli.text.asking import AskingError, Doing, Twice, one_of
from collavoce.cli.text.door import Door, View
from collavoce.words import say

READ = "/care/read"
KINDS = ("anyone", "only", "not")
GENDER = "gender "
TIMES = 4

Act = Callable[..., str]


class Mine:
    """The commands of what a person settles for themself. act: says it, answers in words."""

    def __init__(self, door: Door, people: Mapping[str, str], act: Act, twice: Twice) -> None:
        self._door = door
        self._people = people
        self._act = act
        self._twice = twice

    def commands(self, view: Callable[[], View]) -> dict[str, Doing]:
        """Word -> what it does; `view` is the page as it stands."""
        return {
            "circle": lambda names: self._circle(view(), names),
            "settings": lambda _: self._settings(),
            "times": lambda words: self._times(view(), words),
            "near": self._near,
            "open": self._open,
            "words": self._words,
            "reach": self._reach,
            "lines": self._lines,
            "routing": self._routing,
            "holders": lambda names: self._act(type="Holders", ids=self._ids(names)),
            "log": lambda _: self._log(),
            "export": self._export,
            "erase": lambda _: self._erase(),
            "takes": self._takes,
            "recovery": lambda _: self._recovery(),
            "forget": self._forget,
        }

    def _read(self, what: str) -> View:
        shown: View = self._door.post(READ, {"type": what}).get("shown", {})
        return shown

    def _ids(self, names: str) -> list[str]:
        parts = [part.strip() for part in names.split(",") if part.strip()]
        return [one_of(part, self._people, say("text.what.person")) for part in parts]

    def _names(self, ids: list[str]) -> str:
        return ", ".join(self._called(i) for i in ids) or say("text.nobody")

    def _called(self, person: str) -> str:
        gone = say("care.phone.gone") if person.startswith("~") else person
        return self._people.get(person, gone)

    def _circle(self, view: View, names: str) -> str:
        """Without a name it is read out; "none" empties it."""
        circle = view["circle"]
        if not names:
            told = [
                say(
                    "text.in_circle",
                    who=self._names([p["id"]]),
                    word=say(f"care.phone.circle_{p['is']}"),
                )
                for p in circle["order"]
            ]
            return "\n".join(told) or say("care.phone.circle_empty")
        order = [] if names == "none" else self._ids(names)
        return self._act(type="WriteCircle", order=order, second_after=circle["second_after"])

    def _settings(self) -> str:
        mine = self._read("ReadMine")
        times, near, opening = mine["times"], mine["near"], mine["opening"]
        told = [
            say("text.times", **{name: f"{value:g}" for name, value in times.items()}),
            say("text.last", who=self._names([mine["last"]] if mine["last"] else [])),
            say(f"text.near_{near['kind']}", who=self._near_who(near)),
            say("text.opening", hand=_yes(opening["hand"]), breach=_yes(opening["breach"])),
            say("care.phone.words_set" if mine["words"] else "care.phone.words_unset"),
            *(say("text.reached", **way) for way in mine["contacts"]),
            *(say("text.own_line", line=line) for line in mine["lines"]),
            say("text.routing_on" if mine["routing"] else "text.routing_off"),
        ]
        if mine["kept_away"]:
            told.append(say("care.phone.near_kept_away", who=self._names(mine["kept_away"])))
        told += [
            say("text.watched", owner=self._names([w["owner"]]), who=self._names(w["order"]))
            for w in mine["watched"]
        ]
        return "\n".join(told)

    def _near_who(self, near: View) -> str:
        """Names and genders, and who may come all the same."""
        told = [self._names([i]) for i in near["ids"]]
        told += [say("text.near_gender", gender=gender) for gender in near["genders"]]
        who = ", ".join(told) or say("text.nobody")
        if not near["but"]:
            return who
        return say("text.near_but", who=who, but=self._names(near["but"]))

    def _times(self, view: View, words: str) -> str:
        """Receipt second all voice, in seconds; then the last resort's name or "nobody"."""
        parts = words.split(maxsplit=TIMES)
        if len(parts) <= TIMES or not all(p.replace(".", "", 1).isdigit() for p in parts[:TIMES]):
            raise AskingError(say("text.times_how"))
        receipt, second, everybody, voice = (float(part) for part in parts[:TIMES])
        last = "" if parts[TIMES] == "nobody" else self._ids(parts[TIMES])[0]
        order = [p["id"] for p in view["circle"]["order"]]
        said = self._act(
            type="WriteLadder",
            receipt_after=receipt,
            all_after=everybody,
            voice_after=voice,
            last_resort=last,
        )
        if said != say("text.kept"):
            return said
        return self._act(type="WriteCircle", order=order, second_after=second)

    def _near(self, words: str) -> str:
        """Names and "gender WORD" between commas; who may come all the same after "but"."""
        kind, _, rest = words.partition(" ")
        if kind not in KINDS or (kind == "anyone" and rest):
            raise AskingError(say("text.near_how"))
        whom, _, but = f" {rest} ".partition(" but ")
        parts = [part.strip() for part in whom.split(",")]
        genders = [part.removeprefix(GENDER) for part in parts if part.startswith(GENDER)]
        names = ",".join(part for part in parts if not part.startswith(GENDER))
        said = self._act(
            type="WriteNear",
            kind=kind,
            ids=self._ids(names),
            genders=genders,
            but=self._ids(but),
        )
        away = self._read("ReadMine").get("kept_away", ())
        if not away or said != say("text.kept"):
            return said
        return f"{said} {say('care.phone.near_kept_away', who=self._names(away))}"

    def _open(self, words: str) -> str:
        chosen = set(words.split())
        if not chosen or not chosen <= {"hand", "breach", "nobody"}:
            raise AskingError(say("text.open_how"))
        return self._act(type="WriteOpening", hand="hand" in chosen, breach="breach" in chosen)

    def _words(self, words: str) -> str:
        cancel, _, duress = words.partition(" ")
        if words == "none":
            return self._act(type="WriteWords", cancel="", duress="")
        if not cancel or not duress.strip():
            raise AskingError(say("text.words_how"))
        return self._act(type="WriteWords", cancel=cancel, duress=duress.strip())

    def _reach(self, words: str) -> str:
        """Pairs of a channel and an address, in order; "none" for the page alone."""
        parts = [] if words == "none" else words.split()
        if not words or len(parts) % 2:
            raise AskingError(say("text.reach_how"))
        contacts = [
            {"channel": channel, "address": address}
            for channel, address in zip(parts[::2], parts[1::2], strict=True)
        ]
        return self._act(type="WriteContacts", contacts=contacts)

    def _lines(self, words: str) -> str:
        """First / second / names: two lines, and who is shown them when they are called."""
        parts = [part.strip() for part in words.split("/")]
        if len(parts) < 2:  # noqa: PLR2004  at least one line and its readers
            raise AskingError(say("text.lines_how"))
        return self._act(type="WriteLines", lines=parts[:-1], shared=self._ids(parts[-1]))

    def _routing(self, on: str) -> str:
        if on not in ("on", "off"):
            raise AskingError(say("text.on_or_off"))
        said = self._act(type="Routing", on=on == "on")
        return said if on == "on" else f"{said} {say('care.page.routing_off')}"

    def _log(self) -> str:
        rows = self._read("ReadLog").get("log", [])
        names = [{**row, "who": self._names([row["who"]])} for row in rows]
        told = [say("care.phone.log_row", **row) for row in names]
        return "\n".join(told) or say("care.phone.log_empty")

    def _export(self, file: str) -> str:
        if not file:
            raise AskingError(say("text.export_how"))
        text = str(self._read("ReadExport").get("export", ""))
        try:
            descriptor = os.open(Path(file), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise AskingError(say("text.no_file", file=file, why=error.strerror)) from error
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
        return say("text.exported", file=file)

    def _erase(self) -> str:
        if not self._twice.sure("erase"):
            return say("text.erase_sure")
        return self._act(type="EraseMe", sure=True)

    def _takes(self, what: str) -> str:
        """Without a word it is read out."""
        if what == "forget":
            return self._act(type="ForgetTakes")
        if what in ("on", "off"):
            return self._act(type="RememberTakes", on=what == "on")
        if what:
            raise AskingError(say("takes.text.how"))
        takes = self._read("ReadMine").get("takes")
        if takes is None:
            return say("takes.text.none")
        stands = say("takes.text.on" if takes["on"] else "takes.text.off", n=takes["kept"])
        about = [say(f"takes.page.{part}") for part in ("about", "until", "who")]
        return "\n".join([stands, *about])

    def _recovery(self) -> str:
        answer = self._door.post("/care/act", {"type": "NewRecovery"})
        code = answer.get("code")
        return say("text.recovery", code=code) if code else str(answer.get("why"))

    def _forget(self, which: str) -> str:
        if which not in ("this", "others"):
            raise AskingError(say("text.forget_how"))
        return self._act(type="ForgetThis" if which == "this" else "ForgetRest")


def _yes(on: object) -> str:
    return say("text.yes" if on else "text.no")
