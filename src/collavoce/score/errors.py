"""What can be wrong with written music."""


class ScoreError(Exception):
    """A score that cannot be read or a place that is not in it; the sentence names the remedy."""


class PlaceError(ScoreError):
    """A place that the score does not have."""
