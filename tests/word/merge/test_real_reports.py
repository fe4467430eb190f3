"""The collective report as it ships, edited in eleven ways, saved by LibreOffice, refreshed."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from lxml import etree

import report_templates
from config.loading import load_model, load_recommendations, load_study
from tasks.reports.collective import collective_report
from tasks.word.merge import Kind, MergeResult, Subject
from tasks.word.merge.names import anchor_name
from tasks.word.template import WordTemplate
from tests.reports.specimens import SETTINGS, SHAPES, collective
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.office import REASON, SOFFICE, saved_by_libreoffice
from tests.word.merge.soundness import ills
from tests.word.merge.staff import Docx, all_text, text_of, w

office = pytest.mark.skipif(SOFFICE is None, reason=REASON)
Save = Callable[[bytes], bytes]


@lru_cache
def issue(week: int) -> bytes:
    """Return the report of a week: other answers on every subject."""
    model = load_model("datacites2", SETTINGS).model
    study = load_study("demo", SETTINGS)
    shapes = SHAPES[week:] + SHAPES[:week]
    content = collective_report(
        collective(model, study, shapes=shapes),
        model,
        study,
        study.wave(),
        load_recommendations("datacites2", SETTINGS),
    )
    template = WordTemplate.open(Path(report_templates.__file__).parent / "collective_report.docx")
    return template.render(content.context, content.charts, content.properties)


def by_libreoffice(content: bytes) -> bytes:
    """Save a file with LibreOffice."""
    return saved_by_libreoffice([content])[0]


def passages(docx: Docx) -> dict[str, etree._Element]:
    """Return the paragraphs of the text by anchor."""
    found = {}
    for paragraph in docx.paragraphs():
        for mark in paragraph.iter(w("bookmarkStart")):
            if anchor_name(mark.get(w("name"), "")):
                found[mark.get(w("name"))] = paragraph
    return found


def texts(content: bytes) -> dict[str, str]:
    """Return the texts of the paragraphs of the text by anchor, white space folded."""
    return {key: " ".join(text_of(p).split()) for key, p in passages(Docx(content)).items()}


@dataclass(frozen=True)
class Edits:
    """The eleven edits: the anchors of the passages that were chosen for each."""

    inside: str
    before: str
    after: str
    bold: str
    deleted: str
    followed: str
    commented: str

    @classmethod
    def choose(cls) -> "Edits":
        """Choose sentences that the second and the third week word anew."""
        weeks = [texts(issue(week)) for week in range(3)]
        moving = [
            key
            for key, text in weeks[0].items()
            if all(key in week for week in weeks) and text and weeks[1][key] != text
            and weeks[2][key] != weeks[1][key]
        ]  # fmt: skip
        assert len(moving) >= 7, "the weeks are too alike"
        return cls(*moving[:7])


def edit(content: bytes, edits: Edits) -> bytes:
    """Do the eleven edits."""
    docx = Docx(content)
    found = passages(docx)
    staff.type_inside(found[edits.inside], " MOTDEDANS ", random.Random(1))
    staff.type_before(found[edits.before], "MOTAVANT ")
    staff.type_after(found[edits.after], " MOTAPRES")
    staff.embolden(found[edits.bold])
    staff.new_paragraph(found[edits.followed], "PARAGRAPHE À NOUS")
    staff.comment(docx, found[edits.commented], "REMARQUE À NOUS")
    found[edits.deleted].getparent().remove(found[edits.deleted])
    rows = [row for row in docx.rows() if len(row.findall(w("tc"))) > 2]
    staff.type_after(rows[3].findall(w("tc"))[1].find(w("p")), " CELLULE À NOUS")
    rows[6].getparent().remove(rows[6])
    staff.restyle_chart(docx, first_chart(docx), "C0FFEE")
    move_last_section(docx)
    return docx.save()


def first_chart(docx: Docx) -> str:
    """Return the part of the first chart of the text."""
    charts = docx.charts()
    used = next(docx.root.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"))
    return charts[next(iter(used.attrib.values()))]


def top_headings(docx: Docx) -> list[etree._Element]:
    """Return the headings of the first level."""
    path = f"{w('pPr')}/{w('pStyle')}"
    names = ("Titre1", "Heading1")
    found = [(p, p.find(path)) for p in docx.paragraphs()]
    return [p for p, style in found if style is not None and style.get(w("val")) in names]


def move_last_section(docx: Docx) -> None:
    """Move the last section before the second one."""
    headings = top_headings(docx)
    blocks = list(headings[-1].itersiblings(w("p"), w("tbl")))
    for block in [headings[-1], *blocks]:
        headings[1].addprevious(block)


def outline(content: bytes) -> list[str]:
    """Return the texts of the headings of the first level."""
    return [text_of(heading) for heading in top_headings(Docx(content))]


def check(result: MergeResult, edits: Edits, week: int) -> None:
    """Check each of the eleven outcomes, and that all else says what the week says."""
    said, expected = texts(result.content), texts(issue(week))
    assert "MOTDEDANS" in said[edits.inside]
    assert said[edits.before].startswith("MOTAVANT")
    assert said[edits.after].endswith("MOTAPRES")
    assert edits.deleted not in said
    everything = all_text(Docx(result.content).root)
    assert "PARAGRAPHE À NOUS" in everything
    assert "CELLULE À NOUS" in everything
    comments = Docx(result.content).parts["word/comments.xml"].decode()
    assert "REMARQUE À NOUS" in comments
    for key in (edits.inside, edits.before, edits.after, edits.bold):
        assert expected[key] in " ".join(comments.replace("&amp;", "&").split()), key
    chart = Docx(result.content).parts[first_chart(Docx(result.content))]
    assert b"c0ffee" in chart.lower()
    touched = {edits.inside, edits.before, edits.after, edits.bold, edits.deleted}
    stale = {key for key in expected.keys() - touched if said.get(key) != expected[key]}
    assert not stale, [(said.get(key), expected[key]) for key in stale]
    # LibreOffice itself writes the properties of some runs in another order than the schema.
    assert not {ill for ill in ills(result.content) if "rPr has its children" not in ill}


@pytest.mark.parametrize(
    "save",
    [
        pytest.param(staff.saved_by_python_docx, id="python-docx"),
        pytest.param(by_libreoffice, id="LibreOffice", marks=[pytest.mark.slow, office]),
    ],
)
def test_eleven_edits_survive_two_refreshes(refresh: Refresh, save: Save) -> None:
    """Each edit has its outcome in the second and in the third week; all else is up to date."""
    edits = Edits.choose()
    own = save(edit(issue(0), edits))
    order = outline(own)
    second = refresh(issue(0), own, issue(1))
    check(second, edits, 1)
    assert outline(second.content) == order
    offered = [event for event in second.log if event.kind is Kind.OFFERED]
    assert len(offered) >= 4
    third = refresh(issue(1), save(second.content), issue(2))
    check(third, edits, 2)
    assert outline(third.content) == order
    silent = refresh(issue(2), third.content, issue(2))
    assert (silent.log, silent.content) == ((), third.content)


@pytest.mark.slow
@office
def test_saving_with_libreoffice_is_no_edit(refresh: Refresh) -> None:
    """A report that LibreOffice opened and saved, twice, holds no edit at all."""
    once = by_libreoffice(issue(0))
    for own in (once, by_libreoffice(once)):
        same = refresh(issue(0), own, issue(0))
        assert same.log == ()
        assert same.standing == ()
        moved = refresh(issue(0), own, issue(1))
        assert texts(moved.content) == texts(issue(1))
        kept = {event.kind for event in moved.log} - {Kind.REFRESHED, Kind.INSERTED, Kind.REMOVED}
        assert not kept
        assert ills(moved.content) <= ills(own)  # nothing that LibreOffice did not write


def test_fresh_and_merged_report_say_the_same(refresh: Refresh) -> None:
    """After three refreshes the untouched report reads as a fresh one, word by word."""
    own = staff.saved_by_python_docx(issue(0))
    for week in range(3):
        own = refresh(issue(week), own, issue(week + 1)).content
    assert all_text(Docx(own).body) == all_text(Docx(issue(3)).body)
    charts = [Docx(content) for content in (own, issue(3))]
    assert len(charts[0].charts()) == len(charts[1].charts())
    assert Subject.CHART in {event.subject for event in refresh(issue(0), issue(0), issue(1)).log}
