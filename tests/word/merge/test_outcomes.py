"""What becomes of paragraphs: refreshed, kept, offered, deleted, added, moved, dropped."""

import random
from copy import deepcopy
from io import BytesIO

import pytest
from docx import Document
from lxml import etree

from tasks.word.merge import Kind, Subject
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Chart, Report, Section, render
from tests.word.merge.staff import Docx, text_of, w


def report(**texts: str) -> bytes:
    """Return a report of two sections; `a1="…"` says what a paragraph says, "" leaves it out."""
    said = {"a1": "Quatre personnes.", "a2": "Un essai.", "b1": "Deux projets."} | texts
    sections = tuple(
        Section(
            code,
            f"Axe {code}",
            tuple((key, text) for key, text in sorted(said.items()) if key[0] == code and text),
        )
        for code in "ab"
    )
    return render(Report(sections))


def edited(content: bytes, change) -> bytes:
    """Return a file after a change to its paragraphs."""
    docx = Docx(content)
    change(docx.paragraphs())
    return docx.save()


def texts(content: bytes) -> list[str]:
    """Return the texts of the paragraphs as a reader sees them."""
    return [text_of(paragraph) for paragraph in Docx(content).paragraphs()]


def kinds(result) -> list[Kind]:
    """Return what was done, in order."""
    return [event.kind for event in result.log]


def remarks(content: bytes) -> list[str]:
    """Return the comments of a file, lines joined."""
    return [comment.text for comment in Document(BytesIO(content)).comments]


def test_untouched_passage_is_refreshed(refresh: Refresh) -> None:
    """A sentence nobody touched says what the data say now, under the style it had."""
    base, new = report(), report(a1="*Cinq* personnes.")
    result = refresh(base, edited(base, lambda p: staff.type_after(p[4], " Oui.")), new)
    assert texts(result.content)[1] == "Cinq personnes."
    assert kinds(result) == [Kind.REFRESHED]
    event = result.log[0]
    assert (event.place, event.before, event.after) == (
        "Axe a",
        "Quatre personnes.",
        "Cinq personnes.",
    )


def test_file_that_nobody_edited_becomes_the_new_one(refresh: Refresh) -> None:
    """Without any edit the fresh render is issued as it is, and still logged."""
    base, new = report(), report(a1="Cinq personnes.")
    result = refresh(base, base, new)
    assert result.content == new
    assert kinds(result) == [Kind.REFRESHED]


@pytest.mark.parametrize(
    "change",
    [
        lambda p: staff.type_inside(p[1], "vraiment ", random.Random(1)),
        lambda p: staff.type_before(p[1], "Selon nous : "),
        lambda p: staff.type_after(p[1], " À discuter."),
        lambda p: staff.embolden(p[1]),
    ],
    ids=["inside", "before", "after", "bold"],
)
def test_edit_is_kept_while_the_data_do_not_move(refresh: Refresh, change) -> None:
    """Typing inside, before or after, or bold alone, stays; the log does not repeat it."""
    base = report()
    own = edited(base, change)
    result = refresh(base, own, report(b1="Trois projets."))
    assert texts(result.content)[:3] == texts(own)[:3]
    assert kinds(result) == [Kind.REFRESHED]
    assert [event.kind for event in result.standing] == [Kind.KEPT]


@pytest.mark.parametrize(
    "xml",
    [
        "<w:i/>",
        '<w:u w:val="single"/>',
        '<w:color w:val="C00000"/>',
        '<w:highlight w:val="yellow"/>',
        "<w:strike/>",
        "<w:caps/>",
        "<w:smallCaps/>",
        "<w:vanish/>",
        '<w:sz w:val="40"/>',
        '<w:vertAlign w:val="superscript"/>',
        '<w:rFonts w:ascii="Comic Sans MS" w:hAnsi="Comic Sans MS"/>',
    ],
)
def test_formatting_alone_is_an_edit(refresh: Refresh, xml: str) -> None:
    """Italic, underline, colour, size, font… of one word keep the passage."""
    base = report()
    look = etree.fromstring(f'<w:rPr xmlns:w="{staff.W}">{xml}</w:rPr>')
    own = edited(base, lambda p: p[1].find(w("r")).insert(0, look))
    result = refresh(base, own, report(a1="Cinq personnes."))
    assert kinds(result) == [Kind.OFFERED]
    assert texts(result.content)[1] == "Quatre personnes."


def test_other_style_is_an_edit(refresh: Refresh) -> None:
    """A paragraph that staff made a quotation stays one, and its text too."""
    base = report()

    def quote(paragraphs: list[etree._Element]) -> None:
        properties = etree.Element(w("pPr"))
        etree.SubElement(properties, w("pStyle"), {w("val"): "Citation"})
        paragraphs[1].insert(0, properties)

    result = refresh(base, edited(base, quote), report(a1="Cinq personnes."))
    assert kinds(result) == [Kind.OFFERED]


def test_both_changed_offers_the_new_text_as_a_comment(refresh: Refresh) -> None:
    """The sentence of staff stays and the new one stands in a comment by the robot."""
    base = report()
    own = edited(base, lambda p: staff.type_after(p[1], " À discuter."))
    result = refresh(base, own, report(a1="Cinq personnes."))
    assert texts(result.content)[1] == "Quatre personnes. À discuter."
    assert kinds(result) == [Kind.OFFERED]
    assert len(remarks(result.content)) == 1
    assert "Cinq personnes." in remarks(result.content)[0]
    assert Document(BytesIO(result.content)).comments.get(0).author == "Rapport automatique"
    assert not ills(result.content)


def test_declined_offer_does_not_come_back_until_the_data_move(refresh: Refresh) -> None:
    """A comment that staff delete stays away; new data bring a new one, not a second."""
    base, second = report(), report(a1="Cinq personnes.")
    own = edited(base, lambda p: staff.type_after(p[1], " À discuter."))
    offered = refresh(base, own, second).content
    declined = edited(own, lambda _: None)
    assert refresh(second, declined, second).log == ()
    third = report(a1="Six personnes.")
    again = refresh(second, offered, third)
    assert kinds(again) == [Kind.OFFERED]
    assert len(remarks(again.content)) == 1
    assert "Six personnes." in remarks(again.content)[0]


def test_outdated_offer_is_withdrawn_when_staff_took_it_over(refresh: Refresh) -> None:
    """Staff type the offered text themselves: the comment has become pointless and goes."""
    base, second = report(), report(a1="Cinq personnes.")
    own = edited(base, lambda p: staff.type_after(p[1], " À discuter."))
    offered = refresh(base, own, second).content

    def take_over(paragraphs: list[etree._Element]) -> None:
        typed = [run for run in paragraphs[1].findall(w("r")) if text_of(run)]
        for run in typed[1:]:
            paragraphs[1].remove(run)
        typed[0].find(w("t")).text = "Six personnes."

    result = refresh(second, edited(offered, take_over), report(a1="Six personnes."))
    assert remarks(result.content) == []
    assert not ills(result.content)


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


def test_split_passage_keeps_both_halves(refresh: Refresh) -> None:
    """A passage that staff cut in two stays in two, the new text is offered once."""
    base = report(a1="Une *personne* sur deux.")
    own = edited(base, lambda p: staff.split(p[1], random.Random(3)))
    result = refresh(base, own, report(a1="Deux *personnes* sur deux."))
    assert texts(result.content)[1:3] == ["Une ", "personne sur deux."]
    assert kinds(result) == [Kind.OFFERED]
    assert not ills(result.content)


def test_line_typed_above_leaves_the_passage_untouched(refresh: Refresh) -> None:
    """Enter at the start of a passage takes the bookmark's start away; it is refreshed still."""
    base = report()

    def press_enter(paragraphs: list[etree._Element]) -> None:
        above = staff.new_paragraph(paragraphs[0], "")
        above.append(paragraphs[1].find(w("bookmarkStart")))

    result = refresh(base, edited(base, press_enter), report(a1="Cinq personnes."))
    assert texts(result.content)[1:3] == ["", "Cinq personnes."]
    assert kinds(result) == [Kind.REFRESHED]
    assert not ills(result.content)


def test_lost_anchors_are_found_by_text_and_given_back(refresh: Refresh) -> None:
    """A file whose bookmarks are all lost merges as well, and has them again afterwards."""
    base, new = report(), report(a1="Cinq personnes.")
    docx = Docx(base)
    for mark in [*docx.root.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
        mark.getparent().remove(mark)
    result = refresh(base, docx.save(), new)
    assert texts(result.content) == texts(new)
    names = [
        [mark.get(w("name")) for mark in Docx(content).root.iter(w("bookmarkStart"))]
        for content in (result.content, new)
    ]
    assert names[0] == names[1]


def test_bookmarks_of_one_id_are_told_apart(refresh: Refresh) -> None:
    """Some programs give two bookmarks one id; a doubled anchor goes, the other one stays."""
    base = report(a1="Une *personne* sur deux.")

    def clash(paragraphs: list[etree._Element]) -> None:
        number = paragraphs[2].find(w("bookmarkStart")).get(w("id"))
        double = staff.new_paragraph(paragraphs[1], "copie")
        name = paragraphs[1].find(w("bookmarkStart")).get(w("name"))
        double.insert(0, etree.Element(w("bookmarkStart"), {w("id"): number, w("name"): name}))
        etree.SubElement(double, w("bookmarkEnd"), {w("id"): number})

    own = edited(base, clash)
    result = refresh(base, own, report(a1="Deux *personnes* sur deux.", a2="Deux essais."))
    assert texts(result.content)[1:4] == ["Deux personnes sur deux.", "copie", "Deux essais."]
    assert not ills(result.content)


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

    def take_over(paragraphs: list[etree._Element]) -> None:
        typed = [run for run in paragraphs[1].findall(w("r")) if text_of(run)]
        for run in typed[1:]:
            paragraphs[1].remove(run)
        typed[0].find(w("t")).text = "Cinq personnes."

    taken = edited(offered, take_over)
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
