"""The items that a platform question becomes, with the columns of the export that they read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from config.catalogue import LANGUAGES, say
from config.checks.codes import LONGEST_CODE, RESERVED, RESERVED_ROW
from config.maturity_model import ItemKind
from tasks.survey.adopting.gathered import Question, Texts
from tasks.survey.adopting.lists import (
    ARRAYS,
    CODED,
    NUMBERS,
    OPTION_CODE,
    SCALE_LENGTHS,
    Answer,
    AnswerList,
    Scale,
    answer_list,
)

QUESTION_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,19}")
ROW_CODE = re.compile(rf"[A-Za-z0-9]{{1,{LONGEST_CODE}}}")
NOT_ASKED = "*X|I"  # calculations, texts, files, the language: nothing to read as an answer
SINGLE = {
    **dict.fromkeys("STU", ItemKind.TEXT),
    "N": ItemKind.NUMBER,
    "D": ItemKind.DATE,
    "Y": ItemKind.YES_NO,
}
ROWS = {
    **dict.fromkeys("Q;", ItemKind.TEXT),
    **dict.fromkeys("K:", ItemKind.NUMBER),
}


@dataclass(frozen=True)
class Draft:
    """An item to be: what it asks, where its answer stands, which answers it has.

    Attributes:
        code: of the item; unique once all drafts are known.
        column: the export's key; None: the code.
        answers: the list of a coded item.
        choices: the boxes of a multiple choice.
        short: what to call the subject: the row of an array, or else the question.
    """

    code: str
    kind: ItemKind
    texts: Texts
    short: Texts
    column: str | None = None
    answers: AnswerList | None = None
    choices: tuple[Answer, ...] = ()
    other: bool = False


@dataclass(frozen=True)
class Drafted:
    """A platform question and its items; none when no model could read it."""

    question: Question
    drafts: tuple[Draft, ...]

    @property
    def only(self) -> Draft | None:
        """The item, when there is exactly one answer to read (a comment beside it left out)."""
        answers = [one for one in self.drafts if one.kind is not ItemKind.COMMENT]
        return answers[0] if len(answers) == 1 else None


def drafted(questions: Sequence[Question], scale: Scale) -> tuple[Drafted, ...]:
    """Every question with its items, codes unique over all of them."""
    lists = [answers for question in questions if (answers := answer_list(question))]
    found = [
        Drafted(question, tuple(_Question(question, scale, lists).drafts()))
        for question in questions
    ]
    taken = {question.code for question in questions}
    return tuple(_with_own_codes(one, taken) for one in found)


def _with_own_codes(one: Drafted, taken: set[str]) -> Drafted:
    drafts = []
    for draft in one.drafts:
        code = draft.code if draft.column is None else _free(draft.code, taken)
        taken.add(code)
        drafts.append(replace(draft, code=code))
    return replace(one, drafts=tuple(drafts))


def _free(wanted: str, taken: set[str]) -> str:
    code, number = wanted[:LONGEST_CODE], 2
    while code in taken or code.casefold() in RESERVED:
        code = f"{wanted[: LONGEST_CODE - len(str(number))]}{number}"
        number += 1
    return code


@dataclass(frozen=True)
class _Question:
    """Makes the drafts of one question."""

    question: Question
    scale: Scale
    lists: Sequence[AnswerList]  # of the whole questionnaire

    def drafts(self) -> Iterator[Draft]:
        """The drafts, an answer before what stands beside it."""
        question = self.question
        if not self._readable():
            return
        if question.kind in "MP":
            yield from self._boxes()
        elif question.kind in CODED:
            yield from self._coded()
        elif question.kind in SINGLE:
            yield Draft(question.code, SINGLE[question.kind], question.texts, question.texts)
        elif question.kind in ROWS:
            yield from self._in_rows(ROWS[question.kind], None)

    def _readable(self) -> bool:
        question = self.question
        parts = [part for row in question.rows for part in row.split("_")]
        return (
            question.kind not in NOT_ASKED
            and QUESTION_CODE.fullmatch(question.code) is not None
            and question.code.casefold() not in RESERVED
            and all(ROW_CODE.fullmatch(part) for part in parts)
            and all(row.casefold() != RESERVED_ROW for row in question.rows)
        )

    # --- lists ----------------------------------------------------------------------------------

    def _coded(self) -> Iterator[Draft]:
        question, answers = self.question, answer_list(self.question)
        if answers is None:
            return
        kind = self._kind(answers)
        if question.kind in ARRAYS:
            yield from self._in_rows(kind, answers)
        elif question.kind == "R":
            yield from self._ranks(answers)
        else:
            yield Draft(
                question.code,
                kind,
                question.texts,
                question.texts,
                answers=answers,
                other=question.other,
            )
        if question.kind == "O":
            yield self._beside("comment", question.texts)

    def _kind(self, answers: AnswerList) -> ItemKind:
        question = self.question
        if question.other or question.kind in "RG1":
            return ItemKind.CHOICE
        if self.scale.has(answers):
            return ItemKind.STAGE
        shared = self.lists.count(answers) > 1 and len(answers.in_scale) in SCALE_LENGTHS
        ordered = shared or question.kind in NUMBERS or question.kind in "FHCE"
        return ItemKind.SCALE if ordered else ItemKind.CHOICE

    def _ranks(self, answers: AnswerList) -> Iterator[Draft]:
        for rank, _ in enumerate(answers.answers, start=1):
            texts = {
                language: _say(language, "{question} (rang {rank})", question=text, rank=rank)
                for language, text in self.question.texts.items()
            }
            yield self._part(str(rank), ItemKind.CHOICE, texts, texts, answers)

    # --- rows -----------------------------------------------------------------------------------

    def _in_rows(self, kind: ItemKind, answers: AnswerList | None) -> Iterator[Draft]:
        for row, short in self.question.rows.items():
            texts = _joined(self.question.texts, short)
            if self.question.kind != "1":
                yield self._part(row, kind, texts, short, answers)
                continue
            for side in (1, 2):
                both = {
                    language: _say(language, "{question} (liste {rank})", question=text, rank=side)
                    for language, text in texts.items()
                }
                yield self._part(f"{row}][{side}", kind, both, both, answers)

    def _part(
        self, part: str, kind: ItemKind, texts: Texts, short: Texts, answers: AnswerList | None
    ) -> Draft:
        name = "".join(re.findall(r"[A-Za-z0-9]", part))
        column = f"{self.question.code}[{part}]"
        return Draft(f"{self.question.code}{name}", kind, texts, short, column, answers)

    # --- boxes ----------------------------------------------------------------------------------

    def _boxes(self) -> Iterator[Draft]:
        question = self.question
        folded = {row.casefold() for row in question.rows}
        readable = all(OPTION_CODE.fullmatch(row) for row in question.rows) and question.rows
        if not readable or len(folded) < len(question.rows) or "other" in folded:
            return
        choices = tuple(Answer(row, texts) for row, texts in question.rows.items())
        yield Draft(
            question.code,
            ItemKind.MULTIPLE_CHOICE,
            question.texts,
            question.texts,
            choices=choices,
            other=question.other,
        )
        if question.kind == "P":
            for choice in choices:
                yield self._beside(f"{choice.code}comment", choice.texts)
            if question.other:
                yield self._beside("othercomment", question.texts)

    def _beside(self, part: str, about: Texts) -> Draft:
        texts = {
            language: _say(language, "Commentaire : {question}", question=text)
            for language, text in about.items()
        }
        return self._part(part, ItemKind.COMMENT, texts, texts, None)


def _joined(question: Texts, row: Texts) -> Texts:
    """« Dans votre service… » and « les données sont sauvegardées » as one text."""
    return {
        language: f"{text} {row[language]}"
        if text.endswith(("…", "...", ":"))
        else f"{text} – {row[language]}"
        for language, text in question.items()
    }


def _say(language: str, sentence: str, **values: object) -> str:
    return say(sentence, language if language in LANGUAGES else "en", **values)
