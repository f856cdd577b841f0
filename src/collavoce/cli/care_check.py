"""What `collavoce check` says of reaching the people on stage: who has no way, and no more.

What people keep for themselves stands on their own phones. Whatever cards, circles, letters and
leaves there are, these lines are the same.
"""

from pathlib import Path

from collavoce.ledger import LedgerError
from collavoce.runtime.care.home import HomeError
from collavoce.runtime.care.reachable import unreached
from collavoce.show.actions.entrance import ComeOn
from collavoce.show.cues import Show
from collavoce.show.written.finding import Finding, Severity
from collavoce.words import say

SHOW_FILE = "show.toml"


def care_findings(folder: Path, show: Show) -> tuple[Finding, ...]:
    """A warning for each performer whom nothing reaches, and a line that is always the same."""
    on_stage = performers(show)
    found: list[Finding] = []

    def finding(severity: Severity, what: str, remedy: str) -> None:
        found.append(Finding(SHOW_FILE, 0, what, remedy, severity, blocking=False))

    if not on_stage:
        return ()
    try:
        without = unreached(folder, on_stage)
    except (HomeError, LedgerError, OSError) as error:
        finding(Severity.WARNING, say("check.care.unread"), str(error))
    else:
        if without is None:
            finding(Severity.NOTE, say("check.care.nobody"), say("check.care.nobody_remedy"))
        for person in without or ():
            what = say("check.care.unreached", who=show.people[person].name)
            finding(Severity.WARNING, what, say("check.care.unreached_remedy"))
    finding(Severity.NOTE, say("check.care.own"), say("check.care.own_remedy"))
    return tuple(found)


def performers(show: Show) -> tuple[str, ...]:
    """The ids of everybody who is on stage: by role, by a number, by an entrance."""
    by_role = [person.id for person in show.people.values() if "performer" in person.roles]
    by_number = [one for n in show.numbers for one in (n.performer or "", *n.covers)]
    entering = [
        action.who
        for number in show.numbers
        for cue in number.cues
        for action in cue.actions
        if isinstance(action, ComeOn)
    ]
    everybody = dict.fromkeys((*by_role, *by_number, *entering))
    return tuple(person for person in everybody if person in show.people)
