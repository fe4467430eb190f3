"""Reports that staff hold: found under any name, merged, kept, brought back."""

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document

from config.errors import ReportLocked, UnknownIssue
from tasks.publishing import Report, editions, publish, restore
from tasks.store.repository import Store
from tasks.word.merge import Offers
from tests.word.merge.specimens import Report as Specimen
from tests.word.merge.specimens import Section, part, render
from tests.word.specimens import texts

MONDAY = datetime(2026, 9, 21, 6, 0, tzinfo=UTC)


def issue(path: Path, week: int, *, answers: int | None = None) -> Report:
    """The report of a week: one sentence counts the answers, another never moves."""
    section = Section(
        "s",
        "Participation",
        (("n", f"{answers or 5 + 4 * week} personnes ont répondu."), ("m", "Nul n’est nommé.")),
    )
    return Report(
        study="demo", wave="w1", kind="report", path=path, content=render(Specimen((section,))),
        values={"n": answers or 5 + 4 * week}, responses={"P01": "h"}, erased=0,
        moment=MONDAY + timedelta(weeks=week - 1), offers=Offers.COMMENTS,
    )  # fmt: skip


def edit(path: Path, old: str, new: str) -> None:
    """Change a sentence as staff would in Word."""
    document = Document(str(path))
    for paragraph in document.paragraphs:
        if paragraph.text == old:
            paragraph.runs[0].text = new
    document.save(str(path))


def said(path: Path) -> str:
    """All texts of a file."""
    return "\n".join(texts(path.read_bytes()))


def history(path: Path) -> list[Path]:
    """The files of the history, oldest first."""
    return sorted((path.parent / "history").glob("*.docx"))


def test_the_next_issue_keeps_what_staff_wrote(store: Store, path: Path) -> None:
    """An edited sentence stays, an untouched one is refreshed, the former file is kept whole."""
    publish(issue(path, 1), store, "fr")
    edit(path, "Nul n’est nommé.", "Personne n’est nommé ici.")
    published = publish(issue(path, 2), store, "fr")
    assert published.path == path
    assert "13 personnes" in said(path)
    assert "Personne n’est nommé ici." in said(path)
    (former,) = history(path)
    assert "9 personnes" in said(former)
    assert "Personne n’est nommé ici." in said(former)
    assert former.name == "Rapport – édition 1 – 2026-09-28 06h00.docx"


def test_a_report_that_says_nothing_new_is_not_issued_again(store: Store, path: Path) -> None:
    """The weekly refresh without news leaves the file of staff byte for byte."""
    publish(issue(path, 1), store, "fr")
    edit(path, "Nul n’est nommé.", "Personne.")
    before = path.read_bytes()
    again = publish(issue(path, 1), store, "fr")
    assert path.read_bytes() == before
    assert again.log == ()
    assert len(store.issues("demo", "w1", "report")) == 1
    assert history(path) == []


def test_a_renamed_file_is_recognised(store: Store, path: Path) -> None:
    """Staff may call the report what they like: its identity is inside."""
    publish(issue(path, 1), store, "fr")
    renamed = path.rename(path.with_name("Version relue par l’équipe.docx"))
    edit(renamed, "Nul n’est nommé.", "Relu.")
    published = publish(issue(path, 2), store, "fr")
    assert published.path == renamed
    assert "13 personnes" in said(renamed)
    assert "Relu." in said(renamed)
    assert not path.exists()


def test_an_edited_copy_is_left_alone_and_named(store: Store, path: Path) -> None:
    """Of a report and its edited copy, the one at its place comes up to date."""
    publish(issue(path, 1), store, "fr")
    copy = path.with_name("Copie de travail.docx")
    copy.write_bytes(path.read_bytes())
    edit(copy, "Nul n’est nommé.", "Brouillon.")
    published = publish(issue(path, 2), store, "fr")
    assert "13 personnes" in said(path)
    assert "9 personnes" in said(copy)
    assert any("Copie de travail.docx" in notice for notice in published.notices)


@pytest.mark.parametrize(
    "lock", [".~lock.Rapport.docx#", "~$apport.docx", "~$pport.docx", "~$Rapport.docx"]
)
def test_an_open_report_is_never_written_over(store: Store, path: Path, lock: str) -> None:
    """The new issue stands beside it, and both are united once it is closed."""
    publish(issue(path, 1), store, "fr")
    edit(path, "Nul n’est nommé.", "En cours de relecture.")
    path.with_name(lock).write_text("", encoding="utf-8")
    before = path.read_bytes()
    published = publish(issue(path, 2), store, "fr")
    assert path.read_bytes() == before
    assert published.path.name == "Rapport (2026-09-28).docx"
    assert "13 personnes" in said(published.path)
    assert "prochaine actualisation" in published.notices[0].replace("\u00a0", " ")

    path.with_name(lock).unlink()
    publish(issue(path, 3), store, "fr")
    assert "17 personnes" in said(path)
    assert "En cours de relecture." in said(path)
    assert not published.path.exists()  # nobody edited it: in the history now


def test_an_unreadable_report_stops_that_report_alone(store: Store, path: Path) -> None:
    """A damaged file stays as it is; the new issue stands beside it and the message says so."""
    publish(issue(path, 1), store, "fr")
    path.write_bytes(b"PK damaged")
    published = publish(issue(path, 2), store, "fr")
    assert path.read_bytes() == b"PK damaged"
    assert "13 personnes" in said(published.path)
    assert "ne peut plus être lu" in published.notices[0]


def test_a_file_of_unknown_origin_is_not_written_over(store: Store, path: Path) -> None:
    """A document that staff put in the report's place is theirs."""
    path.write_bytes(render(Specimen((Section("x", "Autre document"),))))
    before = path.read_bytes()
    published = publish(issue(path, 1), store, "fr")
    assert path.read_bytes() == before
    assert "ne dit pas de quelle édition" in published.notices[0]


def test_a_deleted_report_is_written_anew(store: Store, path: Path) -> None:
    """When staff removed the file, the next issue takes its place."""
    publish(issue(path, 1), store, "fr")
    path.unlink()
    assert publish(issue(path, 2), store, "fr").path == path
    assert "13 personnes" in said(path)


def test_a_folder_that_cannot_be_written_changes_nothing(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report of staff is intact when the disk refuses."""
    publish(issue(path, 1), store, "fr")
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "refused")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ReportLocked, match="ne peut pas être écrit"):
        publish(issue(path, 2), store, "fr")
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".")] == []


def test_the_history_lists_issues_and_brings_one_back(store: Store, path: Path) -> None:
    """An issue comes back with what staff had written in it, and goes on from there."""
    publish(issue(path, 1), store, "fr")
    edit(path, "Nul n’est nommé.", "Texte de la semaine 1.")
    publish(issue(path, 2), store, "fr")
    edit(path, "Texte de la semaine 1.", "Texte de la semaine 2.")
    listed = editions("demo", "w1", "report", path, store)
    assert [(one.number, one.responses) for one in listed] == [(1, 1), (2, 1)]
    assert [len(one.kept) for one in listed] == [1, 0]

    kept, morning = listed[0].kept, MONDAY.astimezone(ZoneInfo("Europe/Paris"))
    done = restore("demo", "w1", "report", path, 1, store, morning, "fr")
    assert (done.path, done.source) == (path, kept[0])
    assert done.former is not None
    assert done.former.name == "Rapport – édition 2 – 2026-09-21 08h00.docx"  # the study's time
    assert "Texte de la semaine 1." in said(path)
    assert any("Texte de la semaine 2." in said(file) for file in history(path))
    publish(issue(path, 3), store, "fr")
    assert "17 personnes" in said(path)
    assert "Texte de la semaine 1." in said(path)


def test_an_issue_without_kept_file_comes_back_as_generated(store: Store, path: Path) -> None:
    """The store alone can bring an issue back when the history was emptied."""
    publish(issue(path, 1), store, "fr")
    publish(issue(path, 2), store, "fr")
    for file in history(path):
        file.unlink()
    done = restore("demo", "w1", "report", path, 1, store, MONDAY, "fr")
    assert done.source is None
    assert "9 personnes" in said(path)


def test_restoring_an_unknown_issue_says_so(store: Store, path: Path) -> None:
    """A slip in the number is answered with how to list the issues."""
    publish(issue(path, 1), store, "fr")
    with pytest.raises(UnknownIssue, match="7 n’existe pas"):
        restore("demo", "w1", "report", path, 7, store, MONDAY, "fr")


def test_an_open_report_is_not_restored_over(store: Store, path: Path) -> None:
    """Restoring waits until the file is closed."""
    publish(issue(path, 1), store, "fr")
    path.with_name(".~lock.Rapport.docx#").write_text("", encoding="utf-8")
    with pytest.raises(ReportLocked, match="est ouvert"):
        restore("demo", "w1", "report", path, 1, store, MONDAY, "fr")


def test_two_files_of_the_report_elsewhere_follow_the_last_saved(store: Store, path: Path) -> None:
    """When staff keep several names, the one saved last is the report."""
    publish(issue(path, 1), store, "fr")
    old = path.rename(path.with_name("Ancien.docx"))
    new = path.with_name("Nouveau.docx")
    new.write_bytes(old.read_bytes())
    os.utime(old, (1, 1))
    edit(new, "Nul n’est nommé.", "Le bon.")
    edit(old, "Nul n’est nommé.", "L’ancien.")
    os.utime(old, (1, 1))
    assert publish(issue(path, 2), store, "fr").path == new


def test_tracked_changes_when_the_study_says_so(store: Store, path: Path) -> None:
    """A passage that staff and the data both changed offers the new text as a tracked change."""
    publish(issue(path, 1), store, "fr")
    edit(path, "9 personnes ont répondu.", "Neuf personnes ont répondu.")
    publish(replace(issue(path, 2), offers=Offers.TRACKED), store, "fr")
    xml = part(path.read_bytes()).decode()
    assert re.search(r"<w:ins .*13 personnes", xml, re.DOTALL)
    assert re.search(r"<w:del .*Neuf personnes", xml, re.DOTALL)


def test_nothing_is_written_of_somebody_erased_since_the_answers_were_read(
    store: Store, path: Path
) -> None:
    """An erasure in the middle of a refresh: neither a file nor an issue holds what they said."""
    prepared = replace(issue(path, 1), erased=store.erased_people("demo") + 1)
    with pytest.raises(ReportLocked, match="effacée"):
        publish(prepared, store, "fr")
    assert not path.exists()
    assert store.last_issue("demo", "w1", "report") is None
    assert publish(issue(path, 1), store, "fr").path == path, "run again, it is written"
