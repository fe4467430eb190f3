"""What a document is for the merge: a row of paragraphs and tables."""

from collections.abc import Sequence

from lxml import etree

from tasks.word.merge.grids import Table
from tasks.word.merge.names import FIELD_CHAR, FIELD_CODE, P, story_elements, w
from tasks.word.merge.paragraphs import Paragraph
from tasks.word.merge.reading import shown
from tasks.word.merge.source import Source

Block = Paragraph | Table


def read_blocks(container: etree._Element, source: Source) -> tuple[Block, ...]:
    """Return the paragraphs and tables of a story, in order."""
    computed = _computed(container)
    return tuple(
        Paragraph(element, source, computed=element in computed)
        if element.tag == P
        else Table(element, source, computed=element in computed)
        for element in story_elements(container)
    )


def _computed(container: etree._Element) -> set[etree._Element]:
    """Return the paragraphs and tables that a table of contents or of figures wrote."""
    found: set[etree._Element] = set()
    codes: list[str] = []
    waiting = iter(story_elements(container))
    for element in waiting:
        open_before = any(map(_is_contents, codes))
        for mark in element.iter(FIELD_CHAR, FIELD_CODE):
            _follow(mark, codes)
            open_before = open_before or any(map(_is_contents, codes))
        if open_before:
            found.add(element)
    return found


def _follow(mark: etree._Element, codes: list[str]) -> None:
    kind = mark.get(w("fldCharType"))
    if kind == "begin":
        codes.append("")
    elif kind == "end" and codes:
        codes.pop()
    elif mark.tag == FIELD_CODE and codes:
        codes[-1] += mark.text or ""


def _is_contents(code: str) -> bool:
    return code.strip().upper().startswith("TOC")


def headings_above(blocks: Sequence[Block]) -> list[str]:
    """Return for each block the text of the nearest heading at or above it, or nothing."""
    found, current = [], ""
    for block in blocks:
        if block.level and block.text:
            current = shown(block.text)
        found.append(current)
    return found
