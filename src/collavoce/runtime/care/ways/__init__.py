"""The ways to a person besides their open page: what ought to be out, handed over, and noted.

In: the house's state, what services say. Out: messages, each noted on disk before it leaves.
Never: a name, a reason or a place in a message; one message twice, whoever carries it.
"""
