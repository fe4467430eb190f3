"""What staff draw into a passage is an edit: it stays, whatever becomes of the passage."""

import pytest
from lxml import etree

from tasks.word.merge import Kind, Offers
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.objects import OBJECTS, drawn, objects
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Report, Section, render
from tests.word.merge.staff import Docx, text_of, w


def report(text: str, cell: str = "2") -> bytes:
    """Return a report of a sentence (none when empty), an untouched one and a table row."""
    said = (("a1", text),) if text else ()
    rows = (("r", ("Outils", cell, "dispersée")),)
    return render(Report((Section("a", "Axe a", (*said, ("a2", "Un essai.")), rows),)))


BASE, NEW = report("Quatre personnes."), report("Cinq personnes.", "3")


def with_object(kind: str, *, cell: bool = False) -> bytes:
    """Return the base with an object in its first sentence, or in a cell."""
    docx = Docx(BASE)
    home = docx.rows()[1].findall(w("tc"))[1].find(w("p")) if cell else docx.paragraphs()[1]
    home.append(drawn(kind, "Note de zone"))
    return docx.save()


@pytest.mark.parametrize("offers", Offers)
@pytest.mark.parametrize("kind", OBJECTS)
def test_passage_with_an_object_is_kept_and_offered(
    refresh: Refresh, kind: str, offers: Offers
) -> None:
    """A text box, an arrow, SmartArt or an equation stays; the new text stands beside it."""
    result = refresh(BASE, with_object(kind), NEW, offers)
    assert Kind.OFFERED in [event.kind for event in result.log]
    assert objects(Docx(result.content).paragraphs()[1]) == 1
    assert not ills(result.content)


@pytest.mark.parametrize("kind", OBJECTS)
def test_object_in_a_cell_stays(refresh: Refresh, kind: str) -> None:
    """The same in a cell of a table."""
    result = refresh(BASE, with_object(kind, cell=True), NEW)
    assert objects(Docx(result.content).rows()[1]) == 1


@pytest.mark.parametrize("kind", OBJECTS)
def test_object_keeps_a_passage_that_the_data_drop(refresh: Refresh, kind: str) -> None:
    """What the data no longer say stays when staff drew something into it."""
    result = refresh(BASE, with_object(kind), report(""))
    assert Kind.KEPT_GONE in [event.kind for event in result.log]
    assert objects(Docx(result.content).body) == 1


def test_text_typed_into_a_box_of_the_template_is_an_edit(refresh: Refresh) -> None:
    """The text inside an object counts: typed over by staff, it is theirs."""

    def boxed(content: bytes, text: str) -> bytes:
        docx = Docx(content)
        docx.paragraphs()[1].append(drawn("text box", text))
        return docx.save()

    base, new = boxed(BASE, "Légende"), boxed(NEW, "Légende")
    untouched = refresh(base, staff.saved_by_python_docx(base), new)
    assert text_of(Docx(untouched.content).paragraphs()[1]).startswith("Cinq")
    result = refresh(base, boxed(BASE, "Légende de l’équipe"), new)
    assert "Légende de l’équipe" in text_of(Docx(result.content).paragraphs()[1])


@pytest.mark.parametrize("place", ["before", "inside", "after"])
def test_page_break_keeps_its_place(refresh: Refresh, place: str) -> None:
    """A break before or after the text stays there; one in the middle makes it staff's."""
    docx = Docx(BASE)
    paragraph = docx.paragraphs()[1]
    run = paragraph.find(w("r"))
    broken = etree.Element(w("br"), {w("type"): "page"})
    if place == "before":
        run.insert(0, broken)
    else:
        run.append(broken)
    if place == "inside":
        run.append(staff.run(" Soit la moitié.").find(w("t")))
    result = refresh(BASE, docx.save(), NEW)
    merged = Docx(result.content).paragraphs()[1]
    marks = [found.tag for found in merged.iter(w("br"), w("t"))]
    expected = {"before": ["br", "t"], "inside": ["t", "br", "t"], "after": ["t", "br"]}[place]
    assert marks == [w(name) for name in expected]
    assert text_of(merged).startswith("Quatre" if place == "inside" else "Cinq")
