"""C-e: a dated letter under every jump of a clock: never early, once, to her alone.

The wall clock jumps while a phone's is right, and the other way round; days that a calendar makes
hard; with a restart after each jump, over a store on disk.
"""

from datetime import UTC, datetime
from pathlib import Path

from collavoce.cli.stories.account import Account, Figure
from collavoce.cli.stories.weeks_cast import FRIEND, MANAGER, SINGER, care_config
from collavoce.desk.care.by_hand import HandCare

DAY_S, YEAR_S = 86_400.0, 365.25 * 86_400.0
JUMPS_S = (1.0, 240.0, 360.0, 3600.0, DAY_S, 10 * YEAR_S)
"""Each forward and back."""

DUES = (
    ("2027-06-01", "09:00", "2027-06-01T07:00"),  # an ordinary day
    ("2027-03-28", "02:30", "2027-03-28T01:00"),  # an hour that is left out
    ("2027-10-31", "02:30", "2027-10-31T00:30"),  # an hour that comes twice
    ("2028-02-29", "00:00", "2028-02-28T23:00"),  # the leap day
    ("2038-01-19", "04:15", "2038-01-19T03:15"),  # the end of 32 bits
)
"""What was chosen at the venue, and when that is, UTC."""

RESTARTED_S = (3600.0,)
"""Jumps after each of which the process also starts anew."""

LETTER = "a-letter-under-clocks"
STEP_S = 5.0
STEPS = 3


class Letter:
    """One letter to her, two days before it is due. folder: of a store on disk, None for none."""

    def __init__(self, day: str, hour: str, at: str, folder: Path | None) -> None:
        self.due = datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp()
        self.true = self.due - 2 * DAY_S
        self.restarts = folder is not None
        self.looks = self.early = self.astray = 0
        self.care = HandCare(care_config("-"), self.true, folder)
        for person in (SINGER, FRIEND, MANAGER):
            self.care.phone(person)
        words = {"way": "date", "words": "Keep singing.", "day": day, "at": hour}
        written = self.care.does(FRIEND, "WriteLetter", letter=LETTER, to=SINGER, **words)
        assert written, "the letter is kept"
        assert self.care.does(FRIEND, "SealLetter", letter=LETTER, sure=True), "and sealed"
        self.care.here(SINGER, self.true)

    def jumps(self, ahead: float, *, wall: bool) -> None:
        """The wall clock, or hers, is `ahead` of the true time for a while."""
        for _ in range(STEPS):
            self.care.wall = self.true + (ahead if wall else 0.0)
            if self.restarts:
                self.care.again()
            self.care.here(SINGER, self.true + (0.0 if wall else ahead))
            self.care.passes(STEP_S)
            self.true += STEP_S
            self.early += self._look(SINGER) > 0

    def comes(self) -> bool:
        """Whether it comes at its second, and stays one whatever clocks do then."""
        self.care.wall = self.true
        self.care.here(SINGER, self.true)
        self.care.passes(self.due - self.true - 1.0)
        self.early += self._look(SINGER) > 0
        self.care.passes(1.0)
        there = self._look(SINGER) == 1
        for ahead in (-DAY_S, 2 * DAY_S, -DAY_S):
            self.care.wall += ahead
            self.care.here(SINGER, self.care.wall)
            self.care.passes(STEP_S)
        still = self._look(SINGER) == 1
        self.care.close()
        return there and still and self.care.delivered == 1

    def _look(self, person: str) -> int:
        others = (FRIEND, MANAGER)
        self.astray += sum(len(self._given(other)) for other in others)
        self.looks += 1
        return len(self._given(person))

    def _given(self, person: str) -> list[object]:
        return list(self.care.reads(person, "ReadPost")["post"]["given"])


def clocks(account: Account, home: Path) -> None:
    """Every due day with every jump of either clock."""
    with account.step("C-e") as taking:
        cases = [
            (due, jump, wall, restarted)
            for due in DUES
            for wall in (True, False)
            for restarted, jumps in ((False, JUMPS_S), (True, RESTARTED_S))
            for jump in jumps
        ]
        played: list[Letter] = []
        came = 0
        for number, (due, jump, wall, restarted) in enumerate(cases):
            folder = home / f"clock-{number}" if restarted else None
            if folder is not None:
                folder.mkdir(parents=True)
            one = Letter(*due, folder)
            for ahead in (jump, -jump, 0.0):
                one.jumps(ahead, wall=wall)
            came += one.comes()
            played.append(one)
        early, astray = (sum(p.early for p in played), sum(p.astray for p in played))
        looks, count = sum(p.looks for p in played), len(cases)
        taking.is_so("early", not early, Figure(early), letters=count, looks=looks)
        taking.is_so("once", came == count, Figure(came), letters=count)
        taking.is_so("astray", not astray, Figure(astray))
