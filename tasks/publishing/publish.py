"""Write the next issue of a report: merged with what staff wrote, the former one kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from config.catalogue import say
from config.errors import ReportUnreadable
from tasks.files import write_whole
from tasks.publishing.finding import HISTORY, Held, find
from tasks.store.records import IssueRecord
from tasks.store.repository import Store
from tasks.word.merge import Identity, MergeEvent, Offers, merge, merge_words, stamped
from tasks.word.merge.opening import open_report


@dataclass(frozen=True)
class Report:
    """A report as generated now, and what it was made from."""

    study: str
    wave: str
    kind: str
    path: Path  # where it is written; staff may have renamed it since
    content: bytes
    values: Mapping[str, str | int | float]  # every figure shown
    responses: Mapping[str, str]  # pseudonym → hash of the answers
    moment: datetime  # aware
    offers: Offers

    @property
    def identity(self) -> str:
        """What every issue of this report says it is."""
        return f"{self.study}/{self.wave}/{self.kind}"


@dataclass(frozen=True)
class Published:
    """What became of a report."""

    path: Path
    log: tuple[MergeEvent, ...] = ()  # what this issue changed, kept or offered
    standing: tuple[MergeEvent, ...] = ()  # passages of staff that no news concerned
    new: bool = True  # False: it says nothing new and was not issued again
    notices: tuple[str, ...] = ()


def publish(report: Report, store: Store, language: str) -> Published:
    """Issue a report.

    The file that staff hold carries everything they wrote; what nobody touched comes up to date.
    When it is open, unreadable or of unknown origin, it is left as it is and the new issue is
    written beside it, to be merged at the next refresh. A report that says nothing new is not
    issued again.

    Raises:
        ReportLocked: the folder cannot be written; nothing has changed.
    """
    last = store.last_issue(report.study, report.wave, report.kind)
    held, copies = find(report.identity, report.path)
    if last is not None and held is not None and _says_the_same(report, last, held):
        return Published(held.path, new=False)
    content = _stamp(report, last.number + 1 if last else 1)
    # Before the file: an issue that no file bears is harmless, a file of no issue cannot be merged.
    store.record_issue(
        report.study, report.wave, report.kind, report.path.name, content, report.values,
        report.responses,
    )  # fmt: skip
    published = _write(report, content, held, store, language)
    left = _put_away(report, copies, store, language)
    return replace(published, notices=(*published.notices, *left))


def _stamp(report: Report, number: int) -> bytes:
    return stamped(report.content, Identity(report.identity, str(number)))


def _says_the_same(report: Report, last: IssueRecord, held: Held) -> bool:
    return held.version == str(last.number) and _stamp(report, last.number) == last.content


def _write(
    report: Report, content: bytes, held: Held | None, store: Store, language: str
) -> Published:
    if held is None:
        return Published(write_whole(report.path, content, language))
    base = _base(report, held, store)
    if base is None:
        return _beside(report, content, held, _unknown(held), language)
    try:
        merged = merge(
            base, held.content, content, offers=report.offers, author=author(language),
            date=report.moment, words=merge_words(language), language=language,
        )  # fmt: skip
    except ReportUnreadable:
        return _beside(report, content, held, _UNREADABLE, language)
    if held.busy:  # after the merge, so that a file saved meanwhile is seen too
        return _beside(report, content, held, _BUSY, language)
    keep(held, report.moment, language)
    path = write_whole(held.path, merged.content, language)
    return Published(path, merged.log, merged.standing)


def _unknown(held: Held) -> str:
    try:
        open_report(held.content)
    except ReportUnreadable:
        return _UNREADABLE
    return _UNKNOWN


def author(language: str) -> str:
    """In whose name comments and tracked changes are made."""
    return say("Rapport automatique", language)


_UNKNOWN = (
    "« {name} » ne dit pas de quelle édition il vient : il est laissé tel quel, la nouvelle "
    "édition est à côté, « {beside} »."
)
_BUSY = (
    "« {name} » est ouvert ou vient d’être enregistré : il est laissé tel quel, la nouvelle "
    "édition est à côté, « {beside} » ; vos corrections et elle seront réunies à la prochaine "
    "actualisation."
)
_UNREADABLE = (
    "« {name} » ne peut plus être lu : il est laissé tel quel, la nouvelle édition est à côté, "
    "« {beside} ». Ouvrez-le dans Word pour le réparer, ou reprenez une édition avec "
    "« maturity restore »."
)


def _beside(report: Report, content: bytes, held: Held, why: str, language: str) -> Published:
    path = held.path.with_stem(f"{held.path.stem} ({report.moment:%Y-%m-%d})")
    notice = say(why, language, name=held.path.name, beside=path.name)
    return Published(write_whole(path, content, language), notices=(notice,))


def _base(report: Report, held: Held, store: Store) -> bytes | None:
    """The issue that staff began to edit, as it was generated; None when it was erased."""
    if not held.version.isdecimal():
        return None
    issue = store.issue(report.study, report.wave, report.kind, int(held.version))
    return issue.content or None if issue else None


def keep(held: Held, moment: datetime, language: str) -> Path:
    """Copy a file to the dated history before it is replaced; returns the copy's path."""
    folder = held.path.parent / HISTORY
    folder.mkdir(exist_ok=True)
    edition = say("édition {number}", language, number=held.version)
    name = f"{held.path.stem} – {edition} – {moment:%Y-%m-%d %Hh%M}"
    path, number = folder / f"{name}.docx", 1
    while path.exists() and path.read_bytes() != held.content:
        number += 1
        path = folder / f"{name} ({number}).docx"
    return write_whole(path, held.content, language)


def _put_away(
    report: Report, copies: tuple[Held, ...], store: Store, language: str
) -> tuple[str, ...]:
    """Put copies that nobody edited into the history; name the others, which stay."""
    edited = []
    for held in copies:
        if _base(report, held, store) == held.content and not held.busy:
            keep(held, report.moment, language)
            held.path.unlink()
        else:
            edited.append(f"« {held.path.name} »")
    if not edited:
        return ()
    names = ", ".join(edited)
    return (say("Copies du rapport laissées telles quelles : {names}.", language, names=names),)
