"""A folder of notes: guides, workbooks, and what has no business there; count in, count out."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from config.loading import load_model, load_study
from config.settings import Settings
from tasks.interviews.accounting import Fate, fates
from tasks.interviews.collecting import Collected, Desk, collect, note_files, source_name
from tasks.interviews.form import Column, Form
from tasks.interviews.guide_form import GuideForm
from tasks.interviews.making import PERSON_COLUMNS, make_workbook
from tasks.interviews.merging import interview_positions
from tasks.interviews.model import Note, NoteKind, Notes, PositionChange
from tasks.interviews.sources import contradictions, together, undecided
from tasks.interviews.workbooks import find_columns


@pytest.fixture(scope="module")
def guide() -> GuideForm:
    """The words of the demo's guides."""
    settings = Settings()
    study = load_study("demo", settings)
    return GuideForm(Form(load_model(study.model, settings).model, study, study.wave()))


def desk(guide: GuideForm, home: Path) -> Desk:
    """A desk that knows nobody's guide."""
    return Desk(guide, lambda _: False, lambda _: frozenset(), "Rapport automatique", home)


def workbook(guide: GuideForm, rows: dict[int, dict[Column, str]], merged: str = "") -> bytes:
    """A notes workbook with some rows of P01 filled in."""
    book = load_workbook(io.BytesIO(make_workbook(guide.form, {"P01": {}})))
    header, columns = find_columns(book["P01"], guide.form, PERSON_COLUMNS)
    for row, cells in rows.items():
        for column, value in cells.items():
            book["P01"].cell(header + row, columns[column], value)
    if merged:
        book["P01"].merge_cells(merged)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def found(guide: GuideForm, folder: Path) -> Collected:
    """What a scan of a folder brings."""
    return collect(note_files(folder), desk(guide, folder))


CONFIRMED = {Column.CHANGE: "confirmée", Column.TEXT: "inchangé"}


def test_found_is_read_and_doubtful(guide: GuideForm, tmp_path: Path) -> None:
    """A formula, a level outside the model: these rows wait with their words, the others count."""
    rows = {
        1: CONFIRMED,
        2: {Column.CHANGE: "confirmée", Column.TEXT: "=1+1"},
        3: {Column.CHANGE: "révisée", Column.LEVEL: "Adolescence", Column.TEXT: "grandit"},
    }
    (tmp_path / "Notes.xlsx").write_bytes(workbook(guide, rows))
    collected = found(guide, tmp_path)
    (source,) = collected.sources
    assert (source.found, source.read, source.doubtful) == (3, 1, 2)
    words = [doubt.text for _, doubt in collected.doubts]
    assert "=1+1" in words[0]
    assert "grandit" in words[1]
    assert all("P01" in doubt.where for _, doubt in collected.doubts)


def test_a_doubtful_row_of_a_shared_sheet_belongs_to_its_person(
    guide: GuideForm, tmp_path: Path
) -> None:
    """A subject without its label waits under the pseudonym of its row: erasing finds it there."""
    book = load_workbook(io.BytesIO(make_workbook(guide.form, {"P01": {}})))
    book[guide.form.subjects_sheet]["B2"] = "Personne ne s’en occupe."
    book[guide.form.subjects_sheet]["C2"] = "P01"
    book.save(tmp_path / "Notes.xlsx")
    (source,) = found(guide, tmp_path).sources
    (doubt,) = source.notes.doubts
    assert (source.read, doubt.respondent) == (0, "P01")
    assert "Personne ne s’en occupe." in doubt.text


def test_merged_cells_are_doubtful(guide: GuideForm, tmp_path: Path) -> None:
    """A text that spreads over two rows is not given to one of them in silence."""
    content = workbook(guide, {1: CONFIRMED, 2: {Column.CHANGE: "nuancée"}}, "F7:F8")
    (tmp_path / "Notes.xlsx").write_bytes(content)
    (source,) = found(guide, tmp_path).sources
    assert (source.read, source.doubtful) == (1, 1)
    assert "fusionnée" in source.notes.doubts[0].why


def test_the_same_workbook_under_two_names_counts_once(guide: GuideForm, tmp_path: Path) -> None:
    """Both are told as read; together they are one note."""
    for name in ("Notes.xlsx", "Notes (copie).xlsx"):
        (tmp_path / name).write_bytes(workbook(guide, {1: CONFIRMED}))
    collected = found(guide, tmp_path)
    assert [one.read for one in collected.sources] == [1, 1]
    assert (collected.merged.count, collected.repeated) == (1, 1)


def test_a_source_is_known_by_what_it_is(tmp_path: Path) -> None:
    """Renaming changes nothing; two folders, or two copies side by side, are two sources."""
    home = tmp_path / "rapports"
    apart = {
        source_name(tmp_path / who / "P07.docx", "P07.docx", home) for who in ("marie", "paul")
    }
    assert len(apart) == 2
    assert not any("marie" in name for name in apart)
    renamed = home / "Guides" / "Claire Dumas, relu.docx"
    assert source_name(renamed, "P07.docx", home) == "P07.docx"
    copy = source_name(renamed, "P07.docx", home, alone=False)
    assert copy not in ("P07.docx", renamed.name)
    assert "Dumas" not in copy
    assert source_name(home / "P07.docx", "P07.docx", home, alone=False) == "P07.docx"


def test_what_is_no_source_is_named_and_stops_nothing(guide: GuideForm, tmp_path: Path) -> None:
    """A bomb, a foreign workbook, a broken file and a PDF are refused; the notes are read."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 450_000_000)
    (tmp_path / "bombe.docx").write_bytes(buffer.getvalue())
    Workbook().save(tmp_path / "autre.xlsx")
    (tmp_path / "cassé.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    (tmp_path / "P01.docm").write_bytes(b"PK")
    with zipfile.ZipFile(tmp_path / "renommé.docx", "w") as archive:
        archive.writestr("word/vbaProject.bin", b"\0")
    (tmp_path / "Notes.xlsx").write_bytes(workbook(guide, {1: CONFIRMED}))
    collected = found(guide, tmp_path)
    assert [one.file for one in collected.sources] == ["Notes.xlsx"]
    refused = {one.name: one.why for one in collected.refused}
    assert set(refused) == {
        "bombe.docx",
        "autre.xlsx",
        "cassé.docx",
        "scan.pdf",
        "P01.docm",
        "renommé.docx",
    }
    assert "macros" in refused["renommé.docx"]
    assert "abîmé" in refused["cassé.docx"]
    assert not any("history" in why or "rapport" in why for why in refused.values())
    assert "démesuré" in refused["bombe.docx"]
    assert "sans macros" in refused["P01.docm"]
    assert all(why.count(".") > 1 for why in refused.values())  # what is wrong, and what to do


def test_former_editions_and_lock_files_are_left_alone(tmp_path: Path) -> None:
    """The history beside the guides and the files of an open Word are not read."""
    for name in ("P01.docx", "~$P01.docx", ".~lock.P01.docx#", "history/P01.docx", "x/P02.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    names = [str(path.relative_to(tmp_path)) for path in note_files(tmp_path)]
    assert names == ["P01.docx", "x/P02.docx"]


def test_contradicting_positions_are_told(guide: GuideForm) -> None:
    """The guide says confirmed, the workbook revised: both are kept and named, none counts."""
    confirmed = Note("P01", "D05", NoteKind.POSITION, "", PositionChange.CONFIRMED)
    revised = Note("P01", "D05", NoteKind.POSITION, "", PositionChange.REVISED, "S2")
    other = Note("P02", "D05", NoteKind.POSITION, "", PositionChange.CONFIRMED)
    one, two = Notes((confirmed, other)), Notes((revised,))
    merged = together([one, two])
    assert merged.notes == (confirmed, other, revised)
    assert contradictions({"P01.docx": one, "n.xlsx": two}) == (
        (("P01.docx", confirmed), ("n.xlsx", revised)),
    )
    assert contradictions({"P01.docx": one, "copie.docx": one}) == ()
    assert undecided(merged) == {("P01", "D05")}
    positions = interview_positions(merged, guide.form.model)
    assert positions == {"P01": {}, "P02": {"D05": "confirmed"}}
    became = fates([one, two], {}, 8, {})
    assert (became[Fate.UNDECIDED], became[Fate.POSITION]) == (2, 1)
