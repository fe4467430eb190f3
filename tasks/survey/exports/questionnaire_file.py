"""A questionnaire as LimeSurvey exports it: an `.lss` file, alone or inside an archive."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from config.catalogue import say
from config.errors import PlatformError
from tasks.survey.exports.opening import Document, Row, content_of, document, members
from tasks.survey.exports.refusals import Unreadable
from tasks.survey.exports.wordings import Coded, of_questions
from tasks.survey.limesurvey.shapes import plain_text, platform_question, questions_in_order
from tasks.survey.question_types import platform_columns
from tasks.survey.source import PlatformQuestion, SurveyStructure

DEFAULTS = {"parent_qid": "0", "scale_id": "0", "question_order": "0", "other": "N"}
QUESTIONNAIRE = ".lss"


@dataclass(frozen=True)
class QuestionnaireFile:
    """A questionnaire read from a file; texts of any of its languages.

    Before version 4 of LimeSurvey texts stood in the rows themselves, one row a language; since
    then they stand in sections of their own.
    """

    content: Document

    @property
    def survey_id(self) -> int:
        """The survey's number."""
        return int(self._survey["sid"])

    @property
    def anonymous(self) -> bool:
        """Whether answers bear no token."""
        return self._survey.get("anonymized") == "Y"

    def languages(self, survey_id: int) -> tuple[str, ...]:
        """The languages, the base language first; a file holds one survey only."""
        del survey_id
        base = self._survey.get("language") or next(iter(self.content.languages), "en")
        others = (*self._survey.get("additional_languages", "").split(), *self.content.languages)
        return tuple(dict.fromkeys((base, *others)))

    def structure(self, survey_id: int, language: str) -> SurveyStructure:
        """The questions with texts in a language; the title is in the base language."""
        base = self.languages(survey_id)[0]
        titles = (
            plain_text(row.get("surveyls_title"))
            for row in self.content.rows("surveys_languagesettings")
            if row.get("surveyls_language") == base
        )
        return SurveyStructure(self.survey_id, next(titles, ""), self._questions(language))

    @cached_property
    def coded(self) -> Mapping[str, Coded]:
        """Export key → the answers that it may hold."""
        spoken = self.languages(self.survey_id)
        return of_questions({language: self._questions(language) for language in spoken})

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """Name in the table of answers (`641001X1X3comment`) → export key (`STR2[comment]`)."""
        base = self.languages(self.survey_id)[0]
        codes = {one.code: one for one in self._questions(base)}
        return {
            f"{self.survey_id}X{row['gid']}X{row['qid']}{_suffix(key, row['title'])}": key
            for row in self._listed(base)
            if row["parent_qid"] == "0"
            for key in platform_columns(codes[row["title"]])
        }

    @property
    def numbers(self) -> frozenset[str]:
        """Export keys of numbers; the table of answers holds them with ten decimals."""
        base = self.languages(self.survey_id)[0]
        return frozenset(
            key
            for question in self._questions(base)
            if question.kind in "NK"
            for key in platform_columns(question)
        )

    @property
    def _survey(self) -> Row:
        return self.content.rows("surveys")[0]

    def _questions(self, language: str) -> tuple[PlatformQuestion, ...]:
        options = self._options(language)
        return tuple(
            platform_question(question, rows, options.get(str(question["qid"]), {}))
            for question, rows in questions_in_order(
                self._listed(language), self._spoken("groups", language)
            )
        )

    def _listed(self, language: str) -> list[Mapping[str, Any]]:
        """Questions and sub-questions as the platform's `list_questions` gives them."""
        texts = self._texts("question_l10ns", "qid", "question", language)
        return [
            {**DEFAULTS, "question": texts.get(row["qid"], ""), **row}
            for section in ("questions", "subquestions")
            for row in self._spoken(section, language)
        ]

    def _options(self, language: str) -> Mapping[str, Mapping[str, Any]]:
        texts = self._texts("answer_l10ns", "aid", "answer", language)
        found: dict[str, dict[str, Any]] = {}
        ordered = sorted(
            self._spoken("answers", language),
            key=lambda row: (int(row.get("scale_id", 0)), int(row.get("sortorder", 0))),
        )
        for row in ordered:
            text = row.get("answer") or texts.get(row.get("aid", ""), "")
            found.setdefault(row["qid"], {})[row["code"]] = {"answer": text}
        return found

    def _texts(self, section: str, key: str, column: str, language: str) -> Mapping[str, str]:
        return {row[key]: row.get(column, "") for row in self._spoken(section, language)}

    def _spoken(self, section: str, language: str) -> list[Row]:
        """The rows of a section in a language; those that tell none belong to all."""
        rows = self.content.rows(section)
        return [row for row in rows if row.get("language", language) == language]


def _suffix(key: str, code: str) -> str:
    """What follows the question's number in the table of answers (`[SQ001][2]`: `SQ001#1`)."""
    parts = key.removeprefix(code).strip("[]").split("][")
    if parts == ["filecount"]:
        return "_filecount"
    return parts[0] if len(parts) == 1 else f"{parts[0]}#{int(parts[1]) - 1}"


def questionnaire_file(content: bytes) -> QuestionnaireFile:
    """The questionnaire of an `.lss` file.

    Raises:
        Unreadable: it is damaged, or holds no questionnaire.
    """
    found = QuestionnaireFile(document(content))
    try:
        if found.content.kind != "Survey":
            raise Unreadable("il ne contient pas de questionnaire de LimeSurvey.")
        found.columns, found.coded  # noqa: B018 – every row is read once, to know that all hold
    except (KeyError, ValueError, IndexError) as error:
        raise Unreadable("il ne contient pas de questionnaire de LimeSurvey.") from error
    return found


def open_questionnaire(path: Path, language: str) -> QuestionnaireFile:
    """The questionnaire of an `.lss` file or of an `.lsa` archive that staff name.

    Raises:
        PlatformError: there is none in it.
    """
    try:
        content = content_of(path)
        inner = dict(_inner(content)) if path.suffix.casefold() == ".lsa" else {path.name: content}
        return questionnaire_file(next(iter(inner.values()), b"<none/>"))
    except Unreadable as error:
        raise PlatformError(
            say("Le fichier « {name} » ne peut pas être lu : {why}", language, name=path.name,
                why=say(error.why, language)),
            say("Sur LimeSurvey, exportez la structure du questionnaire (.lss) ou son archive "
                "(.lsa), et donnez ce fichier tel quel.", language),
        ) from error  # fmt: skip


def _inner(archive: bytes) -> Iterator[tuple[str, bytes]]:
    return ((name, part) for name, part in members(archive).items() if name.endswith(QUESTIONNAIRE))
