"""What the tests of LimeSurvey as a campaign’s platform share."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from lxml import etree

from config.loading import load_model, load_study
from config.maturity_model import MaturityModel
from config.settings import Settings
from config.study import Study
from tasks.campaign.platform import MailOutcome, NewParticipant
from tasks.survey.building.survey import survey_file
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import (
    SandboxPlatform,
    SandboxSurvey,
    running,
)
from tests.survey.conftest import Connect

SURVEY = 650_001
at = datetime.fromisoformat
NOW = at("2026-09-15 10:30")  # within the demonstration's wave
FOREVER = 99


@pytest.fixture(scope="module")
def demo() -> tuple[MaturityModel, Study, bytes]:
    """The demonstration's model and study, and the survey file of its wave."""
    settings = Settings()
    model, study = load_model("datacites2", settings).model, load_study("demo", settings)
    return model, study, survey_file(model, study, study.waves[0])


@pytest.fixture
def platform() -> SandboxPlatform:
    """An empty platform whose clock stands still."""
    empty = SandboxPlatform()
    empty.clock = lambda: NOW
    return empty


@pytest.fixture
def limesurvey(connect: Connect, platform: SandboxPlatform) -> LimeSurvey:
    """A connection to it."""
    return connect(platform)


def person(number: int, **changes: str) -> NewParticipant:
    """An invented participant."""
    attributes = {"attribute_1": "Élue", "attribute_2": "=1+1"}
    one = NewParticipant(f"Prénom{number}", "Exemple", f"p{number}@exemple.ch", "fr", attributes)
    return replace(one, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ready(demo: tuple[MaturityModel, Study, bytes]) -> SandboxSurvey:
    """The demonstration's survey, imported, active, with its participants table."""
    platform = SandboxPlatform()
    with running(platform) as url, LimeSurvey(url, platform.user, platform.password) as limesurvey:
        assert limesurvey.import_survey(demo[2], SURVEY) == SURVEY
        limesurvey.activate(SURVEY)
        limesurvey.open_participants(SURVEY, {"attribute_1": "Fonction", "attribute_2": "Service"})
    return platform.survey(SURVEY)


@pytest.fixture
def opened(platform: SandboxPlatform, limesurvey: LimeSurvey, ready: SandboxSurvey) -> LimeSurvey:
    """A connection to a platform that has that survey."""
    platform.put_survey(ready)
    return limesurvey


def invited(limesurvey: LimeSurvey, numbers: list[int]) -> list[MailOutcome]:
    """All outcomes of an invitation."""
    return [outcome for batch in limesurvey.invite(SURVEY, numbers) for outcome in batch]


def reminded(limesurvey: LimeSurvey, numbers: list[int]) -> list[MailOutcome]:
    """All outcomes of a reminder."""
    return [outcome for batch in limesurvey.remind(SURVEY, numbers) for outcome in batch]


def changed(file: bytes, path: str, text: str) -> bytes:
    """A survey file with the text of one element changed."""
    document = etree.fromstring(file)
    found = document.find(path)
    assert found is not None
    found.text = text
    return etree.tostring(document)


WRITING: dict[str, Callable[[LimeSurvey], object]] = {
    "import_survey": lambda limesurvey: limesurvey.import_survey(b"<document/>", 650_009),
    "delete_survey": lambda limesurvey: limesurvey.delete_survey(SURVEY),
    "activate_survey": lambda limesurvey: limesurvey.activate(SURVEY),
    "activate_tokens": lambda limesurvey: limesurvey.open_participants(SURVEY, {}),
    "add_participants": lambda limesurvey: limesurvey.add_participants(SURVEY, [person(9)] * 4),
    "set_participant_properties": lambda limesurvey: limesurvey.update_participant(
        SURVEY, 1, person(8)
    ),
    "set_survey_properties": lambda limesurvey: limesurvey.expire(SURVEY, NOW),
    "invite_participants": lambda limesurvey: invited(limesurvey, [1, 2]),
    "remind_participants": lambda limesurvey: reminded(limesurvey, [1, 2]),
}
