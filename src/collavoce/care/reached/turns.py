"""In which order, and when, one person's contacts are used for one thing to say.

    push             at once, all of them: each is another phone of theirs
    sms and voice    `patience` later, the first of each; the sms at once if every push failed
    the rest         one more at once for each of these that failed, in the person's own order

Failed means: said to have failed, or silent for `ANSWER_WITHIN`. Without a number the first of
the rest takes its place.
"""

from collections.abc import Callable, Iterator, Sequence

from collavoce.care.channels import Channel, Contact
from collavoce.care.states.sent import Sent

Way = tuple[int, Contact]
"""A contact and its place in its person's list."""


def turns(
    ways: Sequence[Way], sent_by: Callable[[int], Sent | None], start: float, patience: float
) -> Iterator[tuple[int, float]]:
    """Each contact, by its place, that has its turn, with the moment of it.

    sent_by : place -> what went out there. A turn that hangs on a failure which has not happened
    is left out.
    """
    pushes = [place for place, contact in ways if contact.channel is Channel.PUSH]
    main = _main(ways)
    rest = [place for place, _ in ways if place not in pushes and place not in main]

    def given_up(places: Sequence[int]) -> list[float]:
        found = (sent_by(place) for place in places)
        ends = (sent.gave_up_at for sent in found if sent is not None)
        return sorted(at for at in ends if at is not None)

    silent = given_up(pushes)
    patient = early = start + patience
    if pushes and len(silent) == len(pushes):
        early = min(patient, silent[-1])
    yield from ((place, start) for place in pushes)
    yield from ((place, patient if nth else early) for nth, place in enumerate(main))
    yield from zip(rest, given_up([*main, *rest]), strict=False)


def _main(ways: Sequence[Way]) -> list[int]:
    """The first number to write to and the first to ring; else the first that is no push."""
    numbers: list[int] = []
    for channel in (Channel.SMS, Channel.VOICE):
        numbers += [place for place, contact in ways if contact.channel is channel][:1]
    return numbers or [place for place, contact in ways if contact.channel is not Channel.PUSH][:1]
