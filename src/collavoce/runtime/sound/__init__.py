"""The process that plays sounds: apart from the engine, whose GO waits for no disk and no card.

In: what the engine asks to play, end and pause, by mail. Out: sound; answers to the engine, and
words to the desk when a card is missing.
Never: a decision; the same id again plays nothing again.
"""

from collavoce.runtime.sound.process import main

__all__ = ["main"]
