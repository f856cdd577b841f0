"""What a choice costs, in words."""

from collavoce.show.setlist.conflicts import minutes_words, name
from collavoce.show.setlist.evening import Evening
from collavoce.show.setlist.options import Option
from collavoce.words import say


def lines(evening: Evening, option: Option) -> tuple[str, ...]:
    """The cost of an option in words, a line each; the first says how much later it gets."""
    price, show = option.cost, evening.show
    told = [_later(price.later)]
    if price.spare is not None:
        key = "spare" if price.spare >= 0 else "late"
        told.append(say(f"setlist.cost.{key}", minutes=minutes_words(abs(price.spare))))
    for key, cues in (("out", price.out), ("back", price.back)):
        if cues:
            told.append(say(f"setlist.cost.{key}", cues=", ".join(cues)))
    for key, people in (("freed", price.freed), ("needed", price.needed)):
        if people:
            names = ", ".join(name(show, person) for person in people)
            told.append(say(f"setlist.cost.{key}", people=names))
    told += [
        say("setlist.cost.earlier", person=name(show, person), minutes=minutes_words(seconds))
        for person, seconds in price.earlier.items()
    ]
    for cue in price.persons:
        key = "person_out" if cue.later is None else "person_moves"
        when = "" if cue.later is None else _later(cue.later)
        told.append(
            say(f"setlist.cost.{key}", cue=cue.cue, person=name(show, cue.person), when=when)
        )
    told += [conflict.words for conflict in price.conflicts]
    told += [say("setlist.cost.solved", words=conflict.words) for conflict in price.solved]
    return tuple(told)


def _later(seconds: float) -> str:
    key = "later" if seconds > 0 else "earlier_end" if seconds < 0 else "same"
    return say(f"setlist.cost.{key}", minutes=minutes_words(abs(seconds)))
