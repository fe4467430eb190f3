"""The lists of answers of a questionnaire: which is the scale of levels, which are ordered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.catalogue import LANGUAGES, say
from config.maturity_model import OutOfScale
from tasks.survey.adopting.gathered import Question, Texts
from tasks.survey.adopting.out_of_scale import out_of_scale
from tasks.survey.question_types import FIXED_CODES

OPTION_CODE = re.compile(r"[A-Za-z0-9]{1,5}")
CODED = "L!O5GFHABCE1R"  # LimeSurvey's types answered by one code of a list
ARRAYS = "FHABCE1"
SCALE_LENGTHS = range(3, 8)

# Answers that a type brings with it; the platform lists none for them.
NUMBERS = {kind: FIXED_CODES[kind] for kind in "5AB"}
WORDS = {
    "C": {"N": "Non", "U": "Incertain", "Y": "Oui"},
    "E": {"D": "En baisse", "S": "Stable", "I": "En hausse"},
    "G": {"F": "Femme", "M": "Homme"},
}
# How the low end of a scale begins; a list that ends so runs from high to low.
LOW = re.compile(
    r"(non|pas|jamais|aucun|aucune|rien|très (faible|mauvais|insatisfait|insuffisant)\w*|"
    r"tout à fait (faux|en désaccord)|no|not at all|never|none|nothing|strongly disagree|very poor)"
    r"\b"
)


@dataclass(frozen=True)
class Answer:
    """One answer of a list; `out_of_scale` when it is no level."""

    code: str
    texts: Texts
    out_of_scale: OutOfScale | None = None


@dataclass(frozen=True)
class AnswerList:
    """The answers of a question, lowest first where they are ordered."""

    answers: tuple[Answer, ...]

    @property
    def in_scale(self) -> tuple[Answer, ...]:
        """The answers that are on the scale."""
        return tuple(answer for answer in self.answers if answer.out_of_scale is None)

    @property
    def outside(self) -> tuple[Answer, ...]:
        """The answers that are not."""
        return tuple(answer for answer in self.answers if answer.out_of_scale is not None)

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes."""
        return tuple(answer.code for answer in self.answers)

    @property
    def words(self) -> tuple[str, ...]:
        """The texts on the scale in the base language."""
        return tuple(next(iter(answer.texts.values())) for answer in self.in_scale)


@dataclass(frozen=True)
class Scale:
    """What was taken for the levels.

    Attributes:
        labels: one text a level, lowest first; None: each question words its levels itself.
        size: the number of levels.
        lists: the answer lists that lead to these levels.
        sure: whether the list was recognised, rather than the best there was.
    """

    labels: tuple[Texts, ...] | None
    size: int
    lists: frozenset[tuple[tuple[str, ...], tuple[str, ...]]]
    sure: bool

    def has(self, answers: AnswerList) -> bool:
        """Whether a list leads to the levels."""
        return (answers.codes, answers.words) in self.lists


def answer_list(question: Question) -> AnswerList | None:
    """The answers of a question; None where it has no list that a model could read."""
    if question.kind not in CODED:
        return None
    languages = tuple(question.texts)
    options = question.options or _brought(question.kind, languages)
    folded = [code.casefold() for code in options]
    readable = all(OPTION_CODE.fullmatch(code) for code in options)
    if not readable or len({*folded}) < len(folded) or len(folded) < 2:
        return None
    found = tuple(
        Answer(code, texts, out_of_scale(texts.values())) for code, texts in options.items()
    )
    if sum(answer.out_of_scale is None for answer in found) < 2:
        found = tuple(Answer(answer.code, answer.texts) for answer in found)
    return _lowest_first(AnswerList(found))


def _brought(kind: str, languages: tuple[str, ...]) -> Mapping[str, Texts]:
    if kind in NUMBERS:
        return {code: dict.fromkeys(languages, code) for code in NUMBERS[kind]}
    return {
        code: {language: say(word, _spoken(language)) for language in languages}
        for code, word in WORDS.get(kind, {}).items()
    }


def _spoken(language: str) -> str:
    return language if language in LANGUAGES else "en"


def _lowest_first(answers: AnswerList) -> AnswerList:
    first, *_, last = (word.replace("’", "'").casefold() for word in answers.words)
    if LOW.match(last) and not LOW.match(first):
        return AnswerList((*reversed(answers.in_scale), *answers.outside))
    return AnswerList((*answers.in_scale, *answers.outside))


# --- the scale ----------------------------------------------------------------------------------


def find_scale(questions: Sequence[Question]) -> Scale | None:
    """The list of answers to read as levels; None when the questionnaire has no list at all.

    A list of 3 to 7 ordered answers that several questions or an array share; or lists with the
    same codes and a « ne sait pas » whose questions word each level themselves. The one with a
    « ne sait pas » comes first, then the most used, then the first met. Failing these, the first
    list there is.
    """
    uses = [
        (question, answers)
        for question in questions
        if not question.other and question.kind not in "GR1" and (answers := answer_list(question))
    ]
    recognised = [*_shared(uses), *_worded_apart(uses)]
    if recognised:
        _, found = max(recognised, key=lambda one: one[0])
        return found
    best = sorted(uses, key=lambda use: len(use[1].in_scale) not in SCALE_LENGTHS)
    return _scale(best[0][1], uses, sure=False) if best else None


_Uses = Sequence[tuple[Question, AnswerList]]
_Rank = tuple[bool, int, int]  # has a « ne sait pas », how many items, minus the first place


def _shared(uses: _Uses) -> list[tuple[_Rank, Scale]]:
    found = []
    for place, (question, answers) in enumerate(uses):
        same = [one for one, other in uses if other == answers]
        enough = len(same) > 1 or question.kind in "FH"
        named = question.kind in "L!OFH" and len(answers.in_scale) in SCALE_LENGTHS
        if enough and named:
            items = sum(max(1, len(one.rows)) for one in same)
            rank = (bool(answers.outside), items, -place)
            found.append((rank, _scale(answers, uses, sure=True)))
    return found


def _scale(answers: AnswerList, uses: _Uses, *, sure: bool) -> Scale:
    alike = [other for _, other in uses if other.words == answers.words]
    return Scale(
        labels=tuple(answer.texts for answer in answers.in_scale),
        size=len(answers.in_scale),
        lists=frozenset((other.codes, other.words) for other in alike),
        sure=sure,
    )


def _worded_apart(uses: _Uses) -> list[tuple[_Rank, Scale]]:
    found = []
    for place, (_, answers) in enumerate(uses):
        if not answers.outside or len(answers.in_scale) not in SCALE_LENGTHS:
            continue
        codes = [answer.code for answer in answers.in_scale]
        same = [
            other
            for question, other in uses
            if question.kind in "L!O"
            and other.codes == answers.codes
            and [answer.code for answer in other.in_scale] == codes
        ]
        if len({other.words for other in same}) > 1:
            scale = Scale(None, len(codes), frozenset((one.codes, one.words) for one in same), True)
            found.append(((True, len(same), -place), scale))
    return found
