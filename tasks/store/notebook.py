"""Interview notes, every version of them kept."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import PureWindowsPath
from typing import Any, TypeVar

from sqlalchemy import insert, select

from tasks.interviews.model import (
    Consent,
    Note,
    NoteKind,
    Notes,
    PositionChange,
    RemarkNote,
    SubjectNote,
)
from tasks.store.database import Database
from tasks.store.tables import notes as table

Entry = TypeVar("Entry", Note, SubjectNote, RemarkNote)


class Notebook(Database):
    """The notes of a wave's interviews."""

    def save_notes(self, study: str, wave: str, notes: Notes, source: str) -> None:
        """Keep the notes read from one source; they replace what that source said before.

        Args:
            study: code of the study.
            wave: code of the wave.
            notes: everything read from this source.
            source: the workbook's name; folders in front of it are not kept.
        """
        with self.writing() as connection:
            connection.execute(
                insert(table).values(
                    study=study,
                    wave=wave,
                    source=PureWindowsPath(source).name,
                    saved_at=datetime.now(UTC),
                    body=_as_json(notes),
                )
            )

    def notes(self, study: str, wave: str) -> Notes:
        """The notes of a wave, all sources together.

        Where two sources speak of one respondent, the one saved last is believed for that
        respondent: a workbook handed in again under another name counts once.
        """
        with self.reading() as connection:
            rows = connection.execute(
                select(table.c.source, table.c.body)
                .where(table.c.study == study, table.c.wave == wave)
                .order_by(table.c.id)
            ).all()
        # `pop` first: a source handed in again moves to the end, as the newest.
        latest: dict[str, Any] = {}
        for row in rows:
            latest.pop(row.source, None)
            latest[row.source] = row.body
        return _together([_from_json(body) for body in latest.values()])


def _together(sources: list[Notes]) -> Notes:
    """Merge sources, oldest first; the newest one that mentions a respondent has their notes."""
    owner = {person: i for i, notes in enumerate(sources) for person in _mentioned(notes)}

    def kept(i: int, entries: Iterable[Entry]) -> list[Entry]:
        return [entry for entry in entries if owner.get(entry.respondent or "", i) == i]

    numbered = list(enumerate(sources))
    return Notes(
        tuple(dict.fromkeys(n for i, source in numbered for n in kept(i, source.notes))),
        tuple(dict.fromkeys(n for i, source in numbered for n in kept(i, source.subjects))),
        tuple(dict.fromkeys(n for i, source in numbered for n in kept(i, source.remarks))),
        frozenset(p for i, source in numbered for p in source.interviewed if owner[p] == i),
    )


def _mentioned(notes: Notes) -> set[str]:
    entries: tuple[Note | SubjectNote | RemarkNote, ...]
    entries = (*notes.notes, *notes.subjects, *notes.remarks)
    return {entry.respondent for entry in entries if entry.respondent} | notes.interviewed


def _as_json(notes: Notes) -> dict[str, object]:
    return asdict(notes) | {"interviewed": sorted(notes.interviewed)}


def _from_json(body: dict[str, Any]) -> Notes:
    return Notes(
        tuple(_note(entry) for entry in body["notes"]),
        tuple(SubjectNote(**entry) for entry in body["subjects"]),
        tuple(RemarkNote(**entry) for entry in body["remarks"]),
        frozenset(body["interviewed"]),
    )


def _note(entry: dict[str, Any]) -> Note:
    change = entry["change"]
    typed = {
        "kind": NoteKind(entry["kind"]),
        "change": None if change is None else PositionChange(change),
        "consent": Consent(entry["consent"]),
    }
    return Note(**(entry | typed))
