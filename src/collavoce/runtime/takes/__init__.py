"""What the follower remembers of rehearsals: a player's takes, kept by the player's own word.

In: a yes or a no of the player, what a follower made of a number. Out: takes for the next follower.
Never: a take without a yes, a take to anybody but the follower and the player, a mean of persons.
"""
