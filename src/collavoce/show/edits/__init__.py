"""Edits during the show: arming, the set list, timers; the lock that forbids them; undo and redo.

In: commands. Out: events; every edit keeps what stood before it, so that it can be taken back.
Never: a change of the show folder; what is edited tonight is a fact of tonight.
"""
