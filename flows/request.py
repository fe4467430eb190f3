"""What a flow is asked for: its one parameter, so that its form explains itself."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from config.catalogue import say
from config.errors import StudyFileError
from config.study import Study


class StudyRequest(BaseModel):
    """What every form asks: the study and its wave."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    study: str = Field(
        title="Étude",
        description="Code de l’étude : le nom de son fichier dans config/studies, sans « .yaml ».",
        json_schema_extra={"position": 1},
    )
    wave: str = Field(
        default="",
        title="Vague",
        description="Code de la vague. Laissez vide pour la dernière vague de l’étude.",
        json_schema_extra={"position": 2},
    )


class WaveRequest(StudyRequest):
    """What a form asks whose answer depends on the day."""

    as_of: str = Field(
        default="",
        pattern=r"^(\d{4}-\d{2}-\d{2})?$",
        title="Date de référence",
        description="AAAA-MM-JJ. Laissez vide pour aujourd’hui ; sert à la démonstration.",
        json_schema_extra={"position": 3},
    )

    def today(self, study: Study) -> date:
        """The day of the refresh, in the study's time zone.

        Raises:
            StudyFileError: the reference date is no date.
        """
        if not self.as_of:
            return datetime.now(ZoneInfo(study.timezone)).date()
        try:
            return date.fromisoformat(self.as_of)
        except ValueError as error:
            raise StudyFileError(
                say("La date de référence « {day} » n’existe pas.", study.language,
                    day=self.as_of),
                say("Écrivez-la AAAA-MM-JJ, ou laissez vide pour aujourd’hui.", study.language),
            ) from error  # fmt: skip


class RefreshRequest(WaveRequest):
    """The form of `refresh_study`. No name, no secret: Prefect keeps parameters in clear."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        title="Actualisation",
        json_schema_extra={"description": "L’étude à actualiser."},  # shown in the form
    )

    after_erasure: bool = Field(
        default=False,
        title="Recalculer après un effacement",
        description="Coché : le rapport est recalculé sans les personnes effacées, même si la "
        "comparaison avec l’édition d’avant fait connaître leurs réponses.",
        json_schema_extra={"position": 4},
    )
