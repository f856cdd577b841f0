"""TLS: the certificate under which the pages are served, from its making to its renewal.

In: certificate and key files, a host's names, an ACME server's answers.
Out: findings in words, a TLS context that follows a renewed file, signed certificates.
Never: a private key anywhere but in a file that its user alone can read.
"""
