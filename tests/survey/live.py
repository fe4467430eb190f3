"""A real LimeSurvey, when one is named in the environment, and what is built for it.

MATURITY_LIVE_LIMESURVEY_URL       …/index.php/admin/remotecontrol
MATURITY_LIVE_LIMESURVEY_USER, MATURITY_LIVE_LIMESURVEY_PASSWORD
"""

import os
from dataclasses import replace
from datetime import date, timedelta

import pytest

from config.loading import load_model, load_study
from config.maturity_model import MaturityModel
from config.settings import Settings
from config.study import Mode, Study
from tasks.survey.building import expected_structure
from tasks.survey.limesurvey import LimeSurvey

NAMES = ("URL", "USER", "PASSWORD")
LIVE = {name: os.environ.get(f"MATURITY_LIVE_LIMESURVEY_{name}", "") for name in NAMES}
MARKS = [
    pytest.mark.live,
    pytest.mark.skipif(
        not all(LIVE.values()),
        reason="no real LimeSurvey named (MATURITY_LIVE_LIMESURVEY_URL, _USER, _PASSWORD)",
    ),
]
WANTED = 640_700  # the first number asked for; the platform gives another when it is taken


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
