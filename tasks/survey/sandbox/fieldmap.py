"""`get_fieldmap`: what each column of a survey's answers holds."""

from typing import Any

from tasks.survey.sandbox.columns import (
    COMMENT_LABELS,
    OTHER_LABELS,
    Column,
    answer_columns,
    ordered_questions,
    system_columns,
)
from tasks.survey.sandbox.state import SandboxQuestion, SandboxSurvey, flag, text_in

Json = dict[str, Any]

SYSTEM_LABELS = {
    "id": "Response ID",
    "submitdate": "Date submitted",
    "lastpage": "Last page",
    "startlanguage": "Start language",
    "seed": "Seed",
    "token": "Access code",
    "startdate": "Date started",
    "datestamp": "Date last action",
}


def fieldmap(survey: SandboxSurvey, language: str) -> Json:
    """Column name → what it holds, in survey order."""
    columns = answer_columns(survey)
    last = {column.question.qid: column for column in columns}
    system = {name: _system_field(survey, name) for name in system_columns(survey)}
    answers = {
        column.name: {
            **_field(survey, column, language),
            **_field_place(survey, column.question),
            **(_field_tail(column, language) if last[column.question.qid] is column else {}),
        }
        for column in columns
    }
    return system | answers


def _system_field(survey: SandboxSurvey, name: str) -> Json:
    empty = dict.fromkeys(("gid", "qid", "aid", "title", "group_name"), "")
    label = {"fieldname": name, "type": name, "question": SYSTEM_LABELS[name]}
    return {"sid": survey.survey_id, **empty, **label}


def _field(survey: SandboxSurvey, column: Column, language: str) -> Json:
    question = column.question
    group = next(group for group in survey.groups if group.gid == question.gid)
    field = {
        "fieldname": column.name,
        "type": question.kind,
        "sid": survey.survey_id,
        "gid": question.gid,
        "qid": question.qid,
        "aid": column.suffix,
        "title": question.code,
        "question": text_in(question.texts, language),
        "group_name": text_in(group.texts, language),
        "mandatory": flag(question.mandatory),
        "encrypted": "N",
        "hasconditions": "N",
        "usedinconditions": "N",
    }
    label = {"other": OTHER_LABELS, "comment": COMMENT_LABELS}.get(column.suffix)
    if label:
        return {**field, "subquestion": text_in(label, language)}
    if column.row is None:
        return field
    text = text_in(column.row.texts, language)
    return {
        **field,
        **{"subquestion": text, "sqid": column.row.qid, "preg": "", "SQrelevance": "1"},
    }


def _field_place(survey: SandboxSurvey, question: SandboxQuestion) -> Json:
    groups = [group.gid for group in sorted(survey.groups, key=lambda group: group.order)]
    questions = [each.qid for each in ordered_questions(survey)]
    return {
        "questionSeq": questions.index(question.qid),
        "groupSeq": groups.index(question.gid),
    }


def _field_tail(column: Column, language: str) -> Json:
    return {
        "relevance": "1",
        "grelevance": "1",
        "preg": "",
        "other": flag(column.question.other),
        "help": text_in(column.question.helps, language),
    }
