"""How a report speaks: language, typography, counts, lists, small words around level names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.dates import format_date
from babel.lists import format_list

from config.catalogue import say, say_count
from config.maturity_model import MaturityModel
from config.study import Study
from config.text import Text
from tasks.word.typography import NO_BREAK, decimal, locale_of, typeset

Profile = Literal["fr-FR", "fr-CH", "en"]

_FEMININE = frozenset({"étape", "phase", "marche", "classe", "catégorie", "position"})
_VOWELS = "aàâeéèêiîoôuùhAÀÂEÉÈÊIÎOÔUÙH"


@dataclass(frozen=True)
class Voice:
    """The voice of one report: every generated sentence passes through it.

    Attributes:
        language: language of the sentences.
        profile: typographic profile, applied to generated text and never to quotations.
        percent_from: number of answers from which a percentage stands beside a count.
        level_word: what the model calls its levels (« stade », « degré »).
    """

    language: str
    profile: Profile
    percent_from: int
    level_word: str

    @classmethod
    def of(cls, study: Study, model: MaturityModel) -> "Voice":
        """The voice of a study's reports."""
        english = study.language == "en"
        return cls(
            language=study.language,
            profile="en" if english else study.typography,
            percent_from=study.thresholds.percent_from,
            level_word=model.level_word.say(study.language),
        )

    def say(self, sentence: str, /, **values: object) -> str:
        """A sentence in the report's language, with its values, typeset."""
        return typeset(say(sentence, self.language, **values), self.profile)

    def count(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """The singular or the plural of a sentence, with `{count}` filled in, typeset."""
        return typeset(say_count(singular, plural, count, self.language, **values), self.profile)

    def text(self, text: Text) -> str:
        """A text of the model or the study, typeset."""
        return typeset(text.say(self.language), self.profile)

    def people(self, count: int) -> str:
        """« 1 personne », « 7 personnes »."""
        return self.count("{count} personne", "{count} personnes", count)

    def share(self, count: int, total: int) -> str:
        """« 7 sur 15 »; a percentage beside it only from `percent_from` answers on."""
        counts = self.say("{count} sur {total}", count=count, total=total)
        if total < max(1, self.percent_from):
            return counts
        percent = f"{round(100 * count / total)}{NO_BREAK}%"
        return f"{counts} ({percent if self.language == 'fr' else percent.replace(NO_BREAK, '')})"

    def people_share(self, count: int, total: int) -> str:
        """« 7 personnes sur 15 », with the percentage from `percent_from` answers on."""
        percent = self.share(count, total).partition("(")[2]
        words = self.count(
            "{count} personne sur {total}", "{count} personnes sur {total}", count, total=total
        )
        return f"{words} ({percent}" if percent else words

    def listing(self, items: Iterable[str]) -> str:
        """« A, B et C »."""
        return str(format_list(list(items), locale=locale_of(self.profile)))

    def quoted(self, words: str) -> str:
        """Words between the quotation marks of the language."""
        return self.say("« {words} »", words=words)

    def day(self, day: date) -> str:
        """« 1er mars 2026 »."""
        text = str(format_date(day, format="long", locale=locale_of(self.profile)))
        return f"1er {text[2:]}" if self.language == "fr" and text.startswith("1 ") else text

    def short_day(self, day: date) -> str:
        """« 3 mars », for the foot of a chart."""
        return str(format_date(day, format="d MMM", locale=locale_of(self.profile)))

    def decimal(self, value: float) -> str:
        """A number of the annex, with two decimals."""
        return decimal(value, self.profile)

    @property
    def level_words(self) -> str:
        """The plural of the word for a level: « stades », « niveaux »."""
        if self.level_word.endswith(("s", "x", "z")):
            return self.level_word
        return self.level_word + ("x" if self.level_word.endswith(("eau", "eu")) else "s")

    def at(self, level: str) -> str:
        """« au stade Motricité », « à l’étape Motricité », « à la phase Motricité »."""
        if self.language != "fr":
            return f"at the {self.level_word} {level}"
        return f"{self._to_the_word} {level}"

    @property
    def _to_the_word(self) -> str:
        if self.level_word[:1] in _VOWELS:
            return f"à l’{self.level_word}"
        return (
            f"à la {self.level_word}" if self.level_word in _FEMININE else f"au {self.level_word}"
        )
