"""What is true of each noun: folds over the events of care.

In: events. Out: tables that `care/state.py` gathers.
Never: a rule, a refusal, a clock.
"""
