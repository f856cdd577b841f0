"""A text somebody wrote, table by table, with what is wrong with it at its line.

In: TOML that was read, and the names it may speak of. Out: checked values, findings.
Never: what a key means to a show; that is `reading` and `actions`.
"""
