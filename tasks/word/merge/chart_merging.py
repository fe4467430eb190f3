"""Charts in their three versions: refreshed where they were generated, or where staff put them."""

from collections.abc import Sequence
from itertools import zip_longest

from lxml import etree

from tasks.word.merge.charts import ChartValues, Missing, describe, swap_data
from tasks.word.merge.model import Kind, Subject
from tasks.word.merge.opening import parse_part
from tasks.word.merge.paragraphs import Paragraph, chart_part
from tasks.word.merge.source import Source
from tasks.word.merge.work import Work
from tasks.word.package import parse


def merge_charts(
    work: Work, base: Paragraph, edited: Paragraph, new: Paragraph, place: str
) -> None:
    """Swap the data of the charts of a paragraph, where nobody gave them other values."""
    if not base.charts:
        return
    own: list[etree._Element | None] = list(edited.charts)
    if len(base.charts) != len(own):  # staff took some away or brought some
        own = _by_values(base, edited)
    for before, mine, after in zip_longest(base.charts, own, new.charts):
        if mine is not None:
            work.charts.met.add(mine)
        if before is not None and mine is not None and after is not None:
            _merge_chart(work, base, edited, new, (before, mine, after), place)
        elif before is not None and mine is None:
            miss_chart(work, base, before, new, after, place)


def _by_values(base: Paragraph, edited: Paragraph) -> list[etree._Element | None]:
    """Return for each generated chart the one of the paragraph that shows the same."""
    free = list(edited.charts)
    found = []
    for drawing in base.charts:
        values = chart_values(base, drawing)
        same = next((one for one in free if chart_values(edited, one) == values), None)
        if same is not None:
            free.remove(same)
        found.append(same)
    return found


def chart_values(paragraph: Paragraph, drawing: etree._Element) -> ChartValues:
    """Return what a chart of a paragraph shows."""
    part, package = chart_part(paragraph, drawing), paragraph.source.package
    root = parse_part(package, part) if part in package.parts else etree.Element("none")
    return ChartValues.read(root)


def miss_chart(
    work: Work,
    base: Paragraph,
    before: etree._Element,
    new: Paragraph | None,
    after: etree._Element | None,
    place: str,
) -> None:
    """Note a chart that is not where it was generated: it may stand elsewhere."""
    values = None if new is None or after is None else chart_values(new, after)
    work.charts.missing.append(Missing(chart_values(base, before), values, after, place))


def find_charts(work: Work, edited: Source, drawings: Sequence[etree._Element]) -> None:
    """Swap the data of the charts that staff put elsewhere, known by their former values.

    Args:
        work: the merge under way.
        edited: the story in the file of staff.
        drawings: of all charts that the story held before the merge.
    """
    left = [drawing for drawing in drawings if drawing not in work.charts.met]
    shown = {drawing: chart_values(Paragraph(drawing, edited), drawing) for drawing in left}
    for chart in work.charts.missing:
        found = next((one for one, values in shown.items() if values == chart.before), None)
        if found is not None:
            del shown[found]
            _refresh_away(work, edited, found, chart)
        elif chart.after is not None:
            _log_deleted(work, chart)


def _refresh_away(work: Work, edited: Source, found: etree._Element, chart: Missing) -> None:
    language = work.desk.words.language
    before, after = chart.before.lines(language), chart.after
    part = chart_part(Paragraph(found, edited), found)
    if after is None:
        work.say(Kind.KEPT_GONE, Subject.CHART, chart.place, " / ".join(before), "")
    elif after != chart.before and swap_data(work.carrier, part, after.data("")):
        if chart.drawing is not None:
            describe(found, chart.drawing)
        work.changed()
        lines = " / ".join(after.lines(language))
        work.say(Kind.REFRESHED, Subject.CHART, chart.place, " / ".join(before), lines)


def _log_deleted(work: Work, chart: Missing) -> None:
    language = work.desk.words.language
    before = " / ".join(chart.before.lines(language))
    after = "" if chart.after is None else " / ".join(chart.after.lines(language))
    if chart.before == chart.after:
        work.stands(Kind.DELETED_BY_STAFF, Subject.CHART, chart.place, before)
    else:
        work.say(Kind.DELETED_BY_STAFF, Subject.CHART, chart.place, before, after)


def _merge_chart(
    work: Work,
    base: Paragraph,
    edited: Paragraph,
    new: Paragraph,
    drawings: tuple[etree._Element, etree._Element, etree._Element],
    place: str,
) -> None:
    """Swap the data of a chart whose values nobody changed; else say what they would be."""
    pairs = zip((base, edited, new), drawings, strict=True)
    parts = [chart_part(paragraph, drawing) for paragraph, drawing in pairs]
    before, after = base.source.package.parts[parts[0]], new.source.package.parts[parts[2]]
    if before == after or not work.carrier.has(parts[1]):
        return
    language = work.desk.words.language
    old, fresh = ChartValues.read(parse(before)), ChartValues.read(parse(after))
    own = ChartValues.read(parse_part(edited.source.package, parts[1]))
    if old == fresh or own == fresh:
        return
    if own == old and swap_data(work.carrier, parts[1], fresh.data(""), after):
        describe(drawings[1], drawings[2])
        work.changed()
        kind, lines = Kind.REFRESHED, fresh.lines(language)
    else:
        kind, lines = Kind.KEPT, fresh.lines(language)
        former = [work.desk.words.chart, *old.lines(language)]
        note = [work.desk.words.chart, *lines]
        if not work.body or not work.desk.comment(edited.element, note, former):
            return
    work.say(kind, Subject.CHART, place, " / ".join(own.lines(language)), " / ".join(lines))
