"""What must be so when all has been well for a while: nothing that was promised is missing."""

from typing import Any

from tests.simulation.cast import PEOPLE
from tests.simulation.quiet.judge import LAST_PATIENCE_S, TOLD_SHOWN, QuietJudge
from tests.simulation.quiet.known import THERE
from tests.simulation.quiet.life import token_of
from tests.simulation.world import MICRO

from collavoce.care.states import found
from collavoce.care.wishes import pool

AGES_S = 13 * 86_400.0
"""What is kept for a time is kept by the wall clock alone: one that was off by more takes away what
was opened, answered or ticked. Late is no harm; that it may be early is said in `retention.py`."""


def settled(judge: QuietJudge) -> None:
    """Say what is missing."""
    life = judge.machine.life
    if life is None:
        judge.breaks("E8", "care does not run although all is well")
        return
    for phone in judge.phones.values():
        if phone.waits:
            judge.breaks("E10", f"the phone of {phone.person} still waits for an answer")
    _letters(judge, life)
    _notes(judge, life)
    _available(judge)
    if judge.most_off_s < AGES_S:
        _told(judge, life)
        _found(judge, life)


def _here(judge: QuietJudge, *people: str) -> bool:
    return all(judge.known.of("here", person).sure for person in people)


def _letters(judge: QuietJudge, life: Any) -> None:
    now = judge.machine.begins_s + judge.world.seconds
    for id_, letter in judge.known.letters.items():
        said = judge.known.of("letter", id_)
        if not _here(judge, letter.writer, letter.reader) or said.sure != "sealed":
            continue
        quiet_s = judge.world.seconds - said.since_us / MICRO
        due = letter.due() if letter.zone else 0.0
        if letter.arrived_us is None:
            if due < now - LAST_PATIENCE_S and quiet_s > LAST_PATIENCE_S:
                judge.breaks("at last", f"{id_} is due since {now - due:.0f} s and not delivered")
            continue
        found_ = life.care.post.letters.read(token_of(letter.reader), id_)
        if found_ is None or found_.words not in letter.words_then:
            judge.breaks("at last", f"{id_} was delivered, and its reader reads {found_}")


def _notes(judge: QuietJudge, life: Any) -> None:
    for id_, note in judge.known.notes.items():
        said = judge.known.of("note", id_)
        kept_from = any(note.writer in p[2] for p in judge.known.of("post", note.reader).now)
        aged = note.opened_us is not None and judge.most_off_s > AGES_S
        out_s = judge.world.seconds - said.since_us / MICRO - note.after
        if (
            aged
            or out_s < LAST_PATIENCE_S
            or not said.sure
            or kept_from
            or not _here(judge, note.writer, note.reader)
        ):
            continue
        found_ = life.care.post.notes.read(token_of(note.reader), id_)
        if found_ is None or found_.words != said.sure:
            judge.breaks("at last", f"{id_} is out, and its reader reads {found_}")


def _available(judge: QuietJudge) -> None:
    for person in PEOPLE:
        said, told = judge.known.of("leave", person).sure, judge.stand.shown.get(person)
        alone = any(4 in held for held in judge.known.of("answered", person).now)
        if said is None or alone or not _here(judge, person):
            continue
        seen = (True, None, "") if told is None else (told.available, told.rehearses, told.until)
        if seen != _expected(said):
            judge.breaks("last word", f"{person} said {said}, and the show is told {seen}")


def _expected(said: tuple[Any, ...]) -> tuple[bool, bool | None, str]:
    if said == THERE:
        return True, None, ""
    if said[0] == "part":
        return said[2], said[1], ""
    dated = said[0] == "away" and said[2] and said[1]
    return False, None, said[1] if dated else "none"


def _told(judge: QuietJudge, life: Any) -> None:
    for who, key, persons in judge._must_tell:
        for person in persons:
            order = judge.known.of("circle", who).sure
            if not order or person not in order or not _here(judge, who, person):
                continue
            told = life.care.seen(token_of(person)).get("checkin_told", [])
            if len(told) < TOLD_SHOWN and not any(one["key"] == key for one in told):
                judge.breaks("rule", f"{person} is not told of {who} although a rule says so")


def _found(judge: QuietJudge, life: Any) -> None:
    people, state = pool(PEOPLE), life.house.state.found
    long_us = int((found.STANDS_S + 2 * found.QUARTER_S) * MICRO)
    before_us = judge.world.now_us - long_us

    def stands(*key: str) -> bool:
        said = judge.known.of(*key)
        return said.sure is True and said.since_us < before_us

    agreed = all(stands("few", person) for person in people)
    ticks = [key for key in judge.known.keys("tick") if stands(*map(str, key))]
    for _, one, topic in ticks:
        for _, other, same in ticks:
            if topic != same or one == other or not agreed or {one, other} - people:
                continue
            pairs = state.on_page(str(one))
            if not any(pair.not_of(str(one)) == other for pair in pairs):
                judge.breaks(
                    "same here", f"{one} and {other} both ticked {topic}, and are not told"
                )
