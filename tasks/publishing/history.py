"""The issues of a report so far, and how to bring one back."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config.catalogue import say
from config.errors import ReportLocked, UnknownIssue
from tasks.files import write_whole
from tasks.publishing.beside import keep
from tasks.publishing.finding import HISTORY, Held, find, report_identity
from tasks.publishing.turns import in_turn
from tasks.store.repository import Store
from tasks.word.merge import identity


@dataclass(frozen=True)
class Edition:
    """One issue: what was published, and the states of its file that were put aside."""

    number: int
    issued_at: datetime  # aware, UTC
    responses: int  # how many people it was computed on
    kept: tuple[Path, ...]  # in the history, with what staff wrote, the newest first
    stored: bool = True  # as the software wrote it; False: erased


@dataclass(frozen=True)
class Restored:
    """An issue that was brought back."""

    path: Path
    source: Path | None  # with what staff wrote; None: as the software wrote it
    former: Path | None  # where the file of before is kept; None: there was none


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
        Edition(
            issue.number,
            issue.issued_at,
            len(issue.responses),
            tuple(kept[str(issue.number)]),
            bool(issue.content),
        )
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
    study: str,
    wave: str,
    kind: str,
    path: Path,
    number: int,
    store: Store,
    moment: datetime,
    language: str,
) -> Restored:
    """Bring an issue back: with what staff wrote when its file was kept, else as generated.

    The file of now goes to the history first. The next refresh brings the restored one up to
    date like any other. A file in the report's place that cannot be read is put aside as well.

    Args:
        study: code of the study.
        wave: code of the wave.
        kind: which report.
        path: its usual path.
        number: of the issue.
        store: the installation's store.
        moment: of now, in the study's time zone; dates the file that is put aside.
        language: of the errors and of the kept file's name.

    Raises:
        UnknownIssue: there is no such issue.
        ReportLocked: the file is open, or another run writes reports of the study.
    """
    with in_turn(store, study, moment.tzinfo, language):
        report = report_identity(study, wave, kind)
        issue = store.issue(study, wave, kind, number)
        source = next(iter(_kept(report, path)[str(number)]), None)
        if issue is None or not (source or issue.content):  # erased
            raise _unknown(study, number, language)
        content = source.read_bytes() if source else issue.content
        found = find(report, path)
        held = found.stranger or found.held
        if held is None:
            return Restored(write_whole(path, content, language), source, None)
        if held.busy:
            raise _open(held, language)
        former = keep(held, moment, language)
        return Restored(write_whole(held.path, content, language), source, former)


def _unknown(study: str, number: int, language: str) -> UnknownIssue:
    return UnknownIssue(
        say("L’édition {number} n’existe pas.", language, number=number),
        say("« maturity history {study} » donne la liste des éditions.", language, study=study),
    )


def _open(held: Held, language: str) -> ReportLocked:
    return ReportLocked(
        say("« {name} » est ouvert.", language, name=held.path.name),
        say("Fermez-le, puis recommencez.", language),
    )
