"""Charts that the author placed: every use its own, drawn from the data, with its workbook."""

from functools import lru_cache
from io import BytesIO
from math import inf, nan

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from config.errors import TemplateError
from tasks.word.authoring import add_chart
from tasks.word.chart_design import ChartKind, Plane
from tasks.word.chart_repair import A, c, repair, with_usual_prefix
from tasks.word.charts import ChartData, ChartPrototype
from tasks.word.package import Package
from tasks.word.properties import DocumentProperties
from tasks.word.styles import w
from tasks.word.template import WordTemplate
from tests.word.specimens import (
    COUNTS,
    LEVELS,
    MAIN,
    made,
    parts,
    render,
    repacked,
    root,
    saved,
    texts,
    with_chart,
)
from tests.word.validity import WP, caches, chart_parts, faults

NAME = st.text(max_size=12)
NUMBER = st.none() | st.integers(-(10**9), 10**9) | st.floats(allow_subnormal=False)


def charts_of(document: bytes) -> list[etree._Element]:
    """Return the charts of a document in order."""
    package = Package(parts(document))
    return [etree.fromstring(package.parts[name]) for name in chart_parts(package)]


def drawn(chart: etree._Element) -> dict[str, list]:
    """Return the values of each series by its name."""
    found = {}
    for series in chart.iter(c("ser")):
        values = [values for _, values in caches(series)]
        found[values[0][0]] = values[-1]
    return found


def alt_texts(document: bytes) -> list[str]:
    """Return the alternative texts of the drawings of the body."""
    return [e.get("descr", "") for e in root(document).iter(f"{{{WP}}}docPr")]


def test_a_chart_shows_the_data_and_reads_them_out():
    """Caches and workbook hold the data; the alternative text is the description."""
    document = render(with_chart(), charts={"counts": COUNTS})
    (chart,) = charts_of(document)
    assert drawn(chart) == {"Sommeil": [1, 2], "Éveil": [3, None], "Motricité": [0, 4]}
    assert alt_texts(document) == ["Un graphique qui se lit."]
    (book,) = [data for name, data in parts(document).items() if name.endswith(".xlsx")]
    rows = [list(row) for row in load_workbook(BytesIO(book)).active.values]
    assert rows == [[None, *LEVELS], ["Ensemble", 1, 3, 0], ["Élus", 2, None, 4]]


def test_each_turn_of_a_loop_has_its_own_chart():
    """Three turns give three parts, three workbooks and three descriptions; no prototype stays."""
    template = with_chart("{{ 'c-' ~ d.code }}", loop=True)
    data = {
        f"c-{code}": ChartData(("x",), ((code, (number,)),), description=f"Graphique {code}")
        for number, code in enumerate("ABC", 1)
    }
    document = render(template, {"dims": [{"code": code} for code in "ABC"]}, data)
    assert [drawn(chart) for chart in charts_of(document)] == [{"A": [1]}, {"B": [2]}, {"C": [3]}]
    assert alt_texts(document) == ["Graphique A", "Graphique B", "Graphique C"]
    names = [name for name in parts(document) if "chart" in name or "embed" in name]
    assert len(names) == 3 * 3


def test_a_prototype_that_is_not_used_leaves_nothing():
    """A loop that never turns leaves neither chart, nor workbook, nor content type."""
    document = render(with_chart("{{ d }}", loop=True), {"dims": []})
    assert not [name for name in parts(document) if "chart" in name or "embed" in name]
    assert b"chart" not in parts(document)["[Content_Types].xml"]


def test_the_same_data_can_be_drawn_twice():
    """Two charts of one name have parts of their own."""

    def build(document):
        for _ in range(2):
            add_chart(document.add_paragraph(), ChartKind.COLUMNS, "counts", series=LEVELS)

    document = render(made(build), charts={"counts": COUNTS})
    assert len(charts_of(document)) == 2
    assert len({chart for chart in parts(document) if chart.endswith(".xlsx")}) == 2


def test_two_charts_in_one_paragraph_are_both_filled():
    """Charts side by side keep their places; the one without data leaves its sentence."""

    def build(document):
        paragraph = document.add_paragraph()
        add_chart(paragraph, ChartKind.COLUMNS, "counts", series=LEVELS, width_cm=7)
        add_chart(paragraph, ChartKind.COLUMNS, "none", series=LEVELS, width_cm=7)

    empty = ChartData(("x",), empty_sentence="Rien ici.")
    document = render(made(build), charts={"counts": COUNTS, "none": empty})
    assert len(charts_of(document)) == 1
    assert texts(document) == ["Rien ici."]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 9])
def test_series_are_removed_or_copied(count):
    """Surplus series of the prototype go; missing ones take the look of its last."""
    data = ChartData(("x", "y"), tuple((f"s{n}", (n, n)) for n in range(1, count + 1)))
    (chart,) = charts_of(render(with_chart(), charts={"counts": data}))
    assert drawn(chart) == {f"s{n}": [n, n] for n in range(1, count + 1)}
    looks = [ser.find(c("spPr")) for ser in chart.iter(c("ser"))]
    colors = [look.find(f"{{{A}}}solidFill/{{{A}}}schemeClr").get("val") for look in looks]
    assert colors == [f"accent{n % 6 + 1}" for n in range(count)]


def test_formats_of_points_beyond_the_data_go():
    """A ring of six coloured slices filled with three keeps the colours of the first three."""
    template = with_chart(kind=ChartKind.DOUGHNUT, series=("n",))
    (chart,) = charts_of(
        render(template, charts={"counts": ChartData(("a", "b"), (("n", (1, 2)),))})
    )
    assert [p.find(c("idx")).get("val") for p in chart.iter(c("dPt"))] == ["0", "1"]


def test_scatter_charts_take_points():
    """Each series of a scatter chart has its own columns of x and y."""
    plane = Plane("Intensité", "Transformation", 0, 5, 2.5, 2.5)

    def build(document):
        add_chart(
            document.add_paragraph(), ChartKind.SCATTER, "plane", series=("a", "b"), plane=plane
        )

    data = ChartData((), points=(("Élus", ((1, 2.5), (3, 4))), ("Services", ((0.5, 5),))))
    document = render(made(build), charts={"plane": data})
    (chart,) = charts_of(document)
    assert drawn(chart) == {"Élus": [2.5, 4], "Services": [5]}
    assert [e.get("val") for e in chart.iter(c("crossesAt"))] == ["2.5", "2.5"]


@pytest.mark.parametrize("kind", [ChartKind.STACKED, ChartKind.SCATTER])
def test_data_of_another_shape_are_refused(kind):
    """Points for bars, or categories for a scatter chart, name the chart."""
    wrong = COUNTS if kind is ChartKind.SCATTER else ChartData((), points=(("a", ((1, 2),)),))
    with pytest.raises(TemplateError, match="« counts »"):
        render(with_chart(kind=kind), charts={"counts": wrong})


def test_an_unknown_chart_is_named():
    """A marker without data names the chart."""
    with pytest.raises(TemplateError, match="« c-A » n’existe pas"):
        render(with_chart("{{ 'c-' ~ d }}", loop=True), {"dims": ["A"]})


@pytest.mark.parametrize("style", [True, False])
def test_a_chart_without_data_leaves_its_sentence(style):
    """A sentence stands in the chart's place, in its own style where the template has one."""
    empty = ChartData(("x",), (("a", (None,)), ("b", (0,))), empty_sentence="Moins de 5 & rien.")
    document = render(with_chart(style=style), charts={"counts": empty})
    assert texts(document) == ["Moins de 5 & rien."]
    assert charts_of(document) == []
    used = [e.get(w("val")) for e in root(document).iter(w("pStyle"))]
    assert used == (["Graphiquesansdonnées"] if style else [])


@settings(max_examples=25, deadline=None)
@given(
    categories=st.lists(NAME, min_size=1, max_size=4),
    names=st.lists(NAME, min_size=1, max_size=5),
    draw=st.data(),
)
def test_any_data_give_a_sound_chart(categories, names, draw):
    """Whatever the labels hold, caches equal the workbook and the file is sound."""
    values = st.lists(NUMBER, min_size=len(categories), max_size=len(categories)).map(tuple)
    series = tuple((name, draw.draw(values)) for name in names)
    prototype = _prototype()
    chart, book = prototype.fill(ChartData(tuple(categories), series))
    sheet = load_workbook(BytesIO(book)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, min_col=2)]
    shown = [
        values
        for ser in etree.fromstring(chart).iter(c("ser"))
        for *_, (_, values) in [list(caches(ser))]
    ]
    assert shown == [
        [None if x is None else float(x) for x in column] for column in zip(*cells, strict=True)
    ]
    finite = [[x if x is not None and abs(x) < inf else None for x in one] for _, one in series]
    assert shown == finite


@lru_cache
def _prototype() -> ChartPrototype:
    package = Package(parts(with_chart()))
    return ChartPrototype.cut(package.parts[chart_parts(package)[0]])


def test_numbers_that_a_workbook_cannot_hold_are_left_out():
    """Infinite and undefined values are no points."""
    chart, _ = _prototype().fill(ChartData(("x", "y", "z"), (("a", (inf, nan, 2.5)),)))
    assert drawn(etree.fromstring(chart)) == {"a": [None, None, 2.5]}


def test_a_chart_saved_by_libreoffice_is_known_by_its_tag():
    """A tag in the chart's paragraph names it when the alternative text is lost, split or not."""
    document = docx.Document()
    document.add_paragraph("{%p for d in dims %}")
    paragraph = document.add_paragraph()
    add_chart(paragraph, ChartKind.STACKED, "lost", series=LEVELS)
    paragraph.runs[-1].text = ""
    for piece in ("{{ cha", "rt(‘c-’", " ~ d) }}"):
        paragraph.add_run(piece)
    document.add_paragraph("{%p endfor %}")
    template = saved(document)
    xml = parts(template)[MAIN].replace(b'descr="chart: lost"', b"")
    template = repacked(template, {MAIN: xml})
    assert WordTemplate.open(template).charts() == ("{{ 'c-' ~ d }}",)
    result = render(template, {"dims": ["A"]}, {"c-A": COUNTS})
    assert len(charts_of(result)) == 1
    assert texts(result) == [""]


def test_a_chart_without_marker_stays_as_drawn():
    """A chart that the author did not mark is part of the template's look."""
    template = with_chart()
    xml = parts(template)[MAIN].replace(b"chart: counts", b"Un dessin")
    xml = xml.replace(b"{{ chart('counts') }}", b"")
    document = render(repacked(template, {MAIN: xml}))
    assert list(drawn(charts_of(document)[0])) == list(LEVELS)
    assert alt_texts(document) == ["Un dessin"]


def test_a_chart_that_nothing_names_is_refused():
    """Saved without its text and its tag, a chart would show its example figures as the truth."""
    template = with_chart()
    xml = parts(template)[MAIN].replace(b"chart: counts", b"")
    xml = xml.replace(b"{{ chart('counts') }}", b"")
    with pytest.raises(TemplateError, match="ne dit pas quelles données"):
        WordTemplate.open(repacked(template, {MAIN: xml}))


def test_new_charts_meet_no_chart_that_stays():
    """Numbers of new chart parts start after those of charts that stay."""

    def build(document):
        add_chart(document.add_paragraph(), ChartKind.COLUMNS, "stays", series=LEVELS)
        add_chart(document.add_paragraph(), ChartKind.COLUMNS, "counts", series=LEVELS)

    template = made(build)
    xml = parts(template)[MAIN].replace(b"chart: stays", b"Un dessin")
    xml = xml.replace(b"{{ chart('stays') }}", b"")
    document = render(repacked(template, {MAIN: xml}), charts={"counts": COUNTS})
    assert len(charts_of(document)) == 2


def test_style_and_colours_of_a_chart_are_copied_for_each_use():
    """The parts that Word keeps beside a chart are cloned with it."""
    template = with_chart("{{ d }}", loop=True)
    links = "word/charts/_rels/chart1.xml.rels"
    link = (
        '<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2011/relationships/'
        'chartStyle" Target="style1.xml"/></Relationships>'
    )
    override = (
        '<Override PartName="/word/charts/style1.xml" '
        'ContentType="application/vnd.ms-office.chartstyle+xml"/></Types>'
    )
    old = parts(template)
    template = repacked(
        template,
        {
            links: old[links].decode().replace("</Relationships>", link).encode(),
            "word/charts/style1.xml": b"<x/>",
            "[Content_Types].xml": old["[Content_Types].xml"]
            .decode()
            .replace("</Types>", override)
            .encode(),
        },
    )
    document = render(template, {"dims": ["a", "b"]}, {"a": COUNTS, "b": COUNTS})
    styles = sorted(name for name in parts(document) if name.startswith("word/charts/style"))
    assert styles == ["word/charts/style1.xml", "word/charts/style2.xml"]


def test_alternate_content_keeps_the_chart_only():
    """A chart that Word wrapped for older programs is unwrapped; its picture would be stale."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    add_chart(paragraph, ChartKind.STACKED, "counts", series=LEVELS)
    drawing = next(paragraph._p.iter(w("drawing")))
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    wrapper = etree.Element(f"{{{space}}}AlternateContent")
    drawing.getparent().replace(drawing, wrapper)
    choice = etree.SubElement(wrapper, f"{{{space}}}Choice", Requires="c14")
    choice.append(drawing)
    etree.SubElement(wrapper, f"{{{space}}}Fallback").append(OxmlElement("w:pict"))
    result = render(saved(document), charts={"counts": COUNTS})
    assert len(charts_of(result)) == 1
    assert b"Fallback" not in parts(result)[MAIN]


def test_a_chart_without_series_is_refused_as_prototype():
    """A chart that holds no series has no look to keep."""
    template = with_chart()
    name = "word/charts/chart1.xml"
    chart = etree.fromstring(parts(template)[name])
    for series in list(chart.iter(c("ser"))):
        series.getparent().remove(series)
    with pytest.raises(TemplateError, match="aucune série"):
        WordTemplate.open(repacked(template, {name: etree.tostring(chart)}))


def test_what_python_pptx_writes_against_the_schema_is_repaired():
    """Axis ids are not negative, radar series are not smooth, ids that copies share go."""
    chart = etree.fromstring(
        f'<c:chartSpace xmlns:c="{c("")[1:-1]}"><c:pivotSource/><c:radarChart><c:ser><c:smooth/>'
        '<c:extLst><c:ext><u:uniqueId xmlns:u="http://schemas.microsoft.com/office/drawing/2014/'
        'chart"/></c:ext></c:extLst></c:ser><c:axId val="-12"/></c:radarChart>'
        '<c:valAx><c:axId val="-12"/><c:crossAx val="-3"/></c:valAx></c:chartSpace>'
    )
    repair(chart)
    assert b"-" not in etree.tostring(chart).partition(b"radarChart")[2].replace(b"-12", b"-")
    assert not [e for e in chart.iter() if etree.QName(e).localname in {"smooth", "ext", "extLst"}]
    assert chart.find(c("pivotSource")) is None


def test_a_chart_with_another_prefix_is_read():
    """The prefix that a program chose for chart elements does not matter."""
    package = Package(parts(with_chart()))
    part = package.parts[chart_parts(package)[0]].decode()
    other = part.replace("c:", "k:").replace("xmlns:c=", "xmlns:k=").encode()
    assert with_usual_prefix(etree.fromstring(other)).prefix == "c"
    chart, _ = ChartPrototype.cut(other).fill(COUNTS)
    assert drawn(etree.fromstring(chart))["Sommeil"] == [1, 2]


def test_every_kind_of_chart_is_sound():
    """Each kind that templates are made of gives a sound file with its own data."""

    def build(document):
        for kind in ChartKind:
            paragraph = document.add_paragraph()
            add_chart(paragraph, kind, kind.name, series=("a", "b"), categories=("x", "y"))

    template = made(build)
    assert faults(template) == [
        f"word/document.xml: a chart that was not filled: chart: {kind.name}" for kind in ChartKind
    ]
    data = {kind.name: COUNTS for kind in ChartKind}
    data["SCATTER"] = ChartData((), points=(("a", ((1, 2),)),))
    document = WordTemplate.open(template).render({}, data, DocumentProperties())
    assert faults(document) == []
    assert len(charts_of(document)) == len(ChartKind)
