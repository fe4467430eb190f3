"""Headers, contents, pictures, and merging twice."""

from copy import deepcopy
from io import BytesIO

import pytest
from docx import Document
from lxml import etree

from tasks.word.merge import Kind, Subject
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.outcomes.conftest import edited, kinds, remarks, report, retyped, texts
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Chart, Report, Section, render
from tests.word.merge.staff import Docx, text_of, w


def test_header_is_refreshed_and_kept_when_edited(refresh: Refresh) -> None:
    """A header follows the data until staff write in it."""
    base = render(Report((Section("a", "Axe a"),), header="Semaine 1"))
    new = render(Report((Section("a", "Axe a"),), header="Semaine 2"))
    own = edited(base, lambda p: staff.type_after(p[0], " !"))
    result = refresh(base, own, new)
    assert b"Semaine 2" in Docx(result.content).parts["word/header1.xml"]
    assert result.log[0].subject is Subject.HEADER
    docx = Docx(own)
    header = docx.parts["word/header1.xml"]
    docx.parts["word/header1.xml"] = header.replace(b"Semaine 1", b"Semaine 1, provisoire")
    result = refresh(base, docx.save(), new)
    assert b"provisoire" in Docx(result.content).parts["word/header1.xml"]
    assert kinds(result) == [Kind.KEPT]
    assert (result.log[0].former, result.log[0].after) == ("Semaine 1", "Semaine 2")
    third = render(Report((Section("a", "Axe a"),), header="Semaine 3"))  # no longer alike
    again = refresh(new, result.content, third)
    assert [(one.former, one.after) for one in again.log] == [("Semaine 2", "Semaine 3")]
    assert kinds(refresh(third, again.content, third)) == []


def test_contents_are_left_to_word(refresh: Refresh) -> None:
    """The entries of a table of contents are nobody's edit; a new heading asks Word to redo it."""
    sections = (Section("a", "Axe a"),)
    base = render(Report(sections, contents=True))
    new = render(Report((*sections, Section("b", "Axe b")), contents=True))
    docx = Docx(base)
    field = next(t for t in docx.root.iter(w("t")) if t.text == "Sommaire")
    field.text = "Axe a, page 3"
    result = refresh(base, docx.save(), new)
    root = Docx(result.content).root
    assert "Axe a, page 3" in "".join(t.text or "" for t in root.iter(w("t")))
    assert next(root.iter(w("fldChar"))).get(w("dirty")) == "true"
    assert kinds(result) == [Kind.INSERTED]


def test_entry_of_the_contents_is_no_heading(refresh: Refresh) -> None:
    """A section that staff deleted stays away: its entry in the contents is not its heading."""
    kept = Section("a", "Axe a", (("a1", "Un essai."),))
    base = render(
        Report(
            (
                kept,
                Section(
                    "b",
                    "Axe b",
                    (
                        (
                            "b1",
                            "Deux.",
                        ),
                    ),
                ),
            ),
            contents=True,
        )
    )
    fresh = Section("b", "Axe b", (("b1", "Deux."), ("b2", "Un avis neuf.")))
    docx = Docx(base)
    contents = next(p for p in docx.body.iter(w("p")) if text_of(p) == "Sommaire")
    entry, last = staff.new_paragraph(contents, "Axe b"), etree.Element(w("p"))
    entry.addnext(last)
    last.append(contents.findall(w("r"))[-1])
    for paragraph in docx.paragraphs()[-2:]:
        paragraph.getparent().remove(paragraph)
    result = refresh(base, docx.save(), render(Report((kept, fresh), contents=True)))
    assert "Un avis neuf." not in texts(result.content)
    assert kinds(result) == [Kind.DELETED_BY_STAFF]


def test_picture_of_staff_stays(refresh: Refresh) -> None:
    """A picture that staff put into a passage makes it theirs, and stays with its part."""
    base = report()
    document = Document(BytesIO(base))
    document.paragraphs[1].add_run().add_picture(BytesIO(_PIXEL))
    stream = BytesIO()
    document.save(stream)
    result = refresh(base, stream.getvalue(), report(a1="Cinq personnes."))
    assert kinds(result) == [Kind.OFFERED]
    assert len(Document(BytesIO(result.content)).inline_shapes) == 1
    assert not ills(result.content)


def test_generated_picture_is_replaced_with_its_part(refresh: Refresh) -> None:
    """An inserted section with a chart brings its parts along, linked and typed."""
    sections = (Section("a", "Axe a", (("a1", "Un constat."),)),)
    base = render(Report(sections))
    more = Section("b", "Axe b", chart=Chart((("Éveil", 3.0),)))
    new = render(Report((*sections, more)))
    own = edited(base, lambda p: staff.type_after(p[1], " Oui."))
    result = refresh(base, own, new)
    assert not ills(result.content)
    assert "word/embeddings/chart1.xlsx" in Docx(result.content).parts


def test_merging_twice_changes_nothing(refresh: Refresh) -> None:
    """With the same base a second time, offers and insertions are recognised."""
    base, new = report(), report(a1="Cinq personnes.", a11="Un avis neuf.", b1="")
    own = edited(base, lambda p: staff.type_after(p[1], " À discuter."))
    once = refresh(base, own, new)
    twice = refresh(base, once.content, new)
    assert twice.content == once.content
    assert twice.log == ()


_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360"
    "606000000004000127340a270000000049454e44ae426082"
)


def test_offer_taken_over_by_hand_is_withdrawn(refresh: Refresh) -> None:
    """Staff type the very text that we offered: the comment goes, the passage follows the data."""
    base, second = report(), report(a1="Cinq personnes.")
    own = edited(base, lambda p: staff.type_after(p[1], " À discuter."))
    offered = refresh(base, own, second).content
    taken = retyped(offered, "Cinq personnes.")
    for third in (second, report(a1="Six personnes.")):
        result = refresh(second, taken, third)
        assert remarks(result.content) == []
        assert texts(result.content)[1] == texts(third)[1]
        assert not ills(result.content)


def test_refreshes_leave_no_header_behind(refresh: Refresh) -> None:
    """A passage that ends a section is refreshed six times: the file holds the parts it uses."""

    def sectioned(text: str) -> bytes:
        docx = Docx(report(a1=text))
        closing = deepcopy(docx.body.find(w("sectPr")))
        properties = etree.Element(w("pPr"))
        properties.append(closing)
        docx.paragraphs()[1].insert(0, properties)
        return docx.save()

    base = sectioned("Avis 0.")
    own = edited(base, lambda p: staff.type_after(p[2], " À discuter."))
    before = {name for name in Docx(own).parts if "header" in name}
    for number in range(1, 7):
        new = sectioned(f"Avis {number}.")
        own, base = refresh(base, own, new).content, new
    assert texts(own)[1] == "Avis 6."
    assert {name for name in Docx(own).parts if "header" in name} == before
    assert not ills(own)


@pytest.mark.parametrize("taken", [True, False])
def test_header_follows_the_data_past_a_new_section(refresh: Refresh, taken: bool) -> None:
    """Staff insert a section break: the header is found again, whichever section has it."""
    base, new = (
        render(Report((Section("a", "Axe a", (("a1", "Un."),)),), header=f"Étude, semaine {week}"))
        for week in (1, 2)
    )
    docx = Docx(base)
    section = docx.body.find(w("sectPr"))
    fresh = etree.Element(w("sectPr"))
    if taken:  # as Word does it: the first section takes the references, the next inherits
        fresh.append(section.find(w("headerReference")))
    properties = etree.Element(w("pPr"))
    properties.append(fresh)
    docx.paragraphs()[0].insert(0, properties)
    result = refresh(base, docx.save(), new)
    assert "Étude, semaine 2" in Docx(result.content).parts["word/header1.xml"].decode()
    assert refresh(new, result.content, new).log == ()
