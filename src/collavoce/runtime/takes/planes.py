"""Who may ever know what stands in the records of takes.

    plane 0 everybody   1 the company   2 the persons concerned   3 the person alone

The same four as everywhere in the house; a field that is not here fails a test.
"""

PLANES: dict[str, dict[str, int]] = {
    "Word": {"id": 2, "yes": 2, "by": 2, "at": 2, "key": 3},
    "Book": {"takes": 3},
    "Kept": {"at": 2, "take": 3},
    "Take": {"score": 3, "passages": 3},
    "Passage": {"quarters": 3, "seconds": 3},
}
"""Record -> field -> plane. That there are takes, how many and of when is 2: whoever runs the
machine sees it. How they were played is 3."""
