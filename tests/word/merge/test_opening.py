"""What cannot be merged is refused in words; nothing in a file is evaluated or fetched."""

import zipfile
from io import BytesIO

import pytest

from config.errors import ReportUnreadable
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.specimens import Chart, Report, Section, part, render
from tests.word.merge.staff import Docx

BASE = render(Report((Section("a", "Axe a", (("a1", "Quatre personnes."),)),)))
NEW = render(Report((Section("a", "Axe a", (("a1", "Cinq personnes."),)),)))

CHART = Chart((("Éveil", 4.0), ("Motricité", 2.0)))


def zipped(**parts: bytes) -> bytes:
    """Return a zip of these parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    """Return the base with a part replaced."""
    docx = Docx(BASE)
    parts = {**docx.parts, name: data}
    return zipped(**parts)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 cut off",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked by a password",
        zipped(**{"a.txt": b"no Word document"}),
        BASE[: len(BASE) // 2],
        with_part("word/document.xml", b"<w:document><broken"),
        with_part("[Content_Types].xml", b"<broken"),
    ],
)
def test_unreadable_file_says_what_to_do(refresh: Refresh, content: bytes) -> None:
    """A damaged or foreign file stops this report with a remedy."""
    with pytest.raises(ReportUnreadable) as caught:
        refresh(BASE, content, NEW)
    assert "Word" in caught.value.remedy


def test_any_damaged_part_is_told(refresh: Refresh) -> None:
    """Whichever part is broken, read by the merge or not, the report is refused in words."""
    section = Section("a", "Axe a", (("a1", "Quatre."),), (("r", ("Outils", "2", "x")),), CHART)
    base = render(Report((section,)))
    docx = Docx(base)
    staff.comment(docx, docx.paragraphs()[1], "À revoir")
    own = docx.save()
    parts = Docx(own).parts
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    assert "word/charts/_rels/chart1.xml.rels" in names
    for name in names:
        with pytest.raises(ReportUnreadable):
            refresh(base, zipped(**{**parts, name: b"<broken"}), NEW)
    links = "word/_rels/document.xml.rels"
    with pytest.raises(ReportUnreadable, match="liens"):
        refresh(base, zipped(**{name: parts[name] for name in parts if name != links}), NEW)


def test_zip_bomb_is_refused_before_it_is_unpacked(refresh: Refresh) -> None:
    """A file of half a gigabyte in half a megabyte is refused by its directory."""
    bomb = with_part("word/media/image1.png", bytes(500_000_000))
    with pytest.raises(ReportUnreadable, match="démesuré"):
        refresh(BASE, bomb, NEW)


def test_entities_are_refused(refresh: Refresh) -> None:
    """A document that declares entities is no document of Word."""
    xml = (
        part(BASE)
        .decode()
        .replace(
            "<w:document", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document', 1
        )
    )
    with pytest.raises(ReportUnreadable, match="entités"):
        refresh(BASE, with_part("word/document.xml", xml.encode()), NEW)


def test_tags_typed_by_staff_stay_text(refresh: Refresh) -> None:
    """What looks like a tag of a template is kept as typed, in text and in offers."""
    docx = Docx(BASE)
    staff.type_after(docx.paragraphs()[1], " {{ 7 * 7 }} {% raw %} <w:p> & co")
    new = render(Report((Section("a", "Axe a", (("a1", "{{ 6 + 6 }} <b> & {% x %}"),)),)))
    result = Docx(refresh(BASE, docx.save(), new).content)
    assert "{{ 7 * 7 }} {% raw %} <w:p> & co" in staff.text_of(result.paragraphs()[1])
    assert b"{{ 6 + 6 }}" in result.parts["word/comments.xml"]
    assert b"&lt;b&gt; &amp; {% x %}" in result.parts["word/comments.xml"]


def test_strict_open_xml_is_refused_in_words(refresh: Refresh) -> None:
    """A file that Word saved as strict Open XML is left alone; the error says how to save it."""
    renamed = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": (
            b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        ),
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }
    docx = Docx(BASE)
    parts = {}
    for name, data in docx.parts.items():
        for old, new in renamed.items():
            data = data.replace(old, new)
        parts[name] = data
    with pytest.raises(ReportUnreadable) as caught:
        refresh(BASE, zipped(**parts), NEW)
    assert "strict" in caught.value.message
    assert "Document Word (.docx)" in caught.value.remedy


def test_document_without_a_body_is_refused(refresh: Refresh) -> None:
    """Any other root than a document with a body is no report."""
    document = part(BASE).replace(b"<w:body>", b"<w:corps>").replace(b"</w:body>", b"</w:corps>")
    with pytest.raises(ReportUnreadable):
        refresh(BASE, with_part("word/document.xml", document), NEW)
