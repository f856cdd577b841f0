"""A certificate's fingerprint as machines show it, and so that two people can read it aloud.

Words are proquints (Wilkerson, "A Proposal for Proquints", arXiv:0901.4016): 16 bits become five
letters, consonant and vowel by turns, that no language is needed to say.
"""

from cryptography import x509
from cryptography.hazmat.primitives import hashes

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
WORDS = 8
"""128 bits: as hard to imitate as the keys that open a desk."""


def hex_fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 as phones show it: pairs of hexadecimal digits with colons."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def spoken_fingerprint(certificate: x509.Certificate) -> str:
    """The first `WORDS` x 16 bits of SHA-256 as words."""
    raw = certificate.fingerprint(hashes.SHA256())
    return " ".join(proquint(int.from_bytes(raw[i : i + 2])) for i in range(0, 2 * WORDS, 2))


def proquint(bits: int) -> str:
    """16 bits as a word of five letters."""
    assert 0 <= bits < 1 << 16, bits
    return (
        CONSONANTS[bits >> 12]
        + VOWELS[bits >> 10 & 3]
        + CONSONANTS[bits >> 6 & 15]
        + VOWELS[bits >> 4 & 3]
        + CONSONANTS[bits & 15]
    )
