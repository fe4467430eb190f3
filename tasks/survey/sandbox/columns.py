"""Which columns a survey's answers have, by LimeSurvey question type, in export order."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.survey.sandbox.state import SandboxQuestion, SandboxRow, SandboxSurvey

COMMENT_LABELS = {"fr": "Commentaire", "en": "Comment"}
OTHER_LABELS = {"fr": "Autre", "en": "Other"}


@dataclass(frozen=True)
class Column:
    """A column of the answers table: its name in there, and its key in an export."""

    name: str  # `641001X61X1926comment`
    key: str  # `STR2[comment]`
    question: SandboxQuestion
    suffix: str  # `comment`
    row: SandboxRow | None = None


def ordered_questions(survey: SandboxSurvey) -> list[SandboxQuestion]:
    """The questions, by group then by their order in it."""
    group_order = {group.gid: group.order for group in survey.groups}
    return sorted(survey.questions, key=lambda each: (group_order[each.gid], each.order))


def answer_columns(survey: SandboxSurvey) -> list[Column]:
    """Every column of the survey's answers, in export order."""
    return [
        Column(
            f"{survey.survey_id}X{question.gid}X{question.qid}{suffix}",
            question.code + key,
            question,
            suffix,
            row,
        )
        for question in ordered_questions(survey)
        for suffix, key, row in _parts(question)
    ]


def system_columns(survey: SandboxSurvey) -> list[str]:
    """The columns before the answers; a token only where the table knows one."""
    token = survey.participants is not None and not survey.anonymized
    return [
        *("id", "submitdate", "lastpage", "startlanguage", "seed"),
        *(("token",) if token else ()),
        *(("startdate", "datestamp") if survey.datestamp else ()),
    ]


_Part = tuple[str, str, SandboxRow | None]  # column suffix, what follows the code in the key, row


def _parts(question: SandboxQuestion) -> Iterator[_Part]:
    yield from _OF_TYPE.get(question.kind, _single_parts)(question)
    if question.other:
        yield "other", "[other]", None
        if question.kind == "P":
            yield "othercomment", "[othercomment]", None


def _single_parts(question: SandboxQuestion) -> Iterator[_Part]:
    yield "", "", None
    if question.kind == "|":
        yield "_filecount", "[filecount]", None
    if question.kind == "O":
        yield "comment", "[comment]", None


def _dual_parts(question: SandboxQuestion) -> Iterator[_Part]:
    for row in question.rows:
        for scale in (0, 1):
            yield f"{row.code}#{scale}", f"[{row.code}][{scale + 1}]", row


def _rank_parts(question: SandboxQuestion) -> Iterator[_Part]:
    for rank in range(1, len(question.options) + 1):
        yield str(rank), f"[{rank}]", None


def _row_parts(question: SandboxQuestion) -> Iterator[_Part]:
    for row in question.rows:
        yield row.code, f"[{row.code}]", row
        if question.kind == "P":
            yield f"{row.code}comment", f"[{row.code}comment]", row


def _two_way_parts(question: SandboxQuestion) -> Iterator[_Part]:
    columns = [row for row in question.rows if row.scale == 1]
    for row in question.rows:
        if row.scale == 0:
            for column in columns:
                yield f"{row.code}_{column.code}", f"[{row.code}_{column.code}]", row


_OF_TYPE = {
    **dict.fromkeys("ABCEFHKMQP", _row_parts),
    **dict.fromkeys(":;", _two_way_parts),
    "1": _dual_parts,
    "R": _rank_parts,
}
