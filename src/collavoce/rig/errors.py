"""What can be wrong with the real things."""


class RigError(Exception):
    """A thing that does not answer; the sentence names it, its address, and the remedy."""
