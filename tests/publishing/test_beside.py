"""What stands beside a report: the issue that waits, copies of staff, files in the way."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from config.errors import ReportLocked
from tasks.publishing import editions, publish, restore
from tasks.store.repository import Store
from tests.publishing.test_publishing import MONDAY, edit, history, issue, said
from tests.word.merge.specimens import Report as Specimen
from tests.word.merge.specimens import Section, render

LOCK = ".~lock.Rapport.docx#"


def names(path: Path) -> list[str]:
    """The Word files of the report's folder."""
    return sorted(file.name for file in path.parent.glob("*.docx"))


def plain(notices: tuple[str, ...]) -> str:
    """All notices, with plain spaces."""
    return " ".join(notices).replace("\u00a0", " ")


def test_an_edited_file_beside_is_never_written_over(store: Store, path: Path) -> None:
    """Two refreshes on one day while the report is open: what staff typed beside it is safe."""
    publish(issue(path, 1), store, "fr")
    path.with_name(LOCK).touch()
    beside = publish(issue(path, 2), store, "fr").path
    edit(beside, "Nul n’est nommé.", "Écrit au mauvais endroit.")
    again = publish(issue(path, 2, answers=40), store, "fr")
    assert "Écrit au mauvais endroit." in said(beside)
    assert again.path != beside
    assert "40 personnes" in said(again.path)
    assert beside.name in plain(again.notices)
    assert "n’est pas repris" in plain(again.notices)


def test_an_issue_that_waits_is_not_issued_again(store: Store, path: Path) -> None:
    """Without news an open report gets one file beside it, however often it is refreshed."""
    publish(issue(path, 1), store, "fr")
    path.with_name(LOCK).touch()
    first = publish(issue(path, 2), store, "fr")
    second = publish(issue(path, 2), store, "fr")
    assert (second.path, second.new) == (first.path, False)
    assert names(path) == ["Rapport (2026-09-28).docx", "Rapport.docx"]
    assert len(store.issues("demo", "w1", "report")) == 2
    assert "est ouvert" in plain(second.notices)


def test_an_issue_that_waited_is_merged_without_news(store: Store, path: Path) -> None:
    """Once the report is closed the waiting issue comes in, and its file leaves the folder."""
    publish(issue(path, 1), store, "fr")
    edit(path, "Nul n’est nommé.", "Relu.")
    path.with_name(LOCK).touch()
    publish(issue(path, 2), store, "fr")
    path.with_name(LOCK).unlink()
    publish(issue(path, 2), store, "fr")
    assert "13 personnes" in said(path)
    assert "Relu." in said(path)
    assert names(path) == ["Rapport.docx"]
    assert len(store.issues("demo", "w1", "report")) == 2


def test_a_copy_that_staff_made_stays_where_it_is(store: Store, path: Path) -> None:
    """A copy that was sent to somebody stays, unedited as it is, without a word."""
    publish(issue(path, 1), store, "fr")
    copy = path.with_name("Envoyé à la direction.docx")
    copy.write_bytes(path.read_bytes())
    published = publish(issue(path, 2), store, "fr")
    assert "9 personnes" in said(copy)
    assert published.notices == ()


def test_a_file_that_lost_its_identity_is_told_each_week(store: Store, path: Path) -> None:
    """Staff who go on writing in a file that nobody reads are told so at every refresh."""
    publish(issue(path, 1), store, "fr")
    path.write_bytes(render(Specimen((Section("x", "Propriétés effacées"),))))
    followed = publish(issue(path, 2), store, "fr").path
    again = publish(issue(path, 3), store, "fr")
    assert again.path == followed
    assert "17 personnes" in said(followed)
    assert "« Rapport.docx » ne dit pas de quelle édition il vient" in plain(again.notices)


def test_a_report_that_was_moved_away_is_told(store: Store, path: Path) -> None:
    """A new file is written, and staff learn how to get their corrections back into it."""
    publish(issue(path, 1), store, "fr")
    elsewhere = path.parent.parent / "Rapport.docx"
    path.rename(elsewhere)
    edit(elsewhere, "Nul n’est nommé.", "Relu ailleurs.")
    published = publish(issue(path, 2), store, "fr")
    assert "n’était plus dans son dossier" in plain(published.notices)
    elsewhere.replace(path)
    publish(issue(path, 3), store, "fr")
    assert "Relu ailleurs." in said(path)
    assert "17 personnes" in said(path)


def test_a_name_in_capitals_is_still_a_report(store: Store, path: Path) -> None:
    """Some programs write `.DOCX`."""
    publish(issue(path, 1), store, "fr")
    renamed = path.rename(path.with_name("RAPPORT RELU.DOCX"))
    assert publish(issue(path, 2), store, "fr").path == renamed


def test_a_file_that_another_program_keeps_to_itself_counts_as_open(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sharing violation of Windows is an open report: the new issue stands beside it."""
    publish(issue(path, 1), store, "fr")
    read = Path.read_bytes

    def refuse(one: Path) -> bytes:
        if one == path:
            raise PermissionError(13, "sharing violation")
        return read(one)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    published = publish(issue(path, 2), store, "fr")
    monkeypatch.undo()
    assert "est ouvert" in plain(published.notices)
    assert "9 personnes" in said(path)
    assert "13 personnes" in said(published.path)


def test_folders_and_broken_links_are_no_reports(store: Store, path: Path) -> None:
    """What ends in `.docx` without being a file does not stop a refresh."""
    path.with_name("Dossier.docx").mkdir()
    path.with_name("Lien.docx").symlink_to(path.with_name("nulle part"))
    assert publish(issue(path, 1), store, "fr").path == path


def test_a_file_in_place_of_the_history_is_told(store: Store, path: Path) -> None:
    """The history cannot be made: the report of staff stays as it is, and the message says why."""
    publish(issue(path, 1), store, "fr")
    path.with_name("history").write_text("une note", encoding="utf-8")
    with pytest.raises(ReportLocked, match=r"history.*devrait être un dossier"):
        publish(issue(path, 2), store, "fr")
    assert "9 personnes" in said(path)
    path.with_name("history").unlink()
    publish(issue(path, 2), store, "fr")
    assert "13 personnes" in said(path)


def test_the_rights_of_a_shared_file_stay(store: Store, path: Path) -> None:
    """A file that a group may write is still the group's after a refresh."""
    publish(issue(path, 1), store, "fr")
    path.chmod(0o664)
    publish(issue(path, 2), store, "fr")
    assert path.stat().st_mode & 0o777 == 0o664


def test_restoring_mends_a_damaged_report(store: Store, path: Path) -> None:
    """The damaged file goes to the history, the issue takes its place."""
    publish(issue(path, 1), store, "fr")
    path.write_bytes(b"PK damaged")
    publish(issue(path, 2), store, "fr")
    assert restore("demo", "w1", "report", path, 1, store, MONDAY, "fr").path == path
    assert "9 personnes" in said(path)
    assert any(file.read_bytes() == b"PK damaged" for file in history(path))


def test_every_kept_state_of_an_issue_is_listed(store: Store, path: Path) -> None:
    """An issue that was put aside twice has two files, the newest first."""
    publish(issue(path, 1), store, "fr")
    edit(path, "Nul n’est nommé.", "Premier état.")
    restore("demo", "w1", "report", path, 1, store, MONDAY, "fr")
    edit(path, "Nul n’est nommé.", "Second état.")
    publish(issue(path, 2), store, "fr")
    (first, _) = editions("demo", "w1", "report", path, store)
    assert len(first.kept) == 2
    assert "Second état." in said(first.kept[0])


@pytest.mark.parametrize(
    ("study", "wave", "told"),
    [
        ("autre", "w1", "un document de l’étude « autre »"),
        ("demo", "w2", "un document de la vague « w2 »"),
        ("demo", "w1", "un autre document de cette vague"),
    ],
)
def test_a_document_of_another_study_is_told_as_such(
    store: Store, path: Path, study: str, wave: str, told: str
) -> None:
    """Staff learn whose file took the report's place, at once and at each refresh after."""
    publish(issue(path, 1), store, "fr")
    other = replace(issue(path, 1), study=study, wave=wave, kind="note")
    path.unlink()
    publish(other, store, "fr")
    before = path.read_bytes()
    first = publish(issue(path, 2), store, "fr")
    again = publish(issue(path, 3), store, "fr")
    for published in (first, again):
        assert f"« Rapport.docx » est {told}, non ce rapport" in plain(published.notices)
        assert "Remettez « Rapport.docx » à sa place" in plain(published.notices)
    assert path.read_bytes() == before
    assert "17 personnes" in said(first.path)


def test_a_full_disk_is_told_apart_from_rights(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing files does not help when the disk is full; the report of staff is intact."""
    publish(issue(path, 1), store, "fr")
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReportLocked, match="Le disque est plein") as refused:
        publish(issue(path, 2), store, "fr")
    assert "Libérez de la place" in refused.value.remedy
    assert path.read_bytes() == before


def test_what_killed_runs_left_is_swept(store: Store, path: Path) -> None:
    """Half-written files of the report go after an hour; those of others and of now stay."""
    publish(issue(path, 1), store, "fr")
    edit(path, "Nul n’est nommé.", "Relu.")
    publish(issue(path, 2), store, "fr")
    kept = path.parent / "history"
    left = [
        path.with_name(".Rapport-a1_b2c3d.tmp"),
        path.with_name(".Rapport (2026-09-28) 2-a1_b2c3d.tmp"),
        kept / ".Rapport – édition 1 – 2026-09-28 06h00-a1_b2c3d.tmp",
    ]
    others = [
        path.with_name(".Rapport-à moi.tmp"),
        path.with_name("Rapport-a1_b2c3d.tmp"),
        path.with_name(".Autre-a1_b2c3d.tmp"),
    ]
    for file in (*left, *others):
        file.touch()
        os.utime(file, (1, 1))
    now = path.with_name(".Rapport-zzzzzzzz.tmp")
    now.touch()
    publish(issue(path, 2), store, "fr")
    assert not any(file.exists() for file in left)
    assert all(file.exists() for file in (*others, now))
