"""Every file is read back before it is written: notes, guides and workbooks too."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from tasks.disclosure.check import check_documents
from tasks.disclosure.finding import Finding
from tasks.reports.content import ReportContent
from tests.leaks.lives import Life, life, questionnaire

SECRET = "Ada Lovelace"


@pytest.fixture(scope="module")
def lived() -> Life:
    """A study with its three issues."""
    return life(100)


def content(lived: Life) -> ReportContent:
    """What the last issue published, for a file without charts."""
    return replace(lived.contents[-1], charts={})


def findings(lived: Life, name: str, document: bytes) -> tuple[Finding, ...]:
    """What is found in a document made of the last issue."""
    former = lived.issues[-2].values
    return check_documents(
        {name: document}, content(lived), questionnaire(), lived.study, [SECRET], (), former
    )


def word(paragraph: str = "", table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word file with a sentence and a table."""
    document, buffer = Document(), BytesIO()
    document.add_paragraph(paragraph)
    if table:
        drawn = document.add_table(len(table), len(table[0]))
        for cells, row in zip(table, drawn.rows, strict=True):
            for text, cell in zip(cells, row.cells, strict=True):
                cell.text = text
    document.save(buffer)
    return buffer.getvalue()


def guide(counts: Sequence[int]) -> bytes:
    """The table of a guide: one column a level, the reader's own one marked."""
    labels = [level.short.say("fr") for level in questionnaire().levels]
    people = [f"{'●' * count} {count}" if count else "–" for count in counts]
    head = ["Stade", f"▸ {labels[0]}", *labels[1:]]
    return word(table=[head, ["Personnes", *people]])


def whole(lived: Life) -> list[int]:
    """The counts of the first dimension, as published."""
    values = lived.issues[-1].values
    codes = [level.code for level in questionnaire().levels]
    return [int(values[f"dimension.d1.level.{code}"] or 0) for code in codes]


def test_a_guide_shows_the_published_distribution_and_no_other(lived: Life) -> None:
    """One person more in a cell, and the guide does not leave; the row is named."""
    counts = whole(lived)
    assert findings(lived, "P01.docx", guide(counts)) == ()
    (found,) = findings(lived, "P01.docx", guide([counts[0] + 1, *counts[1:]]))
    assert (found.document, found.table) == ("P01.docx", "Personnes")


def test_a_note_tells_changes_of_published_figures_alone(lived: Life) -> None:
    """« 3 → 5 » must be what a figure was and is."""
    before, now = (issue.values["dimension.d1.level.S2"] for issue in lived.issues[-2:])
    assert findings(lived, "note.docx", word(f"Sujet : {before} → {now} réponses.")) == ()
    (found,) = findings(lived, "note.docx", word("Sujet : 71 → 72 réponses."))
    assert found.table == "71 → 72"


def test_a_note_tells_of_a_side_only_who_took_part(lived: Life) -> None:
    """The number of people of a side that is withheld, or wrong, is found."""
    label = next(side.label.say("fr") for side in lived.study.sides)
    code = lived.study.sides[0].code
    answered = lived.issues[-1].values.get(f"participation.side.{code}.answered")
    rows = [["Point de vue", "Ont répondu"], [label, str(answered or "non montré")]]
    assert findings(lived, "note.docx", word(table=rows)) == ()
    found = findings(lived, "note.docx", word(table=[rows[0], [label, "77 sur 78"]]))
    assert label in [one.table for one in found]


def workbook(lived: Life, more: float = 0, comment: str = "") -> bytes:
    """The figures of the last issue, one of them changed, on a hidden second sheet."""
    book, buffer = Workbook(), BytesIO()
    sheet = book.create_sheet("Valeurs")
    sheet.sheet_state = "hidden"
    for name, value in content(lived).values.items():
        sheet.append([name, "", value])
    last = sheet.cell(row=sheet.max_row, column=3)
    last.value = float(str(last.value)) + more
    if comment:
        last.comment = Comment(comment, "x")
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_tells_published_figures_alone(lived: Life) -> None:
    """A changed cell of a hidden sheet is named by sheet and place."""
    assert findings(lived, "c.xlsx", workbook(lived)) == ()
    (found,) = findings(lived, "c.xlsx", workbook(lived, more=1))
    assert found.table.startswith("Valeurs!C")


def test_a_figure_that_was_withheld_is_found(lived: Life) -> None:
    """A row with the name of a figure that the report does not have."""
    book, buffer = load_workbook(BytesIO(workbook(lived))), BytesIO()
    book["Valeurs"].append(["dimension.d1.side.A.level.S9", "", 1])
    book.save(buffer)
    (found,) = findings(lived, "c.xlsx", buffer.getvalue())
    assert found.table.startswith("Valeurs!C")


def test_a_name_in_a_comment_or_the_properties_of_a_workbook_is_found(lived: Life) -> None:
    """What no cell shows is searched too; the finding does not repeat the name."""
    book, buffer = load_workbook(BytesIO(workbook(lived))), BytesIO()
    book.properties.keywords = SECRET
    book.save(buffer)
    for hidden in (workbook(lived, comment=f"vu avec {SECRET}"), buffer.getvalue()):
        (found,) = findings(lived, "c.xlsx", hidden)
        assert SECRET not in found.table + found.reason
