"""Random lives of a report: edits, saves, new data, refreshes; and what must hold after each.

    python -m tests.word.merge.fuzz --sequences 20000

What holds: no text of staff disappears; what nobody touched says what the data say; what staff
deleted stays away; what the data dropped is gone unless staff touched it; a second refresh
changes nothing and says nothing; the file stays valid.
"""

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from lxml import etree

from tasks.word.merge import MergeResult, Offers, merge, merge_words
from tests.word.merge import carrying, staff
from tests.word.merge.objects import drawn
from tests.word.merge.office import saved_by_libreoffice
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Chart, Report, Section, anchor, render
from tests.word.merge.staff import Docx, all_text, text_of, w

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
ROBOT = "Rapport automatique"
_WORDS = [
    "orientations",
    "essais",
    "projets",
    "bilan",
    "équipe",
    "données",
    "service",
    "élus",
    "territoire",
    "carte",
]
_DATE = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass
class Life:
    """A report under way, and what the test knows of it.

    Attributes:
        texts: key of each generated passage → its text now.
        touched: keys that staff edited; `deleted`: keys that they deleted.
        typed: texts of staff that must be found in the file; of comments: `remarks`.
        colours: key of a chart → colour that staff gave it; `fills`: the same for cells.
        cut: key of a chart → text typed beside it where staff pasted it.
    """

    rng: random.Random
    report: Report
    base: bytes
    edited: bytes
    offers: Offers
    touched: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    remarks: set[str] = field(default_factory=set)
    colours: dict[str, str] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    cut: dict[str, str] = field(default_factory=dict)
    charts_touched: set[str] = field(default_factory=set)
    story: list[str] = field(default_factory=list)
    count: int = 0

    @classmethod
    def start(cls, seed: int) -> "Life":
        """Return the life of a seed, its report just issued."""
        rng = random.Random(seed)
        number = rng.randint(1, 3)
        sections = tuple(_section(rng, f"s{index}") for index in range(number))
        report = Report(sections, header="v0", contents=rng.random() < 0.3)
        content = render(report)
        offers = rng.choice((Offers.COMMENTS, Offers.COMMENTS, Offers.TRACKED))
        return cls(rng, report, content, content, offers)

    def fresh(self, kind: str) -> str:
        """Return a text that occurs nowhere else."""
        self.count += 1
        return f"{kind}{self.count}q"


def _text(rng: random.Random, key: str) -> str:
    words = " ".join(rng.sample(_WORDS, 3))
    return f"{key} dit {words} *{rng.randint(0, 15)}* fois sur quinze."


def _section(rng: random.Random, key: str) -> Section:
    paragraphs = tuple(
        (f"{key}p{index}", _text(rng, f"{key}p{index}")) for index in range(rng.randint(1, 3))
    )
    rows = tuple(_row(rng, f"{key}r{index}") for index in range(rng.choice((0, 2, 3))))
    chart = _chart(rng) if rng.random() < 0.4 else None
    return Section(key, f"{key}t Titre {rng.choice(_WORDS)}", paragraphs, rows, chart)


def _row(rng: random.Random, key: str) -> tuple[str, tuple[str, ...]]:
    return key, (f"{key}a", f"{key}b {rng.randint(0, 9)}", f"{key}c {rng.choice(_WORDS)}")


def _chart(rng: random.Random) -> Chart:
    return Chart(tuple((f"Stade {i}", float(rng.randint(1, 9))) for i in range(rng.randint(2, 4))))


# ---- what the data do ----------------------------------------------------------------------


def move_data(life: Life) -> None:
    """Bring new answers: texts, rows and charts change, come and go."""
    rng = life.rng
    sections = [_moved(life, section) for section in life.report.sections]
    if rng.random() < 0.15:
        sections.insert(rng.randint(0, len(sections)), _section(rng, life.fresh("s")))
    if len(sections) > 1 and rng.random() < 0.1:
        sections.pop(rng.randrange(len(sections)))
    if len(sections) > 1 and rng.random() < 0.1:
        rng.shuffle(sections)
    life.report = replace(life.report, sections=tuple(sections), header=life.fresh("v"))


def _moved(life: Life, section: Section) -> Section:
    rng = life.rng
    paragraphs = [
        (key, _text(rng, key) if rng.random() < 0.5 else text) for key, text in section.paragraphs
    ]
    if rng.random() < 0.25:
        key = life.fresh(f"{section.key}p")
        paragraphs.insert(rng.randint(0, len(paragraphs)), (key, _text(rng, key)))
    if paragraphs and rng.random() < 0.2:
        paragraphs.pop(rng.randrange(len(paragraphs)))
    rows = [_row(rng, key) if rng.random() < 0.5 else (key, cells) for key, cells in section.rows]
    if rows and rng.random() < 0.3:
        rows.insert(rng.randint(0, len(rows)), _row(rng, life.fresh(f"{section.key}r")))
    if len(rows) > 1 and rng.random() < 0.2:
        rows.pop(rng.randrange(len(rows)))
    chart = section.chart
    if chart is not None and rng.random() < 0.6:
        chart = _chart(rng)
    return replace(section, paragraphs=tuple(paragraphs), rows=tuple(rows), chart=chart)


# ---- what staff do -------------------------------------------------------------------------


def edit(life: Life) -> None:
    """Do one random edit to the file."""
    docx = Docx(life.edited)
    action = life.rng.choice(_EDITS)
    life.story.append(action.__name__)
    if action(life, docx):
        life.edited = docx.save()


def _keys(life: Life) -> dict[str, str]:
    """Return the key of each anchor of this or an earlier generation."""
    return {anchor(key): key for key in _all_keys(life)}


def _all_keys(life: Life) -> set[str]:
    keys = set(life.touched | life.deleted)
    for section in life.report.sections:
        keys |= {section.key, f"{section.key}/head", f"{section.key}/chart"}
        keys |= {key for key, _ in section.paragraphs} | {key for key, _ in section.rows}
    return keys


def anchored_key(life: Life, element: etree._Element) -> str | None:
    """Return the key of a passage that bears its anchor."""
    keys = _keys(life)
    names = (mark.get(w("name")) for mark in element.iter(w("bookmarkStart")))
    return next((keys[name] for name in names if name in keys), None)


def key_of(life: Life, element: etree._Element) -> str | None:
    """Return the key of a passage, None for what staff wrote."""
    key = anchored_key(life, element)
    if key is not None:
        return key
    keys = _keys(life)
    words = set(re.findall(r"\w+", text_of(element)))  # the anchor is lost, the text says it
    known = {key: key for key in keys.values()} | {f"{s.key}t": s.key for s in life.report.sections}
    return next((known[word] for word in known if word in words), None)


def _pick(life: Life, docx: Docx) -> etree._Element | None:
    """Return a paragraph of the text that holds text and nothing pending."""
    found = [
        p
        for p in docx.paragraphs()
        if text_of(p).strip() and p.find(w("ins")) is None and p.find(w("del")) is None
    ]
    return life.rng.choice(found) if found else None


def _typed(life: Life, paragraph: etree._Element) -> str:
    key = key_of(life, paragraph)
    if key is not None:
        life.touched.add(key)
    text = life.fresh("Agent")
    life.typed.add(text)
    return f" {text} "


def type_inside(life: Life, docx: Docx) -> bool:
    """Type in the middle of a passage."""
    paragraph = _pick(life, docx)
    if paragraph is None or any(t in text_of(paragraph) for t in life.typed):
        return False  # the text typed must stay in one piece to be found again
    staff.type_inside(paragraph, _typed(life, paragraph), life.rng)
    return True


def type_before(life: Life, docx: Docx) -> bool:
    """Type before a passage."""
    paragraph = _pick(life, docx)
    if paragraph is None:
        return False
    staff.type_before(paragraph, _typed(life, paragraph))
    return True


def type_after(life: Life, docx: Docx) -> bool:
    """Type after a passage."""
    paragraph = _pick(life, docx)
    if paragraph is None:
        return False
    staff.type_after(paragraph, _typed(life, paragraph))
    return True


def embolden(life: Life, docx: Docx) -> bool:
    """Turn the bold of a passage over."""
    paragraph = _pick(life, docx)
    if paragraph is None:
        return False
    key = key_of(life, paragraph)
    if key in life.touched or not staff.embolden(paragraph):
        return False  # twice would be no edit at all
    if key is not None:
        life.touched.add(key)
    return True


def delete_paragraph(life: Life, docx: Docx) -> bool:
    """Delete a passage, with what staff wrote in it."""
    paragraph = _pick(life, docx)
    if paragraph is None or paragraph.find(f".//{w('commentReference')}") is not None:
        return False
    key = key_of(life, paragraph)
    if key is not None:
        life.deleted.add(key)
        life.touched.discard(key)
    life.typed -= {text for text in life.typed if text in all_text(paragraph)}
    paragraph.getparent().remove(paragraph)
    return True


def new_paragraph(life: Life, docx: Docx) -> bool:
    """Write a paragraph of one's own."""
    after = _pick(life, docx)
    if after is None:
        return False
    text = life.fresh("Agent")
    life.typed.add(text)
    staff.new_paragraph(after, f"Note de {text} à garder")
    return True


def move_paragraph(life: Life, docx: Docx) -> bool:
    """Cut a passage and paste it elsewhere."""
    moved, after = _pick(life, docx), _pick(life, docx)
    if moved is None or after is None or moved is after:
        return False
    after.addnext(moved)
    return True


def move_section(life: Life, docx: Docx) -> bool:
    """Cut a section and paste it at the end."""
    blocks = [child for child in docx.body if child.tag in (w("p"), w("tbl"))]
    headings = [i for i, block in enumerate(blocks) if _is_heading(block)]
    if len(headings) < 2:
        return False
    number = life.rng.randrange(len(headings) - 1)
    last = blocks[-1]
    for block in blocks[headings[number] : headings[number + 1]]:
        last.addnext(block)
        last = block
    return True


def _is_heading(block: etree._Element) -> bool:
    style = block.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and style.get(w("val"), "") in ("Titre1", "Heading1")


def edit_cell(life: Life, docx: Docx) -> bool:
    """Type into a cell."""
    rows = docx.rows()
    if not rows:
        return False
    row = life.rng.choice(rows)
    column = life.rng.randrange(3)
    cells = row.findall(w("tc"))
    if len(cells) <= column:
        return False
    key = key_of(life, row)
    if key is not None:
        life.touched.add(f"{key}#{column}")
    text = life.fresh("Agent")
    life.typed.add(text)
    staff.type_after(cells[column].find(w("p")), f" {text}")
    return True


def delete_row(life: Life, docx: Docx) -> bool:
    """Delete a row."""
    rows = [row for row in docx.rows() if len(row.getparent().findall(w("tr"))) > 2]
    rows = [row for row in rows if row.find(f".//{w('commentReference')}") is None]
    left = Counter(_section_of(anchored_key(life, row)) for row in docx.rows())
    rows = [row for row in rows if left[_section_of(anchored_key(life, row))] > 2]
    if not rows:
        return False
    row = life.rng.choice(rows)
    for found in (row, *row.iter(w("p"))):
        key = key_of(life, found)
        if key is not None:
            life.deleted.add(key)
    life.typed -= {text for text in life.typed if text in all_text(row)}
    row.getparent().remove(row)
    return True


def _section_of(key: str | None) -> str:
    """Return the section of a key: what is left of it must not vanish row by row."""
    found = re.match(r"s\d+q?", key or "")
    return found[0] if found else ""


def add_row(life: Life, docx: Docx) -> bool:
    """Add a row of one's own."""
    rows = docx.rows()
    if not rows:
        return False
    row = life.rng.choice(rows)
    made = etree.Element(w("tr"))
    for _ in row.findall(w("tc")):
        text = life.fresh("Agent")
        life.typed.add(text)
        cell = etree.SubElement(made, w("tc"))
        etree.SubElement(cell, w("p")).append(staff.run(text))
    row.addnext(made)
    return True


def comment(life: Life, docx: Docx) -> bool:
    """Comment a passage."""
    paragraph = _pick(life, docx)
    if paragraph is None or "word/commentsExtended.xml" in docx.parts:
        return False
    text = life.fresh("Remarque")
    life.remarks.add(text)
    key = key_of(life, paragraph)
    if key is not None:
        life.touched.add(f"{key}#commented")
    staff.comment(docx, paragraph, text)
    return True


def split(life: Life, docx: Docx) -> bool:
    """Press Enter in the middle of a passage."""
    paragraph = _pick(life, docx)
    if paragraph is None or paragraph.find(f".//{w('commentReference')}") is not None:
        return False
    key = key_of(life, paragraph)
    if key in life.touched or not staff.split(paragraph, life.rng):
        return False
    if key is not None:
        life.touched.add(key)
    return True


def lose_anchor(life: Life, docx: Docx) -> bool:
    """Lose the bookmark of a passage, as some editors do."""
    paragraph = _pick(life, docx)
    key = None if paragraph is None else key_of(life, paragraph)
    if paragraph is None or key is None or key in life.touched:
        return False
    for mark in [*paragraph.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
        mark.getparent().remove(mark)
    return True


def restyle_chart(life: Life, docx: Docx) -> bool:
    """Give a chart another colour."""
    found = _pick_chart(life, docx)
    if found is None:
        return False
    key, part = found
    life.colours[key] = f"{life.rng.randrange(1, 0xFFFFFF):06X}"
    staff.restyle_chart(docx, part, life.colours[key])
    return True


def change_chart(life: Life, docx: Docx) -> bool:
    """Type another value into a chart."""
    found = _pick_chart(life, docx)
    if found is None:
        return False
    life.charts_touched.add(found[0])
    staff.change_chart(docx, found[1])
    return True


# ---- what staff draw, format and carry elsewhere --------------------------------------------


def draw(life: Life, docx: Docx) -> bool:
    """Draw a text box or write an equation in a passage."""
    paragraph = _pick(life, docx)
    if paragraph is None:
        return False
    kind = life.rng.choice(("text box", "VML text box", "equation"))
    paragraph.append(drawn(kind, _typed(life, paragraph).strip(), 9000 + life.count))
    return True


def reformat(life: Life, docx: Docx) -> bool:
    """Give a passage another size, or raise it."""
    paragraph = _pick(life, docx)
    key = None if paragraph is None else key_of(life, paragraph)
    if paragraph is None or key in life.touched:
        return False
    name, value = life.rng.choice((("sz", "40"), ("vertAlign", "superscript")))
    for run in paragraph.findall(w("r")):
        properties = run.find(w("rPr"))
        if properties is None:
            properties = etree.Element(w("rPr"))
            run.insert(0, properties)
        look = etree.Element(w(name), {w("val"): value})
        raised = properties.find(w("vertAlign"))
        properties.append(look) if raised is None else raised.addprevious(look)
    if key is not None:
        life.touched.add(key)
    return True


def shade_cell(life: Life, docx: Docx) -> bool:
    """Colour a cell; its text is still the data's."""
    rows = _generated_rows(life, docx)
    if not rows:
        return False
    row, column = life.rng.choice(rows), life.rng.randrange(3)
    key, properties = key_of(life, row), row.findall(w("tc"))[column].find(w("tcPr"))
    if properties is None or properties.find(w("shd")) is not None:
        return False
    colour = f"{life.rng.randrange(1, 0xFFFFFF):06X}"
    etree.SubElement(properties, w("shd"), {w("val"): "clear", w("fill"): colour})
    life.touched.add(f"{key}#shaded")
    life.fills[f"{key}#{column}"] = colour
    return True


def break_page(life: Life, docx: Docx) -> bool:
    """Break the page before or after a passage."""
    paragraph = _pick(life, docx)
    if paragraph is None:
        return False
    run = etree.Element(w("r"))
    etree.SubElement(run, w("br"), {w("type"): "page"})
    properties = paragraph.find(w("pPr"))
    if life.rng.random() < 0.5:
        paragraph.append(run)
    else:
        paragraph.insert(0 if properties is None else 1, run)
    return True


def type_into_offer(life: Life, docx: Docx) -> bool:
    """Type into an insertion that the merge proposed."""
    offers = [found for found in docx.root.iter(w("ins")) if text_of(found)]
    if not offers:
        return False
    text = life.fresh("Agent")
    life.typed.add(text)
    staff.type_after(life.rng.choice(offers), f" {text}")
    return True


def _generated_rows(life: Life, docx: Docx) -> list[etree._Element]:
    """Return the rows of the data, as wide as they were."""
    wide = [row for row in docx.rows() if len(row.findall(w("tc"))) == 3]
    return [row for row in wide if anchored_key(life, row) is not None]


def _generated_tables(docx: Docx) -> list[etree._Element]:
    """Return the tables of the text that hold rows of the data, as wide as they were."""
    return [t for t in carrying.tables(docx) if len(t.find(w("tr")).findall(w("tc"))) == 3]


def move_into_cell(life: Life, docx: Docx) -> bool:
    """Drag a passage into a cell."""
    paragraph, rows = _pick(life, docx), _generated_rows(life, docx)
    if paragraph is None or not rows or _is_heading(paragraph) or _drawn(paragraph):
        return False
    row, column = life.rng.choice(rows), life.rng.randrange(3)
    life.touched.add(f"{key_of(life, row)}#{column}")
    key = key_of(life, paragraph)
    if key is not None and anchored_key(life, paragraph) is None:
        life.touched.add(key)  # in a cell nothing tells it any more from what staff wrote there
    row.findall(w("tc"))[column].append(paragraph)
    return True


def _drawn(paragraph: etree._Element) -> bool:
    return next(paragraph.iter(CHART), None) is not None


def move_rows_apart(life: Life, docx: Docx) -> bool:
    """Split a table in two."""
    tables = [t for t in _generated_tables(docx) if len(t.findall(w("tr"))) > 2]
    if not tables:
        return False
    table = life.rng.choice(tables)
    carrying.split(table, life.rng.randint(1, len(table.findall(w("tr"))) - 1))
    return True


def move_tables_together(life: Life, docx: Docx) -> bool:
    """Join two tables."""
    tables = _generated_tables(docx)
    if len(tables) < 2:
        return False
    carrying.join(*life.rng.sample(tables, 2))
    return True


def move_table_into_layout(life: Life, docx: Docx) -> bool:
    """Put a table into a cell of another one."""
    tables = _generated_tables(docx)
    if not tables:
        return False
    carrying.wrap(life.rng.choice(tables))
    return True


def move_chart(life: Life, docx: Docx) -> bool:
    """Cut a chart and paste it into a paragraph of one's own."""
    places = [p for p in docx.paragraphs() if _drawn(p) and anchored_key(life, p) is not None]
    after = _pick(life, docx)
    if not places or after is None:
        return False
    place = life.rng.choice(places)
    text = life.fresh("Agent")
    life.typed.add(text)
    life.cut[key_of(life, place)] = text
    pasted = staff.new_paragraph(after, text)
    pasted.append(next(run for run in place.iter(w("r")) if _drawn(run)))
    return True


def _pick_chart(life: Life, docx: Docx) -> tuple[str, str] | None:
    charts = list(charts_of(life, docx).items())
    return life.rng.choice(charts) if charts else None


def charts_of(life: Life, docx: Docx) -> dict[str, str]:
    """Return the part of each generated chart by its key."""
    links = docx.charts()
    found = {}
    for paragraph in docx.paragraphs():
        for chart in paragraph.iter(CHART):
            key = key_of(life, paragraph)
            if key is not None:
                found[key] = links[next(iter(chart.attrib.values()))]
    return found


_EDITS: tuple[Callable[[Life, Docx], bool], ...] = (
    type_inside, type_inside, type_before, type_after, embolden, delete_paragraph, new_paragraph,
    new_paragraph, move_paragraph, move_section, edit_cell, edit_cell, delete_row, add_row,
    comment, split, lose_anchor, restyle_chart, change_chart, draw, reformat, shade_cell,
    break_page, type_into_offer, move_into_cell, move_rows_apart, move_tables_together,
    move_table_into_layout, move_chart,
)  # fmt: skip


# ---- refresh, and what must hold -----------------------------------------------------------


def refresh(life: Life) -> None:
    """Refresh the report, check everything, and take the new generation as base."""
    new = render(life.report)
    result = _merge(life, life.base, life.edited, new)
    again = _merge(life, new, result.content, new)
    assert again.log == (), "a second refresh has something to say"
    assert again.content == result.content, "a second refresh changes the file"
    after = Docx(result.content)
    _check_staff(life, after)
    _check_generated(life, after)
    _check_charts(life, after)
    life.base, life.edited = new, result.content


def _merge(life: Life, base: bytes, edited: bytes, new: bytes) -> MergeResult:
    return merge(
        base, edited, new, offers=life.offers, author=ROBOT, date=_DATE, words=merge_words()
    )


def _check_file(life: Life) -> None:
    """The file is valid; what is wrong once stays wrong, so that the last one tells of all."""
    assert not ills(life.edited), ills(life.edited)


def _check_staff(life: Life, docx: Docx) -> None:
    """No text of staff disappears; nor do their comments."""
    everything = all_text(docx.root)
    lost = {text for text in life.typed if text not in everything}
    assert not lost, f"lost {lost}"
    comments = docx.parts.get("word/comments.xml", b"").decode()
    assert all(text in comments for text in life.remarks), "a comment is lost"
    references = docx.root.findall(f".//{w('commentReference')}")
    assert len(references) >= len(life.remarks), "a comment hangs nowhere"


def _check_generated(life: Life, docx: Docx) -> None:
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


def _check_charts(life: Life, docx: Docx) -> None:
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
        place = next((p for p in docx.paragraphs() if text in text_of(p) and _drawn(p)), None)
        if place is None or key in life.charts_touched or not wanted.get(key.partition("/")[0]):
            continue
        part = links[next(iter(next(place.iter(CHART)).attrib.values()))]
        root = etree.fromstring(docx.parts[part])
        c = root.tag.removesuffix("chartSpace")
        values = [float(v.text) for v in next(root.iter(f"{c}val")).iter(f"{c}v")]
        assert values in current, f"{key} is stale where staff pasted it"


def _values_of(chart: Chart) -> list[float]:
    return [value for _, value in chart.values]


# ---- running -------------------------------------------------------------------------------


def live(seed: int) -> None:
    """Play one life; raises AssertionError with its story when something does not hold."""
    life = Life.start(seed)
    with _told(seed, life):
        for _ in range(life.rng.randint(2, 3)):
            _spend_week(life)
            if life.rng.random() < 0.3:
                life.edited = staff.saved_by_python_docx(life.edited)
                life.story.append("save")
            _end_week(life)
        _check_file(life)


def live_with_libreoffice(seeds: range, steps: int = 3) -> None:
    """Play lives side by side; before each refresh LibreOffice saves all their files."""
    lives = {seed: Life.start(seed) for seed in seeds}
    for _ in range(steps):
        for seed, life in lives.items():
            with _told(seed, life):
                _spend_week(life)
        saved = saved_by_libreoffice([life.edited for life in lives.values()])
        for (seed, life), content in zip(lives.items(), saved, strict=True):
            with _told(seed, life):
                life.edited = content
                life.story.append("libreoffice")
                _end_week(life)
                _check_file(life)


def _spend_week(life: Life) -> None:
    for _ in range(life.rng.randint(0, 3)):
        edit(life)


def _end_week(life: Life) -> None:
    move_data(life)
    life.story.append("refresh")
    refresh(life)


@contextmanager
def _told(seed: int, life: Life) -> Iterator[None]:
    """Tell the story of a life when something does not hold in it."""
    try:
        yield
    except Exception as error:
        raise AssertionError(f"seed {seed} ({' '.join(life.story)}): {error}") from error


def live_many(seeds: range) -> int:
    """Play the lives of these seeds; return how many."""
    for seed in seeds:
        live(seed)
    return len(seeds)


def main() -> None:
    """Play many lives on all processors."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--sequences", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    start, done, failures = time.perf_counter(), 0, 0
    last = options.first + options.sequences
    chunks = [range(i, min(i + 50, last)) for i in range(options.first, last, 50)]
    with ProcessPoolExecutor() as pool:
        for future in [pool.submit(live_many, chunk) for chunk in chunks]:
            try:
                done += future.result()
            except AssertionError as error:
                failures += 1
                print(error, flush=True)  # noqa: T201 - a command prints
    seconds = time.perf_counter() - start
    print(f"{done} sequences passed, {failures} stopped, {seconds:.0f} s")  # noqa: T201


if __name__ == "__main__":
    main()
