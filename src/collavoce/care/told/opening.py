"""The process itself."""

from collavoce.care.told.base import Event


class CareOpened(Event, frozen=True):
    """The care process began to write. boot: which start of the machine `at` counts from."""

    boot: str
