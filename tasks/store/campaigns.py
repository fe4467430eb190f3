"""How far each campaign is, so that a command that was interrupted is taken up where it stopped."""

from datetime import UTC, datetime

from sqlalchemy import and_, insert, select, update

from tasks.store.database import Database
from tasks.store.records import CampaignRecord
from tasks.store.tables import campaigns


class Campaigns(Database):
    """The stages of the campaigns; each is noted once, the first time counts."""

    def campaign(self, study: str, wave: str) -> CampaignRecord | None:
        """How far a campaign is; None when nothing was done with it through this software."""
        query = select(campaigns).where(campaigns.c.study == study, campaigns.c.wave == wave)
        with self.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else CampaignRecord(**row._mapping)

    def begin_import(self, study: str, wave: str, survey_id: int) -> None:
        """Note that a survey is about to be imported under a number that is free.

        Later imports of the same wave (another number, a survey deleted meanwhile) take its place.
        """
        self._note(study, wave, survey_id)
        at = and_(campaigns.c.study == study, campaigns.c.wave == wave)
        now = datetime.now(UTC)
        with self.writing() as connection:
            connection.execute(
                update(campaigns)
                .where(at)
                .values(survey_id=survey_id, import_began_at=now, opened_at=None)
            )

    def mark_opened(self, study: str, wave: str, survey_id: int) -> None:
        """Note that a survey is open to answers."""
        self._note(study, wave, survey_id, "opened_at")

    def mark_closed(self, study: str, wave: str, survey_id: int) -> None:
        """Note that a survey takes no more answers: its wave counts as closed from now on."""
        self._note(study, wave, survey_id, "closed_at")

    def mark_finished(self, study: str, wave: str, survey_id: int) -> None:
        """Note that the refresh that follows the closing is done."""
        self._note(study, wave, survey_id, "finished_at")

    def _note(self, study: str, wave: str, survey_id: int, stage: str = "") -> None:
        """Make the row when it lacks, and note the time of a stage that has none."""
        with self.writing() as connection:
            at = and_(campaigns.c.study == study, campaigns.c.wave == wave)
            if connection.execute(select(campaigns.c.study).where(at)).first() is None:
                row = {"study": study, "wave": wave, "survey_id": survey_id}
                connection.execute(insert(campaigns).values(row))
            if stage:
                connection.execute(
                    update(campaigns)
                    .where(at, campaigns.c[stage].is_(None))
                    .values({stage: datetime.now(UTC)})
                )
