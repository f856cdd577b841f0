"""Who is with whom without a press, and who wants to be alone."""

from collavoce.care.told.base import Event


class WithStarted(Event, frozen=True):
    """`trusted` is with `owner`, who did not press.

    counts : they are of the circle and may come near. If not, nobody but they ever learns of it.
    """

    owner: str
    trusted: str
    counts: bool = True


class WithEnded(Event, frozen=True):
    """`trusted` is with `owner` no more."""

    owner: str
    trusted: str


class AloneSaid(Event, frozen=True):
    """`person` wants to be alone until `until`. look_at: when their first is asked to look.

    order : their circle at this moment, only those who agreed and may come near.
    """

    person: str
    until: float
    look_at: float | None = None
    order: tuple[str, ...] = ()


class BackSaid(Event, frozen=True):
    """`person` is there again."""

    person: str


CompanyEvent = WithStarted | WithEnded | AloneSaid | BackSaid
