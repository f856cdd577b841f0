"""Who plays: recordings named on the command line, for the only stage or for one of several."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from collavoce.cli.errors import UsageError
from collavoce.show.cues import Show
from collavoce.wire.midi import MidiError, read_performance
from collavoce.words import say


def performers(pairs: Sequence[str]) -> dict[str, Path]:
    """What `--performer-on STAGE=PERF.mid` says, each once; raises UsageError."""
    named: dict[str, Path] = {}
    for pair in pairs:
        stage, equals, file = pair.partition("=")
        if not (stage and equals and file) or stage in named:
            raise UsageError(say("run.bad_performer_on", pair=pair))
        named[stage] = can_be_read(Path(file))
    return named


def can_be_read(performer: Path) -> Path:
    """`performer`, once it was read; raises UsageError."""
    try:
        read_performance(performer.read_bytes())
    except (OSError, MidiError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(say("run.performer_unreadable", file=performer, why=why)) from error
    return performer


def on_known_stages(show: Show, named: Mapping[str, Path]) -> None:
    """See that the show has the stages that are played on; raises UsageError."""
    for stage in named:
        if stage not in show.stages:
            known = ", ".join(show.stages) or say("run.no_stages")
            raise UsageError(say("run.unknown_stage", stage=stage, known=known))
