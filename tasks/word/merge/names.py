"""Names of the elements that the merge reads and writes, and a few ways around the tree."""

import re
from collections.abc import Iterator

from lxml import etree

from tasks.word.chart_repair import C, R
from tasks.word.styles import W, w

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
WP14 = "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

P, R_, T, TBL, TR, TC, SDT = map(w, ("p", "r", "t", "tbl", "tr", "tc", "sdt"))
P_PR, R_PR, TC_PR, TR_PR, SECT_PR = map(w, ("pPr", "rPr", "tcPr", "trPr", "sectPr"))
SHADING = w("shd")
SDT_CONTENT = w("sdtContent")
INS, DEL, DEL_TEXT = w("ins"), w("del"), w("delText")
BOOKMARK_START, BOOKMARK_END = w("bookmarkStart"), w("bookmarkEnd")
COMMENT_START, COMMENT_END = w("commentRangeStart"), w("commentRangeEnd")
COMMENT_REFERENCE = w("commentReference")
FIELD_CHAR, FIELD_CODE = w("fldChar"), w("instrText")
NUM, NUM_ID = w("num"), w("numId")
DRAWING, BREAK = w("drawing"), w("br")
CHOICE, ALTERNATE = f"{{{MC}}}Choice", f"{{{MC}}}AlternateContent"
CHART = f"{{{C}}}chart"
OBJECTS = (DRAWING, w("pict"), w("object"), f"{{{MATH}}}oMath")
DOC_PR = f"{{{WP}}}docPr"
VAL, ID, NAME, TYPE, AUTHOR = map(w, ("val", "id", "name", "type", "author"))
REL_ID = f"{{{R}}}id"
REL_PREFIX = f"{{{R}}}"

_ANCHOR = re.compile(r"(_r[0-9a-f]{16})(_Copy_\d+)?")

__all__ = ["A", "C", "R", "W", "w"]


def anchor_name(bookmark: str) -> str:
    """Return the anchor that a bookmark stands for, empty for bookmarks of others.

    LibreOffice names the copy of a passage `NAME_Copy_1`.
    """
    found = _ANCHOR.fullmatch(bookmark)
    return found[1] if found else ""


def first_child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of that name; twice as fast as `find`, which reads a path first."""
    return None if element is None else next(element.iterchildren(name), None)


def child_value(element: etree._Element | None, name: str) -> str:
    """Return `w:val` of a child, empty when there is no such child."""
    found = first_child(element, name)
    return "" if found is None else found.get(VAL, "")


def detach(element: etree._Element) -> None:
    """Take an element out of its parent; text after it (none in Word) goes with it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def swap(old: etree._Element, new: etree._Element) -> None:
    """Put an element in the place of another one."""
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


def text_of(element: etree._Element) -> str:
    """Return the text of all runs inside an element."""
    return "".join(text.text or "" for text in element.iter(T))


def comment_runs(element: etree._Element) -> list[etree._Element]:
    """Take the references to comments out of an element; return a run of its own for each."""
    found = []
    for mark in list(element.iter(COMMENT_REFERENCE)):
        run = etree.Element(R_)
        run.append(mark)
        found.append(run)
    return found


def story_elements(container: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a body, a cell or a header, also those in controls."""
    for child in container:
        if child.tag in (P, TBL):
            yield child
        elif child.tag == SDT:
            content = next(child.iterchildren(SDT_CONTENT), None)
            if content is not None:
                yield from story_elements(content)
        elif child.tag in _WRAPPERS:
            yield from story_elements(child)


_WRAPPERS = {w("customXml"), INS, w("moveTo")}
