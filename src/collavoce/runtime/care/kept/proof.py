"""The secrets that come with a request and last no longer than it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Proof:
    """token: of the phone that asks; for pairing, the new one. before: what it had until now.

    code : a recovery code as it is written down, new or shown. None of it is printed by `repr`.
    """

    token: str = ""
    before: str = ""
    code: str = ""


NOTHING = Proof()
