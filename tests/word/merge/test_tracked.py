"""Offers as tracked changes: accepted, the new text stands; refused, that of staff."""

from random import Random

import pytest
from lxml import etree

from tasks.word.merge import Kind, Offers
from tests.word.merge import staff
from tests.word.merge.conftest import Refresh
from tests.word.merge.soundness import ills
from tests.word.merge.specimens import Report, Section, render
from tests.word.merge.staff import Docx, text_of, w


def report(text: str) -> bytes:
    """Return a report of one sentence."""
    return render(Report((Section("a", "Axe a", (("a1", text),)),)))


def accept(content: bytes) -> bytes:
    """Return a file after all tracked changes were accepted, as Word does it."""
    return _decide(content, kept="ins", dropped="del")


def refuse(content: bytes) -> bytes:
    """Return a file after all tracked changes were refused, as Word does it."""
    return _decide(content, kept="del", dropped="ins")


def _decide(content: bytes, *, kept: str, dropped: str) -> bytes:
    docx = Docx(content)
    for change in [*docx.root.iter(w(dropped))]:
        change.getparent().remove(change)
    for change in [*docx.root.iter(w(kept))]:
        for child in list(change):
            change.addprevious(child)
        change.getparent().remove(change)
    for text in docx.root.iter(w("delText")):
        text.tag = w("t")
    return docx.save()


BASE, SECOND, THIRD = report("Quatre *personnes*."), report("Cinq *avis*."), report("Six avis.")


def own() -> bytes:
    """Return the base with a word of staff."""
    docx = Docx(BASE)
    staff.type_after(docx.paragraphs()[1], " Soit la moitié.")
    return docx.save()


def sentence(content: bytes) -> str:
    """Return the sentence of the report, insertions in, deletions out."""
    return text_of(Docx(content).paragraphs()[1])


def test_accepted_offer_is_the_new_text_with_its_look(refresh: Refresh) -> None:
    """Accepting gives the very passage of the data, which is refreshed from then on."""
    offered = refresh(BASE, own(), SECOND, Offers.TRACKED)
    assert [event.kind for event in offered.log] == [Kind.OFFERED]
    assert not ills(offered.content)
    accepted = accept(offered.content)
    assert sentence(accepted) == "Cinq avis."
    assert sentence(refresh(SECOND, accepted, THIRD, Offers.TRACKED).content) == "Six avis."


def test_refused_offer_leaves_the_text_of_staff(refresh: Refresh) -> None:
    """Refusing leaves what staff wrote, and it is not offered again while the data stand."""
    refused = refuse(refresh(BASE, own(), SECOND, Offers.TRACKED).content)
    assert sentence(refused) == "Quatre personnes. Soit la moitié."
    assert refresh(SECOND, refused, SECOND, Offers.TRACKED).log == ()


def test_pending_offer_follows_the_data(refresh: Refresh) -> None:
    """An offer nobody decided on is replaced by the next one: never two in a passage."""
    offered = refresh(BASE, own(), SECOND, Offers.TRACKED).content
    again = refresh(SECOND, offered, THIRD, Offers.TRACKED)
    assert [event.kind for event in again.log] == [Kind.OFFERED]
    assert sentence(accept(again.content)) == "Six avis."
    assert sentence(refuse(again.content)) == "Quatre personnes. Soit la moitié."
    assert not ills(again.content)


def test_offer_that_has_become_pointless_is_taken_back(refresh: Refresh) -> None:
    """The data come back to what staff wrote: no tracked change is left."""
    offered = refresh(BASE, own(), SECOND, Offers.TRACKED).content
    back = refresh(SECOND, offered, report("Quatre personnes. Soit la moitié."), Offers.TRACKED)
    assert list(Docx(back.content).root.iter(w("ins"), w("del"))) == []
    assert sentence(back.content) == "Quatre personnes. Soit la moitié."


@pytest.mark.parametrize("tag", ["ins", "hyperlink"])
def test_what_cannot_be_wrapped_is_offered_as_a_comment(refresh: Refresh, tag: str) -> None:
    """A passage with a link or with changes of staff gets a comment instead."""
    docx = Docx(BASE)
    author = {w("author"): "Camille", w("id"): "77"} if tag == "ins" else {w("anchor"): "x"}
    wrapped = etree.SubElement(docx.paragraphs()[1], w(tag), author)
    wrapped.append(staff.run(" Soit la moitié."))
    result = refresh(BASE, docx.save(), SECOND, Offers.TRACKED)
    assert [event.kind for event in result.log] == [Kind.OFFERED]
    assert "word/comments.xml" in Docx(result.content).parts
    assert sentence(result.content) == "Quatre personnes. Soit la moitié."


def test_tracked_deletion_of_staff_is_an_edit(refresh: Refresh) -> None:
    """A passage that staff deleted with change tracking on is theirs."""
    docx = Docx(BASE)
    paragraph = docx.paragraphs()[1]
    deletion = etree.Element(w("del"), {w("author"): "Camille", w("id"): "77"})
    for run in paragraph.findall(w("r")):
        for text in run.findall(w("t")):
            text.tag = w("delText")
        deletion.append(run)
    paragraph.append(deletion)
    result = refresh(BASE, docx.save(), SECOND, Offers.TRACKED)
    assert [event.kind for event in result.log] == [Kind.OFFERED]
    assert next(Docx(result.content).root.iter(w("del"))).get(w("author")) == "Camille"


@pytest.mark.parametrize("third", ["Six avis.", "Quatre personnes. Soit la moitié.", ""])
@pytest.mark.parametrize("offers", Offers)
def test_what_staff_type_into_an_offer_is_theirs(
    refresh: Refresh, third: str, offers: Offers
) -> None:
    """Words typed into our pending insertion stay, whatever the data say next, twice over."""
    docx = Docx(refresh(BASE, own(), SECOND, Offers.TRACKED).content)
    insertion = next(docx.root.iter(w("ins")))
    staff.type_inside(insertion, "(et un dixième) ", Random(1))
    last = report(third) if third else render(Report((Section("a", "Axe a"),)))
    result = refresh(SECOND, docx.save(), last, offers)
    assert "(et un dixième)" in sentence(result.content)
    again = refresh(last, result.content, BASE, offers)
    assert "(et un dixième)" in sentence(again.content)
    assert not ills(again.content)


def test_reworded_offer_can_still_be_accepted_or_refused(refresh: Refresh) -> None:
    """Accepted, it says what staff made of it; refused, what they had written before."""
    docx = Docx(refresh(BASE, own(), SECOND, Offers.TRACKED).content)
    staff.type_after(next(docx.root.iter(w("ins"))), " Bien plus.")
    result = refresh(SECOND, docx.save(), THIRD, Offers.TRACKED)
    assert sentence(accept(result.content)) == "Cinq avis. Bien plus."
    assert sentence(refuse(result.content)) == "Quatre personnes. Soit la moitié."


def test_bold_passage_gets_its_offer_and_keeps_it(refresh: Refresh) -> None:
    """An edit of the look alone: the new text is offered, and stands for decision."""
    docx = Docx(report("Quatre personnes."))
    staff.embolden(docx.paragraphs()[1])
    offered = refresh(report("Quatre personnes."), docx.save(), THIRD, Offers.TRACKED)
    assert sentence(accept(offered.content)) == "Six avis."


def test_an_offer_in_a_cell_goes_when_a_comment_takes_its_place(refresh: Refresh) -> None:
    """A passage carried into the cell: the new text is a comment, the outdated one is gone."""

    def weekly(text: str) -> bytes:
        rows = (("r1", ("Outils", "2", text)),)
        return render(Report((Section("a", "Axe a", (("a1", "À lire."),), rows),)))

    base, second, third = weekly("dispersée"), weekly("partagée"), weekly("commune")
    docx = Docx(base)
    staff.type_after(docx.rows()[1].findall(w("tc"))[2].find(w("p")), " selon nous")
    offered = Docx(refresh(base, docx.save(), second, Offers.TRACKED).content)
    cell = offered.rows()[1].findall(w("tc"))[2]
    assert "partagée" in text_of(cell)
    cell.append(offered.paragraphs()[1])
    merged = refresh(second, offered.save(), third, Offers.TRACKED)
    cell = Docx(merged.content).rows()[1].findall(w("tc"))[2]
    assert "dispersée selon nous" in text_of(cell)
    assert not [*cell.iter(w("ins"), w("del"))]
    assert b"commune" in Docx(merged.content).parts["word/comments.xml"]
    again = refresh(third, merged.content, third, Offers.TRACKED)
    assert (again.content, again.log) == (merged.content, ())
    assert not ills(merged.content)
