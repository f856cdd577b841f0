"""Care: pairing, circle and press: who may be called for whom, and the ladder that calls them.

In: commands of persons proved by their device, the moment. Out: events, and what each end sees.
Never: a clock, a log line, a wire, a reason, a judgement; nothing of it reaches the show.
"""
