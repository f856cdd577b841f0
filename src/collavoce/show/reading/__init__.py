"""From `show.toml` and its scores to a `Show`, or to findings with their line and remedy.

In: texts by their paths. Out: a show, or every fault in it.
Never: an open file; the runtime hands the texts in.
"""
