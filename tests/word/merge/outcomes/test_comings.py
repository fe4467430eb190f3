"""Passages deleted, added, dropped and moved."""

from lxml import etree

from tasks.word.merge import Kind
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.outcomes.conftest import edited, kinds, remarks, report, texts
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Report, Section, render
from tests.word.merge.staff import Docx, text_of, w


def test_deleted_passage_stays_deleted_and_is_listed(refresh: Refresh) -> None:
    """What staff deleted does not come back, and the log says so when its data moved."""
    base = report()
    own = edited(base, lambda p: p[1].getparent().remove(p[1]))
    result = refresh(base, own, report(a1="Cinq personnes."))
    assert "Cinq personnes." not in texts(result.content)
    assert kinds(result) == [Kind.DELETED_BY_STAFF]
    quiet = refresh(base, own, report(b1="Trois projets."))
    assert [event.kind for event in quiet.standing] == [Kind.DELETED_BY_STAFF]


def test_paragraph_of_staff_stays_where_it_is(refresh: Refresh) -> None:
    """A paragraph that staff wrote stays between its neighbours, whatever is refreshed."""
    base = report()
    own = edited(base, lambda p: staff.new_paragraph(p[1], "Note de terrain."))
    result = refresh(base, own, report(a1="Cinq personnes.", a2="Deux essais."))
    assert texts(result.content)[1:4] == ["Cinq personnes.", "Note de terrain.", "Deux essais."]


def test_new_passage_comes_after_its_neighbour(refresh: Refresh) -> None:
    """A new sentence comes after the one it follows, past what staff wrote under that one."""
    base = report()
    own = edited(base, lambda p: staff.new_paragraph(p[1], "Note de terrain."))
    result = refresh(base, own, report(a11="Un avis neuf."))
    assert texts(result.content)[1:5] == [
        "Quatre personnes.",
        "Note de terrain.",
        "Un avis neuf.",
        "Un essai.",
    ]
    assert kinds(result) == [Kind.INSERTED]


def test_new_passage_of_a_deleted_section_stays_away(refresh: Refresh) -> None:
    """Nothing new comes into a section that staff deleted whole."""
    base = report()

    def drop(paragraphs: list[etree._Element]) -> None:
        for paragraph in paragraphs[3:]:
            paragraph.getparent().remove(paragraph)

    result = refresh(base, edited(base, drop), report(b2="Un avis neuf."))
    assert "Un avis neuf." not in texts(result.content)
    assert kinds(result) == [Kind.DELETED_BY_STAFF]


def test_dropped_passage_goes_when_untouched(refresh: Refresh) -> None:
    """What the data no longer call for goes when nobody touched it."""
    base = report()
    own = edited(base, lambda p: staff.type_after(p[4], " Oui."))
    result = refresh(base, own, report(a2=""))
    assert "Un essai." not in texts(result.content)
    assert kinds(result) == [Kind.REMOVED]


def test_dropped_passage_stays_when_edited(refresh: Refresh) -> None:
    """What staff edited stays when the data drop it, and is listed once."""
    base, new = report(), report(a2="")
    own = edited(base, lambda p: staff.type_after(p[2], " À garder."))
    result = refresh(base, own, new)
    assert "Un essai. À garder." in texts(result.content)
    assert kinds(result) == [Kind.KEPT_GONE]
    assert refresh(new, result.content, new).log == ()


def test_dropped_passage_stays_when_commented(refresh: Refresh) -> None:
    """A comment of staff keeps the passage it hangs on."""
    base = report()
    docx = Docx(base)
    staff.comment(docx, docx.paragraphs()[2], "Vérifier avec la direction.")
    result = refresh(base, docx.save(), report(a2=""))
    assert kinds(result) == [Kind.KEPT_GONE]
    assert remarks(result.content) == ["Vérifier avec la direction."]


def test_comment_of_staff_survives_a_refresh_of_its_passage(refresh: Refresh) -> None:
    """A commented sentence is refreshed all the same; the comment stays on it."""
    base = report()
    docx = Docx(base)
    staff.comment(docx, docx.paragraphs()[1], "Vérifier avec la direction.")
    result = refresh(base, docx.save(), report(a1="Cinq personnes."))
    paragraph = Docx(result.content).paragraphs()[1]
    assert text_of(paragraph) == "Cinq personnes."
    assert paragraph.find(f".//{w('commentReference')}") is not None
    assert not ills(result.content)


def test_moved_section_stays_moved_and_is_refreshed(refresh: Refresh) -> None:
    """A section that staff moved stays where they put it, and says what the data say."""
    base = report()

    def move(paragraphs: list[etree._Element]) -> None:
        for paragraph in reversed(paragraphs[3:]):
            paragraphs[0].addprevious(paragraph)
            paragraphs[0] = paragraph

    result = refresh(base, edited(base, move), report(b1="Trois projets."))
    assert texts(result.content) == [
        "Axe b",
        "Trois projets.",
        "Axe a",
        "Quatre personnes.",
        "Un essai.",
    ]


def test_order_of_the_data_is_followed_where_staff_moved_nothing(refresh: Refresh) -> None:
    """Sections sorted anew are sorted anew in the file; notes of staff go with their section."""
    sections = tuple(
        Section(code, f"Axe {code}", ((f"{code}1", f"Constat {code}."),)) for code in "abc"
    )
    base, new = render(Report(sections)), render(Report(sections[::-1]))
    own = edited(base, lambda p: staff.new_paragraph(p[1], "Note sur a."))
    assert texts(refresh(base, own, new).content) == [
        "Axe c",
        "Constat c.",
        "Axe b",
        "Constat b.",
        "Axe a",
        "Constat a.",
        "Note sur a.",
    ]
