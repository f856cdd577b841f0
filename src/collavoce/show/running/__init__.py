"""What is under way, reckoned: how long cues last, what they bring, whether they are over.

In: the show as written, its state, the instant. Out: answers.
Never: an event; `rules` and `folds` ask here.
"""
