"""What a cue may bring onto a stage that somebody may not bear."""

EFFECTS = ("strobe", "haze", "scent", "pyro", "touch")
"""The words a show file writes of a cue, and a person of themself. The list is the same for all."""
