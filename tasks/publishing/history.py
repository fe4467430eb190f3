"""The issues of a report so far, and how to bring one back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.catalogue import say
from config.errors import ReportLocked
from tasks.files import write_whole
from tasks.publishing.finding import HISTORY, find
from tasks.publishing.publish import keep
from tasks.store.repository import Store
from tasks.word.merge import identity


@dataclass(frozen=True)
class Edition:
    """One issue: what was published, and the last state of its file that was put aside."""

    number: int
    issued_at: datetime  # aware, UTC
    responses: int  # how many people it was computed on
    kept: Path | None  # in the history, with what staff wrote; None: as generated alone


def editions(study: str, wave: str, kind: str, path: Path, store: Store) -> tuple[Edition, ...]:
    """All issues of a report, oldest first.

    Args:
        study: code of the study.
        wave: code of the wave.
        kind: which report.
        path: its usual path; the history is beside it.
        store: the installation's store.
    """
    kept = _kept(f"{study}/{wave}/{kind}", path)
    return tuple(
        Edition(issue.number, issue.issued_at, len(issue.responses), kept.get(str(issue.number)))
        for issue in store.issues(study, wave, kind)
    )


def _kept(report: str, path: Path) -> dict[str, Path]:
    """Issue → the newest file of the history that comes from it."""
    found: dict[str, Path] = {}
    files = (path.parent / HISTORY).glob("*.docx")
    for file in sorted(files, key=lambda one: one.stat().st_mtime):
        who = identity(file.read_bytes())
        if who is not None and who.report == report:
            found[who.version] = file
    return found


def restore(
    study: str, wave: str, kind: str, path: Path, number: int, store: Store, language: str
) -> Path:
    """Bring an issue back: with what staff wrote when its file was kept, else as generated.

    The file of now goes to the history first. The next refresh brings the restored one up to
    date like any other.

    Raises:
        ReportLocked: there is no such issue, or the file is open.
    """
    issue = store.issue(study, wave, kind, number)
    kept = _kept(f"{study}/{wave}/{kind}", path).get(str(number))
    if issue is None or not (kept or issue.content):  # erased
        raise ReportLocked(
            say("L’édition {number} n’existe pas.", language, number=number),
            say("« maturity history {study} » donne la liste des éditions.", language, study=study),
        )
    report = f"{study}/{wave}/{kind}"
    content = kept.read_bytes() if kept else issue.content
    held, _ = find(report, path)
    if held is None:
        return write_whole(path, content, language)
    if held.busy:
        raise ReportLocked(
            say("« {name} » est ouvert.", language, name=held.path.name),
            say("Fermez-le, puis recommencez.", language),
        )
    keep(held, datetime.now().astimezone(), language)
    return write_whole(held.path, content, language)
