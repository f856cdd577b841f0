"""What a field of an act may look like; whatever else arrives is no act."""

from typing import Annotated, Final

import msgspec

from collavoce.care.states.circle import CIRCLE_MAX

LONGEST_AGO_S: Final = 24 * 3600.0
"""A press that lay longer on its way is of another evening."""

LONGEST_WAIT_S: Final = 3600.0
WORD_MAX: Final = 100

PressId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
DeviceId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
PersonId = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
PersonOrNobody = Annotated[str, msgspec.Meta(max_length=100)]
PlaceId = Annotated[str, msgspec.Meta(max_length=100)]
Circle = Annotated[tuple[PersonId, ...], msgspec.Meta(max_length=CIRCLE_MAX + 1)]
Seconds = Annotated[float, msgspec.Meta(ge=0.0, le=LONGEST_WAIT_S)]
Word = Annotated[str, msgspec.Meta(max_length=WORD_MAX)]
