"""Generated passages that staff carry elsewhere follow the data where they stand now."""

import pytest
from lxml import etree

from tasks.word.merge import Kind, MergeResult, Subject
from tasks.word.merge.charts import ChartValues
from tests.word.merge import carrying, staff
from tests.word.merge.carrying import tables
from tests.word.merge.conftest import Refresh
from tests.word.merge.objects import drawn
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Chart, Report, Section, render
from tests.word.merge.staff import Docx, text_of, w

ROWS = ("r1", "r2", "r3", "r4")


def report(
    week: int, rows: tuple[str, ...] = ROWS, *, said: bool = True, codes: str = "ab"
) -> bytes:
    """Return a report of sections with a sentence, a table and a chart each."""
    sections = tuple(
        Section(
            code,
            f"Axe {code}",
            ((f"{code}1", f"Constat {code} de la semaine {week}."),) if said else (),
            tuple((f"{code}{row}", (f"Sujet {code}{row}", f"{week}", "lu")) for row in rows),
            Chart((("Éveil", week + number), ("Essai", 2.0))),
        )
        for number, code in enumerate(codes)
    )
    return render(Report(sections))


def split(docx: Docx) -> None:
    """Split the first table in two."""
    carrying.split(tables(docx)[0], 3)


def join(docx: Docx) -> None:
    """Join the two tables."""
    carrying.join(*tables(docx))


def into_cell(docx: Docx) -> None:
    """Drag the first sentence into a cell."""
    tables(docx)[0].findall(w("tr"))[2].findall(w("tc"))[2].append(docx.paragraphs()[1])


def into_layout(docx: Docx) -> None:
    """Put the first table into a cell of a table that lays the page out."""
    carrying.wrap(tables(docx)[0])


def into_box(docx: Docx) -> None:
    """Cut the first sentence and paste it into a text box of a new paragraph."""
    sentence = docx.paragraphs()[1]
    home = staff.new_paragraph(docx.paragraphs()[0], "Encadré : ")
    home.append(drawn("text box", "Titre"))
    next(home.iter(w("txbxContent"))).append(sentence)


MOVES = [split, join, into_cell, into_layout, into_box]


def moved(change) -> bytes:
    """Return the first week's report after a move."""
    docx = Docx(report(1))
    change(docx)
    return docx.save()


def said(content: bytes) -> str:
    """Return all texts, one after the other."""
    return " ".join(t.text or "" for t in Docx(content).root.iter(w("t")))


def no_lie(result: MergeResult) -> None:
    """Nothing that stands in the file is said to be deleted."""
    assert Kind.DELETED_BY_STAFF not in {event.kind for event in (*result.log, *result.standing)}


@pytest.mark.parametrize("change", MOVES)
def test_carried_passages_follow_the_data(refresh: Refresh, change) -> None:
    """Split, joined, dragged or wrapped: no old figure is left, and nothing is called deleted."""
    own = moved(change)
    for week in (2, 3):
        result = refresh(report(week - 1), own, report(week))
        no_lie(result)
        docx = Docx(result.content)
        cells = {text_of(row.findall(w("tc"))[1]) for row in docx.rows() if len(row) > 2}
        assert cells == {"Stade", f"{week}"}
        assert f"Constat a de la semaine {week}." in said(result.content)
        assert f"semaine {week - 1}." not in said(result.content)
        assert not ills(result.content)
        again = refresh(report(week), result.content, report(week))
        assert (again.log, again.content) == ((), result.content)
        own = result.content


def test_what_follows_a_table_that_leaves_still_comes(refresh: Refresh) -> None:
    """A table that staff had split off leaves with its last row; a new section takes its place."""
    docx = Docx(report(1))
    chart = next(next(docx.body.iter(w("drawing"))).iterancestors(w("p")))
    docx.body.remove(chart)  # so that the table is the last of its section
    split(docx)
    new = report(2, ("r1", "r2"), codes="acb")
    result = refresh(report(1), docx.save(), new)
    assert "Constat c de la semaine 2." in said(result.content)
    assert not ills(result.content)


@pytest.mark.parametrize("change", [split, join, into_layout])
def test_rows_come_and_go_in_carried_tables(refresh: Refresh, change) -> None:
    """New rows stand beside their neighbour, dropped ones leave, wherever staff put the table."""
    new = report(2, ("r1", "r3", "r5", "r4"))
    result = refresh(report(1), moved(change), new)
    docx = Docx(result.content)
    codes = [text_of(next(row.iter(w("tc"))))[-2:] for row in docx.rows() if len(row) > 2]
    assert [code for code in codes if code in (*ROWS, "r5")] == ["r1", "r3", "r5", "r4"] * 2
    assert not ills(result.content)
    assert refresh(new, result.content, new).log == ()


def test_dropped_sentence_leaves_its_cell(refresh: Refresh) -> None:
    """What the data drop goes, wherever staff put it; the cell stays sound."""
    result = refresh(report(1), moved(into_cell), report(1, said=False))
    assert "Constat a" not in said(result.content)
    assert not ills(result.content)


def test_joined_sentences_are_offered_their_new_texts(refresh: Refresh) -> None:
    """Two passages made one: it is staff's, both new texts are offered, nothing is 'deleted'."""
    docx = Docx(report(1))
    first, second = docx.paragraphs()[:2]
    first.extend([child for child in second if child.tag != w("pPr")])
    second.getparent().remove(second)
    result = refresh(report(1), docx.save(), report(2))
    no_lie(result)
    assert Kind.OFFERED in {event.kind for event in result.log}
    assert not ills(result.content)


C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"


def shown(content: bytes) -> list[list[float | None]]:
    """Return the values of the charts in the order of the text."""
    docx = Docx(content)
    parts = [docx.charts()[next(iter(found.attrib.values()))] for found in docx.root.iter(C)]
    return [list(ChartValues.read(etree.fromstring(docx.parts[p])).series[0][2]) for p in parts]


@pytest.mark.parametrize("home", ["left empty", "deleted"])
def test_chart_pasted_elsewhere_follows_the_data(refresh: Refresh, home: str) -> None:
    """A chart that staff cut and pasted is known by its values."""
    docx = Docx(report(1))
    place = next(p for p in docx.paragraphs() if next(p.iter(C), None) is not None)
    pasted = staff.new_paragraph(docx.paragraphs()[1], "Voir : ")
    pasted.append(place.find(w("r")))
    if home == "deleted":
        place.getparent().remove(place)
    result = refresh(report(1), docx.save(), report(2))
    no_lie(result)
    assert shown(result.content) == [[2, 2], [3, 2]]
    assert not ills(result.content)
    assert refresh(report(2), result.content, report(2)).log == ()


def test_deleted_chart_is_logged_as_a_chart(refresh: Refresh) -> None:
    """Not as a paragraph."""
    docx = Docx(report(1))
    place = next(p for p in docx.paragraphs() if next(p.iter(C), None) is not None)
    place.getparent().remove(place)
    result = refresh(report(1), docx.save(), report(2))
    deleted = [event for event in result.log if event.kind is Kind.DELETED_BY_STAFF]
    assert [event.subject for event in deleted] == [Subject.CHART]
    quiet = refresh(report(1), docx.save(), report(1))
    assert [event.subject for event in quiet.standing] == [Subject.CHART]
