"""D7: the last cue is fired, and the dark is confirmed by what the lights' network carried."""

from pathlib import Path

from collavoce import evening
from collavoce.cli.run import counted, play_virtually, readable_show
from collavoce.cli.stories.account import Account, Figure
from collavoce.runtime.opening import Options


def lights_out(account: Account, folder: Path) -> None:
    """The bundled evening in `folder`, on a virtual clock; the light data really leaves."""
    with account.step("D7") as taking:
        evening.lay_out(folder)
        prepared, plan = readable_show(folder)
        options = Options(
            folder,
            performer=folder / evening.PERFORMANCE,
            care_root=folder.parent / "lights-care",
            headless=True,
        )
        tally, _ = counted(
            folder, prepared.show, play_virtually(options, prepared, plan, quiet=True)
        )
        ended, dark = tally.ended_at, tally.lights_out_at
        fired = {firing.cue for firing in tally.firings}
        last = tally.firings[-1].cue if tally.firings else ""
        taking.is_so("fired", ended is not None and fired, Figure(len(fired)), cue=last)
        after = None if dark is None or ended is None else Figure(round(dark - ended, 1), "s")
        taking.is_so("dark", after is not None and after.value >= 0, after)
