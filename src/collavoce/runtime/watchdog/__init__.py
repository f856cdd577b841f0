"""The watchdog beside care: notices when a press would not be delivered, and carries what is late.

In: care's pulse, its list of what will be due, a press of nobody that goes the way of a real one.
Out: one word to the web desk, a kill of a care process that stands still, messages left unsent.
Never: a name, a real press, a word that depends on one.
"""
