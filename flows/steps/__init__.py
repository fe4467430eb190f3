"""The steps of a refresh: each reads, computes or writes one thing. No Prefect in here."""

from flows.steps.answers import (
    check_questionnaire,
    clean_answers,
    collect_notes,
    score_answers,
)
from flows.steps.files import complete_notes, write_note, write_report, write_workbook
from flows.steps.pulling import pull_answers
from flows.steps.reviewing import complete_review
from flows.steps.summing import sum_up

__all__ = [
    "check_questionnaire",
    "clean_answers",
    "collect_notes",
    "complete_notes",
    "complete_review",
    "pull_answers",
    "score_answers",
    "sum_up",
    "write_note",
    "write_report",
    "write_workbook",
]
