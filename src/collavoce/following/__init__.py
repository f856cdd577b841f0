"""Following: where in the score the music is, and how sure that is.

In: a score once, then observations in order of time. Out: one `Estimate` for each of them.
Never: a clock, a sound, a cue; a position past an onset that was not heard.
"""
