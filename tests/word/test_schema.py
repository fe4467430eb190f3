"""Specimens against the schemas and rules of the Open XML SDK (ECMA-376, as Word reads it)."""

from pathlib import Path

import pytest

from tasks.word.authoring import add_caption, add_chart, add_contents, repeat_header
from tasks.word.chart_design import ChartKind, Plane
from tasks.word.charts import ChartData
from tests.word.specimens import COUNTS, MAIN, made, parts, render, repacked

audit = pytest.importorskip("openxml_audit")
POINTS = ChartData((), points=(("a", ((1, 2), (3, 4))), ("b", ((2, 2),))))


def violations(path: Path, document: bytes) -> list[str]:
    """Return what Word would stumble over."""
    path.write_bytes(document)
    found = audit.OpenXmlValidator(file_format=audit.FileFormat.OFFICE_2019).validate(str(path))
    return [str(error) for error in found.errors]


def _specimen(document):
    document.sections[0].header.paragraphs[0].text = "{{ title }}"
    add_contents(document.add_paragraph())
    document.add_heading("{{ title }}", 1)
    document.add_paragraph("{%p for d in dims %}")
    for kind in ChartKind:
        plane = Plane("x", "y", 0, 5, 2.5, 2.5) if kind is ChartKind.SCATTER else None
        name = f"{{{{ d ~ '-{kind.name}' }}}}"
        add_chart(document.add_paragraph(), kind, name, series=("a", "b"), plane=plane)
        add_caption(document.add_paragraph(), "Figure", "{{ d }}")
    table = document.add_table(4, 4)
    repeat_header(table)
    for column, text in enumerate(("{{ d }}", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}")):
        table.cell(0, column).text = text
        table.cell(2, column).text = text.replace("{{ x }}", "{% cellbg 'FFEECC' %}{{ x }}")
    table.cell(1, 0).text, table.cell(3, 0).text = "{%tr for y in xs %}", "{%tr endfor %}"
    document.add_paragraph("{%p endfor %}")


def test_a_report_with_everything_breaks_no_rule_of_word(tmp_path):
    """Loops, matrix, cell colours, all kinds of charts, captions and contents are valid."""
    dims = ["un", "deux"]
    charts = {
        f"{d}-{kind.name}": POINTS if kind is ChartKind.SCATTER else COUNTS
        for d in dims
        for kind in ChartKind
    }
    context = {"title": "Un & deux", "dims": dims, "xs": ["a\nb", "c", "d"]}
    document = render(made(_specimen), context, charts)
    assert violations(tmp_path / "report.docx", document) == []


def test_the_audit_sees_a_broken_order(tmp_path):
    """The audit would tell: cell properties in the order that docxtpl leaves are refused."""
    document = render(made(_specimen), {"title": "", "dims": ["d"], "xs": ["a"]}, _all_charts())
    xml = parts(document)[MAIN].replace(b"<w:tcPr>", b'<w:tcPr><w:shd w:val="clear"/>')
    assert violations(tmp_path / "broken.docx", repacked(document, {MAIN: xml}))


def _all_charts() -> dict[str, ChartData]:
    kinds = {f"d-{kind.name}": COUNTS for kind in ChartKind}
    return {**kinds, "d-SCATTER": POINTS}
