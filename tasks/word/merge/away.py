"""Generated passages that staff carried elsewhere are refreshed where they stand now."""

from lxml import etree

from tasks.word.merge.blocks import Block
from tasks.word.merge.decisions import Verdict, decide
from tasks.word.merge.grids import Table, replaced_look
from tasks.word.merge.model import Kind, Subject
from tasks.word.merge.names import TR, P, detach
from tasks.word.merge.paragraphs import Paragraph
from tasks.word.merge.passages import merge_paragraph, offer_joined, withdraw_all
from tasks.word.merge.tables import merge_rows_away, merge_table
from tasks.word.merge.work import Work


def merge_away(work: Work, base: Block | None, new: Block | None, place: str) -> None:
    """Bring a block up to date that staff put into a cell, a box, another table or paragraph."""
    block = base or new
    if isinstance(block, Table):
        _merge_table(work, base, new, place)
        return
    anchors = () if block is None else block.anchors
    found = work.where.paragraph(anchors)
    if found is None:
        if base is not None:
            texts = base.text, None if new is None else new.text
            offer_joined(work, texts, work.where.home(anchors), Subject.PARAGRAPH, place)
    elif isinstance(new, Paragraph):
        old = replaced_look(base, found) if isinstance(base, Paragraph) else None
        work.settle_anchor(found.element, new.anchors)
        merge_paragraph(work, old, found, replaced_look(new, found), place)
    elif isinstance(base, Paragraph):
        _drop(work, replaced_look(base, found), found, Subject.PARAGRAPH, place)


def _merge_table(work: Work, base: Block | None, new: Block | None, place: str) -> None:
    if not isinstance(base, Table):
        return  # of this very generation: nothing to do yet
    found = work.where.nested(base.anchors)
    if found is None:
        merge_rows_away(work, base, new if isinstance(new, Table) else None, place)
    elif isinstance(new, Table):
        merge_table(work, base, found, new, place)
    else:
        _drop(work, base, found, Subject.TABLE, place)


def _drop(
    work: Work,
    base: Paragraph | Table,
    found: Paragraph | Table,
    subject: Subject,
    place: str,
) -> None:
    """Remove what the data no longer call for, unless staff touched it."""
    verdict = decide(base, found, None)
    if verdict is Verdict.REMOVE:
        remove_inside(found.element)
        work.changed()
        work.say(Kind.REMOVED, subject, place, found.text, "")
    elif verdict is Verdict.KEEP_GONE:
        withdraw_all(work, found.element)
        work.say(Kind.KEPT_GONE, subject, place, found.text, "")


def remove_inside(element: etree._Element) -> None:
    """Take a block out of a cell or a box, which keeps a paragraph at its end."""
    parent = element.getparent()
    detach(element)
    if parent is not None and (len(parent) == 0 or parent[-1].tag != P) and parent.tag != TR:
        etree.SubElement(parent, P)
