"""The set list tonight: what comes, how long it takes, what each way of changing it costs.

In: the show, what was played, the time of day. Out: options with their cost; over and under.
Never: a choice; a person chooses, and one choice moves every screen, cue and call.
"""
