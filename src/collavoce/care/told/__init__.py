"""What happened in care, by noun: facts in the past tense, kept sealed and nowhere else.

In: nothing. Out: the events that `care/events.py` gathers.
Never: a reason, a judgement, the words somebody sealed.
"""
