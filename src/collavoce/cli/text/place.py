"""The place in the music in plain text: said, and found from what somebody types."""

from collections.abc import Iterator, Sequence

from collavoce.cli.text.asking import AskingError
from collavoce.cli.text.door import View
from collavoce.words import say


def arrival_says(arrival: View | None) -> Iterator[str]:
    """How the music came to where it is, and what became of the cues it passed."""
    if arrival is None:
        return
    yield say("text.arrival", words=arrival["text"])
    for sentence in (arrival["cues"], *arrival["unmet"]):
        if sentence:
            yield f"{sentence}."


def place_says(music: View, next_cue: str) -> Iterator[str]:
    """Bar, beat and pass, how sure that is, the tempo, and when the next cue is due."""
    if music.get("bar") is not None:
        yield say("text.beat", bar=music["bar"], beat=music["beat"])
        if music["turn"] > 1:
            yield say("text.pass", turn=music["turn"])
    if music.get("sure"):
        percent = round(100 * music["confidence"])
        sure = say("desk.music.sure", word=music["sure"], percent=percent)
        yield say("text.sure", words=sure)
    if music.get("notice"):
        yield f"{music['notice']}."
    if music.get("tempo") is not None:
        yield say("desk.music.tempo", tempo=music["tempo"]) + "."
    coming = music.get("next")
    if coming is not None:
        yield say("text.next", cue=next_cue, seconds=coming["in"], give=coming["give"])


def start_of(bars: Sequence[View], words: str, here: float) -> tuple[float, str]:
    """Where "24" or "24 pass 2" begins, and what is said once the music is placed there.

    Of the times a bar is played the one that is named, or the one nearest to `here`. Raises
    AskingError when there is no such bar or pass.
    """
    bar, _, turn = words.replace("/", " pass ").partition(" pass ")
    bar, turn = bar.strip(), turn.strip()
    played = [one for one in bars if one["number"] == bar]
    named = [one for one in played if not turn or str(one["turn"]) == turn]
    if not played:
        raise AskingError(say("desk.music.no_such_bar", bar=words))
    if not named:
        raise AskingError(say("desk.music.no_such_pass", bar=bar, turn=turn))
    _, found = min((abs(one["start"] - here), one["turn"]) for one in named)
    (start,) = [one["start"] for one in named if one["turn"] == found]
    key = "desk.music.placed_pass" if len(played) > 1 else "desk.music.placed"
    return start, say(key, bar=bar, turn=found)
