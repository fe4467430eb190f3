"""The structure calls of a sandbox survey, in the shapes of versions 6 and 3."""

from collections.abc import Mapping
from typing import Any

from tasks.survey.sandbox.columns import ordered_questions
from tasks.survey.sandbox.state import (
    SandboxOption,
    SandboxQuestion,
    SandboxRow,
    SandboxSurvey,
    flag,
    text_in,
)
from tasks.survey.sandbox.themes import THEMES

Json = dict[str, Any]


def list_groups(survey: SandboxSurvey, language: str, *, old: bool) -> list[Json]:
    """The groups: one language with a number as id, or (version 3) every language at once."""
    languages = survey.languages if old else (language,)
    return [
        {
            "id": {"gid": group.gid, "language": each} if old else group.gid,
            "gid": group.gid,
            "sid": survey.survey_id,
            "group_order": group.order,
            "randomization_group": "",
            "grelevance": "1",
            # a language that the survey lacks gives null and no error
            "group_name": group.texts.get(each),
            "description": "" if each in group.texts else None,
            "language": each,
        }
        for each in languages
        for group in survey.groups
    ]


def list_questions(survey: SandboxSurvey, language: str, *, old: bool) -> list[Json]:
    """Questions and sub-questions in one flat list."""
    return [
        _listed(survey, question, row, language, old=old)
        for question in ordered_questions(survey)
        for row in (None, *question.rows)
    ]


def _listed(
    survey: SandboxSurvey,
    question: SandboxQuestion,
    row: SandboxRow | None,
    language: str,
    *,
    old: bool,
) -> Json:
    columns = _question_columns(survey, question, row, old=old)
    identity = {"qid": columns["qid"], "language": language} if old else columns["qid"]
    return {"id": identity, **columns, **_question_texts(question, row, language)}


def _question_texts(question: SandboxQuestion, row: SandboxRow | None, language: str) -> Json:
    if not question.texts:  # an import stopped before the texts
        return {"question": None, "help": None, "language": language}
    return {
        "question": text_in((row or question).texts, language),
        "help": "" if row else text_in(question.helps, language),
        "language": language,
    }


def _question_columns(
    survey: SandboxSurvey, question: SandboxQuestion, row: SandboxRow | None, *, old: bool
) -> Json:
    newer = {
        "encrypted": "N",
        "question_theme_name": None if row else THEMES.get(question.kind, ""),
        "same_script": 0,
    }
    return {
        "qid": row.qid if row else question.qid,
        "parent_qid": question.qid if row else 0,
        "sid": survey.survey_id,
        "gid": question.gid,
        "type": question.kind,
        "title": row.code if row else question.code,
        "preg": "",
        "other": flag(question.other and row is None),
        "mandatory": ("" if old else "N") if row else flag(question.mandatory),
        "question_order": row.order if row else question.order,
        "scale_id": row.scale if row else 0,
        "same_default": 0,
        "relevance": "1",
        "modulename": None,
        **({} if old else newer),
    }


def question_properties(
    survey: SandboxSurvey, question: SandboxQuestion, language: str, *, old: bool
) -> Json:
    """All properties of a question, traps included (sentences and lists in place of objects)."""
    dual = question.kind == "1"
    return {
        **_question_columns(survey, question, None, old=old),
        **(_question_texts(question, None, language) if old else {}),
        "available_answers": {row.code: text_in(row.texts, language) for row in question.rows}
        or "No available answers",
        "subquestions": {
            str(row.qid): {
                "title": row.code,
                "question": text_in(row.texts, language),
                "scale_id": row.scale,
            }
            for row in question.rows
        }
        or "No available answers",
        "attributes": dict(question.attributes) or "No available attributes",
        "attributes_lang": dict(question.attributes_by_language) or "No available attributes",
        "answeroptions_multiscale" if dual else "answeroptions": _options(question, language),
        "defaultvalue": None,
    }


def _options(question: SandboxQuestion, language: str) -> object:
    if not question.options:
        return "No available answer options"
    numbered = list(enumerate(question.options, start=1))
    if question.kind != "1":
        return _php_array({each.code: _option(each, order, language) for order, each in numbered})
    return [
        {
            each.code: {"code": each.code, **_option(each, order, language)}
            for order, each in numbered
            if each.scale == scale
        }
        for scale in (0, 1)
    ]


def _option(option: SandboxOption, order: int, language: str) -> Json:
    return {
        "answer": text_in(option.texts, language),
        "assessment_value": option.value,
        "scale_id": option.scale,
        "order": order,
    }


def _php_array(mapping: Mapping[str, object]) -> object:
    """PHP writes an array whose keys are 0, 1, 2… as a JSON list: the keys are gone."""
    if list(mapping) == [str(index) for index in range(len(mapping))]:
        return list(mapping.values())
    return dict(mapping)


def survey_properties(survey: SandboxSurvey) -> Json:
    """The settings of a survey (those that a pull may ask about, and those it was given)."""
    return {
        "sid": survey.survey_id,
        "active": flag(survey.active),
        "anonymized": flag(survey.anonymized),
        "datestamp": flag(survey.datestamp),
        "language": survey.base_language,
        "additional_languages": " ".join(survey.languages[1:]),
        "expires": None,
        "startdate": None,
        **survey.properties,
    }


def language_properties(survey: SandboxSurvey, language: str) -> Json:
    """The texts of a survey; in a language it lacks, every value is null and no error comes."""
    properties = {
        "surveyls_survey_id": survey.survey_id,
        "surveyls_language": language,
        "surveyls_title": survey.titles.get(language),
        **survey.language_properties.get(language, {}),
    }
    return properties if language in survey.languages else dict.fromkeys(properties)
