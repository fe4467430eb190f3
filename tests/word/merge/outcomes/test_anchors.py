"""Passages split, typed above, or without their anchor."""

import random

from lxml import etree

from tasks.word.merge import Kind
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.outcomes.conftest import edited, kinds, report, texts
from tests.word.merge.soundness import ills
from tests.word.merge.staff import Docx, w


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
