"""The answers of a file as codes: full answers (« Plutôt oui ») are looked up, never guessed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.catalogue import say
from config.errors import PlatformError
from tasks.survey.exports.headings import Headings
from tasks.survey.exports.refusals import EXPORT_AGAIN, refusal
from tasks.survey.exports.tables import Line, Table
from tasks.survey.exports.wordings import Coded

LISTED = 10  # places told in a message; the answers themselves are told nowhere


@dataclass(frozen=True)
class Answers:
    """The lines of a file, answers as codes.

    Attributes:
        lines: as in the table.
        full: whether they were written as full answers.
    """

    lines: tuple[Line, ...]
    full: bool


def as_codes(
    table: Table, headings: Headings, columns: Mapping[str, Coded], name: str, language: str
) -> Answers:
    """The answers of a table as codes, whether it holds codes or full answers.

    A file is written in one way. Where most answers are texts, each is looked up in one language
    for the whole file; a code that nobody knows stays, and is set aside when answers are cleaned.

    Raises:
        PlatformError: a text that stands for no code or for several, named by line and column;
            a box that holds something other than « ticked » (« convertir Y en… »).
    """
    read = {place: columns[key] for place, key in headings.keys.items() if key in columns}
    given = {
        (place, line.values[place]) for line in table.lines for place in read if line.values[place]
    }
    if _written_in_full(read, given):
        chosen = _languages(read, given)
        return Answers(_looked_up(table, headings, read, chosen, name, language), full=True)
    _refuse_converted(table, headings, read, name, language)
    return Answers(table.lines, full=False)


def _written_in_full(read: Mapping[int, Coded], given: Collection[tuple[int, str]]) -> bool:
    codes = texts = 0
    for place, value in given:
        is_code = value in read[place].codes
        is_text = any(read[place].code(value, language) for language in read[place].words)
        codes += is_code and not is_text
        texts += is_text and not is_code
    return texts > codes


def _languages(read: Mapping[int, Coded], given: Collection[tuple[int, str]]) -> tuple[str, ...]:
    """The languages that know most of the texts: one, but for texts that are alike in several."""
    known = {
        language: sum(bool(read[place].code(text, language)) for place, text in given)
        for one in read.values()
        for language in one.words
    }
    return tuple(language for language, count in known.items() if count == max(known.values()))


def _looked_up(
    table: Table,
    headings: Headings,
    read: Mapping[int, Coded],
    chosen: tuple[str, ...],
    name: str,
    language: str,
) -> tuple[Line, ...]:
    unknown: list[str] = []

    def code(line: Line, place: int) -> str:
        value = line.values[place]
        meant = (read[place].code(value, one) for one in chosen)
        found = frozenset[str]().union(*meant) if value else frozenset({""})
        if len(found) == 1:
            return next(iter(found))
        unknown.append(
            say(
                "ligne {line}, colonne {column}",
                language,
                line=line.number,
                column=headings.keys[place],
            )
        )
        return ""

    lines = tuple(
        Line(
            line.number,
            tuple(
                code(line, place) if place in read else value
                for place, value in enumerate(line.values)
            ),
        )
        for line in table.lines
    )
    if unknown:
        raise _unknown(unknown, name, language)
    return lines


def _unknown(unknown: Sequence[str], name: str, language: str) -> PlatformError:
    heading = say(
        "Dans le fichier « {name} », des réponses complètes ne correspondent à aucune option, ou à "
        "plusieurs :",
        language,
        name=name,
    )
    told = [f"– {one}" for one in unknown[:LISTED]]
    if len(unknown) > LISTED:
        told.append(say("– et {count} autres", language, count=len(unknown) - LISTED))
    return PlatformError("\n".join((heading, *told)), say(EXPORT_AGAIN, language))


def _refuse_converted(
    table: Table, headings: Headings, read: Mapping[int, Coded], name: str, language: str
) -> None:
    for line, place in _pairs(table, read):
        if line.values[place] not in ("", "Y", "N"):
            raise refusal(
                "Fichier « {name} », ligne {line}, colonne {column} : ce n’est pas une case cochée "
                "ou vide ; l’option « Convertir Y en » ou « Convertir N en » a été choisie.",
                language,
                name=name,
                line=line.number,
                column=headings.keys[place],
            )


def _pairs(table: Table, read: Mapping[int, Coded]) -> Iterator[tuple[Line, int]]:
    boxes = [place for place, one in read.items() if one.box]
    return ((line, place) for line in table.lines for place in boxes)
