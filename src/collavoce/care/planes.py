"""What every field of every event is, and who may ever know it.

    plane 0 everybody   1 the company   2 the persons concerned   3 the person alone

What a field *is* says how it may be written down: a person is never written by the id everybody
knows them by. A field that is not in this table cannot be written at all.
"""

from enum import IntEnum, StrEnum
from typing import NamedTuple

import msgspec

from collavoce.care.events import AnyEvent


class Plane(IntEnum):
    """Who may ever know."""

    EVERYBODY = 0
    COMPANY = 1
    CONCERNED = 2
    PERSON = 3


class Is(StrEnum):
    """What a value is."""

    PERSON = "person"  # a person's id
    PERSONS = "persons"  # several
    NEAR = "near"  # a `Near`, with persons in it
    MESSAGE = "message"  # a message's key: parts between colons, some of them persons
    HASH = "hash"  # of a secret of 128 random bits or more
    WORD = "word"  # hash of a word somebody remembers: it could be guessed
    KEY = "key"  # of a button, that the button alone knows besides
    RANDOM = "random"  # an id drawn by lot
    NUMBER = "number"
    CUE = "cue"  # a cue's number, as the show folder has it
    PLAIN = "plain"  # one of a few words of the program's own
    ADDRESS = "address"  # where somebody is called: number, mail, subscription


class Mark(NamedTuple):
    """One field's kind and plane."""

    kind: Is
    plane: Plane


_AT = Mark(Is.NUMBER, Plane.CONCERNED)
_NUMBER = Mark(Is.NUMBER, Plane.CONCERNED)
_PERSON = Mark(Is.PERSON, Plane.CONCERNED)
_ALONE = Mark(Is.PERSON, Plane.PERSON)
_PERSONS = Mark(Is.PERSONS, Plane.CONCERNED)
_SECRET = Mark(Is.HASH, Plane.PERSON)
_PRESS = Mark(Is.RANDOM, Plane.CONCERNED)
_PLAIN = Mark(Is.PLAIN, Plane.CONCERNED)
_NIGHT_AT = Mark(Is.NUMBER, Plane.COMPANY)
_NIGHT = Mark(Is.RANDOM, Plane.COMPANY)
_PRESSED = {"at": _AT, "person": _PERSON, "press": _PRESS}
_HELPED = {**_PRESSED, "trusted": _PERSON}
_DEVICE = {"at": _AT, "person": _PERSON, "device": _SECRET}
_OWNED = {"at": _AT, "owner": _PERSON}
_BETWEEN = {**_OWNED, "trusted": _PERSON}
_LETTER = {**_OWNED, "letter": _PRESS}

FIELDS: dict[str, dict[str, Mark]] = {
    "CareOpened": {
        "at": Mark(Is.NUMBER, Plane.COMPANY),
        "boot": Mark(Is.RANDOM, Plane.COMPANY),
    },
    "CodeOffered": {"at": _AT, "person": _PERSON, "code": _SECRET},
    "DevicePaired": {**_DEVICE, "code": _SECRET},
    "DeviceWaits": {**_DEVICE, "code": _SECRET, "number": _NUMBER},
    "WaitEnded": _DEVICE,
    "RecoverySet": {"at": _AT, "person": _PERSON, "recovery": _SECRET},
    "RecoverySpent": {"at": _AT, "person": _PERSON},
    "DeviceForgotten": _DEVICE,
    "AftercareSet": {"at": _AT, "person": _PERSON, "minute": _NUMBER, "told": _PLAIN},
    "AftercareOwed": {"at": _AT, "person": _PERSON, "cause": _PRESS},
    "AftercareDue": {"at": _AT, "person": _PERSON, "cause": _PRESS, "day": _NUMBER},
    "AftercareOffered": {"at": _AT, "person": _PERSON, "day": _NUMBER},
    "AftercareAnswered": {"at": _AT, "person": _PERSON, "later": _PLAIN},
    "CueReleased": {"at": _AT, "person": _PERSON, "cue": Mark(Is.CUE, Plane.CONCERNED)},
    "ReleaseTakenBack": {"at": _AT, "person": _PERSON, "cue": Mark(Is.CUE, Plane.CONCERNED)},
    "FoundTicked": {"at": _AT, "person": _ALONE, "topic": _SECRET},
    "FoundUnticked": {"at": _AT, "person": _ALONE, "topic": _SECRET},
    "SmallPoolAgreed": {"at": _AT, "person": _ALONE, "agrees": _PLAIN},
    "FoundEachOther": {"at": _AT, "person": _PERSON, "other": _PERSON, "topic": _SECRET},
    "FoundPutAway": {"at": _AT, "person": _ALONE, "other": _PERSON, "topic": _SECRET},
    "CheckInSet": {"at": _AT, "person": _ALONE, "minutes": _NUMBER},
    "CheckInAsked": {"at": _AT, "person": _ALONE},
    "CheckInPutOff": {"at": _AT, "person": _ALONE, "until": _NUMBER},
    "CheckInAnswered": {"at": _AT, "person": _ALONE},
    "EveningBegun": {"at": _NIGHT_AT, "evening": _NIGHT},
    "EveningOver": {"at": _NIGHT_AT, "evening": _NIGHT, "ended": _NIGHT_AT},
    "EveningWentOn": {"at": _NIGHT_AT, "evening": _NIGHT},
    "DoneSaid": {"at": _AT, "person": _PERSON},
    "AwaySaid": {
        "at": _AT,
        "person": _PERSON,
        "day": _NUMBER,
        "until": _NUMBER,
        "shown": _PLAIN,
        "called": _PLAIN,
    },
    "StillAway": {"at": _AT, "person": _PERSON},
    "ReturnSaid": {"at": _AT, "person": _PERSON, "rehearses": _PLAIN, "performs": _PLAIN},
    "OfficeTold": {"at": _AT, "person": _PERSON, "office": _PLAIN},
    "OfficeUntold": {"at": _AT, "person": _PERSON, "office": _PLAIN},
    "OfficeRead": {"at": _AT, "person": _PERSON, "office": _PLAIN},
    "LetterSealed": {
        **_LETTER,
        "reader": _PERSON,
        "way": _PLAIN,
        "day": _NUMBER,
        "minute": _NUMBER,
        "zone": _PLAIN,
        "told": _PLAIN,
    },
    "LetterWithdrawn": _LETTER,
    "LetterDelivered": {
        "at": _AT,
        "person": _PERSON,
        "letter": _PRESS,
        "day": _NUMBER,
        "writer": _PERSON,
        "told": _PLAIN,
    },
    "LetterOpened": {"at": _AT, "person": _ALONE, "letter": _PRESS},
    "LetterForgotten": {"at": _AT, "person": _ALONE, "letter": _PRESS},
    "InvitationMade": {**_OWNED, "invitation": _PRESS, "friend": _PERSON, "signs": _PLAIN},
    "InvitationEnded": {**_OWNED, "invitation": _PRESS},
    "InvitationPutAway": {"at": _AT, "person": _ALONE, "invitation": _PRESS},
    "SignsHeeded": {"at": _AT, "person": _ALONE, "invitation": _PRESS, "on": _PLAIN},
    "SignSeen": {"at": _AT, "person": _ALONE, "invitation": _PRESS},
    "NoteSent": {
        **_OWNED,
        "note": _PRESS,
        "reader": _PERSON,
        "after": _NUMBER,
        "past": _PLAIN,
    },
    "NoteWithdrawn": {**_OWNED, "note": _PRESS},
    "NoteShown": {"at": _AT, "person": _PERSON, "note": _PRESS},
    "NoteOpened": {"at": _AT, "person": _PERSON, "note": _PRESS, "told_after": _NUMBER},
    "PostSet": {
        "at": _AT,
        "person": _ALONE,
        "told": _PLAIN,
        "read_after": _NUMBER,
        "stopped": Mark(Is.PERSONS, Plane.PERSON),
    },
    "PostSeen": {"at": _AT, "person": _ALONE},
    "RoutingSet": {**_OWNED, "on": _PLAIN},
    "SharesGiven": {"at": _AT, "person": _PERSON, "holders": _PERSONS},
    "RecoveryVouched": {**_DEVICE, "by": _PERSON},
    "ButtonAdded": {
        "at": _AT,
        "person": _PERSON,
        "button": Mark(Is.RANDOM, Plane.CONCERNED),
        "key": Mark(Is.KEY, Plane.PERSON),
    },
    "PadAdded": {
        "at": _AT,
        "person": _PERSON,
        "button": Mark(Is.RANDOM, Plane.CONCERNED),
        "port": _PLAIN,
        "status": _NUMBER,
        "number": _NUMBER,
    },
    "ButtonForgotten": {
        "at": _AT,
        "person": _PERSON,
        "button": Mark(Is.RANDOM, Plane.CONCERNED),
    },
    "CircleSet": {**_OWNED, "order": _PERSONS, "second_after": _NUMBER},
    "ConsentGiven": _BETWEEN,
    "ConsentRefused": _BETWEEN,
    "LadderSet": {
        **_OWNED,
        "receipt_after": _NUMBER,
        "all_after": _NUMBER,
        "voice_after": _NUMBER,
        "last_resort": _PERSON,
        "asks": _PLAIN,
    },
    "NearSet": {**_OWNED, "near": Mark(Is.NEAR, Plane.PERSON)},
    "OpeningSet": {**_OWNED, "hand": _PLAIN, "breach": _PLAIN},
    "WordsSet": {
        **_OWNED,
        "cancel": Mark(Is.WORD, Plane.PERSON),
        "duress": Mark(Is.WORD, Plane.PERSON),
    },
    "ContactsSet": {
        "at": _AT,
        "person": _PERSON,
        "contacts": Mark(Is.ADDRESS, Plane.CONCERNED),
    },
    "AlertRaised": {
        **_PRESSED,
        "pressed_at": _NUMBER,
        "since": _NUMBER,
        "rung": _NUMBER,
        "order": _PERSONS,
        "second_after": _NUMBER,
        "receipt_after": _NUMBER,
        "all_after": _NUMBER,
        "voice_after": _NUMBER,
        "last": _PERSON,
        "how": _PLAIN,
        "last_too": _PLAIN,
    },
    "AlertCancelled": _PRESSED,
    "AlertReplaced": _PRESSED,
    "AlertDated": {**_PRESSED, "pressed_at": _NUMBER},
    "RungReached": {**_PRESSED, "rung": _NUMBER},
    "CallShown": _HELPED,
    "HelpComing": _HELPED,
    "HelpArrived": _HELPED,
    "AlertEnded": _PRESSED,
    "DuressSaid": {**_PRESSED, "hides": _PLAIN},
    "MessageTried": {
        **_PRESSED,
        "key": Mark(Is.MESSAGE, Plane.CONCERNED),
        "trusted": _PERSON,
        "channel": _PLAIN,
        "index": _NUMBER,
        "wording": _PLAIN,
    },
    "MessageEnded": {
        **_PRESSED,
        "key": Mark(Is.MESSAGE, Plane.CONCERNED),
        "fate": _PLAIN,
        "why": _PLAIN,
    },
    "WithStarted": {**_BETWEEN, "counts": _PLAIN},
    "WithEnded": _BETWEEN,
    "AloneSaid": {
        "at": _AT,
        "person": _PERSON,
        "until": _NUMBER,
        "look_at": _NUMBER,
        "order": _PERSONS,
    },
    "BackSaid": {"at": _AT, "person": _PERSON},
    "SongOffered": {"at": _AT, "person": _PERSON, "song": _PRESS, "wisher": _PERSON},
    "SongAgreed": {"at": _AT, "person": _PERSON, "song": _PRESS, "wish": _PLAIN},
    "SongProposed": {"at": _AT, "person": _PERSON, "song": _PRESS},
    "SongRecalled": {"at": _AT, "person": _PERSON, "song": _PRESS},
    "SongSettled": {"at": _AT, "person": _PERSON, "song": _PRESS, "taken": _PLAIN},
    "SongWithdrawn": {"at": _AT, "person": _PERSON, "song": _PRESS},
}
"""Event -> field -> what it is. `care/events.py` and this table change together or tests fail."""


def marks_of(event: AnyEvent) -> dict[str, Mark]:
    """What the fields of `event` are."""
    return FIELDS[type(event).__name__]


def strangers() -> list[str]:
    """The fields of events that have no mark, and the marks that have no field: none, ever."""
    events = {struct.__name__: struct for struct in AnyEvent.__args__}
    fields = {f"{n}.{f.name}" for n, s in events.items() for f in msgspec.structs.fields(s)}
    marked = {f"{name}.{field}" for name, marks in FIELDS.items() for field in marks}
    return sorted(fields ^ marked)
