"""What the tests of the survey file share."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from config.loading import load_model, load_study
from config.maturity_model import MaturityModel
from config.settings import Settings
from config.study import Mode, Study, Wave
from config.text import Text
from tasks.survey.building import survey_file
from tasks.survey.building.form import FormQuestion
from tasks.survey.building.pages import form
from tests.survey.lss import sections

DATA = Path(__file__).parents[2] / "data" / "maturite_numerique"
SHIPPED = ("datacites2", "syntec2018", "deloitte2018", "capgemini2012")
HOSTILE = "<script>alert(1)</script> & ]]> {STR1} {{ 7*7 }} {1+1} &amp; « oui » ?"


# What the form itself adds: blocks, the weight of an answer, the heading of a page.
OUR_TAGS = re.compile(
    r'</?p>|<br />|<span class="fw-normal lh-base text-body">'
    r'|<span role="heading" aria-level="1">|</span>'
)


Load = Callable[[str], MaturityModel]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation that also knows the model of an existing questionnaire."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(DATA, folder / "config")
    return Settings(home=folder)


@pytest.fixture(scope="module")
def load(home: Settings) -> Load:
    """Load a model by its code."""
    return lambda code: load_model(code, home).model


@pytest.fixture(scope="module")
def study(home: Settings) -> Study:
    """The demo study."""
    return load_study("demo", home)


def plain_study(language: str = "fr", **more: object) -> Study:
    """A study that says only what it must."""
    wave = Wave(
        code="V1",
        label=Text({language: "Vague"}),
        opens=date(2026, 3, 1),
        closes=date(2026, 4, 1),
        survey_id=4711,
        keep_until=date(2027, 1, 1),
    )
    return Study.model_validate(
        {
            "code": "etude",
            "title": {language: "Étude"},
            "authority": {"name": "Valdoré", "of_name": "de Valdoré"},
            "model": "hasard",
            "language": language,
            "waves": [wave],
            "output": "rapports",
            **more,
        }
    )


def in_mode(study: Study, mode: Mode) -> Study:
    """The same study, run in another mode."""
    rules = study.confidentiality.model_copy(update={"mode": mode})
    return study.model_copy(update={"confidentiality": rules})


def with_question(model: MaturityModel, code: str, **changes: object) -> MaturityModel:
    """The model with one question changed, by the code it has."""
    data = model.model_dump(mode="json", exclude_none=True)
    found = [
        item
        for item in (
            *data["profile_questions"],
            *(i for axis in data["axes"] for d in axis["dimensions"] for i in d["items"]),
            *data["other_items"],
        )
        if item["code"] == code
    ]
    found[0].update(changes)
    return MaturityModel.model_validate(data)


def settings_of(model: MaturityModel, study: Study) -> dict[str, str]:
    """The survey's row."""
    (row,) = sections(survey_file(model, study, study.waves[0]))["surveys"]
    return row


def language_row(model: MaturityModel, study: Study, language: str) -> dict[str, str]:
    """The survey's texts in one language."""
    rows = sections(survey_file(model, study, study.waves[0]))["surveys_languagesettings"]
    return next(row for row in rows if row["surveyls_language"] == language)


def one(model: MaturityModel, study: Study, code: str) -> FormQuestion:
    """One question of the form."""
    return next(question for question in form(model, study).questions if question.code == code)
