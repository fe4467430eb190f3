"""Taking a person out of files: all of them or none, and nobody else with them."""

import io
import shutil
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from tasks.erasing.files import Cause, Plan, carry_out, plan_files, shut, strangers
from tasks.erasing.workbooks import Results, without_people
from tasks.store.repository import open_store
from tasks.store.traces import Trace
from tasks.word.redaction import mentions, redacted, searchable, words_to_find
from tests.conftest import Demo

THEIRS = "On nous oublie toujours quand le logiciel de la paie change."
TRACE = Trace("demo", pseudonyms=frozenset({"P06"}), words=(THEIRS,))
WORDS = words_to_find((), TRACE.words)


def paragraphs(*lines: str) -> bytes:
    """A Word file."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines_of(content: bytes | None) -> list[str]:
    """Its paragraphs."""
    assert content is not None
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def workbook(*rows: tuple[str, ...]) -> bytes:
    """A workbook with a sheet of rows and a sheet of the person."""
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    made.create_sheet("P06")
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def plan(folder: Path) -> Plan:
    """What erasing the person would do."""
    return plan_files(folder, TRACE, WORDS, "[…]")


BEGINNING = "Le service attend les données depuis des années"


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (f"{BEGINNING} et perd patience.", f"{BEGINNING} sans savoir qui les a."),
        (f"{BEGINNING}.", f"{BEGINNING} sans savoir qui les a."),
        (f"{BEGINNING} sans savoir qui les a.", f"{BEGINNING}."),
        (f"{BEGINNING}. C’est lassant pour tous.", f"{BEGINNING}. On a fini par s’y faire."),
    ],
)
def test_a_paragraph_of_somebody_else_that_begins_alike_stays(own: str, other: str) -> None:
    """Only the words that tell the two apart count, whichever goes further."""
    content = paragraphs(own, other)
    mine = words_to_find((), (own,), (other,))
    assert lines_of(redacted(content, mine, "[…]")) == ["[…]", other]


def test_words_that_somebody_else_said_too_recognise_nobody() -> None:
    """The same sentence of two people tells of neither."""
    mine = words_to_find((), (f"{BEGINNING}. {THEIRS}",), (f"{BEGINNING}.",))
    assert not mine.search(f"{BEGINNING}.".casefold())
    assert mine.search(THEIRS.casefold())


def test_looking_changes_nothing_and_an_open_file_is_named(tmp_path: Path) -> None:
    """Word's lock file beside a report of theirs is found before any other file is touched."""
    files = {"Rapport.docx": paragraphs(THEIRS), "P06.docx": paragraphs("Guide")}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "~$pport.docx").write_bytes(b"")
    found = plan(tmp_path)
    assert found.blocked == ("Rapport.docx",)
    assert {name: (tmp_path / name).read_bytes() for name in files} == files

    (tmp_path / "~$pport.docx").unlink()
    found = plan(tmp_path)
    assert (found.blocked, found.deleted, found.rewritten, found.by_hand) == ((), 1, 1, ())
    assert carry_out(found.changes, "fr") == ()
    assert [path.name for path in tmp_path.iterdir()] == ["Rapport.docx"]
    assert lines_of((tmp_path / "Rapport.docx").read_bytes()) == ["[…]"]


@pytest.mark.parametrize("refused", ["read_bytes", "open"])
def test_a_file_that_the_system_keeps_shut_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    """Windows lets nobody read, or write, what a program holds: no lock file is needed."""
    (tmp_path / "Rapport.docx").write_bytes(paragraphs(THEIRS))
    kept = getattr(Path, refused)

    def no(path: Path, *rest: object, **more: object) -> object:
        if path.name == "Rapport.docx" and (refused == "read_bytes" or rest == ("r+b",)):
            raise PermissionError
        return kept(path, *rest, **more)

    monkeypatch.setattr(Path, refused, no)
    assert plan(tmp_path).blocked == ("Rapport.docx",)


def test_what_cannot_be_deleted_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file opened in between stays, and is named; the others are done."""
    for name in ("P06.docx", "P06 (2).docx"):
        (tmp_path / name).write_bytes(paragraphs("Guide"))
    found, gone = plan(tmp_path), Path.unlink

    def no(path: Path, missing_ok: bool = False) -> None:
        if path.name == "P06.docx":
            raise PermissionError
        gone(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", no)
    assert carry_out(found.changes, "fr") == (tmp_path / "P06.docx",)
    assert [path.name for path in tmp_path.iterdir()] == ["P06.docx"]
    assert list(shut([tmp_path / "absent" / "P06.docx"])) != []


def test_each_cause_is_told_apart(tmp_path: Path) -> None:
    """Damaged, of another kind, cleaned but quoted in a remark: three different things to do."""
    (tmp_path / "Abîmé.docx").write_bytes(b"not a zip")
    (tmp_path / "Courrier.txt").write_text(THEIRS, "utf-8")
    (tmp_path / "Notes.xlsx").write_bytes(workbook(("P09", f"Elle a dit : {THEIRS}")))
    (tmp_path / "Autre.txt").write_text("Rien d’elle.", "utf-8")
    found = plan(tmp_path)
    assert found.by_hand == (
        ("Abîmé.docx", Cause.UNREADABLE),
        ("Courrier.txt", Cause.OWN),
        ("Notes.xlsx", Cause.LEFT),
    )
    carry_out(found.changes, "fr")
    left = load_workbook(tmp_path / "Notes.xlsx")
    assert left.sheetnames == ["Sheet"], "the person's sheet goes, whatever else is left"
    assert left["Sheet"]["A1"].value == "P09"


def test_what_the_team_wrote_is_not_said_to_be_rewritten(tmp_path: Path) -> None:
    """A quote in a workbook of the team, in nobody’s row: it stays as it is, and is told."""
    made = Workbook()
    made.worksheets[0].append((f"Entendu : {THEIRS}",))
    made.save(tmp_path / "Suivi.xlsx")
    found = plan(tmp_path)
    assert (found.changes, found.by_hand) == ((), (("Suivi.xlsx", Cause.OWN),))


def sheets(content: bytes) -> list[str]:
    """The names of a workbook's sheets."""
    return list(load_workbook(io.BytesIO(content), read_only=True).sheetnames)


class Somebody(NamedTuple):
    """A person of the demo, and the folder of its workbooks."""

    trace: Trace
    folder: Path


@pytest.fixture(scope="module")
def everybody(played_demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> list[Somebody]:
    """All people of the demo, with the study's workbooks copied."""
    folder = tmp_path_factory.mktemp("classeurs")
    for path in (played_demo.settings.home / "rapports" / "demo").glob("*.xlsx"):
        if not path.name.startswith("Classeur"):
            shutil.copy(path, folder)
    with open_store(played_demo.settings.database) as store:
        names = sorted(store.identities("demo", "V2026"))
        found = [store.trace("demo", who) for who in names]
    return [Somebody(trace, folder) for trace in found if trace]


def test_all_fifteen_leave_the_workbooks(everybody: list[Somebody]) -> None:
    """Whoever is erased, their sheet and rows go, nobody else's does, and nothing is left over."""
    assert len(everybody) == 15
    met = 0
    for trace, folder in everybody:
        words = words_to_find(trace.names, trace.words, trace.others)
        found = plan_files(folder, trace, words, "[…]")
        assert (found.by_hand, found.blocked, found.deleted) == ((), (), 0), trace.pseudonyms
        met += bool(found.changes)
        for path, content in ((one.path, one.content) for one in found.changes):
            assert content is not None
            theirs = set(sheets(path.read_bytes())) - set(sheets(content))
            assert theirs <= trace.pseudonyms
    assert met >= 12, "the test has somebody to erase"


RESULTS = Results(
    answers=frozenset({"Réponses", "Journal"}),
    figures=frozenset({"Effectifs"}),
    labels=frozenset({"réponse 12"}),
    gone="Retirée.",
)


def results(*people: str, journal: str = "P09") -> bytes:
    """A results workbook: what it is, answers by pseudonym, counts with links, journal."""
    made = Workbook()
    made.worksheets[0].title = "Lisez-moi"
    for sheet in ("Réponses", "Effectifs", "Journal"):
        made.worksheets[0].append((sheet, f"Ce que dit {sheet}."))
        made.create_sheet(sheet)
    for who in people:
        made["Réponses"].append((who, "L2"))
    made["Effectifs"].append(("D01.level.L2", len(people), "Réponses!B1:B9"))
    made["Effectifs"]["C1"].hyperlink = Hyperlink(ref="C1", location="'Réponses'!B1:B9")
    made["Journal"].append((journal, "D01", "trop long"))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("content", [results("P06", "P09"), results("P09", journal="réponse 12")])
def test_counts_are_not_left_beside_the_answers_of_the_others(content: bytes) -> None:
    """Three counted, two answers left: the difference is the person. Figures alone stay."""
    clean = without_people(content, {"P06"}, RESULTS)
    assert clean is not None
    left = load_workbook(io.BytesIO(clean))
    assert left.sheetnames == ["Lisez-moi", "Effectifs"]
    assert left["Effectifs"]["A1"].value == "D01.level.L2"
    assert (left["Effectifs"]["C1"].value, left["Effectifs"]["C1"].hyperlink) == (None, None)
    said = {row[0].value: row[1].value for row in left["Lisez-moi"].iter_rows(max_col=2)}
    assert said == {
        "Réponses": "Retirée.", "Effectifs": "Ce que dit Effectifs.", "Journal": "Retirée."
    }  # fmt: skip
    assert without_people(clean, {"P06"}, RESULTS) is clean


def test_a_results_workbook_without_them_stays_whole() -> None:
    """Of a wave in which they did not answer nothing is taken."""
    content = results("P09")
    assert without_people(content, {"P06"}, RESULTS) is content


def archive(name: str, content: bytes) -> bytes:
    """A zip of one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(name, content)
    return buffer.getvalue()


PDF = b"%PDF-1.7\n1 0 obj << /Length 9 >> stream"


def test_what_cannot_be_searched_is_said(tmp_path: Path) -> None:
    """A PDF, a picture, a coded letter, a zip of these: named, never taken for clean."""
    unsearched = {
        "Courrier.rtf": b"{\\rtf1 oubli\\'e9}",
        "Lot.zip": archive("Rapport.pdf", PDF),
        "Message.eml": b"Subject: =?utf-8?b?w6k=?=",
        "Photo.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
        "Rapport.pdf": PDF,
    }
    searched = {
        "Autre.zip": archive("Autre.txt", b"Rien."),
        "Thumbs.db": b"\xd0\xcf\x11\xe0\x00",
        "Unicode.txt": "Rien d’elle.".encode("utf-16"),
        "Windows.csv": "D01;déjà dit".encode("cp1252"),
    }
    for name, content in {**unsearched, **searched}.items():
        (tmp_path / name).write_bytes(content)
    assert plan(tmp_path).by_hand == tuple((name, Cause.UNSEARCHED) for name in sorted(unsearched))


def test_words_saved_by_windows_are_found(tmp_path: Path) -> None:
    """A text of Notepad, in its own spelling of accents or in UTF-16, is searched as any other."""
    said = "Le service attend d’être écouté, déjà."
    words = words_to_find((), (said,))
    (tmp_path / "A.txt").write_bytes(said.encode("cp1252"))
    (tmp_path / "B.txt").write_bytes(said.encode("utf-16"))
    found = plan_files(tmp_path, TRACE, words, "[…]")
    assert found.by_hand == (("A.txt", Cause.OWN), ("B.txt", Cause.OWN))


def test_files_of_others_are_told_without_naming_anybody(tmp_path: Path) -> None:
    """What the software did not make is listed; a name or a pseudonym in a file's name is not."""
    for name in ("Scan P06.pdf", "Notes.xlsx", "Copie.xlsx", "~$Copie.xlsx", ".DS_Store"):
        (tmp_path / name).write_bytes(b"x")
    told = strangers(tmp_path, {tmp_path / "Notes.xlsx"}, ("P06", ""))
    assert told == ("Copie.xlsx", "Scan ….pdf")


def test_a_damaged_archive_is_told_and_stops_nothing() -> None:
    """A member whose packed bytes are broken: the file cannot be searched, and that is all."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes.txt", "Hélène Exemple dit que rien ne bouge. " * 200)
    content = stream.getvalue()
    start = content.index(b"notes.txt") + len("notes.txt")
    broken = content[:start] + b"\xff" * 20 + content[start + 20 :]
    words = words_to_find(["Hélène Exemple"], [])
    assert mentions(content, words)
    assert searchable(".zip", content)
    assert not mentions(broken, words)
    assert not searchable(".zip", broken)
