"""What may be asked of care, by noun: in the imperative, by whom their device says they are.

In: nothing. Out: the commands that `care/commands.py` gathers.
Never: an asker taken from a page's words, the words somebody sealed.
"""
