"""Tables of contents and numbers of captions."""

import re

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tasks.word.authoring import add_caption, add_contents, add_field
from tasks.word.fields import find_fields
from tasks.word.styles import w
from tests.word.exported import contents_for_export
from tests.word.specimens import MAIN, lines, made, parts, render, root, saved, texts
from tests.word.validity import faults


def _with_contents(document, levels=2):
    for level in (1, 2, 3):
        document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
    add_contents(document.add_paragraph(), levels)
    document.add_heading("Introduction & suite", 1)
    document.add_paragraph("{%p for d in dims %}")
    document.add_heading("{{ d }}", 2)
    document.add_heading("Détail", 3)
    document.add_paragraph("{%p endfor %}")


def _codes(document: bytes) -> list[str]:
    return [field.code.strip() for field in find_fields(root(document))]


def test_the_contents_list_the_headings_of_the_render():
    """Lines come from the rendered headings, loops included, down to the level asked for."""
    document = render(made(_with_contents), {"dims": ["Un <w:p>", "Deux\nlignes"]})
    assert texts(document)[:4] == ["Introduction & suite⇥", "Un <w:p>⇥", "Deux lignes⇥", ""]
    styles = [e.get(w("val")) for e in root(document).iter(w("pStyle"))][:3]
    assert styles == ["toc1", "toc2", "toc2"]


def test_each_line_points_to_its_heading():
    """Every line links to a bookmark in its heading and asks for the page of it."""
    document = render(made(_with_contents), {"dims": ["A", "A"]})
    links = [e.get(w("anchor")) for e in root(document).iter(w("hyperlink"))]
    marks = [e.get(w("name")) for e in root(document).iter(w("bookmarkStart"))]
    assert len(set(links)) == 3
    assert set(links) <= set(marks)
    assert [code.split()[1] for code in _codes(document) if code.startswith("PAGEREF")] == links


def test_word_is_asked_to_update_the_contents():
    """The field is a true table of contents, marked dirty: Word offers to fill in the pages."""
    document = render(made(_with_contents), {"dims": []})
    field = next(f for f in find_fields(root(document)) if f.words[0] == "TOC")
    assert field.begin.get(w("dirty")) == "true"
    assert '\\o "1-2"' in field.code


def test_names_of_headings_last():
    """The same headings have the same bookmarks when others come before them."""
    one = render(made(_with_contents), {"dims": ["B"]})
    two = render(made(_with_contents), {"dims": ["A", "B"]})

    def names(document: bytes) -> set[bytes]:
        return set(re.findall(rb'w:name="(_Toc\d+)"', parts(document)[MAIN]))

    assert names(one) < names(two)


def test_the_export_keeps_the_lines_without_their_field():
    """The copy for LibreOffice has the same lines and page references, outside any field."""
    document = render(made(_with_contents), {"dims": ["A"]})
    copy = contents_for_export(document)
    assert faults(copy) == []
    assert texts(copy) == texts(document)
    assert "TOC" in {code.split()[0] for code in _codes(document)}
    assert {code.split()[0] for code in _codes(copy)} == {"PAGEREF"}


def test_contents_made_by_word_are_replaced():
    """Lines, bookmarks and pages that Word made for the template's own headings go."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    add_field(paragraph, 'TOC \\o "1-1" \\h', "Vieux titre\t7")
    heading = document.add_heading("{{ title }}", 1)
    for xml in (
        '<w:bookmarkStart {ns} w:id="3" w:name="_Toc123456789"/>',
        '<w:bookmarkEnd {ns} w:id="3"/>',
    ):
        heading._p.append(parse_xml(xml.format(ns=nsdecls("w"))))
    result = render(saved(document), {"title": "Nouveau"})
    assert texts(result) == ["Nouveau⇥", "", "Nouveau"]
    assert b"_Toc123456789" not in parts(result)[MAIN]


def test_what_follows_the_contents_stays():
    """A page break after the field in its last paragraph is kept."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    add_field(paragraph, 'TOC \\o "1-1"', "x")
    paragraph.add_run().add_break(docx.enum.text.WD_BREAK.PAGE)
    document.add_heading("Un", 1)
    assert texts(render(saved(document))) == ["Un⇥", "", "⏎", "Un"]


def test_contents_without_headings_are_empty():
    """A document without headings has an empty table, not a broken one."""

    def build(document):
        add_contents(document.add_paragraph())
        document.add_paragraph("Texte")

    assert texts(render(made(build))) == ["", "", "Texte"]


def test_captions_are_numbered_in_loops():
    """Figures and tables count each for themselves, in the order of the document."""

    def build(document):
        document.add_paragraph("{%p for d in dims %}")
        add_caption(document.add_paragraph(), "Figure", "{{ d }}")
        document.add_paragraph("{%p endfor %}")
        add_caption(document.add_paragraph(), "Tableau", "seul")
        add_caption(document.add_paragraph(), "Figure", "fin")

    document = render(made(build), {"dims": ["a", "b"]})
    assert texts(document) == ["Figure 1 – a", "Figure 2 – b", "Tableau 1 – seul", "Figure 3 – fin"]
    assert _codes(document) == [
        f"SEQ {x} \\* ARABIC" for x in ("Figure", "Figure", "Tableau", "Figure")
    ]


@pytest.mark.parametrize("code", ["SEQ Figure \\h", "SEQ X \\r 4", "PAGE", "REF x"])
def test_other_fields_keep_what_they_show(code):
    """Fields that this engine does not number are left alone."""

    def build(document):
        add_field(document.add_paragraph(), code, "7")

    assert texts(render(made(build))) == ["7"]


def test_simple_fields_are_numbered_too():
    """Word's short form of a field is numbered like the long one."""
    document = docx.Document()
    for _ in range(2):
        document.add_paragraph()._p.append(
            parse_xml(
                f'<w:fldSimple {nsdecls("w")} w:instr=" SEQ Figure \\* ARABIC "><w:r><w:t>9</w:t>'
                "</w:r></w:fldSimple>"
            )
        )
    assert texts(render(saved(document))) == ["1", "2"]


def test_a_document_without_fields_is_left_alone():
    """Nothing is marked where there is nothing to fill."""
    assert texts(render(lines("Texte"))) == ["Texte"]
