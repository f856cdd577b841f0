"""A report as plain values: what `--json` prints, and what page and paper are made of.

Instants are seconds on the show clock; `clock` is the same as time of day at the venue, "" where
the performance did not run in real time.
"""

import msgspec

VERSION = 2
"""2: what each firing sent and was answered, standbys, changes, what to expect tomorrow."""


class NumberLine(msgspec.Struct, frozen=True):
    """A number as it was played. music_s: from its first onset to its true end, None if unheard."""

    id: str
    title: str
    at: float
    clock: str
    music_s: float | None
    usual_s: float | None
    nights: int


class HoldLine(msgspec.Struct, frozen=True):
    """Nothing fired by itself. lasted None: until the end. stop: everything faded first."""

    at: float
    clock: str
    by: str
    lasted: float | None
    stop: bool


class SentLine(msgspec.Struct, frozen=True):
    """What a firing sent to one destination. ms: from its trigger to the wire.

    Without what the latency book (`[patch.delay]`) kept it back.
    """

    to: str
    what: str
    ms: float
    problem: str


class AnswerLine(msgspec.Struct, frozen=True):
    """What a destination answered. ms: from sending to answer."""

    to: str
    answer: str
    ok: bool
    ms: float


class FiringLine(msgspec.Struct, frozen=True):
    """One firing. cause: what fired it, in words. ms: from its trigger to the wire, None unsent."""

    at: float
    clock: str
    cause: str
    by: str
    bar: str
    ms: float | None
    datagrams: int
    problem: str
    sent: tuple[SentLine, ...] = ()
    answers: tuple[AnswerLine, ...] = ()


class StandbyLine(msgspec.Struct, frozen=True):
    """A standby as it was called.

    asked, clear, not_clear : how many people; who they were stands in no report. answered_s : until
    the last answer. overridden_by : who fired it all the same, "" where nobody had to.
    """

    at: float
    clock: str
    cue: str
    by: str
    asked: int
    clear: int
    not_clear: int
    answered_s: float | None
    overridden_by: str
    released: bool


class CueLine(msgspec.Struct, frozen=True):
    """A cue of a number that was played.

    since : seconds from the number's first onset (from its start where nothing was heard) to the
        first firing; usual, spread : mean and standard deviation of that on `nights` earlier
        nights; off : since - usual where that is more than such a cue usually strays; drift :
        seconds a night by which it has moved lately, where that is more than chance.
    passed : why it was offered or dropped instead, "" where it was not.
    expected : seconds since the number's first onset at which it is to be expected tomorrow.
    """

    number: str
    cue: str
    name: str
    department: str
    trigger: str
    firings: tuple[FiringLine, ...]
    passed: str
    since: float | None
    usual: float | None
    spread: float | None
    nights: int
    off: float | None
    drift: float | None
    expected: float | None = None


class SaidLine(msgspec.Struct, frozen=True):
    """A sentence with its time: a note, a "not clear", a jump, a risk, a line of the report."""

    at: float
    clock: str
    kind: str
    bar: str
    text: str


class Report(msgspec.Struct, frozen=True):
    """One performance.

    opened : date and time at the venue. ms_p50, ms_p99, ms_max : trigger to wire over all firings,
        None where nothing was sent. head, head_seq : the last record of the ledger it was read
        from, as an anchor to compare with. changes : edits, and set lists chosen. by_input : fired
        from outside. refused : answers of destinations that did not take it. closed : whether it
        ended in order.
    """

    version: int
    title: str
    performance: int
    opened: str
    timezone: str
    ran_s: float
    closed: bool
    numbers: tuple[NumberLine, ...]
    holds: tuple[HoldLine, ...]
    cues: tuple[CueLine, ...]
    notes: tuple[SaidLine, ...]
    said: tuple[SaidLine, ...]
    fired: int
    by_hand: int
    offered: int
    dropped: int
    never: int
    troubles: int
    ms_p50: float | None
    ms_p99: float | None
    ms_max: float | None
    head: str
    head_seq: int
    standbys: tuple[StandbyLine, ...] = ()
    changes: tuple[SaidLine, ...] = ()
    by_input: int = 0
    refused: int = 0
