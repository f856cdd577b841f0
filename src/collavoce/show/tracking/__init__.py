"""What the stage looks and sounds like at a place: the same, walked to or jumped to.

In: the show, its state, a place in the music. Out: the cues behind it, and what they come to.
Never: an event; `rules.tracking` tells what has to change.
"""
