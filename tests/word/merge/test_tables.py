"""What becomes of tables: row by row, cell by cell, or whole when the columns change."""

from copy import deepcopy

from lxml import etree

from tasks.word.merge import Kind, Subject
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Report, Section, render
from tests.word.merge.staff import Docx, text_of, w

HEAD = ("Dimension", "Stade", "Lecture")


def table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> bytes:
    """Return a report with one table; the first cell of a row is its key."""
    found = tuple((row[0], row) for row in rows)
    return render(Report((Section("a", "Axe a", rows=found, head=head),)))


def grid(content: bytes) -> list[list[str]]:
    """Return the texts of the cells by row, without the head."""
    rows = Docx(content).rows()
    return [[text_of(cell) for cell in row.findall(w("tc"))] for row in rows[1:]]


def cell(docx: Docx, row: int, column: int) -> etree._Element:
    """Return the paragraph of a cell."""
    return docx.rows()[row].findall(w("tc"))[column].find(w("p"))


BASE = table(("Données", "2", "partagée"), ("Outils", "3", "dispersée"))
NEW = table(("Données", "4", "partagée"), ("Outils", "1", "partagée"))


def edited(change) -> bytes:
    """Return the base after a change."""
    docx = Docx(BASE)
    change(docx)
    return docx.save()


def test_edited_cell_is_kept_and_the_others_refreshed(refresh: Refresh) -> None:
    """Only the cell that staff wrote in keeps its text; its new one is offered."""
    own = edited(lambda docx: staff.type_after(cell(docx, 1, 1), " environ"))
    result = refresh(BASE, own, NEW)
    assert grid(result.content) == [
        ["Données", "2 environ", "partagée"],
        ["Outils", "1", "partagée"],
    ]
    assert [(event.kind, event.subject) for event in result.log] == [
        (Kind.OFFERED, Subject.CELL),
        (Kind.REFRESHED, Subject.ROW),
    ]
    assert not ills(result.content)


def test_deleted_row_stays_away_and_row_of_staff_stays(refresh: Refresh) -> None:
    """A row that staff deleted does not come back; the one that they added stays."""

    def change(docx: Docx) -> None:
        own = deepcopy(docx.rows()[2])
        for mark in [*own.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
            mark.getparent().remove(mark)
        next(own.iter(w("t"))).text = "Équipe"
        docx.rows()[2].addnext(own)
        docx.rows()[1].getparent().remove(docx.rows()[1])

    result = refresh(BASE, edited(change), NEW)
    assert grid(result.content) == [["Outils", "1", "partagée"], ["Équipe", "3", "dispersée"]]
    assert result.log[0].kind is Kind.DELETED_BY_STAFF


def test_rows_come_and_go_with_the_data(refresh: Refresh) -> None:
    """New rows come after their neighbour, dropped ones go, all rows follow the new order."""
    own = edited(lambda docx: staff.type_after(docx.paragraphs()[0], " bis"))
    new = table(("Outils", "3", "dispersée"), ("Usages", "5", "partagée"))
    assert grid(refresh(BASE, own, new).content) == [
        ["Outils", "3", "dispersée"],
        ["Usages", "5", "partagée"],
    ]
    turned = table(("Outils", "3", "dispersée"), ("Données", "2", "partagée"))
    assert grid(refresh(BASE, own, turned).content)[0][0] == "Outils"


def test_dropped_row_stays_when_edited(refresh: Refresh) -> None:
    """A row that staff wrote in stays when the data drop it."""
    own = edited(lambda docx: staff.type_after(cell(docx, 1, 2), " (à vérifier)"))
    result = refresh(BASE, own, table(("Outils", "1", "partagée")))
    assert [row[0] for row in grid(result.content)] == ["Données", "Outils"]
    assert Kind.KEPT_GONE in [event.kind for event in result.log]


def test_untouched_table_takes_new_columns(refresh: Refresh) -> None:
    """A table nobody touched is replaced whole when it gets another column."""
    own = edited(lambda docx: staff.type_after(docx.paragraphs()[0], " bis"))
    new = table(("Données", "2", "12", "partagée"), head=("Dimension", "Stade", "Avis", "Lecture"))
    result = refresh(BASE, own, new)
    assert grid(result.content) == [["Données", "2", "12", "partagée"]]
    assert not ills(result.content)
    assert refresh(new, result.content, new).content == result.content


def test_touched_table_keeps_its_columns(refresh: Refresh) -> None:
    """A table that staff wrote in is kept when the columns change; the new one is offered."""
    own = edited(lambda docx: staff.type_after(cell(docx, 1, 1), " environ"))
    new = table(("Données", "2", "12", "partagée"), head=("Dimension", "Stade", "Avis", "Lecture"))
    result = refresh(BASE, own, new)
    assert grid(result.content)[0] == ["Données", "2 environ", "partagée"]
    assert [(event.kind, event.subject) for event in result.log] == [(Kind.OFFERED, Subject.TABLE)]
    assert refresh(new, result.content, new).log == ()


def test_column_of_staff_stays(refresh: Refresh) -> None:
    """Staff add a column: cells are refreshed around it, new rows have an empty cell in it."""

    def widen(docx: Docx) -> None:
        for row in docx.rows():
            made = etree.Element(w("tc"))
            etree.SubElement(made, w("p")).append(staff.run("Avis"))
            row.findall(w("tc"))[0].addnext(made)
        etree.SubElement(docx.root.find(f".//{w('tblGrid')}"), w("gridCol"))

    new = table(("Données", "4", "partagée"), ("Outils", "1", "partagée"), ("Usages", "5", "x"))
    result = refresh(BASE, edited(widen), new)
    assert grid(result.content) == [
        ["Données", "Avis", "4", "partagée"],
        ["Outils", "Avis", "1", "partagée"],
        ["Usages", "", "5", "x"],
    ]
    assert not ills(result.content)


def test_merged_cells_make_the_row_staffs(refresh: Refresh) -> None:
    """A row whose cells staff merged is kept, its new values offered."""

    def join(docx: Docx) -> None:
        cells = docx.rows()[1].findall(w("tc"))
        etree.SubElement(cells[1].find(w("tcPr")), w("gridSpan"), {w("val"): "2"})
        docx.rows()[1].remove(cells[2])

    result = refresh(BASE, edited(join), NEW)
    assert grid(result.content) == [["Données", "2"], ["Outils", "1", "partagée"]]
    assert (Kind.OFFERED, Subject.ROW) in [(event.kind, event.subject) for event in result.log]


def test_colour_of_a_cell_follows_the_data(refresh: Refresh) -> None:
    """A cell's shading moves with its data where nobody touched the cell."""

    def shaded(content: bytes, colour: str) -> bytes:
        docx = Docx(content)
        properties = docx.rows()[1].findall(w("tc"))[1].find(w("tcPr"))
        etree.SubElement(properties, w("shd"), {w("val"): "clear", w("fill"): colour})
        return docx.save()

    base, new = shaded(BASE, "FFEEDD"), shaded(NEW, "AABBCC")
    docx = Docx(base)
    staff.type_after(docx.paragraphs()[0], " bis")
    result = refresh(base, docx.save(), new)
    shading = Docx(result.content).rows()[1].findall(w("tc"))[1].find(f".//{w('shd')}")
    assert shading.get(w("fill")) == "AABBCC"
    assert not ills(result.content)


def test_deleting_the_head_is_no_edit_of_the_next_row(refresh: Refresh) -> None:
    """The next row takes the head's bold from the table style; its cells are refreshed still."""
    own = edited(lambda docx: docx.rows()[0].getparent().remove(docx.rows()[0]))
    rows = Docx(refresh(BASE, own, NEW).content).rows()
    assert [text_of(cell) for cell in rows[0].findall(w("tc"))] == ["Données", "4", "partagée"]


def shade(docx: Docx, row: int, column: int, colour: str) -> None:
    """Give a cell a colour."""
    properties = docx.rows()[row].findall(w("tc"))[column].find(w("tcPr"))
    for old in properties.findall(w("shd")):
        properties.remove(old)
    etree.SubElement(properties, w("shd"), {w("val"): "clear", w("fill"): colour})


def fills(content: bytes) -> list[str]:
    """Return the colours of all cells that have one."""
    return [found.get(w("fill")) for found in Docx(content).root.iter(w("shd"))]


def test_colour_that_staff_gave_a_cell_stays(refresh: Refresh) -> None:
    """Text and colour are two things: the text follows the data, the colour is staff's."""
    own = edited(lambda docx: shade(docx, 1, 1, "FFFF00"))
    docx = Docx(NEW)
    shade(docx, 1, 1, "AABBCC")
    result = refresh(BASE, own, docx.save())
    assert grid(result.content)[0] == ["Données", "4", "partagée"]
    assert fills(result.content) == ["FFFF00"]


def test_coloured_row_stays_when_the_data_drop_it(refresh: Refresh) -> None:
    """A row that staff coloured is one that they care about."""
    own = edited(lambda docx: shade(docx, 1, 1, "FFFF00"))
    result = refresh(BASE, own, table(("Outils", "1", "partagée")))
    assert [row[0] for row in grid(result.content)] == ["Données", "Outils"]
    assert Kind.KEPT_GONE in [event.kind for event in result.log]


def test_coloured_table_is_offered_its_new_columns(refresh: Refresh) -> None:
    """A table with a cell that staff coloured is not replaced whole."""
    own = edited(lambda docx: shade(docx, 1, 1, "FFFF00"))
    new = table(("Données", "2", "12", "partagée"), head=("Dimension", "Stade", "Avis", "Lecture"))
    result = refresh(BASE, own, new)
    assert fills(result.content) == ["FFFF00"]
    assert [(event.kind, event.subject) for event in result.log] == [(Kind.OFFERED, Subject.TABLE)]


def widen(docx: Docx, after: int, *texts: str) -> None:
    """Add a column after another one."""
    for row, text in zip(docx.rows(), texts, strict=True):
        made = etree.Element(w("tc"))
        etree.SubElement(made, w("p")).append(staff.run(text))
        row.findall(w("tc"))[after].addnext(made)


def rename(docx: Docx, column: int, text: str) -> None:
    """Give a column another name."""
    next(docx.rows()[0].findall(w("tc"))[column].iter(w("t"))).text = text


def test_renamed_column_beside_an_added_one_follows_the_data(refresh: Refresh) -> None:
    """Staff add a column and rename its neighbour: the cells tell which column is which."""

    def change(docx: Docx) -> None:
        widen(docx, 0, "Avis", "oui", "non")
        rename(docx, 2, "Étape")

    result = refresh(BASE, edited(change), NEW)
    assert grid(result.content) == [
        ["Données", "oui", "4", "partagée"],
        ["Outils", "non", "1", "partagée"],
    ]
    assert refresh(NEW, result.content, NEW).log == ()


def test_moved_column_follows_the_data(refresh: Refresh) -> None:
    """Staff put a column before another one: both are refreshed where they stand."""

    def change(docx: Docx) -> None:
        for row in docx.rows():
            cells = row.findall(w("tc"))
            cells[1].addprevious(cells[2])

    assert grid(refresh(BASE, edited(change), NEW).content) == [
        ["Données", "partagée", "4"],
        ["Outils", "partagée", "1"],
    ]


def test_column_that_nobody_can_tell_is_offered(refresh: Refresh) -> None:
    """A column reworded from top to bottom beside an added one: its new values are offered."""

    def change(docx: Docx) -> None:
        widen(docx, 0, "Avis", "oui", "non")
        for row, text in zip(docx.rows(), ("Étape", "deux", "trois"), strict=True):
            next(row.findall(w("tc"))[2].iter(w("t"))).text = text

    result = refresh(BASE, edited(change), NEW)
    assert [row[3] for row in grid(result.content)] == ["partagée", "partagée"]
    assert [row[2] for row in grid(result.content)] == ["deux", "trois"]
    offered = [event for event in result.log if event.kind is Kind.OFFERED]
    assert [event.subject for event in offered] == [Subject.ROW, Subject.ROW]
    assert refresh(NEW, result.content, NEW).log == ()


def test_bookmarks_of_a_new_table_are_numbered_in_its_order(refresh: Refresh) -> None:
    """The same merge gives the same file: what is brought in takes its numbers in its order."""
    rows = tuple((f"Ligne {number}", "1", "partagée") for number in range(12))
    base = render(Report((Section("a", "Axe a"),)))
    fresh = tuple((row[0], row) for row in rows)
    new = render(Report((Section("a", "Axe a", rows=fresh, head=HEAD),)))
    docx = Docx(base)
    staff.type_after(docx.paragraphs()[0], " bis")
    merged = Docx(refresh(base, docx.save(), new).content)
    marks = [mark for row in merged.rows()[1:] for mark in row.iter(w("bookmarkStart"))]
    numbers = [int(mark.get(w("id"), "0")) for mark in marks]
    assert len(numbers) >= 12
    assert numbers == sorted(numbers)
