"""A template restyled in mid-campaign: its look follows where nobody redefined it."""

from lxml import etree

from tasks.word.merge import Kind, Subject
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Report, Section, render
from tests.word.merge.staff import Docx, text_of, w

STYLES = "word/styles.xml"


def report(week: int, *, size: str = "21", colour: str = "1F4E79") -> bytes:
    """Return a report of a week whose template has this size of text and colour of titles."""
    said = (("a1", f"Constat de la semaine {week}."), ("a2", "Un essai."))
    docx = Docx(render(Report((Section("a", "Axe a", said),))))
    styles = docx.parts[STYLES].replace(b'<w:sz w:val="21"/>', f'<w:sz w:val="{size}"/>'.encode())
    docx.parts[STYLES] = styles.replace(b"1F4E79", colour.encode())
    return docx.save()


def own(*, styled: bool = False) -> bytes:
    """Return the first week's file with a note of staff, and styles of their own."""
    docx = Docx(report(1))
    staff.type_after(docx.paragraphs()[2], " À discuter.")
    if styled:
        root = etree.fromstring(docx.parts[STYLES])
        for element in root.iter(w("style"), w("rPrDefault")):
            properties = element.find(w("rPr"))
            if properties is not None:
                etree.SubElement(properties, w("lang"), {w("val"): "fr-CH"})
        docx.parts[STYLES] = etree.tostring(root)
    return docx.save()


def sentence(content: bytes) -> str:
    """Return the sentence that nobody touched."""
    return text_of(Docx(content).paragraphs()[1])


def test_new_look_reaches_an_edited_file(refresh: Refresh) -> None:
    """Size and colour of the new template arrive; passages stay what they are, week after week."""
    second = report(2, size="24", colour="AA0000")
    result = refresh(report(1), own(), second)
    styles = Docx(result.content).parts[STYLES]
    assert b'w:val="24"' in styles
    assert b"AA0000" in styles
    assert Subject.STYLE not in {event.subject for event in result.log}
    assert not ills(result.content)
    assert refresh(second, result.content, second).content == result.content
    third = refresh(second, result.content, report(3, size="24", colour="AA0000"))
    assert sentence(third.content) == "Constat de la semaine 3."
    assert "À discuter." in text_of(Docx(third.content).paragraphs()[2])


def test_file_with_styles_of_its_own_keeps_them_and_says_so(refresh: Refresh) -> None:
    """Redefined styles stay, the log says it once, and untouched passages follow the data."""
    second = report(2, size="24", colour="AA0000")
    result = refresh(report(1), own(styled=True), second)
    assert b"AA0000" not in Docx(result.content).parts[STYLES]
    assert [e.kind for e in result.log if e.subject is Subject.STYLE] == [Kind.KEPT]
    assert refresh(second, result.content, second).log == ()
    third = refresh(second, result.content, report(3, size="24", colour="AA0000"))
    assert sentence(third.content) == "Constat de la semaine 3."
    assert Kind.OFFERED not in {event.kind for event in third.log}


def test_style_that_staff_redefine_is_no_edit_of_its_passages(refresh: Refresh) -> None:
    """Larger text through the style: the file keeps it, and every passage follows the data."""
    docx = Docx(report(1))
    docx.parts[STYLES] = docx.parts[STYLES].replace(b'w:val="21"', b'w:val="26"')
    result = refresh(report(1), docx.save(), report(2))
    assert sentence(result.content) == "Constat de la semaine 2."
    assert b'w:val="26"' in Docx(result.content).parts[STYLES]
    assert [event.kind for event in result.log] == [Kind.REFRESHED]
