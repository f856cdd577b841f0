"""What happened to the show, by what it is about; `events.py` holds the rest and the union.

In: decisions. Out: typed facts, in the past tense, kept for ever.
Never: a body that is rewritten; a fact of another kind is another event.
"""
