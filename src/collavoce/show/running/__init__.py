"""What is under way: cues that take time, what pauses and ends them, what fires from outside.

In: commands, firings. Out: events, what the state makes of them.
Never: a sound or a light; the rig hears of events.
"""
