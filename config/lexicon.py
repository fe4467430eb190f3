"""Anglicisms that the field's French does without, and the word it has instead.

It warns and never rewrites: a quotation or a proper name stays as it is. One file a language,
`config/lexicon/<language>.yaml`; a language without a file has nothing to warn of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field

from config.catalogue import say
from config.maturity_model import MaturityModel
from config.schema_errors import fit
from config.study import Study
from config.text import Frozen
from config.walk import texts_in
from config.yaml_source import read_yaml

FOLDER = Path(__file__).parent / "lexicon"


class Entry(Frozen):
    """A word to avoid, what to write instead, and a word of explanation."""

    word: Annotated[str, Field(min_length=2)]
    instead: Annotated[str, Field(min_length=2)]
    note: str = ""


class Lexicon(Frozen):
    """The words of one language."""

    language: str
    words: Annotated[tuple[Entry, ...], Field(min_length=1)]


@dataclass(frozen=True)
class LexiconWarning:
    """A word found in a text (as written there), and the word proposed."""

    word: str
    instead: str
    note: str = ""
    where: str = ""  # path of the text in its file; empty for a text alone

    def say(self, language: str) -> str:
        """The warning as a sentence for staff."""
        told = say(
            "« {word} » : préférez « {instead} ».", language, word=self.word, instead=self.instead
        )
        return f"{self.where} – {told}" if self.where else told


def warn(text: str, language: str) -> tuple[LexiconWarning, ...]:
    """The anglicisms of a text, in their order; whole words, whatever their case or plural.

    Addresses (`data.gouv.fr`, `nom@exemple.fr`) are left alone.
    """
    pattern, entries = _search(language)
    if pattern is None:
        return ()
    return tuple(_warning(match, entries) for match in pattern.finditer(text))


def model_warnings(model: MaturityModel) -> tuple[LexiconWarning, ...]:
    """The anglicisms of all texts of a model, with the path of each text."""
    return tuple(_warnings_in(model))


def check_study_files(study: Study, model: MaturityModel) -> tuple[str, ...]:
    """What staff should look at in two files that hold: sentences in the study's language.

    Args:
        study: a checked study.
        model: its model.
    """
    language = study.language
    words = (*_told(study, study.code, language), *_told(model, model.code, language))
    return (*words, *_language_warnings(study, model))


def _told(part: BaseModel, name: str, language: str) -> Iterator[str]:
    for warning in _warnings_in(part):
        yield replace(warning, where=f"{name} › {warning.where}").say(language)


def _language_warnings(study: Study, model: MaturityModel) -> Iterator[str]:
    language = study.language
    if language not in model.languages:
        yield say(
            "Le modèle « {model} » n’est pas écrit dans la langue de l’étude : ses textes "
            "paraîtront dans une autre langue.",
            language,
            model=model.code,
        )
    if not study.typography.startswith(language):
        yield say(
            "La typographie « {typography} » n’est pas celle de la langue de l’étude.",
            language,
            typography=study.typography,
        )


def _warnings_in(part: BaseModel) -> Iterator[LexiconWarning]:
    for path, text in texts_in(part):
        if path == ("source",):  # cites a publication under the title that it bears
            continue
        where = " › ".join(str(step + 1 if isinstance(step, int) else step) for step in path)
        for language, words in text.root.items():
            for warning in warn(words, language):
                yield replace(warning, where=where)


def _warning(match: re.Match[str], entries: tuple[Entry, ...]) -> LexiconWarning:
    entry = entries[(match.lastindex or 1) - 1]
    return LexiconWarning(match.group(), entry.instead, entry.note)


@lru_cache
def _search(language: str) -> tuple[re.Pattern[str] | None, tuple[Entry, ...]]:
    """One pattern for all words of a language, longest first; its groups are the entries."""
    path = FOLDER / f"{language}.yaml"
    if not language.isalpha() or not path.is_file():
        return None, ()
    lexicon = fit(read_yaml(path, path.name, language), Lexicon, language)
    entries = sorted(lexicon.words, key=lambda entry: len(entry.word), reverse=True)
    anyone = "|".join(f"({_spelling(entry.word)})" for entry in entries)
    # a dot, an @ or a / inside a word makes an address of it
    pattern = re.compile(rf"(?<![\w@/.])(?:{anyone})s?(?![\w@/]|\.\w)", re.IGNORECASE)
    return pattern, tuple(entries)


def _spelling(word: str) -> str:
    """A word as a pattern: parts joined by a space, a no-break space or a hyphen."""
    return "[ \u00a0-]".join(re.escape(part) for part in word.split())
