"""The `.lsa` archive: questionnaire, answers and participants as LimeSurvey keeps them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tasks.survey.exports.headings import SYSTEM
from tasks.survey.exports.opening import Document, Row, document, members
from tasks.survey.exports.people import person
from tasks.survey.exports.questionnaire_file import QuestionnaireFile, questionnaire_file
from tasks.survey.exports.refusals import Unreadable
from tasks.survey.source import Participant, RawResponse


@dataclass(frozen=True)
class Archive:
    """An archive: all responses, always; participants when there is a table of them."""

    questionnaire: QuestionnaireFile
    responses: tuple[RawResponse, ...]
    people: tuple[Row, ...] | None

    def participants(self, attributes: Sequence[str]) -> tuple[Participant, ...] | None:
        """The participants with these attributes; None: no table, or an anonymous survey."""
        if self.people is None or self.questionnaire.anonymous:
            return None
        return tuple(person(row, attributes) for row in self.people)


def open_archive(content: bytes) -> Archive:
    """An archive from its bytes.

    Raises:
        Unreadable: damaged, dangerous, or without a questionnaire and its answers.
    """
    parts = members(content)
    questionnaire = questionnaire_file(_part(parts, ".lss") or b"<none/>")
    answers, people = _part(parts, ".lsr"), _part(parts, ".lst")
    if answers is None:
        raise Unreadable("il ne contient pas de réponses : le questionnaire n’est pas activé.")
    return Archive(
        questionnaire,
        _responses(document(answers), questionnaire),
        document(people).rows("tokens") if people is not None else None,
    )


def _part(parts: Mapping[str, bytes], suffix: str) -> bytes | None:
    return next((part for name, part in parts.items() if name.endswith(suffix)), None)


def _responses(answers: Document, questionnaire: QuestionnaireFile) -> tuple[RawResponse, ...]:
    """Responses by export keys; what nobody answered is not in the archive, and is `""` here."""
    columns = answers.columns.get("responses", ())
    known = {**{name: name for name in SYSTEM}, **questionnaire.columns}
    # rows call 641001X1X1 _641001X1X1, and write the # of a dual scale as -: XML has no such names
    keys = {
        (name if name in SYSTEM else f"_{name.replace('#', '-')}"): known[name]
        for name in columns
        if name in known
    }
    numbers = questionnaire.numbers
    return tuple(
        {key: _value(row.get(name, ""), number=key in numbers) for name, key in keys.items()}
        for row in answers.rows("responses")
    )


def _value(text: str, *, number: bool) -> str:
    return re.sub(r"\.?0*$", "", text) if number and "." in text else text
