"""What all tests share: an installation of their own, and nothing from the machine's settings."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import Phase
from hypothesis import settings as hypothesis

from config.loading import load_model, load_study
from config.settings import PRODUCT_CONFIG, Settings
from flows.request import RefreshRequest
from flows.summary import Summary
from tasks.survey.sandbox.demo import demo_platform, week_date
from tasks.survey.sandbox.platform import SandboxPlatform
from tasks.survey.sandbox.server import running

DEMO = PRODUCT_CONFIG / "demo"

# The machine's speed proves nothing, and a failure is worth more now than shrunk in five minutes:
# HYPOTHESIS_PROFILE=default shrinks.
hypothesis.register_profile(
    "quick",
    deadline=None,
    print_blob=True,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
hypothesis.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("MATURITY_")]:
        if not name.startswith("MATURITY_LIVE_"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An empty installation in a folder of its own."""
    return Settings(home=tmp_path)


def directly(_title: str, step: Callable[..., object], *args: object) -> object:
    """Run a step as it is: no Prefect, no progress bar."""
    return step(*args)


class Team:
    """Programme staff with an installation and a platform: what they would do, in one word each."""

    def __init__(self, settings: Settings, platform: SandboxPlatform, url: str) -> None:
        self.platform = platform
        self.settings = settings.model_copy(
            update={
                "limesurvey_url": url,
                "limesurvey_user": platform.user,
                "limesurvey_password": platform.password,
            }
        )

    def refresh(
        self, study: str, as_of: date | str = "", *, after_erasure: bool = False
    ) -> Summary:
        """Refresh a study, on a given day."""
        from flows.wiring import refresh  # heavy: only for the tests that refresh

        request = RefreshRequest(study=study, as_of=str(as_of), after_erasure=after_erasure)
        return refresh(request, self.settings, directly)


class Demo(NamedTuple):
    """The demo study once played to its end: three weeks, then the interviews."""

    settings: Settings
    summary: Summary  # of the last refresh


def refresh_demo(
    settings: Settings, week: int, day: date, *, after_erasure: bool = False
) -> Summary:
    """Refresh the demo study with the platform as it stands at the end of a week."""
    model = load_model(load_study("demo", settings).model, settings).model
    platform = demo_platform(model, DEMO, week)
    with running(platform) as url:
        return Team(settings, platform, url).refresh("demo", day, after_erasure=after_erasure)


@pytest.fixture(scope="session")
def played_demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, played once for all tests that only read what it left."""
    from flows.demo import INTERVIEWS, interview, review

    settings = Settings(home=tmp_path_factory.mktemp("demo"))
    for week in (1, 2, 3):
        refresh_demo(settings, week, week_date(DEMO, week))
    after = week_date(DEMO, 3) + INTERVIEWS
    interview(settings, after)
    review(settings, after)
    return Demo(settings, refresh_demo(settings, 3, after))


@pytest.fixture
def demo_week(settings: Settings) -> Callable[[int], Summary]:
    """Play one week of the demo study, as staff would refresh it on that Monday."""
    return lambda week: refresh_demo(settings, week, week_date(DEMO, week))
