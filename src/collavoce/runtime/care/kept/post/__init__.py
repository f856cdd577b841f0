"""What people write to each other: letters, invitations, messages; sealed, each to its reader.

In: a phone's token and an act; the time that two clocks say. Out: papers, facts without a word.
Never: a word, a title or a length where anybody but writer and reader could see it.
"""
