"""Who is called for whom, by which messages, and what each end sees of it.

In: people, the state, the moment. Out: names, messages due, what a page shows.
Never: a decision that is kept; anything said to whoever is not meant.
"""
