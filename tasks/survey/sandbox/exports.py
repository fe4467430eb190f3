"""`export_responses`: rows by range, completion and columns, as the versions write them."""

import json
from collections.abc import Mapping, Sequence
from itertools import chain

from tasks.survey.sandbox.columns import answer_columns, system_columns
from tasks.survey.sandbox.replies import PhpError, PlainBody, Status
from tasks.survey.sandbox.state import SandboxParticipant, SandboxSurvey
from tasks.survey.source import RawResponse

Row = dict[str, object]


def check_export(
    survey: SandboxSurvey,
    document: str,
    language: str | None,
    form: tuple[str, str],
    fields: Sequence[str] | None,
) -> None:
    """Refuse what LimeSurvey refuses, and the forms (heading, answers) that nobody should use.

    Raises:
        Status, PhpError, PlainBody: as LimeSurvey answers.
    """
    if not survey.active:
        raise Status("No Data, survey table does not exist.")
    if not survey.responses:
        raise Status("No Data, could not get max id.")
    if language and language not in survey.languages:
        raise Status("Language code not found for this survey.")
    if document not in ("json", "csv"):
        raise PhpError(f"Writer for {document} should implement IWriter")
    if form != ("code", "short"):
        raise PhpError("This sandbox exports with codes as headings and short answers only.")
    if fields is not None and not fields:
        raise PlainBody("At least one column must be selected for export.")


def selected_rows(
    survey: SandboxSurvey, first: int, last: int | None, completion: str
) -> list[RawResponse]:
    """The stored responses of a range of ids (inclusive) in a state of completion."""
    top = last or max(survey.responses)
    return [
        response
        for number, response in survey.responses.items()
        if first <= number <= top
        and {"complete": _complete(response), "incomplete": not _complete(response)}.get(
            completion, True
        )
    ]


def _complete(response: RawResponse) -> bool:
    return bool(response.get("submitdate"))


def export_rows(
    survey: SandboxSurvey,
    responses: Sequence[RawResponse],
    fields: Sequence[str] | None,
    *,
    people: Mapping[str, SandboxParticipant],
    blank: str | None,
) -> list[Row]:
    """Responses with their keys in export order; an unknown column gives None under its name.

    Args:
        survey: the survey.
        responses: what `selected_rows` gave.
        fields: column names asked for; None for all of the survey's own.
        people: participants by token; empty for an account that may not read them.
        blank: what the version writes where nothing is stored: `""` or None.
    """
    keys = {name: name for name in system_columns(survey)}
    keys |= {column.name: column.key for column in answer_columns(survey)}
    wanted = list(keys) if fields is None else list(fields)

    def value(response: RawResponse, name: str) -> object:
        if name not in keys:
            person = people.get(str(response.get("token")))
            return person.columns.get(name) if person else None
        stored = response.get(keys[name])
        return blank if stored is None else stored

    return [
        {keys.get(name, name): value(response, name) for name in wanted} for response in responses
    ]


def json_file(rows: Sequence[Row]) -> str:
    """The JSON export of version 6: flat objects, ASCII, slashes escaped as PHP does."""
    return '{"responses": [' + ",".join(map(_php_json, rows)) + "]}"


def json_file_3(rows: Sequence[Row]) -> str:
    """The JSON export of version 3: each object wrapped in its id."""
    return json_file([{str(row.get("id", "")): row} for row in rows])


def csv_file(rows: Sequence[Row]) -> str:
    """The CSV export: BOM, semicolons, quotes everywhere, an empty line at the end."""
    if not rows:
        return "\r\n"
    lines = (
        ";".join(map(_csv_cell, line)) for line in chain([rows[0]], (r.values() for r in rows))
    )
    return "\ufeff" + "\r\n".join(lines) + "\r\n\r\n"


def _csv_cell(value: object) -> str:
    text = "" if value is None else str(value)
    return '"' + text.replace("\r\n", "\n").replace('"', '""') + '"'


def _php_json(value: object) -> str:
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/")
