"""A table in its three versions: row by row, cell by cell, or whole when its columns changed."""

from copy import deepcopy

from lxml import etree

from tasks.word.merge.alignment import Pairs, align_edited, align_inserted, align_new
from tasks.word.merge.cells import merge_cell, offer_in
from tasks.word.merge.columns import Columns
from tasks.word.merge.decisions import Verdict, decide, untouched
from tasks.word.merge.grids import Row, Table, as_placed
from tasks.word.merge.model import Kind, Subject
from tasks.word.merge.names import CHART, detach, w
from tasks.word.merge.ordering import Versions, arrange
from tasks.word.merge.passages import (
    offer_joined,
    offer_lines,
    retract_outdated,
    withdraw_all,
)
from tasks.word.merge.rows_away import RowsAway, remove_row
from tasks.word.merge.trios import Name, Trio, Trios
from tasks.word.merge.work import Work

_TABLE_PROPERTIES = w("tblPr")


def merge_table(work: Work, base: Table, edited: Table, new: Table, place: str) -> None:
    """Bring a table up to date, or offer to; the edited one is changed in place."""
    if base.exact == new.exact and next(new.element.iter(CHART), None) is None:
        if edited.look != base.look:
            work.stands(Kind.KEPT, Subject.TABLE, place, edited.text)
        if edited.anchors != new.anchors:
            _settle_anchors(work, _row_trios(base, edited, new, align_new(base.rows, new.rows)))
        return
    pairs = align_new(base.rows, new.rows)
    if not _columns_changed(base, new, pairs):
        _merge_rows(work, _row_trios(base, edited, new, pairs), edited.element, place)
    elif untouched(base, edited):
        _replace(work, base, edited, new)
        work.say(Kind.REFRESHED, Subject.TABLE, place, edited.text, new.text)
    elif edited.look != new.look:
        retract_outdated(work, edited.paragraphs, base.paragraphs)
        lines = [work.desk.words.table, *new.text.split("\n")]
        former = [work.desk.words.table, *base.text.split("\n")]
        if offer_in(work, edited.element, lines, former):
            work.say(Kind.OFFERED, Subject.TABLE, place, edited.text, new.text)


def _columns_changed(base: Table, new: Table, pairs: Pairs) -> bool:
    """Tell whether columns came, went or changed places; the first row names them."""
    if any(len(base.rows[i].cells) != len(new.rows[j].cells) for i, j in pairs.items()):
        return True
    if not base.rows or not new.rows:
        return False
    widths = [{len(row.cells) for row in table.rows} for table in (base, new)]
    before, after = ([cell.text for cell in table.rows[0].cells] for table in (base, new))
    return widths[0].isdisjoint(widths[1]) or (before != after and sorted(before) == sorted(after))


def _replace(work: Work, base: Table, edited: Table, new: Table) -> None:
    """Put the new table in the place of one that nobody touched; its frame stays theirs."""
    fresh = work.importer.copy(new.element, work.source, work.part)
    ours = fresh.find(_TABLE_PROPERTIES)
    theirs = edited.element.find(_TABLE_PROPERTIES)
    if ours is not None and theirs is not None and _frame(base) == _frame(new):
        fresh.replace(ours, deepcopy(theirs))
    for child in list(edited.element):
        edited.element.remove(child)
    edited.element.extend(list(fresh))
    work.changed()


def _frame(table: Table) -> str:
    found = table.element.find(_TABLE_PROPERTIES)
    return "" if found is None else table.source.exact(found)


def _merge_rows(work: Work, trios: Trios[Row], table: etree._Element, place: str) -> None:
    columns = Columns(trios)
    away = RowsAway.of(work, trios)
    removed = set()
    for name, trio in trios.in_order():
        if name not in away and _merge_row(work, trio, columns, place):
            removed.add(name)
    _merge_away(work, away, place)
    _reorder(work, trios, removed, columns, table, place, away)
    _settle_anchors(work, trios)


def merge_rows_away(work: Work, base: Table, new: Table | None, place: str) -> None:
    """Bring the rows of a table up to date that staff joined to another one."""
    rows = () if new is None else new.rows
    pairs = align_new(base.rows, rows)
    trios: Trios[Row] = Trios.of(base.rows, (), rows, {}, pairs, align_inserted)
    away = RowsAway.of(work, trios)
    for name, trio in trios.in_order():
        if name not in away and trio.base is not None:
            _merge_row(work, trio, Columns(trios), place)
    _merge_away(work, away, place)
    for name in away.beside(trios):
        _insert_beside(work, trios, name, away, place)


def _merge_away(work: Work, away: RowsAway, place: str) -> None:
    """Bring rows up to date where staff put them."""
    columns = Columns(away.trios)
    for name, trio in away.trios.in_order():
        if _merge_row(work, trio, columns, place) and trio.edited is not None:
            remove_row(trio.edited.element)
            away.rows.pop(name)
            work.changed()
    _settle_anchors(work, away.trios)


def _insert_beside(work: Work, trios: Trios[Row], name: Name, away: RowsAway, place: str) -> None:
    """Bring a new row along, next to its neighbour that staff put elsewhere."""
    row = trios[name].new
    if row is None:
        return
    element = work.importer.copy(row.element, work.source, work.part)
    away.insert(name, Columns(away.trios).shaped(element), trios)
    work.changed()
    work.say(Kind.INSERTED, Subject.ROW, place, "", row.text)


def _row_trios(base: Table, edited: Table, new: Table, pairs: Pairs) -> Trios[Row]:
    own = align_edited(base.rows, edited.rows)
    return Trios.of(base.rows, edited.rows, new.rows, own, pairs, align_inserted)


def _settle_anchors(work: Work, trios: Trios[Row]) -> None:
    for _, trio in trios.in_order():
        if trio.edited is not None and trio.new is not None:
            work.settle_anchor(trio.edited.element, trio.new.anchors)


def _merge_row(work: Work, trio: Trio[Row], columns: Columns, place: str) -> bool:
    """Bring a row up to date; return True when it has to leave."""
    base, edited, new = trio
    if base is not None and edited is not None:
        base = as_placed(base, edited)
        new = None if new is None else as_placed(new, edited)
    if base is not None and edited is not None and new is not None:
        _merge_cells(work, base, edited, new, columns, place)
        return False
    home = None if edited or base is None else work.where.home(base.anchors)
    if base is not None and home is not None:
        offer_joined(work, (base.text, None if new is None else new.text), home, Subject.ROW, place)
        return False
    return _settle_row(work, Trio(base, edited, new), place)


def _settle_row(work: Work, trio: Trio[Row], place: str) -> bool:
    """Say what becomes of a row that one of the versions lacks; return True when it leaves."""
    base, edited, new = trio
    verdict = decide(base, edited, new)
    if edited is not None and verdict is Verdict.OFFER and new is not None:
        if offer_in(work, edited.element, [work.desk.words.offer, new.text], []):
            work.say(Kind.OFFERED, Subject.ROW, place, edited.text, new.text)
    elif edited is not None and verdict is Verdict.REMOVE:
        work.say(Kind.REMOVED, Subject.ROW, place, edited.text, "")
    elif edited is not None and verdict is Verdict.KEEP_GONE:
        withdraw_all(work, edited.element)
        work.say(Kind.KEPT_GONE, Subject.ROW, place, edited.text, "")
    elif verdict is Verdict.STAY_DELETED and base is not None and new is not None:
        work.say(Kind.DELETED_BY_STAFF, Subject.ROW, place, base.text, new.text)
    elif verdict is Verdict.STAND_DELETED and base is not None:
        work.stands(Kind.DELETED_BY_STAFF, Subject.ROW, place, base.text)
    return verdict is Verdict.REMOVE


def _merge_cells(
    work: Work, base: Row, edited: Row, new: Row, columns: Columns, place: str
) -> None:
    """Merge the cells of a row; what was refreshed is one event per row."""
    places = columns.of(base, edited)
    if places is None or columns.unsure(base, new, places):
        _merge_odd_row(work, base, edited, new, place)
    if places is None:
        return
    refreshed = False
    for column, (old, fresh) in enumerate(zip(base.cells, new.cells, strict=True)):
        if column in places:
            cell = edited.cells[places[column]]
            refreshed |= merge_cell(work, old, cell, fresh, place)
    if refreshed and base.text != new.text:
        work.say(Kind.REFRESHED, Subject.ROW, place, base.text, new.text)


def _merge_odd_row(work: Work, base: Row, edited: Row, new: Row, place: str) -> None:
    """Offer a row whose cells staff merged, split or renamed beyond recognition."""
    if base.text == new.text:
        work.stands(Kind.KEPT, Subject.ROW, place, edited.text)
        return
    retract_outdated(work, edited.paragraphs, base.paragraphs)
    lines, former = offer_lines(work, new.text), offer_lines(work, base.text)
    if offer_in(work, edited.element, lines, former):
        work.say(Kind.OFFERED, Subject.ROW, place, edited.text, new.text)


def _reorder(
    work: Work,
    trios: Trios[Row],
    removed: set[Name],
    columns: Columns,
    table: etree._Element,
    place: str,
    away: RowsAway,
) -> None:
    """Put the rows in their merged order; new ones are brought along."""
    elements = {
        name: trio.edited.element for name, trio in trios.in_order() if trio.edited is not None
    }
    elements |= {name: trios.edited_only[name].element for name in trios.edited_only}
    beside = away.beside(trios)
    for name in beside:
        _insert_beside(work, trios, name, away, place)
    outside = {*beside, *away}
    order = arrange(Versions(trios.base, trios.edited, trios.new, {}, outside), removed)
    for name in removed:
        detach(elements[name])
        work.changed()
    before: etree._Element | None = None
    for name in order:
        if name not in elements:
            row = trios[name].new
            if row is None:
                continue
            elements[name] = columns.shaped(work.importer.copy(row.element, work.source, work.part))
            work.say(Kind.INSERTED, Subject.ROW, place, "", row.text)
        place_after(work, table, elements[name], before)
        before = elements[name]


def place_after(
    work: Work, parent: etree._Element, element: etree._Element, before: etree._Element | None
) -> None:
    """Put a row after another one, or before the first one, unless it is there already."""
    rows = parent.findall(element.tag)
    if before is None:
        if rows and rows[0] is not element:
            rows[0].addprevious(element)
            work.changed()
        elif not rows:
            parent.append(element)
            work.changed()
    elif _next(before) is not element:
        before.addnext(element)
        work.changed()


def _next(row: etree._Element) -> etree._Element | None:
    return next(row.itersiblings(row.tag), None)
