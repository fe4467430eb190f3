"""Reads a `.lss` file as LimeSurvey's import does: rows joined by their numbers."""

from collections.abc import Mapping
from itertools import product

from lxml import etree

from tasks.survey.limesurvey.shapes import plain_text
from tasks.survey.source import PlatformQuestion

Rows = list[dict[str, str]]


def sections(content: bytes) -> Mapping[str, Rows]:
    """The rows of each section, columns as text."""
    document = etree.fromstring(content)
    assert document.findtext("LimeSurveyDocType") == "Survey"
    return {
        section.tag: [
            {column.tag: column.text or "" for column in row}
            for row in section.iterfind("rows/row")
        ]
        for section in document
    }


def questions(content: bytes, language: str) -> tuple[PlatformQuestion, ...]:
    """The questions of a file in one language, in the order of its pages."""
    rows = sections(content)
    groups = {row["gid"]: int(row["group_order"]) for row in rows["groups"]}
    texts = _texts(rows, "question_l10ns", "qid", "question", language)
    ordered = sorted(
        rows["questions"], key=lambda row: (groups[row["gid"]], int(row["question_order"]))
    )
    return tuple(
        PlatformQuestion(
            code=row["title"],
            kind=row["type"],
            text=texts[row["qid"]],
            options=_options(rows, row["qid"], language),
            rows=_rows(rows, row, texts),
            other=row["other"] == "Y",
        )
        for row in ordered
    )


def _texts(
    rows: Mapping[str, Rows], section: str, key: str, column: str, language: str
) -> dict[str, str]:
    found = [row for row in rows.get(section, []) if row["language"] == language]
    assert len({row[key] for row in found}) == len(found), "a text stands twice"
    return {row[key]: plain_text(row[column]) for row in found}


def _options(rows: Mapping[str, Rows], qid: str, language: str) -> dict[str, str]:
    texts = _texts(rows, "answer_l10ns", "aid", "answer", language)
    mine = [row for row in rows.get("answers", []) if row["qid"] == qid]
    ordered = sorted(mine, key=lambda row: (int(row["scale_id"]), int(row["sortorder"])))
    return {row["code"]: texts[row["aid"]] for row in ordered}


def _rows(
    rows: Mapping[str, Rows], question: Mapping[str, str], texts: Mapping[str, str]
) -> dict[str, str]:
    mine = [row for row in rows.get("subquestions", []) if row["parent_qid"] == question["qid"]]
    mine.sort(key=lambda row: int(row["question_order"]))
    lines, columns = (
        {row["title"]: texts[row["qid"]] for row in mine if row["scale_id"] == scale}
        for scale in "01"
    )
    if question["type"] not in ":;":
        return lines
    return {
        f"{line}_{column}": f"{lines[line]} – {columns[column]}"
        for line, column in product(lines, columns)
    }
