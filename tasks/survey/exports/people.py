"""Participants from the list that LimeSurvey's interface exports, or from an archive's."""

import re
from collections.abc import Mapping, Sequence

from tasks.survey.exports.refusals import refusal
from tasks.survey.exports.tables import Table
from tasks.survey.source import Participant

COLUMNS = ("tid", "firstname", "lastname", "email", "token", "completed")


def lists_people(headings: Sequence[str]) -> bool:
    """Whether these are the headings of a list of participants."""
    return {"tid", "firstname", "token"} <= {_column(heading) for heading in headings}


def participants(
    table: Table, attributes: Sequence[str], name: str, language: str
) -> tuple[Participant, ...]:
    """The participants of an exported list.

    Raises:
        PlatformError: a line without a number; names it.
    """
    columns = [_column(heading) for heading in table.headings]
    people = []
    for line in table.lines:
        row = dict(zip(columns, line.values, strict=True))
        if not row.get("tid", "").isdecimal():
            raise refusal(
                "Fichier « {name} », ligne {line} : la première colonne n’est pas un numéro.",
                language,
                name=name,
                line=line.number,
            )
        people.append(person(row, attributes))
    return tuple(people)


def person(row: Mapping[str, str], attributes: Sequence[str]) -> Participant:
    """A participant from the columns of the platform's table."""
    return Participant(
        platform_id=int(row["tid"]),
        token=row.get("token", ""),
        firstname=row.get("firstname", ""),
        lastname=row.get("lastname", ""),
        email=row.get("email", ""),
        attributes={name: row.get(name, "") for name in attributes},
        completed=row.get("completed", "") not in ("", "N"),
    )


def _column(heading: str) -> str:
    """The column of a heading (` attribute_1 <Service>`: `attribute_1`)."""
    return re.sub(r"\s*<.*>$", "", heading.strip(), flags=re.DOTALL)
