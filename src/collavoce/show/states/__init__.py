"""Parts of the show's state, by what they are about; `state.py` is the whole.

In: nothing. Out: immutable values that `folds` put into each other.
Never: a rule, a clock.
"""
