"""A questionnaire that is already on the platform → a model file and a study file to complete."""

from tasks.survey.adopting.adoption import Adoption, adopt
from tasks.survey.adopting.gathered import QuestionnaireSource, read_questionnaire

__all__ = ["Adoption", "QuestionnaireSource", "adopt", "read_questionnaire"]
