"""What is kept of care, and under whose key: the shelf of events, keys, papers, erasure, age.

In: events, secrets that a request brings with it. Out: the same after a restart; one's own things.
Never: an id of the show on disk, a key beside what it opens, a row that nobody may know of.
"""
