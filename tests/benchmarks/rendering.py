"""How fast reports are rendered: against plain docxtpl, and against the floor.

    python -m tests.benchmarks rendering

The product's own collective report with its ~45 native charts, one process, the ways taking
turns, CPU time, medians. Each figure is a ratio taken within the run:

    rendering.vs_docxtpl_native    how many times faster than docxtpl, the same charts filled with
                                   python-pptx
    rendering.vs_docxtpl_pictures  the same with matplotlib pictures (where matplotlib is there)
    rendering.vs_floor             how many times slower than copying what stays and deflating
                                   what changed

Then 1,260 reports, the largest programme in sight, on two processes:

    rendering.peak_mb_1260         the most memory that one of the two ever held
    rendering.growth_1260          that peak against the one after its first reports: 1 is flat
"""

import gc
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.util import find_spec
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import process_time

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.shape import CT_Inline
from docx.shared import Cm
from docx.text.run import Run
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xmlwriter import SeriesXmlRewriterFactory
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml

import report_templates
from config.loading import load_model, load_recommendations, load_study
from config.settings import Settings
from tasks.reports.collective import collective_report
from tasks.reports.content import ReportContent
from tasks.word.chart_parts import CHART_TYPE, WORKBOOK_TYPE
from tasks.word.chart_repair import C, R
from tasks.word.charts import ChartData
from tasks.word.styles import w
from tasks.word.template import WordTemplate
from tasks.word.zipfiles import Member, write_zip
from tests.reports.specimens import collective

TEMPLATE = (Path(report_templates.__file__).parent / "collective_report.docx").read_bytes()
ROUNDS = 9
PROGRAMME = 1260  # reports
PROCESSES = 2
FIRST = 60  # reports after which a process should grow no more
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def content() -> ReportContent:
    """Return the fields and charts of a whole campaign, always the same."""
    settings = Settings(language="fr")
    study = load_study("demo", settings)
    model = load_model(study.model, settings).model
    recommendations = load_recommendations(study.model, settings)
    return collective_report(
        collective(model, study), model, study, study.waves[0], recommendations
    )


def ours(report: ReportContent) -> Callable[[], bytes]:
    """Return the product's way: the template is compiled, one call renders."""
    template = WordTemplate.open(TEMPLATE)
    return partial(template.render, report.context, report.charts, report.properties)


def plain(
    report: ReportContent, put: Callable[[Document, CT_Inline, ChartData], None]
) -> Callable[[], bytes]:
    """Return docxtpl's way, with one way of putting data into the charts of the template."""

    def render() -> bytes:
        template = DocxTemplate(BytesIO(TEMPLATE))
        environment = Environment(undefined=StrictUndefined, autoescape=True)
        # The product's tag beside each chart: docxtpl has no use for it.
        context = {**report.context, "chart": lambda _name: ""}
        template.render(context, environment, autoescape=True)
        for inline in list(template.docx.element.iter(f"{{{_WP}}}inline")):
            kind, _, name = inline.docPr.get("descr", "").partition(": ")
            if kind == "chart" and not report.charts[name].is_empty:
                put(template.docx, inline, report.charts[name])
        stream = BytesIO()
        template.save(stream)
        return stream.getvalue()

    return render


def put_native(document: Document, inline: CT_Inline, data: ChartData) -> None:
    """Give a drawing a copy of its chart, filled by python-pptx, with its workbook."""
    link = next(inline.iter(f"{{{C}}}chart"))
    main, identifier = document.part, f"{{{R}}}id"
    space = parse_xml(main.related_parts[link.get(identifier)].blob)
    kind, values = _values(data)
    SeriesXmlRewriterFactory(kind, values).replace_series_data(space)
    package, number = main.package, len(main.rels)
    chart_name = PackURI(f"/word/charts/filled{number}.xml")
    chart = Part(chart_name, CHART_TYPE, space.xml.encode(), package)
    book_name = PackURI(f"/word/embeddings/filled{number}.xlsx")
    book = Part(book_name, WORKBOOK_TYPE, values._workbook_writer.xlsx_blob, package)
    chart.relate_to(book, RT.PACKAGE)
    link.set(identifier, main.relate_to(chart, RT.CHART))


def _values(data: ChartData) -> tuple[XL_CHART_TYPE, CategoryChartData | XyChartData]:
    if data.points:
        points = XyChartData()
        for name, pairs in data.points:
            series = points.add_series(name)
            for x, y in pairs:
                series.add_data_point(x, y)
        return XL_CHART_TYPE.XY_SCATTER, points
    values = CategoryChartData()
    values.categories = data.categories
    for name, row in data.series:
        values.add_series(name, row)
    return XL_CHART_TYPE.BAR_CLUSTERED, values


def put_picture(_document: Document, inline: CT_Inline, data: ChartData) -> None:
    """Replace a drawing by a picture that matplotlib draws."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(16 / 2.54, 7 / 2.54), dpi=150)
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    left = [0.0] * len(data.categories)
    for name, row in data.series:
        values = [value or 0 for value in row]
        axes.barh(data.categories, values, left=left, label=name)
        left = [one + value for one, value in zip(left, values, strict=True)]
    for name, pairs in data.points:
        axes.scatter(*zip(*pairs, strict=True), label=name)
    axes.legend(ncols=5, fontsize=7, loc="lower center")
    stream = BytesIO()
    figure.savefig(stream, format="png", bbox_inches="tight")
    drawing = inline.getparent()
    run = next(drawing.iterancestors(w("r")))
    run.remove(drawing)
    Run(run, _document._body).add_picture(stream, width=Cm(16))


def floor(report: ReportContent) -> Callable[[], bytes]:
    """Return the least that any way must do: copy what stays, deflate what changed."""
    unchanged = WordTemplate.open(TEMPLATE).plan.unchanged
    kept = {member.name for member in unchanged}
    with zipfile.ZipFile(BytesIO(ours(report)())) as archive:
        changed = {name: archive.read(name) for name in archive.namelist() if name not in kept}

    def write() -> bytes:
        members = [
            Member.store(name, data) if name.endswith(".xlsx") else Member.pack(name, data, 6)
            for name, data in changed.items()
        ]
        return write_zip((*members, *unchanged))

    return write


def timings(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median CPU time of each way in seconds; the ways take turns."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, way in ways.items():
            gc.collect()
            start = process_time()
            way()
            found[name].append(process_time() - start)
    return {name: median(times[1:]) for name, times in found.items()}  # the first one warms up


def _peaks(reports: int) -> tuple[float, float]:
    """Render many reports in this process; its peak in MB after the first ones, and at the end."""
    render = ours(content())
    for _ in range(FIRST):
        render()
    early = _peak_mb()
    for _ in range(reports - FIRST):
        render()
    return early, _peak_mb()


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)  # bytes there, kilobytes elsewhere


def programme() -> Iterator[tuple[str, float]]:
    """Yield how much memory a whole programme takes; each process is a fresh one."""
    shares = [PROGRAMME // PROCESSES] * PROCESSES
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(_peaks, shares))
    yield "rendering.peak_mb_1260", max(late for _, late in found)
    yield "rendering.growth_1260", max(late / early for early, late in found)


def measures() -> Iterator[tuple[str, float]]:
    """Yield the figures of this benchmark by name."""
    report = content()
    ways = {"ours": ours(report), "native": plain(report, put_native), "floor": floor(report)}
    times = timings(ways, ROUNDS)
    yield "rendering.vs_docxtpl_native", times["native"] / times["ours"]
    yield "rendering.vs_floor", times["ours"] / times["floor"]
    if find_spec("matplotlib") is not None:
        slow = timings({"ours": ours(report), "pictures": plain(report, put_picture)}, 2)
        yield "rendering.vs_docxtpl_pictures", slow["pictures"] / slow["ours"]
    yield from programme()
