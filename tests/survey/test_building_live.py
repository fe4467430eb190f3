"""The built surveys on a real LimeSurvey, when one is named in the environment.

    MATURITY_LIVE_LIMESURVEY_URL       …/index.php/admin/remotecontrol
    MATURITY_LIVE_LIMESURVEY_USER, MATURITY_LIVE_LIMESURVEY_PASSWORD

Each survey is imported under a free number, read back, activated, and deleted again.
"""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import requests
from pydantic import SecretStr

from config.loading import load_model, load_study
from config.maturity_model import MaturityModel
from config.settings import Settings
from config.study import Mode, Study
from tasks.survey.building import expected_structure, survey_file
from tasks.survey.limesurvey import LimeSurvey

NAMES = ("URL", "USER", "PASSWORD")
LIVE = {name: os.environ.get(f"MATURITY_LIVE_LIMESURVEY_{name}", "") for name in NAMES}
WANTED = 640_700  # the first number asked for; the platform gives another when it is taken
MODELS = ("datacites2", "syntec2018", "deloitte2018", "capgemini2012")
HOSTILE = "<script>x</script> & ]]> {STR1} {{ 7*7 }} {1+1} « oui » ?"

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(
        not all(LIVE.values()),
        reason="no real LimeSurvey named (MATURITY_LIVE_LIMESURVEY_URL, _USER, _PASSWORD)",
    ),
]

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


def specimen(code: str, mode: Mode) -> tuple[MaturityModel, Study]:
    """A shipped model, and the demo study of today in a mode."""
    settings = Settings()
    study = load_study("demo", settings)
    today = date.today()  # noqa: DTZ011 - the platform's own day
    wave = study.waves[0].model_copy(
        update={
            "survey_id": WANTED,
            "opens": today - timedelta(days=1),
            "closes": today + timedelta(days=20),
            "keep_until": today + timedelta(days=400),
        }
    )
    rules = study.confidentiality.model_copy(update={"mode": mode})
    changed = study.model_copy(update={"waves": (wave,), "confidentiality": rules})
    return load_model(code, settings).model, changed


def assert_read_back(limesurvey: LimeSurvey, model: MaturityModel, study: Study, sid: int) -> None:
    """Every code, option and text on the platform equals the model's, in every language."""
    for language in model.languages:
        expected = replace(
            expected_structure(model, study, study.waves[0], language), survey_id=sid
        )
        found = limesurvey.structure(sid, language)
        assert found == expected
        for mine, theirs in zip(expected.questions, found.questions, strict=True):
            assert [*mine.options] == [*theirs.options]  # in the same order
            assert [*mine.rows] == [*theirs.rows]


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
