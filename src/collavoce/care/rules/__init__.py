"""What follows from a command, by noun, or why it is refused.

In: people, the state, a command, the moment. Out: events, or a refusal in words.
Never: a change of the state, a message sent, a clock read.
"""
