"""Interview notes, every version of them kept."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import PureWindowsPath
from typing import Any

from sqlalchemy import insert, select

from tasks.interviews.model import (
    Consent,
    Doubt,
    Note,
    NoteKind,
    Notes,
    PositionChange,
    RemarkNote,
    SubjectNote,
)
from tasks.interviews.sources import together
from tasks.store.database import Database
from tasks.store.tables import notes as table
from tasks.store.tombstones import without_erased


class Notebook(Database):
    """The notes of a wave's interviews."""

    def save_notes(
        self, study: str, wave: str, notes: Notes, source: str, place: str | None = None
    ) -> None:
        """Keep the notes read from one source; they replace what that source said before.

        A source that says what it said last changes nothing. What a copy still says of a person
        who was erased is not kept.

        Args:
            study: code of the study.
            wave: code of the wave.
            notes: everything read from this source.
            source: the file's name; folders in front of it are not kept.
            place: what tells the folder of the file apart from others; None: as it was known.
        """
        name = PureWindowsPath(source).name
        with self.writing() as connection:
            said = connection.execute(
                select(table.c.body)
                .where(table.c.study == study, table.c.wave == wave, table.c.source == name)
                .order_by(table.c.id.desc())
                .limit(1)
            ).scalar()
            known = _place(said or {})
            kept = {_PLACE: [known if place is None else place]}
            body = without_erased(connection, study, _as_json(notes)) | kept
            if said is None or (_from_json(said), known) != (_from_json(body), _place(body)):
                connection.execute(
                    insert(table).values(
                        study=study,
                        wave=wave,
                        source=name,
                        saved_at=datetime.now(UTC),
                        body=body,
                    )
                )

    def living(self, study: str, notes: Notes) -> Notes:
        """Notes without what they have of people who were erased at their request."""
        with self.reading() as connection:
            return _from_json(without_erased(connection, study, _as_json(notes)))

    def notes(self, study: str, wave: str) -> Notes:
        """The notes of a wave, all sources together, the source saved last at the end.

        Every source keeps what it says. Where two of them have the same words of the same person
        on the same matter, they are one note, as the source saved last has it: a workbook handed
        in again under another name counts once, and a consent withdrawn in it is withdrawn.
        """
        return together(self.notes_by_source(study, wave).values())

    def notes_by_source(self, study: str, wave: str) -> Mapping[str, Notes]:
        """What each source said last, the source saved last at the end."""
        said = self._said_last(study, wave)
        return {source: _from_json(body) for source, body in said.items()}

    def source_places(self, study: str, wave: str) -> Mapping[str, str]:
        """Source → what tells its folder apart; empty where it is not known."""
        return {source: _place(body) for source, body in self._said_last(study, wave).items()}

    def _said_last(self, study: str, wave: str) -> dict[str, Any]:
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
        return latest


_PLACE = "place"  # a list, as everything in a body: see `without_people`


def _place(body: Mapping[str, Any]) -> str:
    return next(iter(body.get(_PLACE, ())), "")


def _as_json(notes: Notes) -> dict[str, Any]:
    return asdict(notes) | {"interviewed": sorted(notes.interviewed)}


def _from_json(body: dict[str, Any]) -> Notes:
    return Notes(
        tuple(_note(entry) for entry in body["notes"]),
        tuple(SubjectNote(**entry) for entry in body["subjects"]),
        tuple(RemarkNote(**entry) for entry in body["remarks"]),
        frozenset(body["interviewed"]),
        tuple(Doubt(**entry) for entry in body.get("doubts", ())),
    )


def _note(entry: dict[str, Any]) -> Note:
    change = entry["change"]
    typed = {
        "kind": NoteKind(entry["kind"]),
        "change": None if change is None else PositionChange(change),
        "consent": Consent(entry["consent"]),
    }
    return Note(**(entry | typed))
