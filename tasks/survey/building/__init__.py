"""Model → LimeSurvey survey: the questionnaire, ready to import, and what it must read like."""

from tasks.survey.building.survey import expected_structure, survey_file

__all__ = ["expected_structure", "survey_file"]
