"""A questionnaire as the platform has it, all its languages together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from config.yaml_source import NOT_XML
from tasks.survey.source import PlatformQuestion, SurveyStructure

Texts = Mapping[str, str]
"""Language → plain text; every language of the survey has one."""


class QuestionnaireSource(Protocol):
    """A platform that tells the languages of a survey, and its structure in each."""

    def languages(self, survey_id: int) -> tuple[str, ...]:
        """The languages of a survey, the base language first."""
        ...

    def structure(self, survey_id: int, language: str) -> SurveyStructure:
        """The questions of a survey, with texts in `language`."""
        ...


def read_questionnaire(
    source: QuestionnaireSource, survey_id: int
) -> Mapping[str, SurveyStructure]:
    """The structure of a survey in each of its languages, the base language first.

    Raises:
        PlatformError: the platform cannot tell.
    """
    languages = source.languages(survey_id)
    return {language: source.structure(survey_id, language) for language in languages}


@dataclass(frozen=True)
class Question:
    """A platform question with its texts in every language."""

    code: str
    kind: str
    texts: Texts
    options: Mapping[str, Texts]
    rows: Mapping[str, Texts]
    other: bool


@dataclass(frozen=True)
class Questionnaire:
    """A survey: its questions in the platform's order; the base language is the first."""

    survey_id: int
    title: str
    languages: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def base(self) -> str:
        """The base language."""
        return self.languages[0]


def gathered(structures: Mapping[str, SurveyStructure]) -> Questionnaire:
    """One questionnaire of its structures by language, the base language first.

    A text that a language lacks is the base language's there, or else the code.
    """
    languages = tuple(structures)
    first = structures[languages[0]]
    found = {
        language: {question.code: question for question in structure.questions}
        for language, structure in structures.items()
    }
    return Questionnaire(
        survey_id=first.survey_id,
        title=_clean(first.title) or str(first.survey_id),
        languages=languages,
        questions=tuple(
            _question(
                question, {language: found[language].get(question.code) for language in found}
            )
            for question in first.questions
        ),
    )


def _question(base: PlatformQuestion, versions: Mapping[str, PlatformQuestion | None]) -> Question:
    there = {language: one or base for language, one in versions.items()}
    return Question(
        code=base.code,
        kind=base.kind,
        texts=_texts(base.code, {language: one.text for language, one in there.items()}),
        options={
            code: _texts(code, {language: one.options.get(code) for language, one in there.items()})
            for code in base.options
        },
        rows={
            code: _texts(code, {language: one.rows.get(code) for language, one in there.items()})
            for code in base.rows
        },
        other=base.other,
    )


def _texts(code: str, found: Mapping[str, str | None]) -> Texts:
    clean = {language: _clean(text or "") for language, text in found.items()}
    spare = next((text for text in clean.values() if text), code)
    return {language: text or spare for language, text in clean.items()}


def _clean(text: str) -> str:
    """A text on one line, without what no YAML file and no Word document may hold."""
    return re.sub(r"[ \t\r\n\f\x85\u2028\u2029]+", " ", NOT_XML.sub("", text)).strip()
