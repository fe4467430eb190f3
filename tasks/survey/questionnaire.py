"""The questionnaire on the platform against the maturity model: what differs, in plain words.

A difference (`compare`) stops a refresh: answers would be read wrongly or lost. A remark
(`remarks`) does not: another wording, a question that the model does not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from config.catalogue import say
from config.errors import QuestionnaireMismatch
from config.maturity_model import CODED_KINDS, Item, ItemKind, MaturityModel
from tasks.survey.question_types import ASKED, FIXED_CODES, FOUND, READABLE, platform_columns
from tasks.survey.source import PlatformQuestion, SurveyStructure

SHOWN = 80  # characters of a platform text quoted in a message


def compare(
    structure: SurveyStructure, model: MaturityModel, language: str = "fr"
) -> tuple[str, ...]:
    """The differences that make the model's reading of the platform wrong, one sentence each.

    Questions removed, of another type, without a row, an option or « Autre » that the model
    reads, or with options, boxes or « Autre » that it does not know.
    """
    questions = {question.code: question for question in structure.questions}
    found = (
        sentence
        for item in model.items
        for sentence in _differences(_Match(item, model, language), questions)
    )
    return tuple(dict.fromkeys(found))  # items that share a question find the same


def remarks(
    structure: SurveyStructure, model: MaturityModel, language: str = "fr"
) -> tuple[str, ...]:
    """What differs without harm: other wording, questions or columns that the model leaves out."""
    questions = {question.code: question for question in structure.questions}
    return (
        *_unread(structure, model, language),
        *dict.fromkeys(
            sentence
            for item in model.items
            for sentence in _rewordings(_Match(item, model, language), questions)
        ),
    )


def require_match(structure: SurveyStructure, model: MaturityModel, language: str = "fr") -> None:
    """Stop where the platform no longer asks what the model reads.

    Raises:
        QuestionnaireMismatch: names every question concerned.
    """
    differences = compare(structure, model, language)
    if not differences:
        return
    heading = say(
        "Le questionnaire {survey} ne correspond plus au modèle « {model} » :",
        language,
        survey=structure.survey_id,
        model=model.code,
    )
    raise QuestionnaireMismatch(
        "\n".join((heading, *(f"– {difference}" for difference in differences))),
        say(
            "Rétablissez ces questions dans LimeSurvey, ou écrivez une nouvelle version du "
            "modèle. Le dernier rapport reste en place.",
            language,
        ),
    )


@dataclass(frozen=True)
class _Match:
    """An item, looked for on the platform."""

    item: Item
    model: MaturityModel
    language: str

    @property
    def base(self) -> str:
        """The platform question that the item reads, or part of which it reads."""
        return self.item.platform_column.partition("[")[0]

    @property
    def beside(self) -> bool:
        """Whether the item reads a comment or an « Autre », which is text whatever the type."""
        return re.search(r"(\[other\]|comment\])$", self.item.platform_column) is not None

    def tell(self, sentence: str, **values: object) -> str:
        """A sentence on the question, in the reader's language."""
        return say(sentence, self.language, question=self.base, **values)


def _differences(match: _Match, questions: dict[str, PlatformQuestion]) -> Iterator[str]:
    question = questions.get(match.base)
    if question is None:
        text = match.item.question.say(match.language)[:SHOWN]
        yield match.tell(
            "La question {question} (« {text} ») n’existe plus sur la plateforme.", text=text
        )
    elif not _right_type(match, question):
        yield match.tell(
            "La question {question} a changé de type : le modèle attend {asked}, la plateforme "
            "demande {found} (type {letter}).",
            asked=say(ASKED[match.item.kind], match.language),
            found=say(FOUND.get(question.kind, "autre chose"), match.language),
            letter=question.kind,
        )
    else:
        yield from _missing_columns(match, question)
        yield from _strange_boxes(match, question)
        yield from _option_differences(match, question)


def _right_type(match: _Match, question: PlatformQuestion) -> bool:
    if match.beside:
        return match.item.kind in (ItemKind.COMMENT, ItemKind.TEXT)
    return question.kind in READABLE[match.item.kind]


def _missing_columns(match: _Match, question: PlatformQuestion) -> Iterator[str]:
    there = platform_columns(question)
    for column in match.item.platform_columns:
        if column in there:
            continue
        part = column.removeprefix(match.base).strip("[]")
        if part == "other":
            yield match.tell("La question {question} n’a plus de choix « Autre ».")
        elif part:
            yield match.tell("La question {question} n’a plus la ligne {row}.", row=part)
        else:
            yield match.tell("La question {question} est devenue un tableau de plusieurs lignes.")


def _strange_boxes(match: _Match, question: PlatformQuestion) -> Iterator[str]:
    """Choices that a respondent has on the platform and the model does not know."""
    if match.beside or match.item.kind not in {*CODED_KINDS, ItemKind.MULTIPLE_CHOICE}:
        return
    read = {column for item in match.model.items for column in item.platform_columns}
    if question.other and f"{match.base}[other]" not in read:
        yield match.tell(
            "La question {question} propose « Autre » sur la plateforme, pas dans le modèle."
        )
    if match.item.kind is ItemKind.MULTIPLE_CHOICE:
        for row, text in question.rows.items():
            if f"{match.base}[{row}]" not in read:
                yield match.tell(
                    "La question {question} propose une case que le modèle ne connaît pas : "
                    "{code} (« {text} »).",
                    code=row,
                    text=text[:SHOWN],
                )


def _option_differences(match: _Match, question: PlatformQuestion) -> Iterator[str]:
    if match.beside or match.item.kind not in CODED_KINDS:
        return
    mine = {option.code: option for option in match.model.options(match.item)}
    theirs = [*(question.options or FIXED_CODES.get(question.kind, ()))]
    for code, option in mine.items():
        if code not in theirs:
            text = match.model.option_text(match.item, option, match.language)
            yield match.tell(
                "La question {question} n’a plus l’option {code} (« {text} »).",
                code=code,
                text=text[:SHOWN],
            )
    for code in theirs:
        if code not in mine:
            yield match.tell(
                "La question {question} propose une option que le modèle ne connaît pas : "
                "{code} (« {text} »).",
                code=code,
                text=question.options.get(code, code)[:SHOWN],
            )


# --- remarks ------------------------------------------------------------------------------------


def _unread(structure: SurveyStructure, model: MaturityModel, language: str) -> Iterator[str]:
    read = {column for item in model.items for column in item.platform_columns}
    asked = {column.partition("[")[0] for column in read}
    for question in structure.questions:
        columns = [column for column in platform_columns(question) if column not in read]
        if question.code in model.unused_questions or question.kind == "X" or not columns:
            continue
        if question.code not in asked:
            yield say(
                "La question {question} (« {text} ») n’est pas lue par le modèle.",
                language,
                question=question.code,
                text=question.text[:SHOWN],
            )
        else:
            yield say(
                "De la question {question}, le modèle ne lit pas : {columns}.",
                language,
                question=question.code,
                columns=", ".join(columns),
            )


def _rewordings(match: _Match, questions: dict[str, PlatformQuestion]) -> Iterator[str]:
    question = questions.get(match.base)
    if question is None or match.beside:
        return
    mine = match.item.question.say(match.language)
    if match.item.platform_column == match.base and not _same_words(mine, question.text):
        yield match.tell(
            "La question {question} est formulée autrement sur la plateforme : « {text} ».",
            text=question.text[:SHOWN],
        )
    changed = [*_reworded_options(match, question)]
    if changed:
        yield match.tell(
            "La question {question} formule autrement ses réponses : {codes}.",
            codes=", ".join(changed),
        )


def _reworded_options(match: _Match, question: PlatformQuestion) -> Iterator[str]:
    theirs = {**question.rows, **question.options}
    in_array = match.item.platform_column != match.base
    for option in match.model.options(match.item):
        if option.code not in theirs or (in_array and option.label is None):
            continue  # the rows of an array share their options: no room for each one's behaviours
        mine = match.model.option_text(match.item, option, match.language)
        if not _same_words(mine, theirs[option.code]):
            yield option.code


def _same_words(one: str, other: str) -> bool:
    """Whether two texts read the same: apostrophes, spaces and capitals do not count."""
    return _words(one) == _words(other)


def _words(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()
