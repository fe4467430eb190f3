"""How a form speaks: the sentences of the software in each language of the model."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from config.catalogue import LANGUAGES, say
from config.study import Study
from tasks.survey.building.form import Texts


@dataclass(frozen=True)
class Voice:
    """One language of a form.

    A model may have languages that the software does not speak: its own texts then stand in
    them, and those of the software in the study's language.
    """

    language: str
    study: Study

    @property
    def spoken(self) -> str:
        """The language of the software's sentences."""
        return self.language if self.language in LANGUAGES else self.study.language

    def say(self, sentence: str, /, **values: object) -> str:
        """A sentence of the software (the French one is its key)."""
        return say(sentence, self.spoken, **values)

    def day(self, day: date) -> str:
        """« 1er mars 2026 », “1 March 2026”."""
        locale = "fr" if self.spoken == "fr" else "en_GB"
        text = str(format_date(day, format="long", locale=locale))
        return f"1er {text[2:]}" if self.spoken == "fr" and text.startswith("1 ") else text

    @property
    def of_authority(self) -> str:
        """The authority after a noun: « de la commune de… »; the name alone in English."""
        if self.spoken == "fr" == self.study.language:
            return self.study.authority.of_name
        name = self.study.authority.name
        return say("de « {name} »", "fr", name=name) if self.spoken == "fr" else name


def in_each(languages: tuple[str, ...], study: Study, tell: Callable[[Voice], str]) -> Texts:
    """What `tell` says in each language."""
    return {language: tell(Voice(language, study)) for language in languages}
