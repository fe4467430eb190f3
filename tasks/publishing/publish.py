"""Write the next issue of a report: merged with what staff wrote, the former one kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from config.catalogue import say
from config.errors import ReportLocked, ReportUnreadable
from tasks.files import sweep, write_whole
from tasks.publishing.beside import keep, place_beside, put_aside, put_away
from tasks.publishing.finding import HISTORY, Found, Held, find, report_identity, whose
from tasks.publishing.turns import in_turn
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
    erased: int  # people of the study erased at their request when its data were read
    moment: datetime  # aware
    offers: Offers

    @property
    def identity(self) -> str:
        """What every issue of this report says it is."""
        return report_identity(self.study, self.wave, self.kind)


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
    issued again. Of two runs at a time the second waits, then sees what the first one issued.

    Raises:
        ReportLocked: another run writes reports of the study; or somebody was erased since the data
            were read, nothing is written; or the folder cannot be written: the file of staff is
            intact, and the issue waits in the store for the next refresh.
    """
    with in_turn(store, report.study, report.moment.tzinfo, language):
        refuse_erased(store, report.study, report.erased, language)
        return _publish(report, store, language)


def refuse_erased(store: Store, study: str, known: int, language: str) -> None:
    """Write nothing that was computed with the data of somebody who is erased by now.

    Args:
        store: the installation's store.
        study: code of the study.
        known: people erased when the data were read.
        language: of the message.

    Raises:
        ReportLocked: somebody was erased since.
    """
    if store.erased_people(study) != known:
        raise ReportLocked(
            say("Une personne a été effacée pendant que ce document se préparait : il n’a pas été "
                "écrit.", language),
            say("Relancez : il sera préparé sans elle.", language),
        )  # fmt: skip


def _publish(report: Report, store: Store, language: str) -> Published:
    last = store.last_issue(report.study, report.wave, report.kind)
    content, number = _issue(report, last)
    issued = last is not None and number == last.number
    found = find(report.identity, report.path)
    _sweep(report, found)
    if issued and found.held is not None and found.held.version == str(number):
        return Published(found.held.path, new=False, notices=_stranger(report, found, language))
    if not issued:
        # Before the file: an issue that no file bears is harmless, a file of no issue cannot be
        # merged.
        store.record_issue(
            report.study, report.wave, report.kind, report.path.name, content, report.values,
            report.responses,
        )  # fmt: skip
    waiting, left = put_away(
        found.copies, content, report.path, report.moment, language,
        as_issued=lambda held: _base(report, held, store) == held.content,
    )  # fmt: skip
    published = _write(report, content, found.held, waiting, store, language)
    if waiting is not None and published.path != waiting.path:
        put_aside(waiting, report.moment, language)  # it is in the report now
    moved = _moved(report, language) if last is not None and found.held is None else ()
    notices = (*published.notices, *_stranger(report, found, language), *moved, *left)
    return replace(published, notices=notices)


def _issue(report: Report, last: IssueRecord | None) -> tuple[bytes, int]:
    """The report as an issue, and its number: the last one's when it says nothing new."""
    if last is not None:
        content = _stamp(report, last.number)
        if content == last.content:
            return content, last.number
    number = last.number + 1 if last else 1
    return _stamp(report, number), number


def _sweep(report: Report, found: Found) -> None:
    """Delete what killed runs left half written of this report."""
    paths = {report.path, found.held.path} if found.held else {report.path}
    for path in paths:
        for folder in (path.parent, path.parent / HISTORY):
            sweep(folder, path.stem)


def _stamp(report: Report, number: int) -> bytes:
    return stamped(report.content, Identity(report.identity, str(number)))


def _write(
    report: Report,
    content: bytes,
    held: Held | None,
    waiting: Held | None,
    store: Store,
    language: str,
) -> Published:
    if held is None:
        return Published(write_whole(report.path, content, language))

    def beside(why: str) -> Published:
        path = (
            waiting.path if waiting else place_beside(held.path, content, report.moment, language)
        )
        notice = say(
            why, language, name=held.path.name, beside=path.name,
            other=whose(held, report.identity, language),
        )  # fmt: skip
        return Published(path, new=waiting is None, notices=(notice,))

    if not held.readable:
        return beside(_BUSY)
    base = _base(report, held, store)
    if base is None:
        return beside(_unknown(held))
    try:
        merged = merge(
            base, held.content, content, offers=report.offers, author=author(language),
            date=report.moment, words=merge_words(language), language=language,
        )  # fmt: skip
    except ReportUnreadable:
        return beside(_UNREADABLE)
    if held.busy:  # after the merge, so that a file saved meanwhile is seen too
        return beside(_BUSY)
    keep(held, report.moment, language)
    path = write_whole(held.path, merged.content, language)
    return Published(path, merged.log, merged.standing)


def _unknown(held: Held) -> str:
    if held.other:
        return _OTHER
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
    "édition est à côté, « {beside} » ; c’est elle qui sera actualisée."
)
_OTHER = (
    "« {name} » est {other}, non ce rapport : il est laissé tel quel, la nouvelle édition est à "
    "côté, « {beside} » ; c’est elle qui sera actualisée. Remettez « {name} » à sa place."
)
_OTHER_EACH_TIME = (
    "« {name} » est {other}, non ce rapport : il est laissé tel quel. Le rapport actualisé est "
    "« {held} ». Remettez « {name} » à sa place."
)
_STRANGER = (
    "« {name} » ne dit pas de quelle édition il vient, ou ne peut être lu : ce que vous y "
    "écrivez n’est pas repris. Le rapport actualisé est « {held} »."
)
_BUSY = (
    "« {name} » est ouvert ou vient d’être enregistré : il est laissé tel quel, la nouvelle "
    "édition est à côté, « {beside} », pour lecture. Continuez d’écrire dans « {name} » : vos "
    "corrections et la nouvelle édition y seront réunies à la prochaine actualisation."
)
_UNREADABLE = (
    "« {name} » ne peut plus être lu : il est laissé tel quel, la nouvelle édition est à côté, "
    "« {beside} ». Ouvrez-le dans Word pour le réparer, ou reprenez une édition avec "
    "« maturity restore »."
)


def _stranger(report: Report, found: Found, language: str) -> tuple[str, ...]:
    """Said at each refresh, since staff may go on writing in a file that nobody reads."""
    if found.stranger is None or found.held is None:
        return ()
    said = say(
        _OTHER_EACH_TIME if found.stranger.other else _STRANGER,
        language, name=found.stranger.path.name, held=found.held.path.name,
        other=whose(found.stranger, report.identity, language),
    )  # fmt: skip
    return (said,)


def _moved(report: Report, language: str) -> tuple[str, ...]:
    """The report was issued before and is in its folder no more."""
    said = say(
        "« {name} » n’était plus dans son dossier : il y est écrit de nouveau. Si vous l’aviez "
        "déplacé, remettez-le à cette place : ce que vous y avez écrit sera repris la prochaine "
        "fois.",
        language, name=report.path.name,
    )  # fmt: skip
    return (said,)


def _base(report: Report, held: Held, store: Store) -> bytes | None:
    """The issue that staff began to edit, as it was generated; None when it was erased."""
    if not held.version.isdecimal():
        return None
    issue = store.issue(report.study, report.wave, report.kind, int(held.version))
    return issue.content or None if issue else None
