"""What must hold after each refresh."""

from collections.abc import Iterator

from lxml import etree

from tests.word.merge.lives.keys import CHART, anchored_key, charts_of, holds_chart
from tests.word.merge.lives.life import Life
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Chart
from tests.word.merge.staff import Docx, all_text, text_of, w


def check_file(life: Life) -> None:
    """The file is valid; what is wrong once stays wrong, so that the last one tells of all."""
    assert not ills(life.edited), ills(life.edited)


def check_staff(life: Life, docx: Docx) -> None:
    """No text of staff disappears; nor do their comments."""
    everything = all_text(docx.root)
    lost = {text for text in life.typed if text not in everything}
    assert not lost, f"lost {lost}"
    comments = docx.parts.get("word/comments.xml", b"").decode()
    assert all(text in comments for text in life.remarks), "a comment is lost"
    references = docx.root.findall(f".//{w('commentReference')}")
    assert len(references) >= len(life.remarks), "a comment hangs nowhere"


def check_generated(life: Life, docx: Docx) -> None:
    """What nobody touched says what the data say; deleted and dropped passages are away."""
    shown = {}
    for element in docx.body.iter(w("p")):
        key = anchored_key(life, element)
        if key is not None:
            assert key not in shown, f"{key} is there twice"
            shown[key] = element
    rows = dict(_wanted_rows(life)) | {f"{s.key}/head": s.head for s in life.report.sections}
    for key in shown.keys() & rows.keys():
        shown[key] = next(shown[key].iterancestors(w("tr")))
    offered = _offered(docx)
    for key, text in _wanted(life):
        if key in life.deleted:
            body = "".join(text_of(p) for p in docx.paragraphs() if p not in offered)
            assert not text or text not in body, f"{key} came back"
        elif key not in life.touched and not _section_deleted(life, key, shown):
            assert key in shown, f"{key} is missing"
            assert text_of(shown[key]) == text, f"{key} is stale: {text_of(shown[key])}"
    _check_rows(life, shown)
    if not any(step.startswith("move") for step in life.story):
        order = [key for key, _ in _wanted(life) if key in shown]
        assert [key for key in shown if key in dict(_wanted(life))] == order, "order of the data"
    gone = {key for key in shown if key not in dict(_wanted(life)) | dict(_wanted_rows(life))}
    stays = {k for k in gone if not k.endswith(("/head", "/chart"))}
    for key in stays:
        marks = {f"{key}#{i}" for i in range(3)} | {key, f"{key}#commented", f"{key}#shaded"}
        assert marks & (life.touched | life.deleted), f"{key} should be gone"


def _offered(docx: Docx) -> set[etree._Element]:
    return {p for p in docx.paragraphs() if p.find(w("ins")) is not None}


def _section_deleted(life: Life, key: str, shown: dict[str, etree._Element]) -> bool:
    """Tell whether a passage that came later may stay away: its section was deleted."""
    section = next(s for s in life.report.sections if key in (s.key, *dict(s.paragraphs)))
    return key not in shown and section.key in life.deleted


def _wanted(life: Life) -> Iterator[tuple[str, str]]:
    for section in life.report.sections:
        yield section.key, section.title
        for key, text in section.paragraphs:
            yield key, text.replace("*", "")


def _wanted_rows(life: Life) -> Iterator[tuple[str, tuple[str, ...]]]:
    for section in life.report.sections:
        yield from section.rows


def _check_rows(life: Life, shown: dict[str, etree._Element]) -> None:
    for key, cells in _wanted_rows(life):
        if key in life.deleted or key not in shown:
            assert key in life.deleted or _table_deleted(life, key), f"row {key} is missing"
            continue
        for column, (cell, text) in enumerate(zip(shown[key].findall(w("tc")), cells, strict=True)):
            if f"{key}#{column}" not in life.touched:
                assert text_of(cell) == text, f"{key}#{column} is stale: {text_of(cell)}"
            colour = life.fills.get(f"{key}#{column}")
            fills = [found.get(w("fill")) for found in cell.iter(w("shd"))]
            assert colour is None or colour in fills, f"{key}#{column} lost its colour"


def _table_deleted(life: Life, key: str) -> bool:
    """Tell whether a new row may stay away: staff deleted its whole section."""
    section = next(s for s in life.report.sections if key in dict(s.rows))
    return section.key in life.deleted


def check_charts(life: Life, docx: Docx) -> None:
    """Data are swapped, the colours of staff stay; what they typed into charts stays."""
    found = charts_of(life, docx)
    _check_cut_charts(life, docx)
    for section in life.report.sections:
        key = f"{section.key}/chart"
        if key not in found or section.chart is None:
            continue
        xml = docx.parts[found[key]].decode()
        if key in life.colours:
            assert life.colours[key].lower() in xml.lower(), f"{key} lost its colour"
        if key in life.charts_touched:
            assert ">77<" in xml.replace(".0<", "<"), f"{key} lost the value of staff"
        else:
            root = etree.fromstring(xml.encode())
            c = root.tag.removesuffix("chartSpace")
            values = [float(v.text) for v in next(root.iter(f"{c}val")).iter(f"{c}v")]
            assert values == [value for _, value in section.chart.values], f"{key} is stale"


def _check_cut_charts(life: Life, docx: Docx) -> None:
    """Charts that staff pasted elsewhere say what the data say."""
    links = docx.charts()
    current = [_values_of(section.chart) for section in life.report.sections if section.chart]
    wanted = {section.key: section.chart for section in life.report.sections}
    for key, text in life.cut.items():
        place = next((p for p in docx.paragraphs() if text in text_of(p) and holds_chart(p)), None)
        if place is None or key in life.charts_touched or not wanted.get(key.partition("/")[0]):
            continue
        part = links[next(iter(next(place.iter(CHART)).attrib.values()))]
        root = etree.fromstring(docx.parts[part])
        c = root.tag.removesuffix("chartSpace")
        values = [float(v.text) for v in next(root.iter(f"{c}val")).iter(f"{c}v")]
        assert values in current, f"{key} is stale where staff pasted it"


def _values_of(chart: Chart) -> list[float]:
    return [value for _, value in chart.values]
