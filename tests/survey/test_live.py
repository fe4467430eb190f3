"""The pull from a real LimeSurvey, when one is named in the environment.

    MATURITY_LIVE_LIMESURVEY_URL       …/index.php/admin/remotecontrol
    MATURITY_LIVE_LIMESURVEY_USER, MATURITY_LIVE_LIMESURVEY_PASSWORD
    MATURITY_LIVE_LIMESURVEY_SURVEY    a survey that nobody answers meanwhile

Nothing is written there.
"""

import base64
import json
import os
import time
from collections.abc import Iterator

import pytest
import requests
from pydantic import SecretStr

from config.errors import PlatformError
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.question_types import platform_columns
from tasks.survey.source import response_id

NAMES = ("URL", "USER", "PASSWORD", "SURVEY")
LIVE = {name: os.environ.get(f"MATURITY_LIVE_LIMESURVEY_{name}", "") for name in NAMES}
WINDOW = 1000
LARGE = 5000  # responses from which times are worth comparing

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(
        not all(LIVE.values()),
        reason="no real LimeSurvey named (MATURITY_LIVE_LIMESURVEY_URL, _USER, _PASSWORD, _SURVEY)",
    ),
]


class Bare:
    """RemoteControl by plain requests: what a windowed export costs without us."""

    def __init__(self) -> None:
        self.http = requests.Session()
        self.key = self.call("get_session_key", LIVE["USER"], LIVE["PASSWORD"])

    def call(self, method: str, *params: object) -> object:
        """One call."""
        body = {"method": method, "params": params, "id": 1}
        return self.http.post(LIVE["URL"], json=body, timeout=60).json()["result"]

    def export(self, survey: int, first: int, last: int) -> list[dict[str, object]]:
        """The responses of a range of ids."""
        options = ("json", None, "all", "code", "short", first, last)
        file = self.call("export_responses", self.key, survey, *options)
        rows: list[dict[str, object]] = json.loads(base64.b64decode(str(file)))["responses"]
        return rows


def bare_windows(survey: int, last: int) -> Iterator[list[dict[str, object]]]:
    """Log in, then every response up to an id, window by window."""
    bare = Bare()
    for first in range(1, last + 1, WINDOW):
        yield bare.export(survey, first, first + WINDOW - 1)


@pytest.fixture(scope="module")
def live() -> Iterator[LimeSurvey]:
    """A connection to the real platform."""
    password = SecretStr(LIVE["PASSWORD"])
    with LimeSurvey(LIVE["URL"], LIVE["USER"], password, window=WINDOW) as limesurvey:
        yield limesurvey


@pytest.fixture
def survey() -> int:
    """The survey to read."""
    return int(LIVE["SURVEY"])


def test_structure_names_the_columns_of_the_export(live: LimeSurvey, survey: int) -> None:
    """Every answer key of a real export belongs to a question that the structure told of."""
    structure = live.structure(survey, "fr")
    told = [column for question in structure.questions for column in platform_columns(question)]
    first = next(live.windows(survey))[0]
    assert structure.title
    assert [key for key in first if key in told] == told


def test_pull_equals_the_bare_export(live: LimeSurvey, survey: int) -> None:
    """Content and order are those of a windowed export by plain requests, nothing else."""
    pulled = [response for window in live.windows(survey) for response in window]
    bare = bare_windows(survey, response_id(pulled[-1]))
    assert pulled == [response for window in bare for response in window]


def test_pull_of_a_large_survey_costs_little_more_than_the_bare_export(
    live: LimeSurvey, survey: int
) -> None:
    """At most 1.3 times the bare windowed export, login included, window against window.

    The two take turns at each window, so that whatever else the machines do weighs on both.
    """
    last = max(response_id(response) for window in live.windows(survey) for response in window)
    if last < LARGE:
        pytest.skip(f"times say nothing under {LARGE} responses")
    windows = -(-last // WINDOW)
    password = SecretStr(LIVE["PASSWORD"])
    with LimeSurvey(LIVE["URL"], LIVE["USER"], password, window=WINDOW) as limesurvey:
        turns = {"ours": limesurvey.windows(survey), "bare": bare_windows(survey, last)}
        times = dict.fromkeys(turns, 0.0)
        for turn in range(windows):
            for name in sorted(turns, reverse=turn % 2 == 0):
                start = time.perf_counter()
                assert next(turns[name])
                times[name] += time.perf_counter() - start
        start = time.perf_counter()
        assert next(turns["ours"], None) is None  # it knows by itself that this was all
        times["ours"] += time.perf_counter() - start
    assert times["ours"] <= 1.3 * times["bare"], times


def test_dates_alone_are_those_of_the_whole_responses(live: LimeSurvey, survey: int) -> None:
    """The scan names every response once, with the dates that the responses themselves have."""
    names = ("id", "submitdate", "datestamp")
    whole = [{name: row[name] for name in names} for w in live.windows(survey) for row in w]
    assert [dict(row) for window in live.dates(survey) for row in window] == whole
    middle = response_id(whole[len(whole) // 2])
    (alone,) = live.between(survey, middle, middle)
    assert response_id(alone) == middle


def test_participants_and_version_are_read_or_refused_without_error(
    live: LimeSurvey, survey: int
) -> None:
    """Whatever the account's rights, neither call fails."""
    people = live.participants(survey, ("attribute_1",))
    assert people is None or all(person.platform_id for person in people)
    version = live.version()
    assert version is None or version[0].isdigit()


def test_unknown_survey_is_told(live: LimeSurvey) -> None:
    """The same sentence as from the sandbox."""
    with pytest.raises(PlatformError, match="ne connaît pas ce questionnaire"):
        live.structure(424242, "fr")
