"""What the tests of the outcomes of a merge share."""

from io import BytesIO

from docx import Document
from lxml import etree

from tasks.word.merge import Kind
from tests.word.merge.specimens import Report, Section, render
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


def retyped(offered: bytes, text: str) -> bytes:
    """Return a file in which staff typed a text over the first passage."""

    def take_over(paragraphs: list[etree._Element]) -> None:
        typed = [run for run in paragraphs[1].findall(w("r")) if text_of(run)]
        for run in typed[1:]:
            paragraphs[1].remove(run)
        typed[0].find(w("t")).text = text

    return edited(offered, take_over)


def texts(content: bytes) -> list[str]:
    """Return the texts of the paragraphs as a reader sees them."""
    return [text_of(paragraph) for paragraph in Docx(content).paragraphs()]


def kinds(result) -> list[Kind]:
    """Return what was done, in order."""
    return [event.kind for event in result.log]


def remarks(content: bytes) -> list[str]:
    """Return the comments of a file, lines joined."""
    return [comment.text for comment in Document(BytesIO(content)).comments]
