"""LimeSurvey through RemoteControl 2 (citric over HTTP): versions 3.8 to 6.x.

`transport` sends and retries, `session` logs in and calls, `failures` words what went wrong,
`shapes` reads the answers' many forms, `client` offers them as a `SurveySource`.
"""

from tasks.survey.limesurvey.client import LimeSurvey

__all__ = ["LimeSurvey"]
