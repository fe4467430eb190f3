"""After a merge: anchors where they belong, and no half of a mark left alone."""

from collections.abc import Iterable
from itertools import islice

from lxml import etree

from tasks.word.merge.carrier import Carrier
from tasks.word.merge.names import (
    BOOKMARK_END,
    BOOKMARK_START,
    COMMENT_END,
    COMMENT_REFERENCE,
    COMMENT_START,
    FIELD_CHAR,
    FIELD_CODE,
    ID,
    NAME,
    P_PR,
    P,
    anchor_name,
    detach,
    w,
)


def restore_anchors(
    carrier: Carrier, part: str, body: etree._Element, homes: Iterable[tuple[str, etree._Element]]
) -> None:
    """Give each passage the anchor of its new version, once; doubles elsewhere go.

    Args:
        carrier: the edited file.
        part: of the story.
        body: of the story, already merged.
        homes: each anchor with the paragraph that has to hold it.
    """
    marks: dict[str, list[etree._Element]] = {}
    for mark in body.iter(BOOKMARK_START):
        marks.setdefault(mark.get(NAME, ""), []).append(mark)
    belongs = dict(homes)
    for name in [name for name, found in marks.items() if anchor_name(name) and len(found) > 1]:
        belongs.setdefault(name, next(marks[name][0].iterancestors(P), body))
    for name, paragraph in belongs.items():
        here = [mark for mark in marks.get(name, ()) if _within(mark, paragraph)]
        for mark in marks.get(name, ()):
            if mark not in here[:1]:
                _drop_bookmark(body, mark)
                carrier.touch(part)
        if not here and next(paragraph.iterancestors(body.tag), None) is not None:
            _add_bookmark(carrier, paragraph, name)
            carrier.touch(part)


def _within(mark: etree._Element, paragraph: etree._Element) -> bool:
    return paragraph in mark.iterancestors(P)


def _drop_bookmark(body: etree._Element, mark: etree._Element) -> None:
    """Remove a bookmark; another one may bear the same id, so only the end that follows goes."""
    marks = iter(list(body.iter(BOOKMARK_START, BOOKMARK_END)))
    behind = (end for end in marks if end.tag == BOOKMARK_END and end.get(ID) == mark.get(ID))
    if any(start is mark for start in marks):
        for end in islice(behind, 1):
            detach(end)
    detach(mark)


def _add_bookmark(carrier: Carrier, paragraph: etree._Element, name: str) -> None:
    """Put a bookmark around the content of a paragraph."""
    for copy in paragraph.iter(BOOKMARK_START):
        if anchor_name(copy.get(NAME, "")) == name:  # LibreOffice's name of a copy
            copy.set(NAME, name)
            return
    number = carrier.next_bookmark()
    start = etree.Element(BOOKMARK_START, {ID: number, NAME: name})
    properties = paragraph.find(P_PR)
    if properties is None:
        paragraph.insert(0, start)
    else:
        properties.addnext(start)
    etree.SubElement(paragraph, BOOKMARK_END, {ID: number})


def tidy(body: etree._Element) -> None:
    """Remove ends without start and starts without end; what removed passages leave behind."""
    whole = _ids(body, BOOKMARK_START) & _ids(body, BOOKMARK_END)
    for mark in list(body.iter(BOOKMARK_START, BOOKMARK_END)):
        if mark.get(ID) not in whole:
            detach(mark)
    whole = _ids(body, COMMENT_START) & _ids(body, COMMENT_END) & _ids(body, COMMENT_REFERENCE)
    for mark in list(body.iter(COMMENT_START, COMMENT_END)):
        if mark.get(ID) not in whole:
            detach(mark)


def _ids(body: etree._Element, tag: str) -> set[str]:
    return {mark.get(ID, "") for mark in body.iter(tag)}


def mark_contents_stale(body: etree._Element) -> None:
    """Ask Word to make the tables of contents anew when it opens the file."""
    begins: list[etree._Element] = []
    for mark in body.iter(FIELD_CHAR, FIELD_CODE):
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            begins.append(mark)
        elif kind == "end" and begins:
            begins.pop()
        elif begins and (mark.text or "").strip().upper().startswith("TOC"):
            begins[-1].set(w("dirty"), "true")
