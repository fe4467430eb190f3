"""Notes and reviews that cannot be read: told with their place, left as they are, nothing stops."""

import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from config.settings import Settings
from flows import steps
from flows.collecting import CollectRequest, collect_folder, remarks
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps.carried import Cleaned
from flows.steps.decided import waiting_passages
from flows.summary import as_markdown
from tasks.interviews.form import LISTS_SHEET, NOTES
from tasks.interviews.model import Note, NoteKind, Notes, PositionChange
from tasks.interviews.review_workbook import REVIEW
from tests.conftest import Demo, directly, refresh_demo
from tests.flows.test_erase_person import AFTER

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.fixture(scope="module")
def setup(played_demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Setup:
    """The demo played to its end, copied without its former editions."""
    home = tmp_path_factory.mktemp("douteux") / "copie"
    shutil.copytree(played_demo.settings.home, home, ignore=shutil.ignore_patterns("history"))
    return prepare(RefreshRequest(study="demo"), Settings(home=home))


@pytest.fixture(scope="module")
def cleaned(setup: Setup) -> Cleaned:
    """Its answers."""
    return steps.clean_answers(setup)


def edited(content: bytes, edit: Callable[[Workbook], None]) -> bytes:
    """A workbook after somebody changed something in it."""
    book, buffer = load_workbook(io.BytesIO(content)), io.BytesIO()
    edit(book)
    book.save(buffer)
    return buffer.getvalue()


def without(heading: str) -> Callable[[bytes], bytes]:
    """Renames the first heading of this name."""

    def rename(book: Workbook) -> None:
        cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
        next(cell for cell in cells if cell.value == heading).value = "Autre"

    return lambda content: edited(content, rename)


def of_another_study(content: bytes) -> bytes:
    """It says that it is another one."""
    return edited(content, lambda book: book[LISTS_SHEET].__setitem__("A1", "autre/V1"))


def sheets(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose third sheet holds other bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name.endswith("/sheet3.xml") else data)
    return buffer.getvalue()


def with_entities(data: bytes) -> bytes:
    """XML that asks for a file of this computer."""
    return ENTITIES + data.split(b"?>")[-1].replace(b"<sheetData>", b"<sheetData>&e;", 1)


BAD = {
    "another study": (of_another_study, "autre étude"),
    "heading": (without("Ce qui a été dit"), "« Ce qui a été dit »"),
    "a sheet gone": (
        lambda content: edited(content, lambda book: book.remove(book["Sujets oubliés"])),
        "« Sujets oubliés » manque",
    ),
    "cut": (lambda content: content[:900], "pas un classeur de notes lisible"),
    "bomb": (
        lambda content: sheets(content, lambda _: bytes(101 * 2**20)),
        "pas un classeur de notes lisible",
    ),
    "entities": (
        lambda content: sheets(content, with_entities),
        "pas un classeur de notes lisible",
    ),
}


def plain(text: str) -> str:
    """With plain spaces."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("case", BAD)
def test_a_notes_workbook_that_cannot_be_read_waits(
    setup: Setup, cleaned: Cleaned, case: str
) -> None:
    """By refresh and by collect: named with what to do; what was read before counts, no byte moves.

    A workbook of another study, with a heading or a sheet gone, cut, blown up, with entities.
    """
    spoil, why = BAD[case]
    path = setup.file(NOTES, ".xlsx")
    whole = path.read_bytes()
    with setup.store() as store:
        before = store.notes("demo", "V2026")
    path.write_bytes(spoil(whole))
    try:
        bad = path.read_bytes()
        ((name, doubt),) = steps.collect_notes(setup).doubts
        written = steps.complete_notes(setup, cleaned)
        gathered = collect_folder(CollectRequest(study="demo"), setup.settings, directly)
        assert path.read_bytes() == bad
    finally:
        path.write_bytes(whole)
    assert (name, doubt.where) == (path.name, "tout le classeur")
    assert why in plain(doubt.why)
    assert "rien n’en est lu" in doubt.why
    assert written is not None
    assert "laissé tel quel" in written.notices[0]
    assert any(why in plain(said) for said in remarks(gathered, words=True))
    with setup.store() as store:
        assert store.notes("demo", "V2026") == before


@pytest.mark.parametrize("spoil", [without("Relu par"), lambda content: content[:500]])
def test_a_review_workbook_that_cannot_be_read_waits(
    setup: Setup, spoil: Callable[[bytes], bytes]
) -> None:
    """Decisions read before stand, the workbook is not made anew over what staff typed."""
    path = setup.file(REVIEW, ".xlsx")
    whole = path.read_bytes()
    with setup.store() as store:
        before = waiting_passages(setup, store)
    path.write_bytes(spoil(whole))
    try:
        bad = path.read_bytes()
        gathered = collect_folder(CollectRequest(study="demo"), setup.settings, directly)
        ((name, doubt),) = steps.collect_notes(setup).doubts
        assert path.read_bytes() == bad
    finally:
        path.write_bytes(whole)
    assert (name, doubt.where) == (path.name, "tout le classeur")
    assert gathered.doubts == (doubt,)
    assert gathered.waiting == before


def test_a_refresh_goes_on_and_tells_all_of_it(setup: Setup) -> None:
    """Another study's notes, a review cut in two, positions that contradict: the report comes out.

    The terminal and the run's page have the file, the question's title and what to do; the note
    has the number.
    """
    with setup.store() as store:
        said = next(
            note
            for note in store.notes("demo", "V2026").notes
            if note.kind is NoteKind.POSITION and note.change is PositionChange.CONFIRMED
        )
        other = Note(said.respondent, said.dimension, NoteKind.POSITION, "", PositionChange.NUANCED)
        store.save_notes("demo", "V2026", Notes((other,)), f"{said.respondent}.docx")
    notes, review = setup.file(NOTES, ".xlsx"), setup.file(REVIEW, ".xlsx")
    notes.write_bytes(of_another_study(notes.read_bytes()))
    review.write_bytes(review.read_bytes()[:500])

    summary = refresh_demo(setup.settings, 3, AFTER + timedelta(days=1))

    page = plain(as_markdown(summary))
    title = next(title for title, code in setup.form.dimensions.items() if code == said.dimension)
    for words in (
        f"{notes.name}, tout le classeur : ",
        f"{review.name}, tout le classeur : ",
        f"{plain(title)} : des positions se contredisent",
        "Gardez-en une",
    ):
        assert words in page
    note = Document(str(dict(summary.files)["Note hebdomadaire"]))
    assert "1 position d’entretien se contredit" in plain(everything(note))
    assert not summary.withheld


def everything(document: object) -> str:
    """The text of paragraphs and cells."""
    body = document.element.body  # type: ignore[attr-defined]
    return "".join(text for text in body.itertext())
