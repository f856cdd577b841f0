"""Demos and the songs that come of them: recordings sealed to their author, links to hear one once.

In: an author's acts and files. Out: sealed files beside the care store; what they release.
Never: a recording that opens without its author's phone or their link; a file's own metadata.
"""
