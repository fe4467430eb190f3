"""How fast reports are rendered: against plain docxtpl, and against the floor.

    python -m tests.benchmarks rendering

One report-like template (20 dimensions, 15 respondents, 25 tables, 10 charts), one process, the
ways interleaved, CPU time, medians. Each printed figure is a ratio taken within the run:

    rendering.vs_docxtpl_native    how many times faster than docxtpl with python-pptx charts
    rendering.vs_docxtpl_pictures  the same with matplotlib pictures (where matplotlib is there)
    rendering.vs_floor             how many times slower than copying what stays and deflating
                                   what changed
"""

import gc
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from importlib.util import find_spec
from io import BytesIO
from statistics import median
from time import process_time
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from pptx.chart.data import CategoryChartData

from tasks.word.authoring import add_caption, add_chart, add_contents
from tasks.word.chart_design import ChartKind
from tasks.word.chart_parts import CHART_TYPE, WORKBOOK_TYPE
from tasks.word.chart_repair import C
from tasks.word.charts import ChartData
from tasks.word.properties import DocumentProperties
from tasks.word.template import WordTemplate
from tasks.word.zipfiles import Member, write_zip

STAGES = ("Sommeil", "Éveil", "Motricité", "Réflexivité", "En capacité de")
AXES = ("Discernement", "Capacités internes", "Coopération", "Régulation", "Usages")
SENTENCE = (
    "Les personnes interrogées décrivent des pratiques différentes selon leur place dans "
    "l’organisation ; l’atelier dira ce qu’elles en font."
)
ROUNDS = 15


def report(place_chart: Callable[[Document, ChartKind, str], None]) -> bytes:
    """Return the template; charts are placed by the way that is measured."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ authority }}"
    document.sections[0].footer.paragraphs[0].text = "{{ title }} – {{ wave }}"
    document.add_heading("{{ title }}", 0)
    add_contents(document.add_paragraph())
    document.add_heading("Participation", 1)
    _table(document, "p in people", "{{ p.side }}", "{{ p.sent }}", "{{ p.invited }}")
    for number in range(5):
        place_chart(document, ChartKind.COLUMNS, f"side-{number}")
    _matrix(document)
    document.add_paragraph("{%p for axis in axes %}")
    document.add_heading("{{ axis.label }}", 1)
    place_chart(document, ChartKind.STACKED, "{{ 'axis-' ~ axis.code }}")
    add_caption(document.add_paragraph(), "Figure", "{{ axis.label }}")
    document.add_paragraph("{%p for d in axis.dimensions %}")
    _dimension(document)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _dimension(document: Document) -> None:
    document.add_heading("{{ d.label }}", 2)
    for _ in range(3):
        document.add_paragraph("{{ d.text }}")
    document.add_paragraph("{%p if d.split %}")
    document.add_paragraph("Deux lectures : {{ d.text }}", style="Intense Quote")
    document.add_paragraph("{%p endif %}")
    _table(document, "r in d.rows", "{{ r.stage }}", "{{ r.count }}", "{{ r.after }}")
    document.add_paragraph("{%p for q in d.quotes %}")
    document.add_paragraph("« {{ q }} »", style="Quote")
    document.add_paragraph("{%p endfor %}")


def _table(document: Document, loop: str, *cells: str) -> None:
    table = document.add_table(4, len(cells))
    table.style = "Table Grid"
    for row, texts in enumerate((cells, [f"{{%tr for {loop} %}}"], cells, ["{%tr endfor %}"])):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text if row else f"Colonne {column}"


def _matrix(document: Document) -> None:
    table = document.add_table(3, 4)
    cells = ("{{ row.label }}", "{%tc for x in row.cells %}", "{% cellbg row.color %}{{ x }}")
    for column, text in enumerate((*cells, "{%tc endfor %}")):
        table.cell(1, column).text = text
    table.cell(0, 0).text = "{%tr for row in matrix %}"
    table.cell(2, 0).text = "{%tr endfor %}"


def content() -> tuple[dict[str, Any], dict[str, ChartData]]:
    """Return a context and the charts of one report, always the same."""
    chance = random.Random(7)  # noqa: S311 - example figures
    dimensions = [
        {
            "code": f"D{number}",
            "label": f"Dimension {number} & suite",
            "text": SENTENCE,
            "split": number % 3 == 0,
            "quotes": [f"Nous l’avons essayé {number} fois {turn}." for turn in range(2)],
            "rows": [
                {"stage": stage, "count": chance.randrange(9), "after": chance.randrange(9)}
                for stage in STAGES
            ],
        }
        for number in range(20)
    ]
    axes = [
        {"code": f"A{place}", "label": label, "dimensions": dimensions[place * 4 : place * 4 + 4]}
        for place, label in enumerate(AXES)
    ]
    matrix = [
        {
            "label": d["label"],
            "color": "D9E2F3",
            "cells": [str(chance.randrange(6)) for _ in range(15)],
        }
        for d in dimensions
    ]
    people = [{"side": side, "sent": 4, "invited": 5} for side in ("Élus", "Services", "Numérique")]
    context = {
        "authority": "Communauté de communes d’Exemple",
        "title": "Étude de maturité",
        "wave": "première vague",
        "axes": axes,
        "matrix": matrix,
        "people": people,
    }
    return context, {name: _chart(chance) for name in _names()}


def _names() -> list[str]:
    return [f"side-{number}" for number in range(5)] + [f"axis-A{number}" for number in range(5)]


def _chart(chance: random.Random) -> ChartData:
    series = tuple((stage, tuple(chance.randrange(1, 9) for _ in range(4))) for stage in STAGES)
    return ChartData(tuple(f"Dimension {n}" for n in range(4)), series, description=SENTENCE)


@lru_cache
def _template() -> bytes:
    def place(document: Document, kind: ChartKind, name: str) -> None:
        add_chart(document.add_paragraph(), kind, name, series=STAGES)

    return report(place)


def ours() -> Callable[[], bytes]:
    """Return the product's way: the template is compiled, one call renders."""
    template = WordTemplate.open(_template())
    context, charts = content()
    properties = DocumentProperties(title="Étude")
    return partial(template.render, context, charts, properties)


def _tag(document: Document, _kind: ChartKind, name: str) -> None:
    inner = name.removeprefix("{{ ").removesuffix(" }}") if "{{" in name else f"'{name}'"
    document.add_paragraph(f"{{{{r chart({inner}) }}}}")


def plain(chart: Callable[[DocxTemplate, str, ChartData], object]) -> Callable[[], bytes]:
    """Return plain docxtpl's way, with one way of making charts."""
    template = report(_tag)
    context, charts = content()

    def render() -> bytes:
        document = DocxTemplate(BytesIO(template))
        filled: Mapping[str, Any] = {
            **context,
            "chart": lambda name: chart(document, name, charts[name]),
        }
        document.render(dict(filled), Environment(undefined=StrictUndefined, autoescape=True))
        stream = BytesIO()
        document.save(stream)
        return stream.getvalue()

    return render


def native_chart(template: DocxTemplate, name: str, data: ChartData) -> Markup:
    """Add a chart written by python-pptx and its workbook; return its run."""
    values = CategoryChartData()
    values.categories = data.categories
    for label, row in data.series:
        values.add_series(label, row)
    kind = ChartKind.STACKED if name.startswith("axis") else ChartKind.COLUMNS
    main = template.current_rendering_part
    package = main.package
    part = Part(
        PackURI(f"/word/charts/{name}.xml"), CHART_TYPE, values.xml_bytes(kind.value), package
    )
    book = values._workbook_writer.xlsx_blob
    part.relate_to(
        Part(PackURI(f"/word/embeddings/{name}.xlsx"), WORKBOOK_TYPE, book, package), RT.PACKAGE
    )
    link = main.relate_to(part, RT.CHART)
    return Markup(  # noqa: S704 - our own XML
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing"><wp:extent cx="{Cm(16)}" cy="{Cm(7)}"/><wp:docPr id="1" '
        'name="Graphique"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="http://schemas.openxmlformats'
        f'.org/drawingml/2006/main"><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" '
        f'r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def picture_chart(template: DocxTemplate, _name: str, data: ChartData) -> InlineImage:
    """Draw a chart with matplotlib and insert the picture."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(16 / 2.54, 7 / 2.54), dpi=150)
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    left = [0.0] * len(data.categories)
    for label, values in data.series:
        axes.barh(data.categories, values, left=left, label=label)
        left = [one + (value or 0) for one, value in zip(left, values, strict=True)]
    axes.legend(ncols=5, fontsize=7, loc="lower center")
    stream = BytesIO()
    figure.savefig(stream, format="png", bbox_inches="tight")
    return InlineImage(template, stream, width=Cm(16))


def floor(document: bytes, unchanged: tuple[Member, ...]) -> Callable[[], bytes]:
    """Return the least that any way must do: copy what stays, deflate what changed."""
    kept = {member.name for member in unchanged}
    with zipfile.ZipFile(BytesIO(document)) as archive:
        changed = {name: archive.read(name) for name in archive.namelist() if name not in kept}

    def write() -> bytes:
        members = [
            Member.store(name, data) if name.endswith(".xlsx") else Member.pack(name, data)
            for name, data in changed.items()
        ]
        return write_zip((*members, *unchanged))

    return write


def timings(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median CPU time of each way in seconds; the ways take turns."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            gc.collect()
            start = process_time()
            way()
            found[name].append(process_time() - start)
    return {name: median(times) for name, times in found.items()}


def measures() -> Iterator[tuple[str, float]]:
    """Yield the figures of this benchmark by name."""
    product = ours()
    kept = WordTemplate.open(_template()).plan.unchanged
    ways = {"product": product, "native": plain(native_chart), "floor": floor(product(), kept)}
    times = timings(ways, ROUNDS)
    yield "rendering.vs_docxtpl_native", times["native"] / times["product"]
    yield "rendering.vs_floor", times["product"] / times["floor"]
    if find_spec("matplotlib") is not None:
        slow = timings({"product": product, "pictures": plain(picture_chart)}, 3)
        yield "rendering.vs_docxtpl_pictures", slow["pictures"] / slow["product"]
