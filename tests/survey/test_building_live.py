"""The built surveys on a real LimeSurvey, when one is named in the environment (see `live.py`).

Each survey is imported under a free number, read back, activated, and deleted again.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
from pydantic import SecretStr

from config.maturity_model import MaturityModel
from config.study import Mode
from tasks.survey.building import survey_file
from tasks.survey.limesurvey import LimeSurvey
from tests.survey.live import LIVE, MARKS, WANTED, assert_read_back, specimen

MODELS = ("datacites2", "syntec2018", "deloitte2018", "capgemini2012")
HOSTILE = "<script>x</script> & ]]> {STR1} {{ 7*7 }} {1+1} « oui » ?"

pytestmark = MARKS

Call = Any


@pytest.fixture(scope="module")
def call() -> Iterator[Call]:
    """Call a RemoteControl method with a session key of our own."""
    session = requests.Session()

    def ask(method: str, *params: object) -> Any:
        body = {"method": method, "params": [*params], "id": 1}
        answer = session.post(LIVE["URL"], json=body, timeout=120).json()
        assert answer["error"] is None, answer["error"]
        return answer["result"]

    key = ask("get_session_key", LIVE["USER"], LIVE["PASSWORD"])
    assert isinstance(key, str), key
    yield lambda method, *params: ask(method, key, *params)
    ask("release_session_key", key)


@pytest.fixture(scope="module")
def limesurvey() -> Iterator[LimeSurvey]:
    """The client that the product pulls with."""
    account = (LIVE["URL"], LIVE["USER"], SecretStr(LIVE["PASSWORD"]))
    with LimeSurvey(*account) as connected:
        yield connected


@contextmanager
def imported(call: Call, content: bytes, wanted: int) -> Iterator[int]:
    """Import a file; the number of the survey, which is deleted at the end."""
    file = base64.b64encode(content).decode()
    survey = call("import_survey", file, "lss", None, wanted)
    assert isinstance(survey, int), survey
    try:
        yield survey
    finally:
        assert call("delete_survey", survey) == {"status": "OK"}


@pytest.mark.parametrize("code", MODELS)
def test_imported_survey_equals_the_model(call: Call, limesurvey: LimeSurvey, code: str) -> None:
    """The shipped models come back from the platform whole, in French and English."""
    model, study = specimen(code, Mode.CONFIDENTIAL)

    with imported(call, survey_file(model, study, study.waves[0]), WANTED) as survey:
        assert_read_back(limesurvey, model, study, survey)


def test_hostile_texts_come_back_as_typed(call: Call, limesurvey: LimeSurvey) -> None:
    """Markup and expressions in a model are plain words on the platform."""
    model, study = specimen("capgemini2012", Mode.CONFIDENTIAL)
    data = model.model_dump(mode="json", exclude_none=True)
    data["profile_questions"][0]["question"] = {"fr": HOSTILE, "en": HOSTILE}
    hostile = MaturityModel.model_validate(data)

    with imported(call, survey_file(hostile, study, study.waves[0]), WANTED) as survey:
        assert_read_back(limesurvey, hostile, study, survey)


@pytest.mark.parametrize("mode", list(Mode))
def test_survey_opens_as_the_mode_says(call: Call, mode: Mode) -> None:
    """It activates, its participants table is made in the confidential mode, its dates hold."""
    model, study = specimen("capgemini2012", mode)
    wave = study.waves[0]

    with imported(call, survey_file(model, study, wave), WANTED) as survey:
        assert call("activate_survey", survey)["status"] == "OK"
        asked = ["anonymized", "datestamp", "startdate", "expires", "alloweditaftercompletion"]
        assert call("get_survey_properties", survey, asked) == {
            "anonymized": "N" if mode is Mode.CONFIDENTIAL else "Y",
            "datestamp": "Y",
            "startdate": f"{wave.opens} 00:00:00",
            "expires": f"{wave.closes} 23:59:59",
            "alloweditaftercompletion": "Y" if mode is Mode.CONFIDENTIAL else "N",
        }
        if mode is Mode.CONFIDENTIAL:
            assert call("activate_tokens", survey, [1, 2])["status"] == "OK"
