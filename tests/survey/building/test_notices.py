"""What the survey promises to those who answer."""

import json
from pathlib import Path

import pytest

from config.maturity_model import MaturityModel
from config.study import Mode, Study
from tasks.survey.limesurvey.shapes import plain_text
from tests.survey.building.conftest import Load, in_mode, language_row, plain_study


def notices(model: MaturityModel, study: Study, language: str) -> str:
    """All that the form says besides questions, as a reader has it."""
    row = language_row(model, study, language)
    names = ("welcometext", "policy_notice", "policy_notice_label", "policy_error", "endtext")
    return "\n".join(plain_text(row[f"surveyls_{name}"]) for name in names)


def test_confidential_notice_says_who_sees_what(load: Load, study: Study) -> None:
    """The form names the smallest group, the rule for comments, the dates and the rights."""
    said = notices(load("datacites2"), study, "fr")

    for promise in (
        "Vos réponses sont confidentielles",
        "seule à savoir qui a répondu quoi",
        "moins de 5 personnes n’est jamais montré à part",
        "au moins 8 personnes",
        "de la communauté de communes du Val de Sorlune",
        "43 questions sur 15 pages",
        "jusqu’au 4 octobre 2026 au soir",
        "Jusqu’au 4 octobre 2027 au plus tard",
        "nom, courriel, poste, service",
        "les corriger ou à les faire effacer",
    ):
        assert promise in said
    assert "anonyme" not in said


def test_anonymous_notice_promises_no_more_than_it_can_keep(load: Load, study: Study) -> None:
    """Nobody can find an answer again: so no correction, no coming back, no personal link."""
    said = notices(load("datacites2"), in_mode(study, Mode.ANONYMOUS), "fr")

    assert "Vos réponses sont anonymes" in said
    assert "pas même l’équipe du programme" in said
    assert "moins de 5 personnes n’est jamais montré à part" in said
    assert "ni retrouvées ni effacées" in said
    for word in ("confidentielles", "votre lien", "modifier", "votre inscription"):
        assert word not in said


@pytest.mark.parametrize("mode", list(Mode))
def test_english_notice_is_english(load: Load, study: Study, mode: Mode) -> None:
    """Every sentence of the form has its translation, with British dates."""
    said = notices(load("datacites2"), in_mode(study, mode), "en")

    assert "4 October 2026" in said
    for word in ("vous", "réponses", "équipe", "questions sur", "effac", "nom,"):
        assert word not in said.casefold()


def test_first_of_a_month_is_written_as_people_say_it() -> None:
    """« 1er avril 2026 », not « 1 avril »."""
    data = json.loads((Path(__file__).parent / "three_languages.json").read_text("utf-8"))
    said = notices(MaturityModel.model_validate(data), plain_study("fr"), "fr")

    assert "1er avril 2026" in said
    assert "Vous pouvez passer toute question, et revenir en arrière." in said


def test_notice_of_an_english_study_names_its_authority_in_french_too(
    load: Load, study: Study
) -> None:
    """The turn with « de » is the study's language's: the French page quotes the name instead."""
    authority = study.authority.model_copy(update={"name": "Exton", "of_name": "of Exton"})
    english = study.model_copy(update={"language": "en", "authority": authority})

    said = notices(load("datacites2"), english, "fr")

    assert "le fonctionnement de «\u00a0Exton\u00a0»" in said
    assert "of Exton" not in said
