"""The words that take a press back, as they are compared: nobody types them the same way twice."""

from unicodedata import normalize

from collavoce.care.states.pairing import secret_hash


def word_hash(word: str) -> str:
    """The hash of `word` as everybody would say it, "" for no word at all."""
    plain = " ".join(normalize("NFKC", word).casefold().split())
    return secret_hash(plain) if plain else ""
