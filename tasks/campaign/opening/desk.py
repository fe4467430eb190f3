"""What opening a campaign needs at hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from config.catalogue import say
from config.errors import PlatformError
from config.maturity_model import MaturityModel
from config.study import Study, Wave
from tasks.campaign.platform import CampaignPlatform, SurveyState
from tasks.store.repository import Store


@dataclass(frozen=True)
class Desk:
    """One wave, its platform and the store."""

    platform: CampaignPlatform
    store: Store
    model: MaturityModel
    study: Study
    wave: Wave
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def language(self) -> str:
        """Of the messages: the study's."""
        return self.study.language

    @property
    def survey_id(self) -> int:
        """The number of the wave's survey."""
        return self.wave.survey_id

    def say(self, sentence: str, **values: object) -> str:
        """A sentence in the study's language; `{survey}` is the survey's number."""
        return say(sentence, self.language, survey=self.survey_id, **values)

    def time_of_day(self, moment: datetime) -> str:
        """The hour of a moment where the study is."""
        return moment.astimezone(ZoneInfo(self.study.timezone)).strftime("%H:%M")

    def state(self) -> SurveyState | None:
        """How the wave's survey stands; None when there is none."""
        return self.platform.state(self.survey_id)

    def existing_state(self) -> SurveyState:
        """How the wave's survey stands.

        Raises:
            PlatformError: there is none of this number.
        """
        state = self.state()
        if state is None:
            raise PlatformError(
                self.say("L’enquête {survey} n’existe pas sur la plateforme."),
                self.say("Ouvrez la campagne avec « maturity open {study} ».",
                         study=self.study.code),
            )  # fmt: skip
        return state
