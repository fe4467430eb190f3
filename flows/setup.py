"""What every step of a refresh needs to know: the study, its model, the day, where things are."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import report_templates
from config.catalogue import say
from config.errors import PlatformError, StudyFileError
from config.loading import LoadedModel, load_model, load_recommendations, load_study
from config.recommendation import Recommendations
from config.settings import Settings
from config.study import Study, Wave
from flows.request import WaveRequest
from tasks.files import output_folder
from tasks.interviews.form import Form
from tasks.store.repository import Store, open_store
from tasks.survey.exports import ExportFolder, exports_folder
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.source import SurveySource

DEMO = "demo"  # the invented study
VARIANTS = {"fr-FR": "", "fr-CH": "_fr_ch", "en": "_en"}
PRODUCT_TEMPLATES = Path(report_templates.__file__).parent


@dataclass(frozen=True)
class Setup:
    """The configuration of one refresh, loaded and checked."""

    settings: Settings
    study: Study
    wave: Wave
    loaded: LoadedModel
    recommendations: Recommendations
    today: date
    folder: Path  # where the study's files are written
    after_erasure: bool = False  # staff chose to show the results without those erased since

    @property
    def language(self) -> str:
        """The study's language."""
        return self.study.language

    @property
    def moment(self) -> datetime:
        """The time of the refresh, in the study's time zone; the day is the reference day."""
        now = datetime.now(ZoneInfo(self.study.timezone))
        return datetime.combine(self.today, now.time(), now.tzinfo)

    @cached_property
    def campaign_closed(self) -> bool:
        """True once staff have closed the campaign, be it before its last day."""
        with self.store() as store:
            campaign = store.campaign(self.study.code, self.wave.code)
        return campaign is not None and campaign.closed_at is not None

    @property
    def closed(self) -> bool:
        """True once the wave's last day is over, or its campaign closed."""
        return self.today > self.wave.closes or self.campaign_closed

    @property
    def form(self) -> Form:
        """The words of the notes workbook."""
        return Form(self.loaded.model, self.study, self.wave)

    def file(self, name: str, suffix: str) -> Path:
        """The path of one of the study's files; the wave is part of its name."""
        return self.folder / f"{say(name, self.language)} {self.wave.code}{suffix}"

    def template(self, usual: str) -> Path:
        """A Word template: the team's own when it has one, else the product's.

        The product's templates exist in several typographies; the study's is taken.
        """
        own = self.settings.home / "report_templates"
        names = (f"{usual}{VARIANTS[self.study.typography]}.docx", f"{usual}.docx")
        candidates = [folder / name for folder in (own, PRODUCT_TEMPLATES) for name in names]
        return next((path for path in candidates if path.is_file()), candidates[-1])

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The installation's store, open."""
        with open_store(self._database, self.language) as store:
            yield store

    @property
    def _database(self) -> str:
        """The invented study's own once it was played, so that every command finds it there."""
        own = self.settings.demo_database
        played = self.study.code == DEMO and own.is_file()
        return f"sqlite:///{own}" if played else self.settings.database

    def platform(self) -> AbstractContextManager[SurveySource]:
        """Where answers come from: the study's folder of exports, or else the survey platform.

        Raises:
            PlatformError: the folder is not there, or the platform is not set.
        """
        if self.study.exports is None:
            return self.limesurvey()
        folder = exports_folder(self.settings.home, self.study.exports, self.language)
        surveys = tuple(wave.survey_id for wave in self.study.waves)
        return ExportFolder(folder, self.loaded.model, surveys, self.language)

    def limesurvey(self) -> LimeSurvey:
        """The survey platform, not yet logged in.

        Raises:
            PlatformError: its address or account is not set.
        """
        return limesurvey(self.settings, self.language)


def limesurvey(settings: Settings, language: str) -> LimeSurvey:
    """The survey platform of an installation, not yet logged in.

    Raises:
        PlatformError: its address or account is not set.
    """
    if not (settings.limesurvey_url and settings.limesurvey_user):
        raise PlatformError(
            say("L’adresse de LimeSurvey ou son compte ne sont pas réglés.", language),
            say(
                "Renseignez MATURITY_LIMESURVEY_URL, MATURITY_LIMESURVEY_USER et "
                "MATURITY_LIMESURVEY_PASSWORD (fichier .env ou variables d’environnement).",
                language,
            ),
        )
    return LimeSurvey(
        settings.limesurvey_url,
        settings.limesurvey_user,
        settings.limesurvey_password,
        timeout=settings.http_timeout,
        window=settings.window,
        language=language,
    )


def prepare(request: WaveRequest, settings: Settings) -> Setup:
    """Load the study, its model and its recommendations, and make its output folder.

    Raises:
        StudyFileError: a file does not hold, or the wave is unknown.
        ReportLocked: the output folder cannot be written.
    """
    study = load_study(request.study, settings)
    return Setup(
        settings=settings,
        study=study,
        wave=_wave(study, request.wave),
        loaded=load_model(study.model, settings),
        recommendations=load_recommendations(study.model, settings),
        today=request.today(study),
        folder=output_folder(settings.home, study.output, study.language),
    )


def _wave(study: Study, code: str) -> Wave:
    try:
        return study.wave(code or None)
    except KeyError as error:
        raise StudyFileError(
            say("L’étude « {study} » n’a pas de vague « {wave} ».", study.language,
                study=study.code, wave=code),
            say("Vagues de cette étude : {waves}.", study.language,
                waves=", ".join(wave.code for wave in study.waves)),
        ) from error  # fmt: skip
