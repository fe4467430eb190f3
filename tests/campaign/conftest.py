"""An empty platform over HTTP, and the team that works with it."""

from collections.abc import Iterator

import pytest

from config.settings import Settings
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.server import running
from tasks.survey.sandbox.state import SandboxSurvey
from tests.campaign.staff import SURVEY, Staff


@pytest.fixture
def staff(settings: Settings) -> Iterator[Staff]:
    """A team before the opening of its campaign."""
    platform = SandboxPlatform()
    with running(platform) as url:
        yield Staff(settings, platform, url)


@pytest.fixture(scope="session")
def open_survey(tmp_path_factory: pytest.TempPathFactory) -> SandboxSurvey:
    """The survey of a campaign as an opening leaves it, opened once for all tests."""
    platform = SandboxPlatform()
    with running(platform) as url:
        Staff(Settings(home=tmp_path_factory.mktemp("open")), platform, url).open()
    return platform.survey(SURVEY)


@pytest.fixture
def opened(staff: Staff, open_survey: SandboxSurvey) -> Staff:
    """A team whose campaign is open, and nobody on its list yet."""
    staff.platform.put_survey(open_survey)
    return staff
