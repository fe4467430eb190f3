"""What the tests of the adoption of a questionnaire share."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from config.loading import load_model, load_study
from config.maturity_model import MaturityModel
from config.settings import Settings
from config.study import Study
from tasks.survey.adopting import adopt
from tasks.survey.limesurvey import LimeSurvey
from tasks.survey.sandbox import running
from tasks.survey.source import PlatformQuestion, SurveyStructure
from tests.survey.recorded import platform_6

TODAY = date(2026, 11, 22)
TO_DO = "À COMPLÉTER"
AGREEMENT = {
    "A1": "Pas du tout",
    "A2": "Plutôt non",
    "A3": "Plutôt oui",
    "A4": "Tout à fait",
    "NSP": "Ne sait pas",
}


Structures = Mapping[str, SurveyStructure]


class Adopted(NamedTuple):
    """What was written, and what the product reads in it."""

    model: MaturityModel
    study: Study
    model_text: str
    study_text: str


def adopted(structures: Structures, home: Path) -> Adopted:
    """Adopt a questionnaire in an installation, and load both files as the product does."""
    made = adopt(structures, TODAY)
    for kind, code, text in (
        ("models", made.model_code, made.model),
        ("studies", made.study_code, made.study),
    ):
        path = home / "config" / kind / f"{code}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    here = Settings(home=home)
    model, study = load_model(made.model_code, here).model, load_study(made.study_code, here)
    return Adopted(model, study, made.model, made.study)


def questionnaire(*questions: PlatformQuestion, title: str = "Enquête") -> Structures:
    """A survey in French alone."""
    return {"fr": SurveyStructure(4711, title, questions)}


def asked(code: str, kind: str = "L", **more: object) -> PlatformQuestion:
    """A question; a list on the agreement scale unless told otherwise."""
    text = str(more.pop("text", f"Question {code} ?"))
    options = more.pop("options", AGREEMENT if kind in "L!OFH" else {})
    return PlatformQuestion(code, kind, text, options=options, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def recorded() -> dict[int, Structures]:
    """The recorded questionnaires, in each of their languages."""
    platform = platform_6()
    languages = {641001: ("fr", "en"), 488771: ("fr",)}
    with running(platform) as url, LimeSurvey(url, "admin", platform.password) as limesurvey:
        return {
            survey: {language: limesurvey.structure(survey, language) for language in spoken}
            for survey, spoken in languages.items()
        }
