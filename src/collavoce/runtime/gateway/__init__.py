"""The gateway: what comes in from controllers, and what they are told.

In: untrusted OSC and MIDI, the operator's book of connections, the ring. Out: commands by mail to
the engine, answers and lamps to controllers. Never: a decision about the show, or a bare packet's
command that the operator did not allow. It may be killed at any moment: nothing is kept here.
"""
