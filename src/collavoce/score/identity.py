"""Names for notes and bars that page and score share.

Programs write no ids, or ids that are not unique; so every note and bar is numbered in the order
of the file, and the same numbered tree goes to the reader and to the engraver.
"""

from collavoce.score.opening import Element, numbered_bars


def give_identities(root: Element) -> None:
    """Number bars `b0`, `b1`, ... (the same in all parts) and notes `n0`, `n1`, ... in `root`."""
    notes = 0
    for _, index, bar in numbered_bars(root):
        for element in bar.iter():
            if element.tag != "instrument":  # there it is a reference
                element.attrib.pop("id", None)
        bar.set("id", f"b{index}")
        for note in bar.iterfind("note"):
            note.set("id", f"n{notes}")
            notes += 1
