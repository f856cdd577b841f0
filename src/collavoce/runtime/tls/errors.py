"""What can be wrong with certificates."""


class TlsError(Exception):
    """A certificate, key or account that cannot be used; says which file, where, and the remedy."""
