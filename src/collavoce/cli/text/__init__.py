"""The desk in plain text: the caller's page and a phone's page, a sentence for each change.

In: a link, lines that are typed. Out: sentences in the order in which they matter; requests.
Never: a rule of the show or of care, a sound, a cursor that moves: it reads well aloud.
"""
