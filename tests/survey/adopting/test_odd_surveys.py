"""Questions that cannot be read, hostile words, missing languages."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from ruamel.yaml import YAML

from config.maturity_model import MaturityModel, Topology
from tasks.survey.adopting import read_questionnaire
from tasks.survey.building import expected_structure
from tasks.survey.questionnaire import compare
from tasks.survey.source import PlatformQuestion, SurveyStructure
from tests.strategies import maturity_models
from tests.survey.adopting.conftest import AGREEMENT, TO_DO, adopted, asked, questionnaire
from tests.survey.building.conftest import plain_study


@pytest.mark.parametrize(
    "question",
    [
        asked("LONG", "M", rows={"SQ0001": "Une case au code trop long", "SQ2": "Deux"}),
        asked("TIRET", options={"A-1": "Un", "A-2": "Deux"}),
        asked("SEULE", options={"A1": "Une seule réponse"}),
        asked("SANS", "M", rows={}),
        asked("seed", "T"),
    ],
    ids=lambda question: question.code,
)
def test_question_that_no_model_can_read_is_named(
    question: PlatformQuestion, tmp_path: Path
) -> None:
    """It is listed as left out, the model holds, and the rest is read."""
    structures = questionnaire(asked("Q1"), asked("Q2"), question)

    model, *_ = adopted(structures, tmp_path)

    assert model.unused_questions == (question.code,)
    assert [item.code for item in model.items] == ["Q1", "Q2"]
    assert compare(structures["fr"], model) == ()


def test_old_question_code_does_not_spoil_the_model(tmp_path: Path) -> None:
    """A code that no model can even name (older platforms) is passed over."""
    model, *_ = adopted(questionnaire(asked("Q1"), asked("Q2"), asked("Q_3", "T")), tmp_path)

    assert [item.code for item in model.items] == ["Q1", "Q2"]


def test_codes_made_here_never_meet_those_of_the_platform(tmp_path: Path) -> None:
    """The row `SQ1` of `Q` does not take the code of a question called `QSQ1`."""
    rows = {"SQ1": "Un", "SQ2": "Deux"}

    model, *_ = adopted(questionnaire(asked("Q", "F", rows=rows), asked("QSQ1", "T")), tmp_path)

    columns = {item.code: item.platform_column for item in model.items}
    assert columns == {"QSQ12": "Q[SQ1]", "QSQ2": "Q[SQ2]", "QSQ1": "QSQ1"}


def test_long_and_equal_codes_are_told_apart(tmp_path: Path) -> None:
    """Codes are cut at the platform's 20 characters and stay different."""
    rows = {f"LIGNE{number:03}LONGUE": f"Ligne {number}" for number in range(12)}

    model, *_ = adopted(questionnaire(asked("QUESTIONLONGUE", "F", rows=rows)), tmp_path)

    assert len({item.code for item in model.items}) == 12


HOSTILE = (
    "fin\u2028authority: x\u0085code: y\n# sides: &a *b !!python/object {{ 7*7 }} ' \" \\ : - ?\x07"
)


def test_words_of_the_platform_stay_words(tmp_path: Path) -> None:
    """Texts with YAML, line breaks and control characters end as text, everywhere."""
    options = {**AGREEMENT, "A1": HOSTILE}
    role = asked("ROLE", options={"R1": HOSTILE, "R2": "b"}, text=HOSTILE)
    again = [asked(code, options=options, text=HOSTILE) for code in ("Q1", "Q2")]

    model, study, *texts = adopted(questionnaire(role, *again, title=HOSTILE), tmp_path)

    said = model.item("Q1").question.say("fr")
    assert said.startswith("fin authority: x code: y # sides: &a *b !!python/object {{ 7*7 }}")
    assert "\x07" not in said
    assert model.levels[0].label.say("fr") == said
    assert study.authority.name == TO_DO
    for text in texts:
        assert YAML(typ="safe").load(text)["code"].endswith("_4711")


def test_text_that_is_missing_is_replaced(tmp_path: Path) -> None:
    """A question without a text is called by its code, one without a translation by its base."""
    french = questionnaire(asked("Q1", text=""), asked("Q2"))["fr"]
    english = replace(french, questions=(replace(french.questions[1], text="In English"),))

    model, *_ = adopted({"fr": french, "en": english}, tmp_path)

    assert model.item("Q1").question.say("fr") == "Q1"
    assert model.item("Q2").question.say("en") == "In English"
    assert model.item("Q1").question.say("en") == "Q1"


def test_survey_in_neither_language_can_be_adopted(tmp_path: Path) -> None:
    """A German questionnaire gives a German model, and a study whose reports are in French."""
    structure = questionnaire(asked("ROLE", options={"R1": "Amt", "R2": "Rat"}), asked("Q1"))["fr"]
    second = replace(structure, questions=(*structure.questions, asked("Q2")))

    model, study, *_ = adopted({"de": second}, tmp_path)

    assert model.languages == ("de",)
    assert study.language == "fr"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(model=maturity_models())
def test_any_built_survey_can_be_adopted(
    model: MaturityModel, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever model a survey was built from, the files hold and differ from it in nothing."""
    study = plain_study(model.languages[0])
    base, *rest = sorted(model.languages, key=lambda language: language != study.language)
    structures = {
        language: expected_structure(model, study, study.waves[0], language)
        for language in (base, *rest)
    }

    found, *_ = adopted(structures, tmp_path_factory.mktemp("home"))

    assert found.topology is Topology.NONE
    assert compare(structures[base], found) == ()
    read = {column for item in found.items for column in item.platform_columns}
    assert {column for item in model.items for column in item.platform_columns} <= read


class Platform:
    """A platform with one survey in two languages."""

    def languages(self, survey_id: int) -> tuple[str, ...]:
        """English first."""
        assert survey_id == 4711
        return ("en", "fr")

    def structure(self, survey_id: int, language: str) -> SurveyStructure:
        """A survey called by its language."""
        return SurveyStructure(survey_id, language, ())


def test_structure_is_read_in_every_language_base_first() -> None:
    """The base language comes first: it is the model's first one, and the spare text."""
    found = read_questionnaire(Platform(), 4711)

    assert [(language, one.title) for language, one in found.items()] == [
        ("en", "en"),
        ("fr", "fr"),
    ]
