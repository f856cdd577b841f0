"""The line, kept and told: its own sealed file, its mailboxes, what it asks of the engine.

In: acts of people and of the caller's desk, the time. Out: kept on disk, then told.
Never: a circle, a card or a press; what may pass from those is decided in `care/policies.py`.
"""
