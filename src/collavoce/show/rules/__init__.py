"""The rules of the performance: what each command leads to, in files by what they are about.

In: a draft over the show and its state, a command, the instant. Out: events told to the draft.
Never: a change of the state; `folds` make that of the events.
"""
