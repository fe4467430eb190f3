"""What LimeSurvey is to show: pages of questions, in plain text, without ids or XML."""

from collections.abc import Mapping
from dataclasses import dataclass

Texts = Mapping[str, str]
"""Language → plain text; an empty line separates paragraphs."""


@dataclass(frozen=True)
class FormOption:
    """One answer of a list; `scale` is 1 for the second list of a dual scale."""

    code: str
    texts: Texts
    scale: int = 0


@dataclass(frozen=True)
class FormRow:
    """One sub-question; `scale` is 1 for the columns of a two-way array."""

    code: str
    texts: Texts
    scale: int = 0


@dataclass(frozen=True)
class FormQuestion:
    """One question as the platform has it.

    Attributes:
        kind: LimeSurvey's letter (L, O, F, M…).
        help: shown under the question; None: nothing.
        relevance: the condition to be asked, in LimeSurvey's expressions; `1`: everybody.
        other_texts: what stands before the « other » box, in place of the platform's word.
    """

    code: str
    kind: str
    texts: Texts
    help: Texts | None = None
    options: tuple[FormOption, ...] = ()
    rows: tuple[FormRow, ...] = ()
    other: bool = False
    other_texts: Texts | None = None
    mandatory: bool = False
    relevance: str = "1"


@dataclass(frozen=True)
class FormPage:
    """One page (a group of questions) with its heading and a few words on it."""

    title: Texts
    description: Texts
    questions: tuple[FormQuestion, ...]


@dataclass(frozen=True)
class Form:
    """A whole questionnaire; the first language is the base language of the survey."""

    languages: tuple[str, ...]
    pages: tuple[FormPage, ...]

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """All questions, page by page."""
        return tuple(question for page in self.pages for question in page.questions)
