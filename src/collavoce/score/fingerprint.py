"""A name for written music that its title, its engraving and its file do not change."""

from hashlib import sha256

from collavoce.score.model import Score

GRID = 10_000
"""Parts of a quarter: readers sum up odd tuplets with other roundings."""


def fingerprint(score: Score) -> str:
    """64 hexadecimal digits: SHA-256 over every note's place and pitch, and the written tempos."""
    digest = sha256()
    for note in sorted((round(n.onset * GRID), not n.grace, n.pitch) for n in score.notes):
        digest.update(repr(note).encode())
    for tempo in score.tempos:
        digest.update(repr((round(tempo.at * GRID), round(tempo.bpm, 3))).encode())
    return digest.hexdigest()
