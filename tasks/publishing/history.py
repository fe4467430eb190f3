"""The issues of a report so far, and how to bring one back."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.catalogue import say
from config.errors import ReportLocked, UnknownIssue
from tasks.files import write_whole
from tasks.publishing.beside import keep
from tasks.publishing.finding import HISTORY, Found, Held, find, report_identity
from tasks.store.repository import Store
from tasks.word.merge import identity


@dataclass(frozen=True)
class Edition:
    """One issue: what was published, and the states of its file that were put aside."""

    number: int
    issued_at: datetime  # aware, UTC
    responses: int  # how many people it was computed on
    kept: tuple[Path, ...]  # in the history, with what staff wrote, the newest first


def editions(study: str, wave: str, kind: str, path: Path, store: Store) -> tuple[Edition, ...]:
    """All issues of a report, oldest first.

    Args:
        study: code of the study.
        wave: code of the wave.
        kind: which report.
        path: its usual path; the history is beside it.
        store: the installation's store.
    """
    kept = _kept(report_identity(study, wave, kind), path)
    return tuple(
        Edition(issue.number, issue.issued_at, len(issue.responses), tuple(kept[str(issue.number)]))
        for issue in store.issues(study, wave, kind)
    )


def _kept(report: str, path: Path) -> dict[str, list[Path]]:
    """Issue → the files of the history that come from it, the newest first."""
    found: dict[str, list[Path]] = defaultdict(list)
    files = [file for file in (path.parent / HISTORY).glob("*.docx") if file.is_file()]
    for file in sorted(files, key=lambda one: one.stat().st_mtime, reverse=True):
        who = identity(file.read_bytes())
        if who is not None and who.report == report:
            found[who.version].append(file)
    return found


def restore(
    study: str, wave: str, kind: str, path: Path, number: int, store: Store, language: str
) -> Path:
    """Bring an issue back: with what staff wrote when its file was kept, else as generated.

    The file of now goes to the history first. The next refresh brings the restored one up to
    date like any other. A file in the report's place that cannot be read is put aside as well.

    Raises:
        UnknownIssue: there is no such issue.
        ReportLocked: the file is open.
    """
    report = report_identity(study, wave, kind)
    issue = store.issue(study, wave, kind, number)
    kept = _kept(report, path)[str(number)]
    if issue is None or not (kept or issue.content):  # erased
        raise UnknownIssue(
            say("L’édition {number} n’existe pas.", language, number=number),
            say("« maturity history {study} » donne la liste des éditions.", language, study=study),
        )
    content = kept[0].read_bytes() if kept else issue.content
    held = _in_its_place(find(report, path))
    if held is None:
        return write_whole(path, content, language)
    if held.busy:
        raise ReportLocked(
            say("« {name} » est ouvert.", language, name=held.path.name),
            say("Fermez-le, puis recommencez.", language),
        )
    keep(held, datetime.now().astimezone(), language)
    return write_whole(held.path, content, language)


def _in_its_place(found: Found) -> Held | None:
    """The file that the issue takes the place of."""
    if found.stranger is None:
        return found.held
    return Held(found.stranger, found.stranger.read_bytes(), "")
