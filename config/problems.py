"""What is wrong in a file, gathered: one error names every problem with its line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from config.catalogue import say, say_count
from config.errors import StudyFileError
from config.yaml_source import KeyPath, YamlFile

LONGEST = 80  # characters of a value shown in a message


@dataclass(frozen=True)
class LineOf:
    """A value of a message: the line where something else of the file stands."""

    path: KeyPath


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold: where, what, what to do (French sentences with places)."""

    path: KeyPath
    what: str
    remedy: str
    values: Mapping[str, object]


def problem(path: KeyPath, what: str, remedy: str, /, **values: object) -> Problem:
    """A problem; `values` fill the places of both sentences.

    A tuple is shown as a list of quoted words, a `LineOf` as a line number.
    """
    return Problem(path, what, remedy, values)


def refuse(file: YamlFile, problems: Iterable[Problem], language: str) -> None:
    """Raise one error that lists all problems in the order of the file; nothing when there is none.

    Raises:
        StudyFileError: there is at least one problem.
    """
    ordered = sorted(problems, key=lambda one: file.line(one.path))
    lines = list(dict.fromkeys(_told(file, one, language) for one in ordered))
    if lines:
        head = say_count(
            "{file} : {count} problème",
            "{file} : {count} problèmes",
            len(lines),
            language,
            file=file.name,
        )
        remedy = say("Corrigez le fichier, puis recommencez.", language)
        raise StudyFileError("\n".join((head, *lines)), remedy)


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words, those most like `word` first."""
    wanted = word[:LONGEST].casefold()

    def likeness(other: str) -> float:
        return SequenceMatcher(None, wanted, other.casefold()).ratio()

    return tuple(sorted(sorted(known), key=likeness, reverse=True))


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None."""
    folded = {other.casefold(): other for other in known}
    found = get_close_matches(word[:LONGEST].casefold(), folded, n=1)
    return folded[found[0]] if found else None


def _told(file: YamlFile, one: Problem, language: str) -> str:
    values = {name: _shown(file, value, language) for name, value in one.values.items()}
    return say(
        "  ligne {line} ({place}) : {what} {remedy}",
        language,
        line=file.line(one.path),
        place=_place(file, one.path) or file.name,
        what=say(one.what, language, **values),
        remedy=say(one.remedy, language, **values),
    )


def _shown(file: YamlFile, value: object, language: str) -> str:
    if isinstance(value, LineOf):
        return str(file.line(value.path))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(say("« {word} »", language, word=word) for word in value) or "–"
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _place(file: YamlFile, path: KeyPath) -> str:
    """A path for people: list entries are called by their code, or counted from 1."""
    value: object = file.data
    steps: list[str] = []
    for step in path:
        value = _inside(value, step)
        code = value.get("code") if isinstance(step, int) and isinstance(value, dict) else None
        steps.append(str(code or (step + 1 if isinstance(step, int) else step)))
    return " › ".join(steps)


def _inside(value: object, step: str | int) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
