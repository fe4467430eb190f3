"""Do the finished documents show the figures of the issue, and no others?

Only what the software itself writes is read: counts in tables, charts and the workbooks behind
them, and the « n sur N » of the sentences. A count that is not among the published figures is one
that was to be withheld.
"""

import re
from collections.abc import Iterator, Mapping

from config.catalogue import say
from config.maturity_model import ItemKind
from tasks.disclosure.tables import QUADRANT, Values, places_told, read_distribution
from tasks.reports.chart_data import Drawer
from tasks.reports.content import ReportContent
from tasks.reports.wording import Scale
from tasks.word.charts import ChartData
from tasks.word.contents import Contents, DrawnChart

Counts = tuple[float, ...]

CELL = re.compile(r"(?:●+|● ×)?\s*(\d+)")
"""« 3 », « ●●● 3 », « ● × 12 », in the column of a level."""

SHARE_OF_SIDE = re.compile(r"(\d+)(?: \S+ (\d+))?(?: \(.*\))?")
"""« 5 », « 5 sur 7 », « 21 sur 30 (70 %) », in the row of a side."""

MOVED = re.compile(r"(?<!\w)(\d+) → (\d+)(?!\w)")

MARKED = "▸ "  # before the level that the reader of a guide gave

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
    drawn = content.charts.get(QUADRANT)  # its two last series are people
    if drawn and sum(len(at) for _, at in drawn.points[-2:]) != _people(content.values):
        yield QUADRANT


def _people(values: Values) -> int:
    """How many people are published between the two axes."""
    return sum(places_told(values).values())


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
            published = (
                _row_is_published(row, scale, values, drawer)
                if scale
                else _side_is_published(row, sides, values, drawer)
            )
            if not published:
                yield row[0]


def _side_is_published(
    row: tuple[str, ...], sides: Mapping[str, str], values: Values, drawer: Drawer
) -> bool:
    """Is this what a side answered on a dimension, or how many of it took part, if of a side?"""
    if len(row) < 2 or row[0] not in sides:
        return True
    side, told = sides[row[0]], _told(row[1], drawer)
    if told:
        return told in _of_side(side, values, drawer)
    return _took_part(row[1:], side, values)


def _scale(head: tuple[str, ...], drawer: Drawer) -> tuple[int, tuple[str, ...], str] | None:
    """Where the counts begin in a table with one column a level, their codes and their table."""
    head = tuple(cell.removeprefix(MARKED) for cell in head)
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
    """Is this a row of the dimension it names; of any, in a guide, where it names none?"""
    start, codes, end = scale
    cells = [cell.replace("\u00a0", " ") for cell in row[start : start + len(codes)]]
    found = [CELL.fullmatch(cell) for cell in cells]
    if not any(found):
        return True
    told = tuple(float(match.group(1)) if match else 0.0 for match in found)
    titles = {drawer.title(d.code): d.code for d in drawer.model.dimensions}
    names = [titles[row[0]]] if row[0] in titles else titles.values()
    return told in {counts(values, f"dimension.{name}{end}", codes) for name in names}


def _took_part(cells: tuple[str, ...], side: str, values: Values) -> bool:
    """Are the numbers of a side's cells those of who answered, and who was invited?"""
    name = f"participation.side.{side}"
    told = {values.get(f"{name}.answered"), values.get(f"{name}.invited")}
    plain = (SHARE_OF_SIDE.fullmatch(cell.replace("\u00a0", " ")) for cell in cells)
    return all(int(n) in told for match in plain if match for n in match.groups() if n)


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


def unpublished_moves(contents: Contents, former: Values, values: Values) -> Iterator[str]:
    """« 3 → 5 » that tells of no figure of two issues."""
    names = {*former, *values}
    known = {(_number(former.get(name)), _number(values.get(name))) for name in names}
    for paragraph in contents.paragraphs:
        for before, after in MOVED.findall(paragraph.replace("\u00a0", " ")):
            if (int(before), int(after)) not in known:
                yield f"{before} → {after}"


def _number(value: str | float | None) -> int:
    return int(value) if isinstance(value, int | float) else 0


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
