"""What becomes of charts: the look of staff stays, the data are swapped, or kept with a note."""

from io import BytesIO

from docx import Document
from lxml import etree

from tasks.word.charts import ChartData
from tasks.word.merge import Kind, Subject
from tasks.word.merge.charts import ChartValues
from tests.word import validity
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.specimens import Chart, Report, Section, prototype, render
from tests.word.merge.staff import Docx

PART = "word/charts/chart1.xml"
OWN, SECOND = (
    f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'
    for colour in ("123456", "654321")
)


def drawn(*values: float) -> bytes:
    """Return a report with a chart of these values."""
    chart = Chart(tuple((f"Stade {n}", value) for n, value in enumerate(values, 1)))
    return render(Report((Section("a", "Axe a", chart=chart),)))


def values(content: bytes) -> list[float | None]:
    """Return the values that the chart shows."""
    chart = ChartValues.read(etree.fromstring(Docx(content).parts[PART]))
    return list(chart.series[0][2])


def test_restyled_chart_keeps_its_colour_and_gets_the_data(refresh: Refresh) -> None:
    """Staff gave a chart their colour: cache and workbook are swapped, the colour stays."""
    docx = Docx(drawn(1, 2, 3))
    staff.restyle_chart(docx, PART, "C0FFEE")
    result = refresh(drawn(1, 2, 3), docx.save(), drawn(4, 5))
    assert values(result.content) == [4, 5]
    assert b"C0FFEE" in Docx(result.content).parts[PART]
    assert [(event.kind, event.subject) for event in result.log] == [
        (Kind.REFRESHED, Subject.CHART)
    ]
    assert validity.faults(result.content) == []  # the workbook says what the chart draws


def test_alternative_text_reads_the_new_data_out(refresh: Refresh) -> None:
    """The alternative text moves with the data."""
    docx = Docx(drawn(1, 2, 3))
    staff.restyle_chart(docx, PART, "C0FFEE")
    result = refresh(drawn(1, 2, 3), docx.save(), drawn(4, 5))
    assert b"Stade 1 4, Stade 2 5" in Docx(result.content).parts["word/document.xml"]


def test_values_typed_by_staff_are_kept_with_a_note(refresh: Refresh) -> None:
    """Staff typed another value: the chart stays, the new values stand in a comment."""
    docx = Docx(drawn(1, 2, 3))
    staff.change_chart(docx, PART)
    result = refresh(drawn(1, 2, 3), docx.save(), drawn(4, 5))
    assert values(result.content) == [77, 2, 3]
    assert [(event.kind, event.subject) for event in result.log] == [(Kind.KEPT, Subject.CHART)]
    comments = Document(BytesIO(result.content)).comments
    assert "Stade 1 4" in comments.get(0).text
    assert refresh(drawn(4, 5), result.content, drawn(4, 5)).log == ()


def test_text_typed_beside_a_chart_does_not_stop_its_data(refresh: Refresh) -> None:
    """A word typed in the chart's paragraph stays, and the chart is refreshed all the same."""
    docx = Docx(drawn(1, 2, 3))
    staff.type_after(docx.paragraphs()[1], " Lire de gauche à droite.")
    result = refresh(drawn(1, 2, 3), docx.save(), drawn(4, 5))
    assert values(result.content) == [4, 5]
    assert staff.text_of(Docx(result.content).paragraphs()[1]) == " Lire de gauche à droite."


def test_deleted_chart_stays_deleted(refresh: Refresh) -> None:
    """A chart that staff deleted does not come back."""
    docx = Docx(drawn(1, 2, 3))
    docx.body.remove(docx.paragraphs()[1])
    result = refresh(drawn(1, 2, 3), docx.save(), drawn(4, 5))
    assert len(Docx(result.content).paragraphs()) == 1


def test_dropped_chart_leaves_no_parts_behind(refresh: Refresh) -> None:
    """A chart that the data drop takes its part and its workbook with it."""
    base = drawn(1, 2, 3)
    docx = Docx(base)
    staff.type_after(docx.paragraphs()[0], " bis")
    result = refresh(base, docx.save(), render(Report((Section("a", "Axe a"),))))
    assert not [name for name in Docx(result.content).parts if "chart" in name]
    assert validity.faults(result.content) == []


def test_values_are_read_as_programs_write_them() -> None:
    """Nine figures count, missing points are none, and filled-up scatter points do not count."""
    c = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    points = (
        '<c:pt idx="0"><c:v>0.30000000000000004</c:v></c:pt><c:pt idx="2"><c:v>NaN</c:v></c:pt>'
    )
    cache = f'<c:numRef><c:numCache><c:ptCount val="3"/>{points}</c:numCache></c:numRef>'
    xml = f'<c:x xmlns:c="{c}"><c:barChart><c:ser><c:val>{cache}</c:val></c:ser></c:barChart></c:x>'
    assert ChartValues.read(etree.fromstring(xml)).series == (("", (), (0.3,)),)
    xml = (
        f'<c:x xmlns:c="{c}"><c:scatterChart><c:ser><c:xVal>{cache}</c:xVal><c:yVal>{cache}'
        "</c:yVal></c:ser></c:scatterChart></c:x>"
    )
    assert ChartValues.read(etree.fromstring(xml)).series == (("", ("0.3",), (0.3,)),)


def test_a_series_that_comes_later_looks_as_its_author_drew_it(refresh: Refresh) -> None:
    """Answers before and after the interviews: the second colour is the template's, once merged."""
    base = drawn(1, 2)
    new = Docx(drawn(1, 2))
    two = ChartData(("Stade 1", "Stade 2"), (("Avant", (1, 2)), ("Après", (2, 1))))
    xml, new.parts["word/embeddings/chart1.xlsx"] = prototype().fill(two)
    before, after, rest = xml.decode().split("</c:tx>")
    new.parts[PART] = f"{before}</c:tx>{OWN}{after}</c:tx>{SECOND}{rest}".encode()
    docx = Docx(base)
    staff.type_after(docx.paragraphs()[0], " bis")
    staff.restyle_chart(docx, PART, "C0FFEE")
    result = refresh(base, docx.save(), new.save())
    merged = Docx(result.content).parts[PART]
    assert b"C0FFEE" in merged, "the first one is that of staff"
    assert b"123456" not in merged
    assert b"654321" in merged
    assert len(ChartValues.read(etree.fromstring(merged)).series) == 2
    assert validity.faults(result.content) == []
