"""What a column of answers may hold: codes, and the texts that full answers have for them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from config.maturity_model import CODED_KINDS, Item, ItemKind, MaturityModel
from tasks.survey.question_types import FIXED_CODES
from tasks.survey.source import PlatformQuestion

OTHER = "-oth-"
TAG = re.compile(r"</?[A-Za-z][^<>]*>")

# What LimeSurvey 6 writes in a full answer for the codes that a type brings with it.
TYPE_WORDS = {
    "fr": {
        **{"Y": "Oui", "N": "Non", "U": "Incertain"},
        **{"I": "Augmenter", "S": "Sans changement", "D": "Diminuer"},
        **{"M": "Masculin", "F": "Féminin", OTHER: "Autre"},
    },
    "en": {
        **{"Y": "Yes", "N": "No", "U": "Uncertain"},
        **{"I": "Increase", "S": "Same", "D": "Decrease"},
        **{"M": "Male", "F": "Female", OTHER: "Other"},
    },
}
NONE = ("N/A", "S/O")  # how it writes that nobody answered

Words = Mapping[str, frozenset[str]]
"""A text, as compared → the codes that it may stand for; `""` for no answer."""


@dataclass(frozen=True)
class Coded:
    """A column whose answers are codes.

    Attributes:
        codes: the codes it may hold.
        words: language → what full answers hold.
        box: a box of a multiple choice: ticked or not, nothing else.
    """

    codes: frozenset[str]
    words: Mapping[str, Words]
    box: bool = False

    def code(self, text: str, language: str) -> frozenset[str]:
        """The codes that a text stands for in a language; none: unknown."""
        return self.words.get(language, {}).get(folded(text), frozenset())


def coded(options: Mapping[str, Mapping[str, str]], *, other: bool = False) -> Coded:
    """A column with a list of answers.

    Args:
        options: language → code → text.
        other: whether « Autre » is offered.
    """
    codes = frozenset(code for texts in options.values() for code in texts)
    fixed = any(codes == frozenset(FIXED_CODES[kind]) for kind in "CEG")
    added = codes if fixed else frozenset[str]()
    words = {
        language: _words(
            [*((text, code) for code, text in texts.items()), *_type_words(added, language)]
            + (_type_words((OTHER,), language) if other else [])
        )
        for language, texts in options.items()
    }
    return Coded(codes | ({OTHER} if other else frozenset()), words)


def yes_no(languages: Iterable[str]) -> Coded:
    """A yes or no, alone in its column; « N/A » is no answer."""
    nothing = [(text, "") for text in NONE]
    return Coded(
        frozenset("YN"), {one: _words([*_type_words("YN", one), *nothing]) for one in languages}
    )


def box(languages: Iterable[str]) -> Coded:
    """A box: « Non » and « N/A » are both written for what was left untouched."""
    nothing = [(text, "") for text in NONE]
    return Coded(
        frozenset("YN"),
        {
            one: _words(
                [*_type_words("Y", one), *((t, "") for t, _ in _type_words("N", one)), *nothing]
            )
            for one in languages
        },
        box=True,
    )


def _type_words(codes: Iterable[str], language: str) -> list[tuple[str, str]]:
    words = TYPE_WORDS.get(language, TYPE_WORDS["en"])
    return [(words[code], code) for code in codes if code in words]


def _words(pairs: Iterable[tuple[str, str]]) -> Words:
    words: dict[str, frozenset[str]] = {}
    for text, code in pairs:
        words[folded(text)] = words.get(folded(text), frozenset()) | {code}
    return words


def folded(text: str) -> str:
    """A text as it is compared: apostrophes, spaces, capitals and markup do not count.

    LimeSurvey leaves the markup of an answer in some exports, and takes it out of others.
    """
    bare = unescape(TAG.sub("", text)).replace("’", "'")
    return " ".join(re.sub(r"[\u00a0\u202f]", " ", bare).split()).casefold()


# --- the columns of a questionnaire -------------------------------------------------------------


def of_model(model: MaturityModel) -> Mapping[str, Coded]:
    """Export key → what it may hold, by the model's own texts."""
    found: dict[str, Coded] = {}
    for item in model.items:
        if item.kind in CODED_KINDS:
            found[item.platform_column] = coded(_options(item, model), other=item.other)
        elif item.kind is ItemKind.YES_NO:
            found[item.platform_column] = yes_no(model.languages)
        elif item.kind is ItemKind.MULTIPLE_CHOICE:
            for choice in item.choices:
                found[f"{item.platform_column}[{choice.code}]"] = box(model.languages)
    return found


def _options(item: Item, model: MaturityModel) -> Mapping[str, Mapping[str, str]]:
    return {
        language: {
            option.code: model.option_text(item, option, language) for option in model.options(item)
        }
        for language in model.languages
    }


def of_questions(
    questions: Mapping[str, Sequence[PlatformQuestion]],
) -> Mapping[str, Coded]:
    """Export key → what it may hold, by the platform's own texts.

    Args:
        questions: language → the questions, in the same order in each.
    """
    found: dict[str, Coded] = {}
    for versions in zip(*questions.values(), strict=True):
        base = versions[0]
        texts = {
            language: {**one.options} for language, one in zip(questions, versions, strict=True)
        }
        found |= _of_question(base, texts)
    return found


def _of_question(
    base: PlatformQuestion, texts: Mapping[str, Mapping[str, str]]
) -> dict[str, Coded]:
    code, kind = base.code, base.kind
    if kind in "L!O":
        return {code: coded(texts, other=base.other)}
    if kind in "FH":
        return {f"{code}[{row}]": coded(texts) for row in base.rows}
    if kind == "1":
        return {f"{code}[{row}][{side}]": coded(texts) for row in base.rows for side in (1, 2)}
    if kind == "R":
        return {f"{code}[{rank}]": coded(texts) for rank in range(1, len(base.options) + 1)}
    if kind in "MP":
        return {f"{code}[{row}]": box(texts) for row in base.rows}
    if kind == "Y":
        return {code: yes_no(texts)}
    if kind == "G":
        return {code: coded({one: _fixed("G", one) for one in texts})}
    if kind in "CE":
        words = coded({one: _fixed(kind, one) for one in texts})
        return {f"{code}[{row}]": words for row in base.rows}
    return {}


def _fixed(kind: str, language: str) -> dict[str, str]:
    return {code: text for text, code in _type_words(FIXED_CODES[kind], language)}
