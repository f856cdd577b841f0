"""The report as a page and as paper: the same lines in the same order."""

import json
from importlib import resources

import jinja2
import msgspec

from collavoce.report.model import CueLine, FiringLine, Report, StandbyLine
from collavoce.words import say

_pages = jinja2.Environment(
    loader=jinja2.PackageLoader("collavoce.report"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


SECTIONS = ("numbers", "holds", "standbys", "cues", "sent", "changes", "notes", "said")
"""Of the paper, in order; the page has what was sent beside each cue."""

NOTHING = "-"
"""Where there is no figure."""


def length(seconds: float | None) -> str:
    """A length of time: 4.2 s, 3:07, 1:02:33; a dash where there is none."""
    if seconds is None:
        return NOTHING
    if abs(seconds) < 60:  # noqa: PLR2004 - a minute
        return say("report.seconds", seconds=f"{seconds:.1f}")
    sign, whole = ("-" if seconds < 0 else ""), round(abs(seconds))
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{sign}{hours}:{minute:02d}:{second:02d}" if hours else f"{sign}{minute}:{second:02d}"


def milliseconds(ms: float | None) -> str:
    """A delay; a dash where there is none."""
    return NOTHING if ms is None else say("report.milliseconds", ms=f"{ms:.1f}")


def strangeness(cue: CueLine) -> str:
    """In words what was unusual about a cue tonight, "" where nothing was."""
    words: list[str] = []
    if cue.off is not None:
        side = "late" if cue.off > 0 else "early"
        words.append(say(f"report.{side}", by=length(abs(cue.off))))
    if cue.drift is not None:
        side = "later" if cue.drift > 0 else "earlier"
        words.append(say(f"report.{side}", by=length(abs(cue.drift))))
    return "; ".join(words)


def summary(report: Report) -> list[tuple[str, str]]:
    """What stands at the top: a name and a value each."""
    ended = say("report.closed") if report.closed else say("report.broke_off")
    lines = [
        ("began", report.opened),
        ("ran", f"{length(report.ran_s)}, {ended}"),
        ("fired", _fired(report)),
        (
            "passed",
            say(
                "report.passed_of",
                offered=report.offered,
                dropped=report.dropped,
                never=report.never,
            ),
        ),
        ("troubles", str(report.troubles)),
        ("refused", str(report.refused)),
        (
            "delay",
            say(
                "report.delays",
                p50=milliseconds(report.ms_p50),
                p99=milliseconds(report.ms_p99),
                most=milliseconds(report.ms_max),
            ),
        ),
        ("head", f"{report.head_seq} {report.head}"),
    ]
    return [(say(f"report.names.{name}"), value) for name, value in lines]


def _fired(report: Report) -> str:
    if report.by_input:
        key, inputs = "report.fired_of_inputs", {"by_input": report.by_input}
    else:
        key, inputs = "report.fired_of", {}
    return say(key, fired=report.fired, by_hand=report.by_hand, **inputs)


def fired_by(firing: FiringLine) -> str:
    """What fired it; and who, or from where, where that says more."""
    told = {say("report.cause.hand"), say("report.cause.input"), say("report.cause.person")}
    return f"{firing.cause} ({firing.by})" if firing.cause in told and firing.by else firing.cause


def sendings(firing: FiringLine) -> list[str]:
    """What a firing sent and what was answered, a sentence each."""
    lines = [
        say("report.sending_badly", to=one.to, what=one.what, problem=one.problem)
        if one.problem
        else say("report.sending", to=one.to, what=one.what, ms=milliseconds(one.ms))
        for one in firing.sent
    ]
    for one in firing.answers:
        if one.ok:
            words = say("report.answer", answer=one.answer, ms=milliseconds(one.ms))
        else:
            words = say("report.refusal", answer=one.answer)
        lines.append(f"{one.to}: {words}")
    return lines


def outcome(standby: StandbyLine) -> str:
    """What came of a standby."""
    key = "report.not_clear_of" if standby.not_clear else "report.clear_of"
    counts = {"clear": standby.clear, "asked": standby.asked, "not_clear": standby.not_clear}
    words = [say(key, **counts)] if standby.asked else []
    if standby.overridden_by:
        words.append(say("report.overridden", by=standby.overridden_by))
    if standby.released:
        words.append(say("report.released"))
    return "; ".join(words) or NOTHING


def as_html(report: Report) -> str:
    """One file that needs no other: for a browser, a mail, a screen reader, a printer."""
    return _pages.get_template("report.html").render(
        report=report,
        summary=summary(report),
        say=say,
        length=length,
        milliseconds=milliseconds,
        strangeness=strangeness,
        sendings=sendings,
        fired_by=fired_by,
        outcome=outcome,
    )


def as_typst(report: Report) -> tuple[str, dict[str, str]]:
    """The source of the paper, and the inputs it reads: text all through, never markup."""
    source = resources.files(__package__ or __name__).joinpath("templates", "report.typ")
    table = {
        "title": report.title,
        "heading": heading(report),
        "summary": summary(report),
        "words": {key: say(f"report.{key}") for key in (*SECTIONS, "none", "page")},
        "numbers": [
            [n.clock or length(n.at), n.title or n.id, length(n.music_s), length(n.usual_s)]
            for n in report.numbers
        ],
        "numbers_head": _head("at", "number", "music", "usual"),
        "holds": [
            [h.clock or length(h.at), h.by, length(h.lasted), say(_hold_kind(stop=h.stop))]
            for h in report.holds
        ],
        "holds_head": _head("at", "by", "lasted", "kind"),
        "cues": [_cue_row(cue) for cue in report.cues],
        "cues_head": _head("cue", "name", "planned", "fired", "cause", "delay", "usual", "strange"),
        "sent": [
            [f.clock or length(f.at), cue.cue, "; ".join(sendings(f))]
            for cue in report.cues
            for f in cue.firings
            if f.sent or f.answers
        ],
        "sent_head": _head("at", "cue", "sent"),
        "standbys": [
            [s.clock or length(s.at), s.cue, s.by, length(s.answered_s), outcome(s)]
            for s in report.standbys
        ],
        "standbys_head": _head("at", "cue", "called_by", "after", "outcome"),
        "changes": [[c.clock or length(c.at), c.text] for c in report.changes],
        "notes": [[n.clock or length(n.at), n.text] for n in report.notes],
        "said": [[s.clock or length(s.at), s.text] for s in report.said],
        "said_head": _head("at", "what"),
    }
    return source.read_text(encoding="utf-8"), {"report": json.dumps(table)}


def as_json(report: Report) -> str:
    """The report for machines."""
    return json.dumps(msgspec.to_builtins(report), indent=1, ensure_ascii=False)


def heading(report: Report) -> str:
    """The line above everything."""
    return say("report.heading", performance=report.performance, opened=report.opened)


def _hold_kind(*, stop: bool) -> str:
    return "report.stopped" if stop else "report.held"


def _head(*names: str) -> list[str]:
    return [say(f"report.names.{name}") for name in names]


def _cue_row(cue: CueLine) -> list[str]:
    first = cue.firings[0] if cue.firings else None
    times = len(cue.firings)
    fired = NOTHING if first is None else first.clock or length(first.at)
    strange = [strangeness(cue), cue.passed, *(f.problem for f in cue.firings if f.problem)]
    return [
        f"{cue.department} {cue.cue}",
        cue.name,
        cue.trigger,
        fired if times < 2 else say("report.times", at=fired, times=times),  # noqa: PLR2004 - once
        "" if first is None else fired_by(first),
        milliseconds(None if first is None else first.ms),
        length(cue.usual),
        "; ".join(words for words in strange if words),
    ]
