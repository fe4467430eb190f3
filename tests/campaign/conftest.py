"""An empty platform over HTTP, and the team that works with it."""

from collections.abc import Iterator

import pytest

from config.settings import Settings
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.server import running
from tests.campaign.staff import Staff


@pytest.fixture
def staff(settings: Settings) -> Iterator[Staff]:
    """A team before the opening of its campaign."""
    platform = SandboxPlatform()
    with running(platform) as url:
        yield Staff(settings, platform, url)
