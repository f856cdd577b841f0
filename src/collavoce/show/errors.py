"""What can go wrong around a show folder, apart from what is written in it.

ShowError
- ShowFileError : a file that is there but cannot be had
"""


class ShowError(Exception):
    """The base of the room's errors. What is *written* wrong is a Finding, never an error."""


class ShowFileError(ShowError):
    """A file that cannot be read; the sentence says why."""
