"""Standbys: the desk calls a cue, named people acknowledge or are not clear, hazards are confirmed.

In: commands of the caller and of the people asked. Out: events, what the state makes of them.
Never: a firing; whether a called cue may fire is asked here and decided where cues fire.
"""
