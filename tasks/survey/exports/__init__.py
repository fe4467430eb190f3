"""Answers exported by hand, for platforms whose remote interface is off.

`folder` finds the files, `opening` opens them with care, `tables`, `archive`, `questionnaire_file`
and `people` read them, `headings` and `wordings` understand what they hold, `taking` chooses,
`source` offers the choice as a `SurveySource`.
"""

from tasks.survey.exports.folder import exports_folder
from tasks.survey.exports.questionnaire_file import QuestionnaireFile, open_questionnaire
from tasks.survey.exports.source import ExportFolder
from tasks.survey.exports.whole import completion, losing_none

__all__ = [
    "ExportFolder",
    "QuestionnaireFile",
    "completion",
    "exports_folder",
    "losing_none",
    "open_questionnaire",
]
