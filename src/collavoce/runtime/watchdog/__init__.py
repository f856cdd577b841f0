"""The watchdog beside care: notices, from outside, when a press would not be delivered.

In: the care process' pulse, and a press of nobody that travels the way of a real one.
Out: one word to the web desk, a kill of a care process that stands still, so that it starts again.
Never: a name, a real press, a word that depends on one.
"""
