"""Paper from a Typst source: a tagged PDF (PDF/UA-1), which a screen reader can read aloud."""

import typst


class PaperError(Exception):
    """A paper that cannot be made."""


def pdf_of(source: str, inputs: dict[str, str], made_at: float) -> bytes:
    """The PDF of `source`. made_at: seconds since 1970, so that the same report is the same file.

    Fonts of the system are used beside those that come along: names in any script need one that
    has their letters.
    """
    compiler = typst.Compiler(source.encode(), sys_inputs=inputs)
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(made_at))
    except typst.TypstError as error:
        raise PaperError(error.message) from error
    assert isinstance(made, bytes), "one document is one file"
    return made
