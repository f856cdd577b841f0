"""The cue engine: cues, the pointer, the music they follow, the people they call.

In: the show folder's text, commands, estimates, the instant. Out: events, refusals, findings.
Never: an action; a datagram, a file and a clock are someone else's.
"""
