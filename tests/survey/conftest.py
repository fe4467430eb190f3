"""What the tests of the survey platform share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tasks.survey.limesurvey import LimeSurvey, transport
from tasks.survey.sandbox import SandboxPlatform, running

Connect = Callable[..., LimeSurvey]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow each other at once."""
    monkeypatch.setattr(transport, "BACKOFF_SECONDS", 0)


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Put a platform on loopback and connect to it, by default as its administrator."""
    with ExitStack() as stack:

        def connected(platform: SandboxPlatform, **options: object) -> LimeSurvey:
            url = stack.enter_context(running(platform))
            account = {"user": platform.user, "password": platform.password}
            return LimeSurvey(url, **{**account, **options})  # type: ignore[arg-type]

        yield connected
