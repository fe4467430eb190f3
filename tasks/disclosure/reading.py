"""Do the finished documents show the figures of the issue, and no others?

Only what the software itself writes is read: counts in tables, charts and the workbooks behind
them, and the « n sur N » of the sentences. A count that is not among the published figures is one
that was to be withheld.
"""

import re
from collections.abc import Iterator, Mapping

from config.catalogue import say
from config.maturity_model import ItemKind
from tasks.disclosure.tables import Values, read_distribution
from tasks.reports.chart_data import Drawer
from tasks.reports.content import ReportContent
from tasks.reports.wording import Scale
from tasks.word.charts import ChartData
from tasks.word.contents import Contents, DrawnChart

Counts = tuple[float, ...]

COUNTED = re.compile(r"([^,;:●]+?)[\s\u00a0]*●*[\s\u00a0]*(\d+)(?=[,;]|$)")
"""« Éveil ●● 2 », in the cell of a side."""


def unknown_charts(contents: Contents, content: ReportContent) -> Iterator[str]:
    """Charts of a document that are none of the issue's, or with more behind them than drawn."""
    known = {_drawn(data) for data in content.charts.values()}
    for chart in contents.charts:
        if chart.series not in known or not _as_drawn(chart):
            yield chart.name


def _drawn(data: ChartData) -> tuple[Counts, ...]:
    if data.points:
        return tuple((*(x for x, _ in at), *(y for _, y in at)) for _, at in data.points)
    return tuple(tuple(n for n in numbers if n is not None) for _, numbers in data.series)


def _as_drawn(chart: DrawnChart) -> bool:
    return sorted(chart.cells) == sorted(number for one in chart.series for number in one)


def unpublished_charts(content: ReportContent, drawer: Drawer) -> Iterator[str]:
    """Charts of an issue that draw a distribution which is not among its figures."""
    for dimension in drawer.model.dimensions:
        stage, fit = f"dimension.{dimension.code}", f"dimension.{dimension.code}.coherence"
        levels = drawer.levels.codes
        rows = {counts(content.values, stage, levels)}
        rows |= {counts(content.values, f"{stage}.after", levels)}
        sides = rows | {counts(content.values, f"{stage}.side.{s}", levels) for s in drawer.sides}
        if not _series(content, f"stages-{dimension.code}") <= rows:
            yield f"stages-{dimension.code}"
        if not _columns(content, f"sides-{dimension.code}") <= sides:
            yield f"sides-{dimension.code}"
        if item := dimension.item(ItemKind.COHERENCE):
            codes = Scale.of_item(drawer.model, item, drawer.voice).codes
            told = counts(content.values, fit, codes)
            if not _series(content, f"coherence-{dimension.code}") <= {told}:
                yield f"coherence-{dimension.code}"


def counts(values: Values, name: str, codes: tuple[str, ...]) -> Counts:
    """The counts of one published row; empty when it was withheld."""
    shown = read_distribution(values, name, codes)
    return tuple(map(float, shown.counts or ())) if shown else ()


def _series(content: ReportContent, name: str) -> set[Counts]:
    chart = content.charts.get(name, ChartData(()))
    return {tuple(float(n or 0) for n in numbers) for _, numbers in chart.series}


def _columns(content: ReportContent, name: str) -> set[Counts]:
    chart = content.charts.get(name, ChartData(()))
    columns = zip(*(numbers for _, numbers in chart.series), strict=True)
    return {tuple(float(n or 0) for n in column) for column in columns}


def unpublished_rows(contents: Contents, values: Values, drawer: Drawer) -> Iterator[str]:
    """Rows of tables with counts of a dimension, or of a side, that are not among the figures."""
    sides = {label: code for code, label in drawer.sides.items()}
    for table in contents.tables:
        scale = _scale(table[0], drawer) if table else None
        for row in table[1:]:
            if scale and not _row_is_published(row, scale, values, drawer):
                yield row[0]
            elif not scale and row and row[0] in sides and len(row) > 1:
                told = _told(row[1], drawer)
                if told and told not in _of_side(sides[row[0]], values, drawer):
                    yield row[0]


def _scale(head: tuple[str, ...], drawer: Drawer) -> tuple[int, tuple[str, ...], str] | None:
    """Where the counts begin in a table with one column a level, their codes and their table."""
    for codes, short, end in _scales(drawer):
        labels = [short[code] for code in codes]
        for start in range(1, len(head) - len(labels) + 1):
            if list(head[start : start + len(labels)]) == labels:
                return start, codes, end
    return None


def _scales(drawer: Drawer) -> Iterator[tuple[tuple[str, ...], Mapping[str, str], str]]:
    yield drawer.levels.codes, drawer.levels.short, ""
    for dimension in drawer.model.dimensions:
        if item := dimension.item(ItemKind.COHERENCE):
            scale = Scale.of_item(drawer.model, item, drawer.voice)
            yield scale.codes, scale.short, ".coherence"


def _row_is_published(
    row: tuple[str, ...],
    scale: tuple[int, tuple[str, ...], str],
    values: Values,
    drawer: Drawer,
) -> bool:
    start, codes, end = scale
    cells = row[start : start + len(codes)]
    told = tuple(float(cell) for cell in cells if cell.isdecimal())
    names = [d.code for d in drawer.model.dimensions if drawer.title(d.code) == row[0]]
    return not told or told in {counts(values, f"dimension.{n}{end}", codes) for n in names}


def _told(cell: str, drawer: Drawer) -> frozenset[tuple[str, int]]:
    """The counts of a side's cell by level; nothing when it holds none."""
    codes = {short: code for code, short in drawer.levels.short.items()}
    plain = cell.replace("\u00a0", " ")
    found = ((codes.get(label.strip()), n) for label, n in COUNTED.findall(plain))
    return frozenset((code, int(n)) for code, n in found if code is not None)


def _of_side(side: str, values: Values, drawer: Drawer) -> set[frozenset[tuple[str, int]]]:
    """The rows of a side among the figures, as its cells tell them."""
    codes = drawer.levels.codes
    rows = (
        counts(values, f"dimension.{d.code}.side.{side}", codes) for d in drawer.model.dimensions
    )
    return {
        frozenset((code, int(n)) for code, n in zip(codes, row, strict=True) if n)
        for row in rows
        if row
    }


def unpublished_shares(contents: Contents, values: Values, language: str) -> Iterator[str]:
    """Sentences that tell a share of a number of people which no published table has."""
    totals = _totals(values)
    for paragraph in contents.paragraphs:
        for pattern in _shares(language):
            for count, total in pattern.findall(paragraph.replace("\u00a0", " ")):
                if int(total) not in totals or int(count) > int(total):
                    yield f"{count} / {total}"


def _shares(language: str) -> Iterator[re.Pattern[str]]:
    for sentence in ("{count} sur {total}", "{count} personnes sur {total}"):
        told = say(sentence, language, count="COUNT", total="TOTAL").replace("\u00a0", " ")
        number = r"(?<![\d.,])(\d+)(?![\d])"
        yield re.compile(re.escape(told).replace("COUNT", number).replace("TOTAL", number))


def _totals(values: Values) -> set[int]:
    """Every number of people that a share may be told of."""
    rows: dict[str, int] = {}
    whole = {int(n) for name, n in values.items() if n is not None and _is_total(name)}
    for name, value in values.items():
        start, level, _ = name.rpartition(".level.")
        if level and value is not None and not name.endswith(".percent"):
            rows[start] = rows.get(start, 0) + int(value)
    return whole | set(rows.values())


def _is_total(name: str) -> bool:
    ends = (".n", ".answered", ".invited", ".pairs", ".interviewed", ".complete")
    return name.endswith(ends)
