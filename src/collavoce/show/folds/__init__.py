"""What events make of the state, in files by what they are about.

In: the show, its state, one event. Out: the state after it.
Never: a refusal, a rule, a look at the clock; replay and live are the same fold.
"""
