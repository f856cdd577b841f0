"""The care process without its pages: the one writer of the care store, the ladder's clock.

In: commands from paired phones, pairing asked for over a private mailbox. Out: kept, then told.
Never: a log line with a name in it, a word to the show, a disk write inside the show folder.
"""
