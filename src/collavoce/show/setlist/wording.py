"""What a choice costs, in words."""

from collections.abc import Iterator

from collavoce.show.setlist.conflicts import minutes_words, name
from collavoce.show.setlist.evening import Evening
from collavoce.show.setlist.options import Option
from collavoce.show.setlist.ways import Way
from collavoce.words import say


def lines(evening: Evening, option: Option) -> tuple[str, ...]:
    """The cost of an option in words, a line each; the first says how much later it gets."""
    price, show = option.cost, evening.show
    told = [_later(price.later), *_song(evening, option)]
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


def _song(evening: Evening, option: Option) -> Iterator[str]:
    """Of a song that would come in: its length, change-overs, who must be there, its recording."""
    index = option.plan.index(option.number) if option.way is Way.SONG else -1
    song = option.plan.items[index].song if index >= 0 else None
    if song is None:
        return
    yield say("setlist.cost.song_length", minutes=minutes_words(60 * song.minutes))
    if song.change:
        yield say("setlist.cost.song_change", minutes=minutes_words(60 * song.change))
    names = ", ".join(name(evening.show, person) for person in song.performers)
    yield say("setlist.cost.song_players", people=names)
    yield say("setlist.cost.song_by_hand", reference=song.reference)


def _later(seconds: float) -> str:
    key = "later" if seconds > 0 else "earlier_end" if seconds < 0 else "same"
    return say(f"setlist.cost.{key}", minutes=minutes_words(abs(seconds)))
