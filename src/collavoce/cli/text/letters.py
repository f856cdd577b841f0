"""Letters, invitations and messages in plain text: lists by number, words when they are opened."""

import re
from collections.abc import Callable, Iterator, Mapping

from collavoce.cli.text.asking import AskingError, Doing, Twice, numbered, one_of
from collavoce.cli.text.door import Door, View
from collavoce.runtime.clock import fresh_id, monotonic_ns, wall_ns
from collavoce.words import say

READ, ACT = "/care/read", "/care/act"
BEAT_S = 10.0
"""As often as a page, this terminal says what its clock says and what stands here."""

MINUTE_S = 60.0
HOUR_MINUTES = 60
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2})")
_WAYS = {"sign-in": "sign_in", "asked": "asked", "key": "key", "silence": "silence"}

Act = Callable[..., str]


class Letters:
    """The commands of what people write. act: says it, answers in words."""

    def __init__(self, door: Door, people: Mapping[str, str], act: Act, twice: Twice) -> None:
        self._door = door
        self._people = people
        self._act = act
        self._twice = twice
        self._beat_at = float("-inf")
        self._armed = ""

    def commands(self) -> dict[str, Doing]:
        """Word -> what it does."""
        return {
            "letters": self._letters,
            "invite": self._invite,
            "message": self._message,
            "post": self._taking,
        }

    def says(self, view: View) -> Iterator[str]:
        """That something waits, and never what; at one pace the desk is told what stands here."""
        post: View = view.get("post", {})
        now = monotonic_ns() * 1e-9
        if now - self._beat_at >= BEAT_S:
            self._beat_at = now
            ping = {"type": "Ping", "clock": wall_ns() * 1e-9, "shown": post.get("fresh", [])}
            self._door.post(ACT, ping)
        if post.get("waits"):
            yield say("letters.page.waits")

    # Letters.

    def _letters(self, words: str) -> str:
        verb, _, rest = words.partition(" ")
        if verb not in ("seal", "tear"):
            self._armed = ""
        match verb:
            case "":
                return _listed([_letter(one, self._people) for one in self._both()])
            case "ask":
                said = self._act(type="AskForLetters")
                return f"{said} {say('letters.says.post_asked')}"
            case "open":
                return self._words(type="ReadLetter", letter=self._one(rest)["id"])
            case "write":
                return self._write(rest)
            case "seal":
                return self._seal(rest)
            case "back":
                return self._act(type="TakeBackLetter", letter=self._one(rest)["id"])
            case "tear":
                if not self._sure(words):
                    return say("letters.text.tear_sure")
                return self._act(type="TearLetter", letter=self._one(rest)["id"])
            case _:
                raise AskingError(say("letters.text.how"))

    def _sure(self, words: str) -> bool:
        """Whether the same was typed just before."""
        again = self._twice.sure("letters") and self._armed == words
        if not again:
            self._twice.armed, self._armed = "letters", words
        return again

    def _both(self) -> list[View]:
        post = self._post()
        return [*post.get("given", ()), *post.get("mine", ())]

    def _one(self, which: str) -> View:
        found: View = numbered(self._both(), which)
        return found

    def _write(self, words: str) -> str:
        """NAME / WHEN / WORDS."""
        parts = [part.strip() for part in words.split("/", 2)]
        if len(parts) <= 2 or not parts[2]:  # noqa: PLR2004  three parts
            raise AskingError(say("letters.text.how"))
        who, when, text = parts
        dated = _DATE.fullmatch(when)
        if not dated and when not in _WAYS:
            raise AskingError(say("letters.text.how"))
        day, at = dated.groups() if dated else ("", "")
        way = "date" if dated else _WAYS[when]
        to = self._person(who)
        act = {"letter": fresh_id(), "to": to, "way": way, "day": day, "at": at, "words": text}
        said = self._act(type="WriteLetter", **act)
        kept = say("letters.says.post_draft_kept")
        return kept if said == say("text.kept") else said

    def _seal(self, which: str) -> str:
        one = self._one(which)
        if not self._sure(f"seal {which}"):
            who = self._people.get(one.get("to", ""), "")
            help_line = say("letters.text.help")
            return f"{help_line} {say('letters.text.seal_sure', who=who, when=_when(one))}"
        return self._act(type="SealLetter", letter=one["id"], sure=True)

    # Invitations.

    def _invite(self, words: str) -> str:
        verb, _, rest = words.partition(" ")
        post = self._post()
        both = [*post.get("invitations", ()), *post.get("invited", ())]
        match verb:
            case "":
                return _listed([_invitation(one, self._people) for one in both])
            case "open":
                one = numbered(both, rest)
                return self._words(type="ReadInvitation", invitation=one["id"])
            case "heed":
                one = numbered(both, rest)
                on = not one.get("heeds", False)
                return self._act(type="HeedSign", invitation=one["id"], on=on)
            case "back":
                return self._act(type="TakeBackInvitation", invitation=numbered(both, rest)["id"])
            case _:
                parts = [part.strip() for part in words.split("/")]
                if len(parts) not in (3, 4) or parts[3:] not in ([], ["sign"]):
                    raise AskingError(say("letters.text.invite_how"))
                return self._act(
                    type="WriteInvitation",
                    invitation=fresh_id(),
                    to=self._person(parts[0]),
                    place=parts[1],
                    words=parts[2],
                    signs=len(parts) > 3,  # noqa: PLR2004  the fourth is "sign"
                )

    # Messages.

    def _message(self, words: str) -> str:
        verb, _, rest = words.partition(" ")
        post = self._post()
        both = [*post.get("notes", ()), *post.get("sent", ())]
        match verb:
            case "":
                return _listed([_note(one, self._people) for one in both])
            case "open":
                return self._words(type="ReadNote", note=numbered(both, rest)["id"])
            case "back":
                return self._act(type="TakeBackNote", note=numbered(both, rest)["id"])
            case _:
                who, slash, text = (part.strip() for part in words.partition("/"))
                minutes, _, later = (part.strip() for part in text.partition("/"))
                held = minutes.isdigit() and bool(later)
                if not slash or not text:
                    raise AskingError(say("letters.text.note_how"))
                return self._act(
                    type="SendNote",
                    note=fresh_id(),
                    to=self._person(who),
                    words=later if held else text,
                    after=float(minutes) if held else 0.0,
                )

    def _taking(self, words: str) -> str:
        """How I take what is written to me; without words it is read out."""
        taking: View = self._post().get("taking", {})
        after = float(taking.get("read_after", -1.0))
        read_after = after if after < 0 else after / MINUTE_S
        told, stopped = bool(taking.get("told")), list(taking.get("stopped", ()))
        verb, _, rest = words.partition(" ")
        match verb:
            case "":
                return _taking_said(told, read_after, [self._people.get(p, p) for p in stopped])
            case "told" | "quiet":
                told = verb == "told"
            case "read" if rest == "never":
                read_after = -1.0
            case "read" if rest.isdigit():
                read_after = float(rest)
            case "stop":
                stopped = [*stopped, self._person(rest)]
            case "take":
                stopped = [person for person in stopped if person != self._person(rest)]
            case _:
                raise AskingError(say("letters.text.post_how"))
        return self._act(type="SetPost", told=told, read_after=read_after, stopped=stopped)

    def _post(self) -> View:
        shown: View = self._door.post(READ, {"type": "ReadPost"}).get("shown", {})
        return dict(shown.get("post", {}))

    def _words(self, **what: str) -> str:
        shown: View = self._door.post(READ, what).get("shown", {})
        words = shown.get("words")
        if not words:
            return say("letters.says.post_shut")
        return "\n".join(part for part in (words.get("place", ""), words["words"]) if part)

    def _person(self, text: str) -> str:
        return one_of(text, self._people, say("text.what.person"))


def _listed(rows: list[str]) -> str:
    said = [say("letters.text.row", n=n, said=row) for n, row in enumerate(rows, start=1)]
    return "\n".join(said) or say("letters.text.none")


def _when(one: View) -> str:
    way = str(one.get("way", "sign_in"))
    return say(f"letters.says.post_when_{way}", day=one.get("day", ""), at=one.get("at", ""))


def _letter(one: View, people: Mapping[str, str]) -> str:
    if "to" in one:
        who = people.get(one["to"], one["to"])
        said = say(f"letters.says.post_{one['is']}", who=who, when=_when(one))
        return f"{said}. {one['never']}" if one["never"] else said
    key = "post_from" if one["from"] else "post_from_gone"
    said = say(f"letters.says.{key}", who=people.get(one["from"], one["from"]), day=one["day"])
    return said if one["opened"] else f"{said}, {say('letters.says.post_new')}"


def _invitation(one: View, people: Mapping[str, str]) -> str:
    if "to" in one:
        key = "post_invited_signs" if one["signs"] else "post_invited"
        return say(f"letters.says.{key}", who=people.get(one["to"], one["to"]))
    who = people.get(one["from"], one["from"])
    said = say("letters.says.post_invitation", who=who)
    return f"{said}. {say('letters.says.post_sign', who=who)}" if one["sign"] else said


def _note(one: View, people: Mapping[str, str]) -> str:
    if "from" in one:
        who, ago = people.get(one["from"], one["from"]), _long(one["age"])
        said = say("letters.says.post_note_from", who=who, ago=ago)
        return said if one["opened"] else f"{said}, {say('letters.says.post_new')}"
    came = "delivered" if one["delivered"] is not None else "sent"
    key = "left" if one["left"] else "read" if one["read"] is not None else came
    return say(
        f"letters.says.post_note_{key}",
        who=people.get(one["to"], one["to"]),
        left=_long(one["left"]),
        ago=_long(one["age"]),
        delivered=_long(one["delivered"] or 0),
        read=_long(one["read"] or 0),
    )


def _long(seconds: float) -> str:
    if seconds < 2 * MINUTE_S:
        return say("letters.says.post_tenths", n=f"{seconds:g}")
    minutes = int(seconds / MINUTE_S)
    if minutes < 2 * HOUR_MINUTES:
        return say("care.phone.minutes", n=minutes)
    return say("letters.says.post_hours", n=minutes // HOUR_MINUTES)


def _taking_said(told: bool, read_after: float, stopped: list[str]) -> str:  # noqa: FBT001  one word of three
    read = "never" if read_after < 0 else "now" if read_after == 0 else "later"
    return "\n".join(
        (
            say(f"letters.text.read_{read}", minutes=f"{read_after:g}"),
            say("letters.text.told" if told else "letters.text.quiet"),
            say("letters.text.stopped", who=", ".join(stopped)) if stopped else "",
        )
    ).strip()
