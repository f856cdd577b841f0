"""What `collavoce check` says of takes: how many, and what no player's word covers."""

from pathlib import Path

from collavoce.cli.takes import shelf_of
from collavoce.runtime.takes.errors import TakesError
from collavoce.runtime.takes.tidying import strays
from collavoce.show.cues import Show
from collavoce.show.written.finding import Finding, Severity
from collavoce.words import say


def takes_findings(folder: Path, show: Show) -> tuple[Finding, ...]:
    """A note with the count of all takes of the show; a warning for what should not lie there."""
    shelf = shelf_of(folder)
    found: list[Finding] = []

    def finding(severity: Severity, what: str, remedy: str) -> None:
        found.append(Finding(shelf.place.root, 0, what, remedy, severity, blocking=False))

    kept = 0
    for person in show.people:
        try:
            kept += sum(1 for _ in shelf.of(person))
        except TakesError as error:
            finding(Severity.WARNING, str(error), say("takes.check.broken_remedy"))
    if kept:
        finding(Severity.NOTE, say("takes.check.kept", n=kept), say("takes.check.kept_remedy"))
    try:
        loose = len(strays(shelf, show.people))
    except TakesError:
        loose = 0  # said above, unless nobody is in the show
    if loose:
        remedy = say("takes.check.strays_remedy", folder=folder)
        finding(Severity.WARNING, say("takes.check.strays", n=loose), remedy)
    return tuple(dict.fromkeys(found))
