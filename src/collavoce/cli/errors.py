"""How a command says in one line that it cannot be done."""


class UsageError(Exception):
    """What cannot be done, where, and the remedy, in one line."""
