"""From a survey's structure to two files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from config.catalogue import say
from config.errors import PlatformError
from tasks.survey.adopting.gathered import gathered
from tasks.survey.adopting.lists import find_scale
from tasks.survey.adopting.model_file import model_file
from tasks.survey.adopting.plan import plan
from tasks.survey.adopting.study_file import study_file
from tasks.survey.source import SurveyStructure


@dataclass(frozen=True)
class Adoption:
    """Two files to write: each is called by its code, `config/models/<code>.yaml` and so on."""

    model_code: str
    model: str
    study_code: str
    study: str


def adopt(structures: Mapping[str, SurveyStructure], today: date, language: str = "fr") -> Adoption:
    """A model and a study for a survey that exists, valid at once, with what is left to complete.

    The model reads every question that it can: answer sets recognised, « ne sait pas » and the
    like out of scale, one dimension for each question on the levels. Comparing it with the same
    structure shows no difference.

    Args:
        structures: the survey in each of its languages, the base language first.
        today: the study's wave is written around this day.
        language: of the error, `fr` or `en`.

    Raises:
        PlatformError: no question of the survey has a list of answers to read as levels.
    """
    questionnaire = gathered(structures)
    scale = find_scale(questionnaire.questions)
    if scale is None:
        raise PlatformError(
            say(
                "Le questionnaire {survey} n’a aucune question dont les réponses se lisent comme "
                "des niveaux.",
                language,
                survey=questionnaire.survey_id,
            ),
            say(
                "Ajoutez sur la plateforme une question à choix ordonnés, ou partez d’un modèle "
                "livré avec le logiciel.",
                language,
            ),
        )
    found = plan(questionnaire, scale)
    model_code, study_code = (
        f"{name}_{questionnaire.survey_id}" for name in ("questionnaire", "etude")
    )
    return Adoption(
        model_code=model_code,
        model=model_file(questionnaire, found, model_code),
        study_code=study_code,
        study=study_file(questionnaire, found, study_code, model_code, today),
    )
