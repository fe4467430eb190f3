"""The lines of an exported table as responses."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from config.catalogue import say
from config.errors import PlatformError
from config.maturity_model import MaturityModel
from tasks.survey.exports.answers import as_codes
from tasks.survey.exports.headings import Headings, read_headings
from tasks.survey.exports.inferred import lacking
from tasks.survey.exports.refusals import EXPORT_AGAIN, refusal
from tasks.survey.exports.tables import Line, Table
from tasks.survey.exports.wordings import Coded
from tasks.survey.source import RawResponse

DATES = ("submitdate", "startdate", "datestamp")
SHOWN = 80  # characters of a question quoted in a message
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?")


@dataclass(frozen=True)
class Responses:
    """The responses of a file, the export keys of its columns, what staff should know of it."""

    rows: tuple[RawResponse, ...]
    keys: frozenset[str]
    notices: tuple[str, ...]


def responses_of(
    table: Table, model: MaturityModel, columns: Mapping[str, Coded], name: str, language: str
) -> Responses:
    """The responses of a table, in order of their numbers, answers as codes.

    Args:
        table: the file.
        model: every column that it reads must be there.
        columns: what the columns of the questionnaire may hold.
        name: of the file, for errors.
        language: of errors and notices.

    Raises:
        PlatformError: headings that are no codes, a column missing, a number or a date that is
            none, a full answer that stands for no option.
    """
    read = {column for item in model.items for column in item.platform_columns}
    headings = read_headings(table.headings, read | set(columns), name, language)
    keys = frozenset(headings.keys.values())
    _require_columns(keys, model, name, language)
    _require_dates(table, headings, name, language)
    answers = as_codes(table, headings, columns, name, language)
    by_number: dict[int, RawResponse] = {}
    for line in answers.lines:
        number = _number(line, headings, name, language)
        if number in by_number:
            raise refusal(
                "Fichier « {name} », ligne {line} : la réponse {number} s’y trouve deux fois.",
                language,
                name=name,
                line=line.number,
                number=number,
            )
        by_number[number] = {
            **{key: line.values[place] for place, key in headings.keys.items() if key},
            "id": number,
        }
    rows = tuple(by_number[number] for number in sorted(by_number))
    lost = _lost_comments(keys, rows) if answers.full else ()
    return Responses(rows, keys, _notices(table, headings, lost, name, language))


def _require_columns(keys: Collection[str], model: MaturityModel, name: str, language: str) -> None:
    missing = [
        say("– {column} (« {text} »)", language, column=column, text=text[:SHOWN])
        for column, text in lacking(keys, model, language).items()
    ]
    missing += [f"– {column}" for column in ("submitdate",) if column not in keys]
    if missing:
        heading = say(
            "Dans le fichier « {name} », il manque des colonnes que l’étude lit :",
            language,
            name=name,
        )
        raise PlatformError("\n".join((heading, *missing)), say(EXPORT_AGAIN, language))


def _require_dates(table: Table, headings: Headings, name: str, language: str) -> None:
    places = [(key, headings.place(key)) for key in DATES]
    for key, place in places:
        for line in table.lines if place is not None else ():
            value = line.values[place or 0]
            if value and not _MOMENT.fullmatch(value):
                raise refusal(
                    "Fichier « {name} », ligne {line}, colonne {column} : ce n’est pas une date de "
                    "LimeSurvey. Un tableur l’a sans doute récrite.",
                    language,
                    name=name,
                    line=line.number,
                    column=key,
                )


def _number(line: Line, headings: Headings, name: str, language: str) -> int:
    text = line.values[headings.place("id") or 0]
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise refusal(
            "Fichier « {name} », ligne {line} : la première colonne n’est pas un numéro.",
            language,
            name=name,
            line=line.number,
        )
    return int(text)


def _lost_comments(keys: Collection[str], rows: Collection[RawResponse]) -> tuple[str, ...]:
    """Comments beside a list, which LimeSurvey 6 leaves empty in full answers."""
    beside = sorted(key for key in keys if key.endswith("[comment]"))
    return tuple(key for key in beside if rows and not any(row[key] for row in rows))


def _notices(
    table: Table, headings: Headings, lost: Collection[str], name: str, language: str
) -> tuple[str, ...]:
    told = []
    if lost:
        told.append(
            say("Les commentaires {columns} sont vides : LimeSurvey les perd quand on exporte les "
                "réponses complètes. Exportez les codes de réponses pour les garder.",
                language, columns=", ".join(lost))
        )  # fmt: skip
    if headings.strange:
        told.append(
            say("Colonnes du fichier « {name} » qui ne sont pas lues : {columns}.", language,
                name=name, columns=", ".join(f"« {one[:SHOWN]} »" for one in headings.strange))
        )  # fmt: skip
    if table.old_encoding:
        told.append(
            say("Le fichier « {name} » n’est pas en UTF-8 : il a été lu comme un fichier Windows. "
                "Un tableur l’a sans doute enregistré ; certains signes ont pu s’y perdre.",
                language, name=name)
        )  # fmt: skip
    return tuple(told)
