"""A paragraph in its three versions: refreshed, offered or left, and its charts with it."""

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from tasks.word.merge.chart_merging import merge_charts
from tasks.word.merge.decisions import Verdict, decide
from tasks.word.merge.model import Kind, Offers, Subject
from tasks.word.merge.names import (
    BOOKMARK_END,
    BOOKMARK_START,
    BREAK,
    COMMENT_END,
    COMMENT_START,
    NUM_ID,
    P_PR,
    R_,
    SECT_PR,
    TYPE,
    VAL,
    P,
    T,
    comment_runs,
    detach,
    first_child,
    swap,
)
from tasks.word.merge.paragraphs import Paragraph
from tasks.word.merge.reading import OBJECT, PICTURE, pending, plain_text
from tasks.word.merge.work import Work

_STARTS, _ENDS = (BOOKMARK_START, COMMENT_START), (BOOKMARK_END, COMMENT_END)
_MARKS = (*_STARTS, *_ENDS)


def merge_paragraph(
    work: Work, base: Paragraph | None, edited: Paragraph, new: Paragraph, place: str
) -> None:
    """Bring a paragraph up to date, or offer to.

    Args:
        work: the merge under way.
        base: as generated last time; None when it was not.
        edited: as it stands; changed in place.
        new: as generated now.
        place: heading above, for the log.
    """
    _learn_list(work, edited, new)
    if base is not None:
        merge_charts(work, base, edited, new, place)
    settle(work, decide(base, edited, new), base, edited, new, place, Subject.PARAGRAPH)


def settle(
    work: Work,
    verdict: Verdict,
    base: Paragraph | None,
    edited: Paragraph,
    new: Paragraph,
    place: str,
    subject: Subject,
) -> None:
    """Carry out a verdict on a paragraph, or on a cell that is one paragraph, and log it."""
    before, after = edited.text, new.text
    if verdict is Verdict.REFRESH and base is not None:
        refresh(work, base, edited, new)
        if base.look != new.look or PICTURE in after:
            work.say(Kind.REFRESHED, subject, place, before, after)
    elif verdict is Verdict.OFFER:
        former = "" if base is None else base.text
        made = offer(work, edited, new, former)
        if made is not None:
            work.say(made, subject, place, before, after, former)
    elif verdict is Verdict.KEEP:
        work.say(Kind.KEPT, subject, place, before, after)
    elif verdict is Verdict.STAND:
        work.stands(Kind.KEPT, subject, place, before)
    if base is not None and verdict is not Verdict.OFFER and before in (base.text, after):
        withdraw(work, edited, base.text)


def refresh(work: Work, base: Paragraph, edited: Paragraph, new: Paragraph) -> None:
    """Give a paragraph the content of the new one; comments, bookmarks and charts of staff stay."""
    element = edited.element
    content = _content(work, edited, new)
    starts, ends = _marks(element, base)
    properties = first_child(element, P_PR)
    for child in list(element):
        if child is not properties:
            element.remove(child)
    if _properties(base) != _properties(new):
        properties = _new_properties(work, element, properties, new)
    element.extend([*starts, *content, *ends])
    work.changed()


def _content(work: Work, edited: Paragraph, new: Paragraph) -> list[etree._Element]:
    """Return the new content; charts that the paragraph has already are those of staff."""
    fresh = _without_section(new.element)
    copied = Paragraph(fresh, new.source)
    kept = list(zip(copied.charts, edited.charts, strict=False))
    places = []
    for drawing, own in kept:
        hole = etree.Element("hole")
        swap(drawing, hole)
        places.append(own)
    imported = work.importer.copy(fresh, work.source, work.part)
    for hole, own in zip(list(imported.iter("hole")), places, strict=True):
        swap(hole, own)
    for mark in list(imported.iter(BOOKMARK_START, BOOKMARK_END)):
        detach(mark)
    return [child for child in imported if child.tag != P_PR]


def _marks(
    element: etree._Element, base: Paragraph
) -> tuple[list[etree._Element], list[etree._Element]]:
    """Return what stays around the content: starts before it, ends and references after."""
    starts = list(element.iter(*_STARTS))
    ends = list(element.iter(*_ENDS))
    ends += comment_runs(element)
    first, last = _page_breaks(element)
    if (first or last) and _page_breaks(base.element) == ([], []):
        starts += first
        ends = [*last, *ends]
    return starts, ends


def _page_breaks(element: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """Return runs with the page breaks before the text of a paragraph, and those after it."""
    found: tuple[list[etree._Element], list[etree._Element]] = [], []
    read = False
    for mark in element.iter(BREAK, T):
        if mark.tag == T:
            read = read or bool((mark.text or "").strip())
        elif mark.get(TYPE) in ("page", "column"):
            run = etree.Element(R_)
            run.append(deepcopy(mark))
            found[read].append(run)
    return found


def _properties(paragraph: Paragraph) -> str:
    found = first_child(paragraph.element, P_PR)
    return "" if found is None else paragraph.source.exact(found)


def _new_properties(
    work: Work, element: etree._Element, old: etree._Element | None, new: Paragraph
) -> etree._Element | None:
    """Replace the paragraph's properties by the new ones; the section that ends here stays."""
    found = first_child(new.element, P_PR)
    fresh = etree.Element(P_PR) if found is None else None
    if found is not None:
        fresh = work.importer.copy(_without_section(found), work.source, work.part)
    section = first_child(old, SECT_PR)
    if fresh is not None:
        if section is not None:
            fresh.append(section)
        element.insert(0, fresh)
    if old is not None:
        element.remove(old)
    return fresh


def _without_section(element: etree._Element) -> etree._Element:
    """Return a copy without the section that ends there: it would bring headers along."""
    copied = deepcopy(element)
    for section in list(copied.iter(SECT_PR)):
        detach(section)
    return copied


def offer(work: Work, edited: Paragraph, new: Paragraph, former: str) -> Kind | None:
    """Offer the new text beside what staff wrote; None when that very offer is there already."""
    element = edited.element
    if not work.body:
        return Kind.KEPT
    if pending(element, work.desk.author):
        proposal = edited.source.setting.proposal(element)
        if proposal == new.text:
            return None
        if proposal == former:  # anything else may be staff's by now
            work.desk.retract(element)
    if work.offers is Offers.TRACKED:
        runs = [child for child in _copied(work, new) if child.tag != P_PR]
        if work.desk.track(element, runs):
            return Kind.OFFERED
    made = work.desk.comment(element, offer_lines(work, new.text), offer_lines(work, former))
    return Kind.OFFERED if made else None


def offer_joined(
    work: Work,
    texts: tuple[str, str | None],
    home: etree._Element | None,
    subject: Subject,
    place: str,
) -> None:
    """Offer what staff joined to another passage: it cannot be told from that any more.

    Args:
        work: the merge under way.
        texts: as generated last time and now; None when the data no longer call for it.
        home: the paragraph where its anchor stands.
        subject: what it is.
        place: heading above, for the log.
    """
    before, after = texts
    if before == after:
        work.stands(Kind.KEPT, subject, place, before)
    elif after is None:
        work.say(Kind.KEPT_GONE, subject, place, before, "")
    elif home is not None and work.body:
        lines, former = offer_lines(work, after), offer_lines(work, before)
        if work.desk.comment(home, lines, former):
            work.say(Kind.OFFERED, subject, place, before, after)


def offer_lines(work: Work, text: str) -> list[str]:
    """Return the lines of the comment that offers a text."""
    return [work.desk.words.offer, *plain_text(text).split("\n")]


def withdraw(work: Work, edited: Paragraph, former: str) -> None:
    """Take back an offer that was made when the data said `former`: it has become pointless.

    So it is when the passage says that now, or what the data say next.
    """
    if work.body and (edited.commented or pending(edited.element, work.desk.author)):
        if pending(edited.element, work.desk.author):
            work.desk.retract(edited.element)
        work.desk.withdraw(edited.element, offer_lines(work, former))


def retract_outdated(work: Work, edited: Sequence[Paragraph], base: Sequence[Paragraph]) -> None:
    """Take back the tracked changes that offered what the data said, when a comment says more."""
    former = {paragraph.text for paragraph in base}
    for one in edited if work.body else ():
        setting = one.source.setting
        if pending(one.element, work.desk.author) and setting.proposal(one.element) in former:
            work.desk.retract(one.element)


def withdraw_all(work: Work, edited: etree._Element) -> None:
    """Take back the tracked changes that we offered in what the data no longer call for."""
    for paragraph in edited.iter(P) if work.body else ():
        if pending(paragraph, work.desk.author):
            work.desk.retract(paragraph)


def _copied(work: Work, new: Paragraph) -> list[etree._Element]:
    """Return the runs of the new paragraph, ready to be inserted."""
    if new.charts or PICTURE in new.text or OBJECT in new.text:
        return [etree.Element("object")]  # never tracked, see `Desk.track`
    copied = work.importer.copy(_without_section(new.element), work.source, work.part)
    return [child for child in copied if child.tag not in _MARKS]


def _learn_list(work: Work, edited: Paragraph, new: Paragraph) -> None:
    mine, other = (next(p.element.iter(NUM_ID), None) for p in (edited, new))
    if mine is not None and other is not None:
        work.importer.lists.learn(other.get(VAL, ""), mine.get(VAL, ""))
