"""What can go wrong around the book of connections."""


class GatewayError(Exception):
    """Something about connections that cannot be done; the sentence says what and what to do."""
