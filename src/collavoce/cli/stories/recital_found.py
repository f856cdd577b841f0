"""A7: where he is, for his friend alone, while he calls her, and in no file."""

from collavoce.cli.stories.account import Account, Figure, Taking
from collavoce.cli.stories.page import ms
from collavoce.cli.stories.recital_ends import ANSWER_MS, Ends
from collavoce.cli.text.door import View
from collavoce.runtime.clock import fresh_id, monotonic_ns

RUNNING_ORDER, OWN_WORD = "SL", "SR"
"""Where he comes off by the list of the evening; where he says that he is."""


def found(account: Account, ends: Ends) -> None:
    """Played with an open press. For "alone" his page has no way to say where."""
    with account.step("A7") as taking:
        press = fresh_id()
        pressed = monotonic_ns()
        ends.his.does("Press", press=press)
        first = ends.hers.at(lambda v: _place(v, press) == (RUNNING_ORDER, False), pressed)
        taking.is_so("running_order", first)
        said = monotonic_ns()
        ends.his.does("Press", press=press, place=OWN_WORD)
        own = ends.hers.at(lambda v: _place(v, press) == (OWN_WORD, True), said)
        taking.within("own_word", [ms(said, own)], ANSWER_MS)
        _for_her_alone(taking, ends, press, pressed)
        over = monotonic_ns()
        ends.his.does("Over", press=press)
        gone = ends.hers.at(lambda v: _place(v, press) is None, over)
        taking.within("gone", [ms(over, gone)], ANSWER_MS)
        files = [file for file in ends.house.care_files() if _holds(file.read_bytes())]
        taking.is_so("no_file", not files, Figure(len(files)))
        taking.not_yet("alone")


def _for_her_alone(taking: Taking, ends: Ends, press: str, since: int) -> None:
    ends.hers.does("Coming", press=press)
    others = ends.house.others(ends.his.person, ends.hers.person)
    wrong = [p for p in others if any(_place(v, press) for v in p.views_since(since))]
    taking.is_so("nobody_else", not wrong, Figure(len(wrong)), count=len(others))


def _place(view: View, press: str) -> tuple[str, bool] | None:
    """The place of his call and whether it is his own word; None where there is no call."""
    live = (c for c in view["calls"] if c["press"] == press and c["is"] in ("open", "coming"))
    return next(((call["place"], call["said"]) for call in live), None)


def _holds(content: bytes) -> bool:
    """Whether the place stands in it as a value of its own, in clear."""
    return OWN_WORD.encode().join((b'"', b'"')) in content
