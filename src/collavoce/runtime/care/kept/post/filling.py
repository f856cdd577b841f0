"""Words filled up to one length, so that nothing that is kept or sent tells how long they are."""

LETTER_CHARACTERS_MAX = 20_000
NOTE_CHARACTERS_MAX = 2_000
PLACE_CHARACTERS_MAX = 200

CHARACTER_BYTES = 4
"""The most that one character takes in UTF-8."""

HEAD_BYTES = 1_000
"""For what stands with the words: whom they are from and to, and when."""

LETTER_BYTES = LETTER_CHARACTERS_MAX * CHARACTER_BYTES + HEAD_BYTES
NOTE_BYTES = NOTE_CHARACTERS_MAX * CHARACTER_BYTES + HEAD_BYTES
INVITATION_BYTES = NOTE_BYTES + PLACE_CHARACTERS_MAX * CHARACTER_BYTES


def filled(words: tuple[str, ...], size: int) -> tuple[str, ...]:
    """`words` and one more behind them, so that all together are `size` bytes."""
    used = sum(len(word.encode()) for word in words)
    assert used <= size, "whoever takes words in holds them to their limits"
    return (*words, " " * (size - used))
