"""How far each campaign is, so that a command that was interrupted is taken up where it stopped."""

import secrets
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from tasks.store.database import Database
from tasks.store.records import CampaignRecord
from tasks.store.tables import campaigns

MARK_BYTES = 8  # of randomness: nobody else's survey carries the same mark by chance
STAGES = ("import_began_at", "imported_at", "opened_at", "closed_at", "finished_at")


class Campaigns(Database):
    """The stages of the campaigns; each is noted once, the first time counts.

    They are those of one survey: another number, or another import, begins them anew.
    """

    def campaign(self, study: str, wave: str) -> CampaignRecord | None:
        """How far a campaign is; None when nothing was done with it through this software."""
        with self.reading() as connection:
            row = connection.execute(select(campaigns).where(_at(study, wave))).one_or_none()
        return None if row is None else CampaignRecord(**row._mapping)

    def campaign_generation(self, study: str, wave: str, survey_id: int) -> str:
        """Which survey a wave runs on: numbers of participants mean something in one of them only.

        Args:
            study: its code.
            wave: its code.
            survey_id: the survey that the study file names today.

        Returns:
            The mark of the import for a survey that was imported from here; the survey's number
            for any other one.
        """
        record = self.campaign(study, wave)
        if record is None or record.survey_id != survey_id or record.generation is None:
            return str(survey_id)
        return record.generation

    def begin_import(self, study: str, wave: str, survey_id: int) -> str:
        """Note that a survey is about to be imported under a number that is free.

        All that was noted of a former survey of the wave is over.

        Returns:
            The mark that tells this import's survey from any other: it goes into the survey.
        """
        mark = secrets.token_hex(MARK_BYTES)
        with self.writing() as connection:
            _put(connection, study, wave, survey_id, generation=mark)
            _stamp(connection, study, wave, "import_began_at")
        return mark

    def give_up_import(self, study: str, wave: str) -> None:
        """Note that the platform refused the import: nothing of it is there."""
        with self.writing() as connection:
            connection.execute(
                update(campaigns).where(_at(study, wave)).values(import_began_at=None)
            )

    def mark_imported(self, study: str, wave: str, survey_id: int) -> None:
        """Note that a survey was read back whole: from now on it is never an import's remains."""
        self._note(study, wave, survey_id, "imported_at")

    def mark_opened(self, study: str, wave: str, survey_id: int) -> None:
        """Note that a survey is open to answers."""
        self._note(study, wave, survey_id, "opened_at")

    def mark_closed(self, study: str, wave: str, survey_id: int) -> None:
        """Note that a survey takes no more answers: its wave counts as closed from now on."""
        self._note(study, wave, survey_id, "closed_at")

    def mark_reopened(self, study: str, wave: str) -> None:
        """Note that a survey which was closed before its last day takes answers again."""
        with self.writing() as connection:
            connection.execute(
                update(campaigns).where(_at(study, wave)).values(closed_at=None, finished_at=None)
            )

    def mark_finished(self, study: str, wave: str, survey_id: int) -> None:
        """Note that the refresh that follows the closing is done."""
        self._note(study, wave, survey_id, "finished_at")

    def _note(self, study: str, wave: str, survey_id: int, stage: str) -> None:
        with self.writing() as connection:
            held = connection.scalar(select(campaigns.c.survey_id).where(_at(study, wave)))
            if held != survey_id:
                _put(connection, study, wave, survey_id, generation=str(survey_id))
            _stamp(connection, study, wave, stage)


def _at(study: str, wave: str) -> ColumnElement[bool]:
    return and_(campaigns.c.study == study, campaigns.c.wave == wave)


def _put(connection: Connection, study: str, wave: str, survey_id: int, *, generation: str) -> None:
    """Make the row of a survey with which nothing was done yet."""
    values = {"survey_id": survey_id, "generation": generation, **dict.fromkeys(STAGES)}
    changed = connection.execute(update(campaigns).where(_at(study, wave)).values(values))
    if not changed.rowcount:
        connection.execute(insert(campaigns).values(study=study, wave=wave, **values))


def _stamp(connection: Connection, study: str, wave: str, stage: str) -> None:
    """Note the time of a stage that has none."""
    connection.execute(
        update(campaigns)
        .where(_at(study, wave), campaigns.c[stage].is_(None))
        .values({stage: datetime.now(UTC)})
    )
