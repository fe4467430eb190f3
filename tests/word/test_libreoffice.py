"""LibreOffice, which staff use too: what it opens, draws, and saves."""

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from tasks.word.authoring import add_chart, add_contents
from tasks.word.chart_design import ChartKind
from tasks.word.charts import ChartData
from tests.word.exported import contents_for_export
from tests.word.specimens import COUNTS, LEVELS, made, render, saved
from tests.word.test_anchors import anchors
from tests.word.test_charts import charts_of, drawn

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
]


def converted(folder: Path, document: bytes, kind: str) -> Path:
    """Open a document in LibreOffice and save it as another kind; return the new file."""
    source = folder / "document.docx"
    source.write_bytes(document)
    out = folder / kind
    command = [
        str(SOFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--convert-to", kind, "--outdir", str(out), str(source)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return out / f"document.{kind}"


def test_a_template_saved_by_libreoffice_still_fills_its_charts(tmp_path):
    """LibreOffice drops the alternative text of charts; the tag beside them names them."""

    def build(document):
        document.add_paragraph("{%p for d in dims %}")
        for kind in (ChartKind.STACKED, ChartKind.COLUMNS):
            add_chart(document.add_paragraph(), kind, "{{ 'c-' ~ d }}", series=LEVELS)
        document.add_paragraph("{%p endfor %}")

    template = converted(tmp_path, made(build), "docx").read_bytes()
    data = {f"c-{d}": ChartData(("x",), ((d, (n,)),)) for n, d in enumerate("AB", 1)}
    document = render(template, {"dims": ["A", "B"]}, data)
    assert [drawn(c) for c in charts_of(document)] == [{"A": [1]}] * 2 + [{"B": [2]}] * 2


def test_a_pdf_has_its_page_numbers_and_its_charts(tmp_path):
    """The copy for export gives a PDF whose contents name the pages; charts show their labels."""
    document = docx.Document()
    add_contents(document.add_paragraph())
    for title in ("Premier", "Deuxième"):
        document.add_page_break()
        document.add_heading(title, 1)
    add_chart(document.add_paragraph(), ChartKind.STACKED, "counts", series=LEVELS)
    report = render(saved(document), charts={"counts": COUNTS})
    pages = PdfReader(converted(tmp_path, contents_for_export(report), "pdf")).pages
    contents = pages[0].extract_text().replace(".", "").split()
    assert contents == ["Premier", "2", "Deuxième", "3"]
    assert all(label in pages[2].extract_text() for label in (*LEVELS, "Ensemble", "Élus"))


def test_anchors_survive_two_savings_in_libreoffice(tmp_path):
    """Every anchor is there after LibreOffice saved the report twice, on the same text."""

    def build(document):
        document.add_paragraph("{%p for q in quotes %}")
        document.add_paragraph("« {{ q }} »")
        document.add_paragraph("{%p endfor %}")
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Élus", "3"
        add_chart(document.add_paragraph(), ChartKind.STACKED, "counts", series=LEVELS)

    report = render(made(build), {"quotes": ["un", "deux", "un"]}, {"counts": COUNTS})
    once = converted(tmp_path, report, "docx").read_bytes()
    twice = converted(tmp_path, once, "docx").read_bytes()
    assert anchors(twice) == anchors(report)
    assert len(anchors(report)) == 5
