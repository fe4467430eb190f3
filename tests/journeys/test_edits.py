"""Staff edit the demo's report in eleven ways; two refreshes later all of it is still there.

Week 1, edits made as Word would make them, a save by LibreOffice, then weeks 2 and 3.
"""

import re
import zipfile
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from random import Random

import pytest
from docx import Document
from lxml import etree

from config.settings import Settings
from tasks.word.merge.names import anchor_name
from tests.conftest import DEMO, refresh_demo, week_date
from tests.word.merge.office import REASON, SOFFICE, saved_by_libreoffice
from tests.word.merge.staff import (
    Docx,
    all_text,
    comment,
    embolden,
    new_paragraph,
    restyle_chart,
    type_after,
    type_before,
    type_inside,
    w,
)
from tests.word.validity import faults

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason=REASON),
]
ALIKE = 0.75  # share of common characters from which two texts say nearly the same
COLOUR = "C71585"  # a colour of nobody's theme


@dataclass(frozen=True)
class Weeks:
    """The report as staff left it after week 1, and after the refreshes of weeks 2 and 3."""

    edited: bytes
    second: bytes
    third: bytes


def paragraph(docx: Docx, start: str) -> etree._Element:
    """The first body paragraph (no contents line) that begins with these words."""
    found = [p for p in docx.paragraphs() if all_text(p).replace("\u00a0", " ").startswith(start)]
    return found[-1] if len(found) > 1 and "toc" in _style(found[0]).lower() else found[0]


def _style(element: etree._Element) -> str:
    style = element.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else style.get(w("val"), "")


def edit(content: bytes) -> bytes:
    """The eleven edits."""
    docx, rng = Docx(content), Random(1)
    type_inside(paragraph(docx, "9 personnes sur 15 ont répondu. 9"), "[DEDANS]", rng)
    type_before(paragraph(docx, "Une collectivité est dite mature"), "[AVANT] ")
    type_after(paragraph(docx, "Il ne résume pas la collectivité"), " [APRÈS]")
    embolden(paragraph(docx, "Ils forment un cycle"))
    deleted = paragraph(docx, "Ces sujets méritent la discussion")
    deleted.getparent().remove(deleted)
    new_paragraph(paragraph(docx, "Synthèse"), "[NOUVEAU] Une phrase de l’équipe.")
    _move_section(docx)
    cell = next(c for c in docx.root.iter(w("tc")) if "Le sujet est inconnu" in all_text(c))
    next(cell.iter(w("t"))).text = "[CASE] Personne n’en parle."
    row = next(r for r in docx.rows() if all_text(r).startswith("Éveil"))
    row.getparent().remove(row)
    restyle_chart(docx, next(iter(docx.charts().values())), COLOUR)
    comment(docx, paragraph(docx, "9 personnes sur 15 ont répondu au"), "[COMMENTAIRE]")
    return docx.save()


def _move_section(docx: Docx) -> None:
    """Cut a heading and its paragraph, paste them under « Qui a répondu »."""
    heading = paragraph(docx, "Ce que ce rapport ne fait pas")
    below = heading.getnext()
    place = paragraph(docx, "Qui a répondu")
    place.addnext(below)
    place.addnext(heading)


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Weeks:
    """The journey, once."""
    settings = Settings(home=tmp_path_factory.mktemp("journey"))
    first = refresh_demo(settings, 1, week_date(DEMO, 1))
    path = dict(first.files)["Rapport collectif"]
    (edited,) = saved_by_libreoffice([edit(path.read_bytes())])
    path.write_bytes(edited)
    reports = []
    for week in (2, 3):
        refresh_demo(settings, week, week_date(DEMO, week))
        reports.append(path.read_bytes())
    return Weeks(edited, *reports)


def text(content: bytes) -> str:
    """All words of the body, tables included, with plain spaces."""
    return all_text(Docx(content).root).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "mark", ["[DEDANS]", "[AVANT]", "[APRÈS]", "[NOUVEAU] Une phrase de l’équipe.", "[CASE]"]
)
def test_what_was_typed_stays(weeks: Weeks, mark: str) -> None:
    """Inside, before, after, a new paragraph, a table cell: all there, once, two refreshes on."""
    assert text(weeks.second).count(mark) == 1
    assert text(weeks.third).count(mark) == 1


def test_bold_stays(weeks: Weeks) -> None:
    """Formatting alone is an edit too."""
    element = paragraph(Docx(weeks.third), "Ils forment un cycle")
    bold = element.find(f".//{w('b')}")
    assert bold is not None
    assert bold.get(w("val"), "1") not in ("0", "false")


def test_what_was_deleted_stays_deleted(weeks: Weeks) -> None:
    """A paragraph and a table row that staff removed do not come back."""
    for content in (weeks.second, weeks.third):
        assert "Ces sujets méritent la discussion" not in text(content)
        stages = next(t for t in Docx(content).root.iter(w("tbl")) if "[CASE]" in all_text(t))
        assert "Éveil" not in [all_text(c) for c in stages.iter(w("tc"))]


def test_a_moved_section_stays_where_it_was_put(weeks: Weeks) -> None:
    """The section stands under its new neighbour, and nowhere else."""
    docx = Docx(weeks.third)
    headings = [
        all_text(p) for p in docx.paragraphs() if _style(p).lower().startswith(("titre", "heading"))
    ]
    where = headings.index("Ce que ce rapport ne fait pas")
    assert headings.count("Ce que ce rapport ne fait pas") == 1
    assert headings[where - 1] == "Qui a répondu"


def test_a_restyled_chart_keeps_its_colour_and_takes_the_new_data(weeks: Weeks) -> None:
    """The colour is staff's, the values are this week's."""
    styled = [xml for xml in _charts(weeks.third) if COLOUR in xml.upper()]
    assert len(styled) == 1
    (before,) = [xml for xml in _charts(weeks.edited) if COLOUR in xml.upper()]
    assert _values(styled[0]) != _values(before)


def test_the_comment_stays_and_the_new_text_is_offered_beside(weeks: Weeks) -> None:
    """Staff's comment is there; the sentence they edited is offered anew as a comment of ours."""
    with zipfile.ZipFile(BytesIO(weeks.second)) as archive:
        comments = archive.read("word/comments.xml").decode()
    plain = re.sub(r"<[^>]+>", "", comments).replace("\u00a0", " ")
    assert "[COMMENTAIRE]" in plain
    assert "13 personnes sur 15 ont répondu" in plain


def test_untouched_passages_are_this_week_s(weeks: Weeks) -> None:
    """The synthesis that nobody edited counts thirteen, then fifteen people."""
    assert "13 personnes sur 15 ont répondu au questionnaire" in text(weeks.second)
    assert "15 personnes sur 15 ont répondu au questionnaire" in text(weeks.third)


def test_passages_keep_their_anchors_from_week_to_week(weeks: Weeks) -> None:
    """What says nearly the same under the same heading is the same passage, not a new one."""
    for before, after in ((weeks.edited, weeks.second), (weeks.second, weeks.third)):
        old, new = _anchored(before), _anchored(after)
        gone = [old[name] for name in old.keys() - new.keys()]
        come = [new[name] for name in new.keys() - old.keys()]
        twins = [
            (one, other)
            for one in gone
            for other in come
            if one[0] == other[0] and SequenceMatcher(None, one[1], other[1]).ratio() > ALIKE
        ]
        assert twins == []


def _anchored(content: bytes) -> dict[str, tuple[str, str]]:
    """Heading above and text of each passage, by its anchor."""
    found, heading = {}, ""
    for element in Docx(content).root.iter(w("p")):
        if _style(element).lower().startswith(("titre", "heading")):
            heading = all_text(element)
        for mark in element.iter(w("bookmarkStart")):
            if anchor_name(mark.get(w("name"), "")):
                found[mark.get(w("name"))] = heading, all_text(element)
    return found


def test_the_file_stays_valid(weeks: Weeks) -> None:
    """After LibreOffice and two merges Word and python-docx still open it."""
    Document(BytesIO(weeks.third))
    # LibreOffice has its own liberties (« label 0 » for a cell, the order in rPr): none is added.
    assert _kinds(faults(weeks.third)) <= _kinds(faults(weeks.edited))


def _kinds(found: list[str]) -> set[str]:
    """Faults without the parts and numbers they stand in."""
    return {re.sub(r"^\S+: ", "", re.sub(r"\d+", "n", fault)) for fault in found}


def _charts(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [n for n in archive.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", n)]
        return [archive.read(name).decode() for name in names]


def _values(chart: str) -> list[str]:
    return re.findall(r"<(?:\w+:)?v>([^<]*)</", chart)
