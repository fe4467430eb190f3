"""Helpers that make templates in code."""

from io import BytesIO

import docx
import pytest
from lxml import etree

from tasks.word.authoring import (
    add_chart,
    luminance,
    repeat_header,
    set_accents,
    set_language,
)
from tasks.word.chart_design import ChartKind
from tasks.word.chart_repair import A, c
from tasks.word.styles import w
from tests.word.specimens import MAIN, made, parts, root
from tests.word.test_charts import charts_of

ACCENTS = ("1F3864", "2E75B6", "9DC3E6", "C55A11", "F4B183", "7F7F7F")


@pytest.mark.parametrize(("color", "light"), [("000000", 0), ("FFFFFF", 1), ("777777", 0.184)])
def test_luminance_is_that_of_the_web_guidelines(color, light):
    """Black is 0, white 1, middle grey #777777 is 0.184 (WCAG 2.1)."""
    assert luminance(color) == pytest.approx(light, abs=0.001)


def test_charts_take_the_colours_of_the_theme():
    """A chart names theme colours only, so that restyling the theme restyles the chart."""

    def build(document):
        set_accents(document, ACCENTS)
        for kind in ChartKind:
            add_chart(document.add_paragraph(), kind, kind.name, series=("a", "b", "c"))

    template = made(build)
    for chart in charts_of(template):
        assert list(chart.iter(f"{{{A}}}srgbClr")) == []
        assert any(True for _ in chart.iter(f"{{{A}}}schemeClr"))
    theme = root(template, "word/theme/theme1.xml")
    accents = [theme.find(f".//{{{A}}}accent{n}/{{{A}}}srgbClr").get("val") for n in range(1, 7)]
    assert accents == list(ACCENTS)


def test_labels_read_well_on_their_colour():
    """White figures on dark segments, dark ones on light segments."""

    def build(document):
        set_accents(document, ACCENTS)
        series = tuple("abcde")
        add_chart(document.add_paragraph(), ChartKind.STACKED, "x", series=series)

    (chart,) = charts_of(made(build))
    colors = [
        series.find(f"{c('dLbls')}/{c('txPr')}").find(f".//{{{A}}}schemeClr").get("val")
        for series in chart.iter(c("ser"))
    ]
    assert colors == ["bg1", "bg1", "tx1", "bg1", "tx1"]


def test_clustered_bars_differ_without_colour():
    """Bars side by side alternate plain and patterned fills: they differ in black and white."""

    def build(document):
        add_chart(document.add_paragraph(), ChartKind.CLUSTERED, "x", series=("a", "b", "c", "d"))

    (chart,) = charts_of(made(build))
    patterns = [
        next((e.get("prst") for e in series.find(c("spPr")).iter(f"{{{A}}}pattFill")), None)
        for series in chart.iter(c("ser"))
    ]
    assert patterns == [None, "wdUpDiag", None, "pct25"]


def test_points_of_a_plane_differ_without_colour():
    """Each series of a scatter chart has a shape of its own."""

    def build(document):
        add_chart(document.add_paragraph(), ChartKind.SCATTER, "x", series=("a", "b", "c", "d"))

    (chart,) = charts_of(made(build))
    shapes = [e.get("val") for e in chart.iter(c("symbol"))]
    assert shapes == ["circle", "square", "triangle", "diamond"]


def test_zero_is_not_written_into_a_bar():
    """A count of 0 has no segment, and no label beside it."""

    def build(document):
        add_chart(document.add_paragraph(), ChartKind.STACKED, "x", series=("a",))

    (chart,) = charts_of(made(build))
    formats = {
        e.get("formatCode") for e in chart.iter(c("numFmt")) if e.getparent().tag == c("dLbls")
    }
    assert formats == {"0;-0;;"}


def test_header_rows_repeat_and_rows_stay_whole():
    """The first row comes back on each page, no row is cut by a page."""
    document = docx.Document()
    table = document.add_table(3, 1)
    repeat_header(table)
    kept = [[child.tag for child in row._tr.trPr] for row in table.rows]
    assert kept == [[w("cantSplit"), w("tblHeader")], [w("cantSplit")], [w("cantSplit")]]


def test_the_language_is_set_once():
    """Setting the language again replaces it."""
    document = docx.Document()
    for language in ("en-GB", "fr-FR"):
        set_language(document, language)
    found = document.styles.element.findall(f".//{w('rPrDefault')}//{w('lang')}")
    assert [e.get(w("val")) for e in found] == ["fr-FR"]
    assert document.core_properties.language == "fr-FR"


def test_a_marker_may_hold_quotes_and_ampersands():
    """The alternative text is escaped as an attribute."""

    def build(document):
        add_chart(document.add_paragraph(), ChartKind.STACKED, "{{ 'a&\"' ~ d }}", series=("a",))

    template = made(build)
    assert etree.fromstring(parts(template)[MAIN]) is not None
    assert (
        docx.Document(BytesIO(template))
        .inline_shapes[0]
        ._inline.docPr.get("descr")
        .endswith("{{ 'a&\"' ~ d }}")
    )
