"""One performance, running: its clock, its processes, and the rule of record.

In: a show folder and what the person who opens it chose. Out: events in the ring, datagrams.
Never: a rule of the show or of care; those are asked, and `policies` alone joins them.
"""
