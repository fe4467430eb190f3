"""Small templates made on the spot, and short ways to look into what comes out."""

import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from lxml import etree

from tasks.word.authoring import add_chart
from tasks.word.chart_design import ChartKind
from tasks.word.charts import ChartData
from tasks.word.properties import DocumentProperties
from tasks.word.styles import w
from tasks.word.template import WordTemplate
from tests.word.validity import faults

MAIN = "word/document.xml"
LEVELS = ("Sommeil", "Éveil", "Motricité")
COUNTS = ChartData(
    ("Ensemble", "Élus"),
    (("Sommeil", (1, 2)), ("Éveil", (3, None)), ("Motricité", (0, 4))),
    description="Un graphique qui se lit.",
    empty_sentence="Trop peu de réponses.",
)


def made(build: Callable[[Document], object]) -> bytes:
    """Return the template that a function draws on an empty document."""
    document = docx.Document()
    build(document)
    return saved(document)


def saved(document: Document) -> bytes:
    """Return a python-docx document as bytes."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@lru_cache
def lines(*texts: str) -> bytes:
    """Return a template with one paragraph per text; `# ` makes a heading."""

    def build(document: Document) -> None:
        for text in texts:
            if text.startswith("# "):
                document.add_heading(text[2:], 1)
            else:
                document.add_paragraph(text)

    return made(build)


@lru_cache
def with_chart(
    name: str = "counts",
    kind: ChartKind = ChartKind.STACKED,
    series: tuple[str, ...] = LEVELS,
    *,
    loop: bool = False,
    style: bool = False,
) -> bytes:
    """Return a template with one chart, in a loop over `dims` when asked."""

    def build(document: Document) -> None:
        if style:
            document.styles.add_style("Graphique sans données", WD_STYLE_TYPE.PARAGRAPH)
        if loop:
            document.add_paragraph("{%p for d in dims %}")
        add_chart(document.add_paragraph(), kind, name, series=series)
        if loop:
            document.add_paragraph("{%p endfor %}")

    return made(build)


def render(
    template: bytes,
    context: Mapping[str, Any] | None = None,
    charts: Mapping[str, ChartData] | None = None,
    properties: DocumentProperties | None = None,
) -> bytes:
    """Render a template and prove the result sound."""
    result = WordTemplate.open(template).render(
        context or {}, charts or {}, properties or DocumentProperties()
    )
    assert faults(result) == []
    return result


def parts(document: bytes) -> dict[str, bytes]:
    """Return the parts of a file by name."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(document: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return a file with some parts replaced, or left out (None)."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts(document), **changes}.items():
            if data is not None:
                archive.writestr(name, data)
    return stream.getvalue()


def root(document: bytes, name: str = MAIN) -> etree._Element:
    """Return a part as a tree."""
    return etree.fromstring(parts(document)[name])


def texts(document: bytes) -> list[str]:
    """Return the text of each paragraph of the body, `⏎` for line breaks and `⇥` for tabs."""
    signs = {w("br"): "⏎", w("tab"): "⇥"}

    def text(paragraph: etree._Element) -> str:
        inside = (e for run in paragraph.iter(w("r")) for e in run if e.tag in (*signs, w("t")))
        return "".join(signs.get(e.tag, e.text or "") for e in inside)

    return [text(paragraph) for paragraph in root(document).iter(w("p"))]
