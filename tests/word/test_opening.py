"""Hostile files handed in as templates."""

import zipfile
from io import BytesIO

import pytest

from config.errors import TemplateError
from tasks.word import opening
from tasks.word.template import WordTemplate
from tests.word.specimens import lines, parts, render, repacked

TEMPLATE = lines("{{ title }}")
LINKS = "word/_rels/document.xml.rels"
SETTINGS = "word/settings.xml"


def refusal(content: bytes) -> str:
    """Return the message for a file that must not be opened."""
    with pytest.raises(TemplateError) as caught:
        WordTemplate.open(content)
    assert caught.value.remedy
    return caught.value.message


def linked(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    """Return the template with one relationship more."""
    link = (
        f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}"{mode}/></Relationships>'
    )
    links = parts(TEMPLATE)[LINKS].decode().replace("</Relationships>", link)
    return repacked(TEMPLATE, {LINKS: links.encode()})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.7", TEMPLATE[:-200]])
def test_what_is_no_zip_is_refused(content):
    """A file that is no Word document, or half of one, is told as such."""
    assert "n’est pas un document Word" in refusal(content)


def test_a_workbook_is_refused():
    """A zip without a Word document in it is told as such."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "n’est pas un document Word" in refusal(stream.getvalue())


def test_a_zip_bomb_is_refused(monkeypatch):
    """A file that grows beyond measure is refused before it is unpacked."""
    monkeypatch.setattr(opening, "MAX_BYTES", 10_000_000)
    bomb = repacked(TEMPLATE, {"word/media/bomb.bin": b"\0" * 10_000_001})
    assert len(bomb) < 200_000
    assert "démesuré" in refusal(bomb)


def test_a_zip_of_too_many_parts_is_refused(monkeypatch):
    """A file of countless parts is refused."""
    monkeypatch.setattr(opening, "MAX_PARTS", 20)
    assert "démesuré" in refusal(repacked(TEMPLATE, {f"x{n}.xml": b"<x/>" for n in range(30)}))


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/vbaData.xml", "word/activeX/x.bin"])
def test_macros_are_refused(name):
    """A document with macros or controls is no template."""
    assert "macros" in refusal(repacked(TEMPLATE, {name: b"<x/>"}))


def test_a_macro_type_is_refused():
    """A document that calls itself macro-enabled is no template."""
    types = parts(TEMPLATE)["[Content_Types].xml"]
    changed = types.replace(
        b"wordprocessingml.document.main+xml", b"wordprocessingml.macroEnabled.main+xml"
    )
    assert "macros" in refusal(repacked(TEMPLATE, {"[Content_Types].xml": changed}))


@pytest.mark.parametrize(
    "doctype",
    ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE x SYSTEM "http://x/y">'],
)
def test_xml_entities_are_refused(doctype):
    """A part that declares entities is refused; nothing is read from outside."""
    content = parts(TEMPLATE)["word/document.xml"].decode()
    head, _, body = content.partition("?>")
    hostile = f"{head}?>{doctype}{body}".encode()
    assert "entités XML" in refusal(repacked(TEMPLATE, {"word/document.xml": hostile}))


def test_a_damaged_part_is_named():
    """A part that is not well-formed is named."""
    assert "word/styles.xml" in refusal(repacked(TEMPLATE, {"word/styles.xml": b"<w:styles"}))


@pytest.mark.parametrize("kind", ["image", "oleObject", "subDocument", "frame"])
def test_content_fetched_from_outside_is_refused(kind):
    """A linked image or object would be fetched when the report opens."""
    assert "http://evil.example/x" in refusal(linked(kind, "http://evil.example/x"))


def test_hyperlinks_are_kept():
    """A link that a reader may follow is no danger."""
    assert (
        b"https://example.org"
        in parts(render(linked("hyperlink", "https://example.org"), {"title": ""}))[LINKS]
    )


def test_the_path_of_the_authors_model_is_dropped():
    """The path of the author's own Word model does not reach the report."""
    link = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/attachedTemplate" Target="file:///C:/Users/me/x.dotx" '
        'TargetMode="External"/></Relationships>'
    )
    settings = parts(TEMPLATE)[SETTINGS].decode()
    tag = (
        '<w:attachedTemplate r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships"/></w:settings>'
    )
    template = repacked(
        TEMPLATE,
        {
            SETTINGS: settings.replace("</w:settings>", tag).encode(),
            "word/_rels/settings.xml.rels": link.encode(),
        },
    )
    result = parts(render(template, {"title": ""}))
    assert all(b"C:/Users/me" not in data for data in result.values())
    assert b"attachedTemplate" not in result[SETTINGS]
