"""The rig: the real things at the end of the cables.

In: datagrams and addresses, levels, MIDI ports, a performance to play. Out: packets on the network,
bytes heard with their instant, what the lights' network carried. Never: a decision.
"""
