"""The wire: messages and the bytes they are on a cable, both ways.

In: values, or bytes somebody received. Out: bytes, or values; where time matters it is an argument.
Never: a socket, a port, a clock, or a guess at bytes that break the standard.
"""
