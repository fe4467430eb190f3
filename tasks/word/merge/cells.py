"""A cell in its three versions."""

from lxml import etree

from tasks.word.merge.chart_merging import merge_charts
from tasks.word.merge.decisions import Verdict, decide
from tasks.word.merge.grids import Cell
from tasks.word.merge.model import Kind, Subject
from tasks.word.merge.names import (
    COMMENT_END,
    COMMENT_START,
    SHADING,
    TC_PR,
    P,
    comment_runs,
    first_child,
    w,
)
from tasks.word.merge.passages import offer_lines, refresh, retract_outdated, settle, withdraw
from tasks.word.merge.work import Work

_AFTER = frozenset(map(w, ("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark")))


def merge_cell(work: Work, base: Cell, edited: Cell, new: Cell, place: str) -> bool:
    """Bring a cell up to date or offer to; return True when it was refreshed."""
    verdict = decide(base, edited, new)
    alike = len(base.paragraphs) == len(edited.paragraphs) == len(new.paragraphs)
    if alike:
        for trio in zip(base.paragraphs, edited.paragraphs, new.paragraphs, strict=True):
            merge_charts(work, *trio, place)
    if verdict is Verdict.REFRESH:
        _refresh(work, base, edited, new, alike=alike and not edited.nested and not new.nested)
        for paragraph in edited.paragraphs[:1] if alike else ():
            withdraw(work, paragraph, base.text)  # an offer that staff took over by hand
        return True
    if alike and len(edited.paragraphs) == 1 and not edited.nested:
        trio = base.paragraphs[0], edited.paragraphs[0], new.paragraphs[0]
        settle(work, verdict, *trio, place, Subject.CELL)
    elif verdict is Verdict.OFFER:
        retract_outdated(work, edited.paragraphs, base.paragraphs)
        lines, former = offer_lines(work, new.text), offer_lines(work, base.text)
        if offer_in(work, edited.element, lines, former):
            work.say(Kind.OFFERED, Subject.CELL, place, edited.text, new.text)
    elif verdict is Verdict.STAND:
        work.stands(Kind.KEPT, Subject.CELL, place, edited.text)
    return False


def offer_in(work: Work, element: etree._Element, lines: list[str], former: list[str]) -> bool:
    """Comment the first paragraph of a cell, a row or a table; False when that was done before."""
    paragraph = next(element.iter(P), None)
    if paragraph is None or not work.body:
        return False
    return work.desk.comment(paragraph, lines, former)


def _refresh(work: Work, base: Cell, edited: Cell, new: Cell, *, alike: bool) -> None:
    _shade(work, base, edited, new)
    if alike:
        for old, own, fresh in zip(base.paragraphs, edited.paragraphs, new.paragraphs, strict=True):
            if old.exact != fresh.exact:
                refresh(work, old, own, fresh)
        return
    marks = list(edited.element.iter(COMMENT_START, COMMENT_END))
    marks += comment_runs(edited.element)
    for child in list(edited.element):
        if child.tag != TC_PR:
            edited.element.remove(child)
    copied = work.importer.copy(new.element, work.source, work.part)
    edited.element.extend([child for child in copied if child.tag != TC_PR])
    next(edited.element.iter(P)).extend(marks)
    work.changed()


def _shade(work: Work, base: Cell, edited: Cell, new: Cell) -> None:
    """Follow the colour of a cell when the data change it and staff did not."""
    before, after = (_shading(cell) for cell in (base, new))
    if _drawn(before) == _drawn(after) or edited.shade != base.shade:
        return
    properties = first_child(edited.element, TC_PR)
    if properties is None:
        properties = etree.Element(TC_PR)
        edited.element.insert(0, properties)
    for old in properties.findall(SHADING):
        properties.remove(old)
    if after is not None:
        fresh = work.importer.copy(after, work.source, work.part)
        following = next((c for c in properties if c.tag in _AFTER), None)
        if following is None:
            properties.append(fresh)
        else:
            following.addprevious(fresh)
    work.changed()


def _shading(cell: Cell) -> etree._Element | None:
    return first_child(first_child(cell.element, TC_PR), SHADING)


def _drawn(shading: etree._Element | None) -> dict[str, str]:
    return {} if shading is None else {str(key): str(value) for key, value in shading.items()}
