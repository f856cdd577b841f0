"""Everything of a person's that is kept, in one file of theirs: JSON, for people and machines."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from collavoce.care.state import CareState
from collavoce.runtime.care.kept import papers
from collavoce.runtime.care.kept.keyring import Keyring
from collavoce.runtime.care.kept.vault import AFTERCARE, LINES

FORM = 1


def exported(
    keyring: Keyring,
    state: CareState,
    person: str,
    private: bytes,
    further: Iterable[Mapping[str, object]] = (),
) -> bytes:
    """What stands here of `person`, and what they sealed, which `private` opens.

    further : of parts that have more, each under names of its own.
    """
    circle = state.circles.of(person)
    presses = [alert for alert in state.alerts.by_press.values() if alert.person == person]
    things: dict[str, Any] = {
        "form": FORM,
        "person": person,
        "phones": len(state.pairings.devices_of(person)),
        "recovery_code": person in state.pairings.recoveries,
        "recovery_by_two_of": state.keys.holders.get(person, ()),
        "circle_read_without_me": person not in state.keys.declined,
        "circle": circle,
        "answers_to_me": {t: state.circles.answer(person, t) for t in circle.order},
        "answers_of_mine": state.circles.answers.get(person, {}),
        "presses": presses,
        "lines": papers.opened(keyring, LINES, person, person, private),
        "lines_shared_with": papers.shared_with(keyring, state, person),
        "aftercare": "".join(papers.opened(keyring, AFTERCARE, person, person, private)),
        "log": papers.log_of(keyring, person, private),
    }
    things |= _written_elsewhere(state, person)
    for part in further:
        assert not things.keys() & part.keys(), "each name is one part's"
        things |= part
    return msgspec.json.format(msgspec.json.encode(things, enc_hook=_plain), indent=2)


def _written_elsewhere(state: CareState, person: str) -> dict[str, Any]:
    """What stands of `person` in the other tables of the state that go by person."""
    found: dict[str, Any] = {}
    for name in ("terms", "company", "buttons"):
        of = getattr(getattr(state, name, None), "of", None)
        if of is not None:
            found[name] = of(person)
    return found


def _plain(value: object) -> object:
    """A set as a list; whatever else is no JSON by its kind."""
    return sorted(value) if isinstance(value, frozenset) else type(value).__name__
