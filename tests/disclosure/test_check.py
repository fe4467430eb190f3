"""What stands between a finished document and the folder that people share."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from config.errors import DisclosureError
from tasks.disclosure.check import check_publication, require_publishable
from tasks.disclosure.finding import Finding
from tasks.disclosure.names import names_in
from tests.leaks.lives import Life, life, questionnaire, template


@pytest.fixture(scope="module")
def lived() -> Life:
    """A study with its three issues."""
    return life(100)


def findings(lived: Life, document: bytes, secrets: tuple[str, ...] = ()) -> list[str]:
    """What is found in a document of the last issue: table and reason."""
    found = check_publication(
        {"r.docx": document},
        lived.contents[-1],
        lived.issues[-1],
        lived.issues[:-1],
        questionnaire(),
        lived.study,
        secrets,
    )
    return [f"{one.table} {one.reason}" for one in found]


def rendered(lived: Life) -> bytes:
    """The last report, finished."""
    content = lived.contents[-1]
    return template().render(content.context, content.charts, content.properties)


def with_paragraph(document: bytes, text: str) -> bytes:
    """The document with one sentence more."""
    opened, buffer = Document(BytesIO(document)), BytesIO()
    opened.add_paragraph(text)
    opened.save(buffer)
    return buffer.getvalue()


def with_part(document: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The document with something replaced in the parts whose names begin so."""
    buffer = BytesIO()
    with ZipFile(BytesIO(document)) as before, ZipFile(buffer, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            data = before.read(part)
            after.writestr(part, data.replace(old, new) if part.startswith(name) else data)
    return buffer.getvalue()


def test_a_report_as_made_passes(lived: Life) -> None:
    """Nothing is found in what the software itself wrote."""
    assert findings(lived, rendered(lived)) == []


def test_a_share_of_an_unpublished_group_is_found(lived: Life) -> None:
    """« 1 sur 2 » tells of a group that no published table has."""
    told = findings(lived, with_paragraph(rendered(lived), "Élus : 1 sur 2."))
    assert any("1 / 2" in one for one in told)


def test_a_side_row_that_was_withheld_is_found(lived: Life) -> None:
    """A row of a side with counts of its own stops the report and is named."""
    opened, buffer = Document(BytesIO(rendered(lived))), BytesIO()
    table = opened.add_table(2, 3)
    for cell, text in zip(table.rows[1].cells, ("Groupe A", "S1 ●● 91, S2 ● 1", "S1"), strict=True):
        cell.text = text
    opened.save(buffer)
    assert any(one.startswith("Groupe A ") for one in findings(lived, buffer.getvalue()))


def test_a_number_changed_in_a_chart_is_found(lived: Life) -> None:
    """What the chart draws is no longer what its workbook and the figures say."""
    changed = with_part(rendered(lived), "word/charts/chart", b"<c:v>1.0</c:v>", b"<c:v>9.0</c:v>")
    assert any("chart" in one for one in findings(lived, changed))


def test_a_name_is_found_wherever_it_stands(lived: Life) -> None:
    """In a sentence or in the properties of the file, and never quoted in the finding."""
    document = rendered(lived)
    secret = ("Ada Lovelace",)
    assert findings(lived, document, secret) == []
    for hidden in (
        with_paragraph(document, "Merci à ADA Lovelace, qui a répondu."),
        with_part(document, "docProps/core", b"</dc:title>", b" Ada Lovelace</dc:title>"),
    ):
        told = findings(lived, hidden, secret)
        assert len(told) == 1
        assert "Lovelace" not in told[0]


def test_names_that_people_agreed_to_may_stand(lived: Life) -> None:
    """Consent lets a name through, and that name alone."""
    document = with_paragraph(rendered(lived), "« Oui », dit Ada Lovelace. Grace Hopper se tait.")
    both = ("Ada Lovelace", "Grace Hopper")
    assert names_in(document, both, allowed=["Ada Lovelace"]) == {"Grace Hopper"}


def test_an_issue_shown_without_suppression_is_found() -> None:
    """The figures of naive issues are refused, and the tables are named."""
    naive = life(100, suppressed=False)
    assert any("laisserait retrouver" in one for one in findings(naive, rendered(naive)))


def test_a_finding_stops_the_publication() -> None:
    """The message names document and table, counts the others and says what to do."""
    found = [Finding("r.docx", "Gouvernance", "parce que"), Finding("r.docx", "Autre", "parce que")]
    require_publishable([], "fr")
    with pytest.raises(DisclosureError, match="Gouvernance") as caught:
        require_publishable(found, "fr")
    assert "dans ce cas\u00a0: 1" in caught.value.message
    assert caught.value.remedy
    with pytest.raises(DisclosureError, match="cannot leave"):
        require_publishable(found, "en")
