"""The company of a whole evening: everybody who has a part at the line, a seat, somebody young."""

from typing import Any

from collavoce.company.people import Person
from collavoce.runtime.line.config import LineConfig

COMPANY = (
    Person("pianist", "Yuna Park", ("performer",)),
    Person("friend", "Mira Ortiz", ("guest",)),
    Person("second", "Ben Adler", ("performer",)),
    Person("assistant", "Ida Falk", ("assistant",)),
    Person("steward", "Sam Okoro", ("steward",)),
    Person("security", "Lena Brandt", ("security lead",)),
    Person("caller", "Rui Costa", ("caller",)),
    Person("medic", "Tomas Vega", ("medic",)),
    Person("welfare", "Nora Weiss", ("welfare lead",)),
    Person(
        "young",
        "Jun Seo",
        ("performer",),
        under_18=True,
        guardian="guardian",
        chaperone="assistant",
    ),
    Person("guardian", "Hana Seo", ("guest",)),
)
LINE = LineConfig(
    people=COMPANY,
    zones=(
        ("left", "stage left", "left"),
        ("right", "stage right", "right"),
        ("door4", "stage door 4", "left"),
    ),
    seats=(("the friend", "friend"),),
    comes_off=(("pianist", "left"),),
)
WHOLE: dict[str, Any] = {
    "people": tuple((person.id, person.name) for person in COMPANY),
    "line": LINE,
}
