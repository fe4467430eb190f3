"""A survey read back from the platform, against what the model asks for: every code and text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.catalogue import say
from tasks.survey.source import PlatformQuestion, SurveyStructure

SHOWN = 60  # characters of a text in a message


def structure_differences(
    expected: SurveyStructure, found: SurveyStructure, asked_in: str, language: str
) -> tuple[str, ...]:
    """What differs, one sentence each; nothing when the platform has all of it and no more.

    Args:
        expected: what the model makes.
        found: what the platform has.
        asked_in: the language that both are in.
        language: of the sentences.
    """
    return tuple(_Comparison(expected, found, asked_in, language).sentences())


@dataclass(frozen=True)
class _Comparison:
    expected: SurveyStructure
    found: SurveyStructure
    asked_in: str
    language: str

    def say(self, sentence: str, **values: object) -> str:
        """A sentence, with the language of the texts compared."""
        return say(sentence, self.language, asked_in=self.asked_in, **values)

    def sentences(self) -> Iterator[str]:
        """All differences, in the order of the questionnaire."""
        if self.expected.title != self.found.title:
            yield self.say("Le titre est « {found} ».", found=self.found.title[:SHOWN])
        mine = {question.code: question for question in self.expected.questions}
        theirs = {question.code: question for question in self.found.questions}
        for code, question in mine.items():
            if code in theirs:
                yield from self._question(question, theirs[code])
            else:
                yield self.say("La question {code} manque.", code=code)
        for code in theirs.keys() - mine.keys():
            yield self.say("La question {code} n’est pas du modèle.", code=code)
        if [*mine] != [*theirs] and mine.keys() == theirs.keys():
            yield self.say("Les questions ne sont pas dans l’ordre du modèle.")

    def _question(self, mine: PlatformQuestion, theirs: PlatformQuestion) -> Iterator[str]:
        if mine.kind != theirs.kind:
            yield self.say("La question {code} est du type {found} au lieu de {expected}.",
                           code=mine.code, found=theirs.kind, expected=mine.kind)  # fmt: skip
        if mine.text != theirs.text:
            yield self.say("Le texte de la question {code} diffère ({asked_in}) : « {found} ».",
                           code=mine.code, found=theirs.text[:SHOWN])  # fmt: skip
        if mine.other != theirs.other:
            yield self.say("Le choix « Autre » de la question {code} diffère.", code=mine.code)
        yield from self._texts(
            mine.code,
            mine.options,
            theirs.options,
            "Les réponses {codes} de la question {code} diffèrent ({asked_in}).",
        )
        yield from self._texts(
            mine.code,
            mine.rows,
            theirs.rows,
            "Les lignes {codes} de la question {code} diffèrent ({asked_in}).",
        )

    def _texts(
        self, code: str, mine: Mapping[str, str], theirs: Mapping[str, str], sentence: str
    ) -> Iterator[str]:
        """Codes that one side lacks, that read otherwise, or that stand in another order."""
        codes = [one for one in dict.fromkeys((*mine, *theirs)) if mine.get(one) != theirs.get(one)]
        if not codes and [*mine] != [*theirs]:
            codes = [*theirs]
        if codes:
            yield self.say(sentence, code=code, codes=", ".join(codes))


def is_part_of(found: SurveyStructure, expected: SurveyStructure) -> bool:
    """Whether a survey holds nothing but a part of what is expected: an import that broke off.

    Texts may be missing, not differ.
    """
    whole = {question.code: question for question in expected.questions}
    return all(
        question.code in whole and _is_part(question, whole[question.code])
        for question in found.questions
    )


def _is_part(found: PlatformQuestion, whole: PlatformQuestion) -> bool:
    return (
        found.kind == whole.kind
        and found.text in ("", whole.text)
        and _texts_are_part(found.options, whole.options)
        and _texts_are_part(found.rows, whole.rows)
    )


def _texts_are_part(found: Mapping[str, str], whole: Mapping[str, str]) -> bool:
    return all(code in whole and text in ("", whole[code]) for code, text in found.items())
