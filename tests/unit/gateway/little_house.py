"""A show with inputs, a book that allows a little, and a judge of both."""

from dataclasses import replace

from collavoce.runtime.gateway.book import Book, with_allowed, with_control, with_controller
from collavoce.runtime.gateway.judging import Judge
from collavoce.runtime.gateway.rulings import Ruling
from collavoce.show.commands import AnyCommand
from collavoce.show.cues import Countdown, Cue, Number, Show, Stage
from collavoce.show.inputs import read_input
from collavoce.show.patch import Patch
from collavoce.show.triggers import ByHand
from collavoce.units import Seconds
from collavoce.wire.keyed import Keyed, write_keyed
from collavoce.wire.osc import OscMessage, encode
from collavoce.wire.osc.types import OscArg

KEY, EPOCH = bytes(range(32)), bytes(range(16, 24))
DESK, STRANGER = "192.168.1.20", "192.168.1.66"
PEDAL = "midi:Foot Pedal"


def cue(number: str, *inputs: str) -> Cue:
    return replace(
        Cue(number, f"cue {number}", "LX", ByHand(), ()),
        inputs=tuple(read_input(words) for words in inputs),
    )


def little_show() -> Show:
    cues = (
        cue("1", "osc /qlab/1", "midi note 60 channel 1"),
        cue("2", "osc /both", "midi control 7", "midi program 5 channel 2"),
        cue("3", "osc /both", "msc go 12", "mmc play"),
    )
    numbers = (
        Number("song", "Song", None, None, cues),
        Number("encore", "Encore", None, None, (cue("9", "osc /encore"),), stage="main"),
    )
    return Show(
        "Little",
        "UTC",
        numbers,
        {},
        {},
        {},
        Patch(),
        stages={"main": Stage("main", "Main stage")},
        timers={"interval": Countdown("interval", "Interval", seconds=Seconds(1200.0))},
    )


def little_book() -> Book:
    book = with_controller(Book(), "wings", KEY, ())
    book = with_controller(book, "foh", bytes(32), ("go", "feedback"))
    book = with_allowed(book, DESK, "/collavoce/*")
    book = with_allowed(book, DESK, "/qlab/*")
    book = with_control(book, DESK, "osc /button/1", "hold")
    return with_control(book, PEDAL, "midi control 64 channel 1", "go")


def judge(book: Book | None = None) -> Judge:
    made = Judge(little_show(), EPOCH)
    made.book = little_book() if book is None else book
    return made


def bare(address: str, *args: OscArg) -> bytes:
    return encode(OscMessage(address, args))


def keyed(
    count: int,
    address: str = "/collavoce/go",
    *args: OscArg,
    name: str = "wings",
    key: bytes = KEY,
    epoch: bytes = EPOCH,
) -> bytes:
    return write_keyed(key, Keyed(name, epoch, count, bare(address, *args)))


def commands(rulings: list[Ruling]) -> list[AnyCommand]:
    return [order.command for ruling in rulings for order in ruling.orders]
