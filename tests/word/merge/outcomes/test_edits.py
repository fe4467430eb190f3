"""Passages that staff edited, restyled or were offered."""

import random
from io import BytesIO

import pytest
from docx import Document
from lxml import etree

from tasks.word.merge import Kind
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.outcomes.conftest import edited, kinds, remarks, report, retyped, texts
from tests.word.merge.soundness import ills
from tests.word.merge.staff import w


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
    result = refresh(second, retyped(offered, "Six personnes."), report(a1="Six personnes."))
    assert remarks(result.content) == []
    assert not ills(result.content)
