"""What a person answers after the show, who hears of it by a rule of their own, and for how long.

In: an answer of a person whose phone is here. Out: boxes for them and for whom their rules name.
Never: an answer for anybody no rule of theirs names, nor one that the server itself can read.
"""
