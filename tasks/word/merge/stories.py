"""A story (the body, a header, a footer) in its three versions."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from lxml import etree

from tasks.word.merge.alignment import align_edited, align_inserted, align_new, longest_increasing
from tasks.word.merge.away import merge_away
from tasks.word.merge.blocks import Block, headings_above
from tasks.word.merge.chart_merging import find_charts, miss_chart
from tasks.word.merge.decisions import Verdict, decide
from tasks.word.merge.grids import Table
from tasks.word.merge.model import Kind, Subject
from tasks.word.merge.names import CHART, DRAWING, SDT, SDT_CONTENT, SECT_PR, detach
from tasks.word.merge.ordering import Versions, arrange
from tasks.word.merge.paragraphs import Paragraph
from tasks.word.merge.passages import merge_paragraph, withdraw_all
from tasks.word.merge.reading import plain_text
from tasks.word.merge.tables import merge_table
from tasks.word.merge.trios import Name, Trio, Trios
from tasks.word.merge.whereabouts import Whereabouts
from tasks.word.merge.work import Work

_SAID = {
    Verdict.REMOVE: Kind.REMOVED,
    Verdict.KEEP_GONE: Kind.KEPT_GONE,
    Verdict.STAY_DELETED: Kind.DELETED_BY_STAFF,
}


class Story:
    """The merge of one story; `merge` does it once."""

    def __init__(
        self, base: Sequence[Block], edited: Sequence[Block], new: Sequence[Block]
    ) -> None:
        """Find which block is which.

        Args:
            base: blocks as generated last time.
            edited: blocks of the file of staff.
            new: blocks as generated now.
        """
        self._where = Whereabouts(edited)
        pairs = align_edited(base, edited, self._where), align_new(base, new)
        self._edited = edited
        self._trios = Trios.of(base, edited, new, *pairs, align_inserted)
        self._places = _places(edited) | _places(new) | _places(base)

    def merge(self, work: Work, container: etree._Element) -> bool:
        """Merge; return True when a heading changed, came or went.

        Args:
            work: the merge under way.
            container: the story's element in the edited file; changed in place.
        """
        work = replace(work, where=self._where)
        charts = [one.iterancestors(DRAWING) for one in container.iter(CHART)]
        drawings = [drawing for found in charts for drawing in islice(found, 1)]
        verdicts = {name: _verdict(trio) for name, trio in self._trios.in_order()}
        order = self._order(verdicts)
        wanted = set(order)
        for name, trio in self._trios.in_order():
            self._settle(work, trio, verdicts[name], inserted=name in wanted)
        self._place(work, order, verdicts, container)
        if work.charts.missing and self._edited:
            standing = [one for one in drawings if container in one.iterancestors()]
            find_charts(work, self._edited[0].source, standing)
        return any(
            verdict in (Verdict.REFRESH, Verdict.REMOVE, Verdict.INSERT) and _level(trio)
            for (_, trio), verdict in zip(self._trios.in_order(), verdicts.values(), strict=True)
        )

    def _order(self, verdicts: dict[Name, Verdict]) -> list[Name]:
        trios = self._trios
        removed = {name for name, verdict in verdicts.items() if verdict is Verdict.REMOVE}
        levels = {name: _level(trio) for name, trio in trios.in_order()}
        levels |= {name: block.level for name, block in trios.edited_only.items()}
        new = [name for name in trios.new if not _unwanted(trios[name])]
        away = {name for name in (*trios.base, *trios.new) if self._is_away(trios[name])}
        return arrange(Versions(trios.base, trios.edited, new, levels, away), removed)

    def _is_away(self, trio: Trio[Block]) -> bool:
        """Tell whether staff put a block into a cell, a box, another table or paragraph."""
        block = trio.base or trio.new
        if trio.edited is not None or block is None:
            return False
        return self._where.home(block.anchors) is not None

    def _settle(self, work: Work, trio: Trio[Block], verdict: Verdict, *, inserted: bool) -> None:
        """Carry out what concerns the content of a block, and log the rest."""
        base, edited, new = trio
        if _computed(trio):
            return
        place = self._place_of(trio)
        subject = _subject(edited or new or base)
        if edited is not None and new is not None:
            _merge_block(work, base, edited, new, place)
            return
        if self._is_away(trio):
            merge_away(work, base, new, place)
            return
        if edited is None and isinstance(base, Paragraph):
            _miss_charts(work, base, new, place)
        if edited is not None or base is None or subject is not Subject.CHART:
            _log(work, trio, verdict, subject, place, inserted=inserted)

    def _place_of(self, trio: Trio[Block]) -> str:
        block = trio.edited or trio.new or trio.base
        return self._places.get(block, "") if block is not None else ""

    def _place(
        self,
        work: Work,
        order: Sequence[Name],
        verdicts: dict[Name, Verdict],
        container: etree._Element,
    ) -> None:
        """Put the blocks in their order: only what moved or came is touched."""
        elements = self._elements()
        left = {name for name in self._trios.edited_only if elements[name].getparent() is None}
        for name, verdict in verdicts.items():
            if verdict is Verdict.REMOVE:
                _remove(elements.pop(name))
                work.changed()
        # A table that staff had split off leaves with its last row: nothing can stand after it.
        order = [name for name in order if name not in left]
        present = [name for name in self._trios.edited if name in elements]
        moved = _out_of_place(present, [name for name in order if name in elements])
        before: etree._Element | None = None
        for name in order:
            if name not in elements:
                block = self._trios[name].new
                assert block is not None  # noqa: S101 - only new blocks have no element yet
                elements[name] = work.importer.copy(block.element, work.source, work.part)
                _insert(container, elements[name], before)
                work.changed()
            elif name in moved:
                _insert(container, elements[name], before)
                work.changed()
            before = elements[name]

    def _elements(self) -> dict[Name, etree._Element]:
        """Return the elements of the edited file by name."""
        trios = self._trios
        blocks = {name: trios.things[name].edited for name in trios.edited if name[0] != "own"}
        found = {name: block.element for name, block in blocks.items() if block is not None}
        return found | {name: block.element for name, block in trios.edited_only.items()}


def _verdict(trio: Trio[Block]) -> Verdict:
    if _computed(trio):
        return Verdict.LEAVE
    if None not in trio and isinstance(trio.new, Table):
        return Verdict.LEAVE  # `merge_table` decides row by row
    return decide(*trio)


def _log(
    work: Work, trio: Trio[Block], verdict: Verdict, subject: Subject, place: str, *, inserted: bool
) -> None:
    """Say what became of a block that came, went or stays away."""
    base, edited, new = trio
    before, after = (block.text if block else "" for block in (edited or base, new))
    if edited is not None and verdict is Verdict.KEEP_GONE:
        withdraw_all(work, edited.element)
    if verdict is Verdict.INSERT:
        if after:
            kind = Kind.INSERTED if inserted else Kind.DELETED_BY_STAFF
            work.say(kind, subject, place, "", after)
    elif verdict is Verdict.STAND_DELETED and before:
        work.stands(Kind.DELETED_BY_STAFF, subject, place, before)
    elif verdict in _SAID and (before or after):
        work.say(_SAID[verdict], subject, place, before, after, base.text if base else "")


def _subject(block: Block | None) -> Subject:
    if isinstance(block, Table):
        return Subject.TABLE
    drawn = block is not None and block.charts and not plain_text(block.text).strip()
    return Subject.CHART if drawn else Subject.PARAGRAPH


def _miss_charts(work: Work, base: Paragraph, new: Block | None, place: str) -> None:
    found = new if isinstance(new, Paragraph) else None
    after = found.charts if found else ()
    for drawing, fresh in zip_longest(base.charts, after):
        if drawing is not None:
            miss_chart(work, base, drawing, found, fresh, place)


def _computed(trio: Trio[Block]) -> bool:
    return any(block is not None and block.computed for block in trio)


def _unwanted(trio: Trio[Block]) -> bool:
    """Tell whether a block is part of a table of contents that the file has not."""
    return trio.edited is None and _computed(trio)


def _level(trio: Trio[Block]) -> int:
    block = trio.new or trio.edited or trio.base
    return 0 if block is None else block.level


def _merge_block(work: Work, base: Block | None, edited: Block, new: Block, place: str) -> None:
    if isinstance(edited, Paragraph) and isinstance(new, Paragraph):
        work.settle_anchor(edited.element, new.anchors)
        old = base if isinstance(base, Paragraph) else None
        merge_paragraph(work, old, edited, new, place)
    elif isinstance(base, Table) and isinstance(edited, Table) and isinstance(new, Table):
        merge_table(work, base, edited, new, place)


def _places(blocks: Sequence[Block]) -> dict[Block, str]:
    return dict(zip(blocks, headings_above(blocks), strict=True))


def _out_of_place(present: Sequence[Name], order: Sequence[Name]) -> set[Name]:
    """Return what has to move to turn one order into the other."""
    if list(present) == list(order):
        return set()
    places = {name: index for index, name in enumerate(present)}
    stay = longest_increasing([(index, places[name]) for index, name in enumerate(order)])
    kept = {order[index] for index, _ in stay}
    return {name for name in order if name not in kept}


def _insert(
    container: etree._Element, element: etree._Element, before: etree._Element | None
) -> None:
    """Put a block after another one, or first; behind a content control that ends there."""
    if before is not None:
        parent = before.getparent()
        while parent is not None and parent is not container and before.getnext() is None:
            before, parent = parent, parent.getparent()
        before.addnext(element)
        return
    first = next((child for child in container if child.tag != SECT_PR), None)
    if first is not None:
        first.addprevious(element)
    else:
        container.insert(0, element)


def _remove(element: etree._Element) -> None:
    """Take a block out, and the content control that it leaves empty."""
    parent = element.getparent()
    section = element.find(f".//{SECT_PR}")
    if section is not None and parent is not None:
        for child in list(element):
            if child.find(f".//{SECT_PR}") is None and child.tag != SECT_PR:
                element.remove(child)
        return
    detach(element)
    while parent is not None and parent.tag == SDT_CONTENT and len(parent) == 0:
        control = parent.getparent()
        parent = None if control is None or control.tag != SDT else control.getparent()
        if control is not None:
            detach(control)
