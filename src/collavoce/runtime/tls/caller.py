"""A connection of our own to pages served over TLS: the watchdog's, and that of modelled phones.

It comes from the same machine and knows the certificate's file, so it trusts that certificate
alone, whoever signed it, and still wants it to be for the right name and in its time.
"""

import http.client
import socket
import ssl


class PinnedConnection(http.client.HTTPConnection):
    """HTTP over TLS to `host`:`port`, which must show the certificate in `trusted` for `name`."""

    def __init__(self, host: str, port: int, trusted: str, name: str, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._trusted = trusted
        self._name = name

    def connect(self) -> None:
        """Connect and shake hands; raises OSError (of which ssl.SSLError is one)."""
        # Read anew each time: the file may have been renewed since.
        context = ssl.create_default_context(cafile=self._trusted)
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        plain = socket.create_connection((self.host, self.port), self.timeout)
        try:
            self.sock = context.wrap_socket(plain, server_hostname=self._name)
        except OSError:
            plain.close()
            raise


def open_connection(
    host: str, port: int, trusted: str, name: str, timeout: float
) -> http.client.HTTPConnection:
    """A connection, not made yet: over TLS if there is a certificate to trust, else plain."""
    if trusted:
        return PinnedConnection(host, port, trusted, name, timeout)
    return http.client.HTTPConnection(host, port, timeout=timeout)
