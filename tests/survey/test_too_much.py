"""A server without memory or a proxy without patience: smaller windows finish the pull."""

from dataclasses import replace

import pytest

from config.errors import PlatformUnreachable
from tasks.survey.sandbox import Fault, FaultKind, SandboxPlatform
from tests.survey.conftest import Connect
from tests.survey.recorded import questionnaire

SURVEY = 700001
COUNT = 1300
DATE = "2026-09-20 10:00:00"


@pytest.fixture
def platform() -> SandboxPlatform:
    """1,300 responses."""
    survey = questionnaire("maturite_numerique.txt", SURVEY, 1, 10)
    rows = {n: {"id": n, "submitdate": DATE, "datestamp": DATE} for n in range(1, COUNT + 1)}
    return SandboxPlatform([replace(survey, responses=rows)])


@pytest.mark.parametrize("kind", [FaultKind.ERROR_EMPTY, FaultKind.PROXY_LIMIT])
@pytest.mark.parametrize(("after", "times", "widest"), [(0, 2, 250), (1, 1, 150)])
def test_a_window_that_is_too_much_is_asked_in_halves(
    connect: Connect,
    platform: SandboxPlatform,
    kind: FaultKind,
    after: int,
    times: int,
    widest: int,
) -> None:
    """Each failure halves what is asked from then on; every response comes once, in order."""
    platform.faults.append(Fault(kind, "export_responses", after=after, times=times))
    windows = list(connect(platform, window=1000).windows(SURVEY))
    assert [row["id"] for window in windows for row in window] == list(range(1, COUNT + 1))
    assert max(map(len, windows[after:])) <= widest


@pytest.mark.parametrize("kind", [FaultKind.ERROR_EMPTY, FaultKind.PROXY_LIMIT])
def test_a_server_that_fails_on_few_responses_is_told(
    connect: Connect, platform: SandboxPlatform, kind: FaultKind
) -> None:
    """1,000, 500, 250, 125, then the message: their number is not the trouble."""
    platform.faults.append(Fault(kind, "export_responses", times=99))
    with pytest.raises(PlatformUnreachable, match="export_responses"):
        list(connect(platform, window=1000).windows(SURVEY))
    assert platform.calls["export_responses"] == 4


def test_another_failure_is_not_asked_in_halves(
    connect: Connect, platform: SandboxPlatform
) -> None:
    """An error page of the server is no want of memory."""
    platform.faults.append(Fault(FaultKind.ERROR_PAGE, "export_responses", times=99))
    with pytest.raises(PlatformUnreachable):
        list(connect(platform).windows(SURVEY))
    assert platform.calls["export_responses"] == 1


def test_dates_come_alone_and_a_span_in_halves(connect: Connect, platform: SandboxPlatform) -> None:
    """The scan holds three columns; a span that is too much comes whole all the same."""
    limesurvey = connect(platform, window=500)
    scanned = [row for window in limesurvey.dates(SURVEY) for row in window]
    assert scanned == [
        {"id": n, "submitdate": DATE, "datestamp": DATE} for n in range(1, COUNT + 1)
    ]
    platform.faults.append(Fault(FaultKind.ERROR_EMPTY, "export_responses", times=2))
    span = limesurvey.between(SURVEY, 11, 500)
    assert [row["id"] for row in span] == list(range(11, 501))
    assert "STR1" in span[0]
