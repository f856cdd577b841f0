"""From the bytes of a file to its XML tree, refusing what only an attacker would send.

MusicXML 4.0 comes plain (.musicxml, .xml) or compressed (.mxl: a zip whose META-INF/container.xml
names the score). Both are recognised by their first bytes, not by the file's name.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator

# The text is searched for entity definitions before the parser sees it, and its size is limited.
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from collavoce.score.errors import ScoreError
from collavoce.words import say

MAX_MEGABYTES = 48
"""Unpacked. A full orchestral movement of 3,000 bars stays below 40."""
MAX_BYTES = MAX_MEGABYTES * 1_000_000
MAX_TAGS = 4_000_000
"""Opening and closing tags together; an element costs some 100 bytes of memory."""
MAX_MEMBERS = 1_000
"""Files in a compressed score; real ones have two, or a few with pictures."""

ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, KeyError, OSError, ValueError),
    *(RuntimeError, NotImplementedError),  # encrypted, exotically compressed
)
"""What `zipfile` raises on archives that are damaged or not for us."""

ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "utf-16": "utf-16",
    "iso-8859-1": "cp1252",  # what calls itself Latin-1 is mostly Windows' superset of it
    "latin1": "cp1252",
    "windows-1252": "cp1252",
}
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")

__all__ = ["Element", "numbered_bars", "open_score", "parsed", "serialised", "written"]


def open_score(data: bytes, name: str) -> Element:
    """The `score-partwise` root of the MusicXML in `data`; raises ScoreError.

    A `score-timewise` file is turned into its partwise equal.
    """
    root = _tree(_unpacked(data, name), name)
    if root.tag == "score-timewise":
        root = _partwise(root)
    if root.tag != "score-partwise":
        raise ScoreError(say("score.other_xml", name=name, tag=root.tag[:40]))
    return root


def written(element: Element | None) -> str:
    """The text inside `element` without the blanks around it, "" without one."""
    return (element.text or "").strip() if element is not None else ""


def parsed(text: str) -> Element:
    """The tree of XML that our own libraries wrote; raises ElementTree.ParseError."""
    return ET.fromstring(text)  # noqa: S314 - never called with what came from outside


def serialised(root: Element) -> str:
    """`root` as text."""
    return ET.tostring(root, encoding="unicode")


def numbered_bars(root: Element) -> Iterator[tuple[int, int, Element]]:
    """Every bar of every part as (part index, bar index, element), part by part."""
    for part_index, part in enumerate(root.iterfind("part")):
        for bar_index, bar in enumerate(part.iterfind("measure")):
            yield part_index, bar_index, bar


def _unpacked(data: bytes, name: str) -> bytes:
    if not data.strip():
        raise ScoreError(say("score.empty", name=name))
    if data.startswith(b"PK\x03\x04"):
        try:
            data = _zip_member(data, name)
        except ZIP_ERRORS as error:
            raise ScoreError(say("score.zip", name=name, reason=_first_words(error))) from error
    if len(data) > MAX_BYTES:
        raise ScoreError(say("score.too_long", name=name, limit=MAX_MEGABYTES))
    return data


def _zip_member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > MAX_MEMBERS:
            raise ScoreError(say("score.too_long", name=name, limit=MAX_MEGABYTES))

        def member(path: str) -> bytes:
            # The size a zip states may be a lie: read one byte more than allowed and look.
            with archive.open(path) as stream:
                content = stream.read(MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                raise ScoreError(say("score.too_long", name=name, limit=MAX_MEGABYTES))
            return content

        container = _tree(member("META-INF/container.xml"), f"{name}: META-INF/container.xml")
        for file in container.iter():
            path = file.get("full-path", "")
            kind = file.get("media-type", "application/vnd.recordare.musicxml+xml")
            if file.tag.endswith("rootfile") and path and "musicxml" in kind:
                return member(path)
    raise ScoreError(say("score.zip_without_score", name=name))


def _first_words(error: Exception) -> str:
    return str(error).strip("'\"")[:80] or type(error).__name__


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif found := _DECLARED.match(data):
        stated = found[1].decode("ascii").lower()
        if stated not in ENCODINGS:
            raise ScoreError(say("score.unknown_encoding", name=name, encoding=stated))
        # A file in an 8-bit code cannot be what it calls UTF-16; UTF-8 is the likely truth.
        if ENCODINGS[stated] == "cp1252":
            encoding = "cp1252"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ScoreError(
            say("score.encoding", name=name, line=line, encoding=encoding.removesuffix("-sig"))
        ) from error


def _tree(data: bytes, name: str) -> Element:
    text = _decoded(data, name)
    if "<!ENTITY" in text:
        raise ScoreError(say("score.entities", name=name))
    if text.count("<") > MAX_TAGS:
        raise ScoreError(say("score.too_long", name=name, limit=MAX_MEGABYTES))
    if not text.lstrip().startswith("<"):
        raise ScoreError(say("score.not_music", name=name))
    try:
        return ET.fromstring(text.lstrip())  # noqa: S314 - guarded above
    except ET.ParseError as error:
        skipped = len(text) - len(text.lstrip())
        line = error.position[0] + text.count("\n", 0, skipped)
        reason = str(error).partition(":")[0]
        raise ScoreError(say("score.malformed", name=name, line=line, reason=reason)) from error


def _partwise(timewise: Element) -> Element:
    root = Element("score-partwise", timewise.attrib)
    parts: dict[str, Element] = {}
    for child in timewise:
        if child.tag != "measure":
            root.append(child)
            continue
        for part in child.iterfind("part"):
            part_id = part.get("id", "")
            if part_id not in parts:
                parts[part_id] = Element("part", {"id": part_id})
            bar = Element("measure", child.attrib)
            bar.extend(part)
            parts[part_id].append(bar)
    root.extend(parts.values())
    return root
