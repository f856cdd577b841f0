"""What may be asked of the show, by what it is about; `commands.py` holds the rest and the union.

In: what pages, phones, controllers and processes send. Out: typed commands, in the imperative.
Never: an answer; `rules` decide.
"""
