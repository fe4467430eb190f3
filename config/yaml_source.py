"""YAML as plain data plus the line of everything in it.

Only what a person writes by hand is accepted: mappings, lists and texts. Tags, anchors and aliases
(the roads to code execution and to exponential files) are refused, and so are keys given twice.
A scalar stays the text that was typed: the schema, not the notation, decides whether `1.0` is a
version or a number.
"""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from config.catalogue import say
from config.errors import StudyFileError

MAX_BYTES = 2_000_000
MAX_DEPTH = 30  # a model file is 9 deep; beyond this it was not written by a person
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

KeyPath = tuple[str | int, ...]
"""Where a value stands: keys and list positions (from 0), from the top of the file."""


@dataclass(frozen=True)
class YamlFile:
    """A file as read: its data, and the line (from 1) of each key and list entry."""

    path: Path
    name: str  # how messages call it
    sha256: str
    data: dict[str, Any]
    lines: Mapping[KeyPath, int]

    def line(self, path: KeyPath) -> int:
        """The line of a value, or of the closest thing around it that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Refused(Exception):
    """Something that a study file may not hold; the sentence says what."""

    def __init__(self, line: int, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence
        self.values = values


def read_yaml(path: Path, name: str, language: str) -> YamlFile:
    """Read one YAML file of at most 2 MB, in UTF-8.

    Args:
        path: the file.
        name: how messages call it.
        language: of the messages, `fr` or `en`.

    Raises:
        StudyFileError: not readable, too large, not UTF-8, not YAML, or YAML that is refused.
    """
    content = _content(path, name, language)
    try:
        data, lines = _build(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _error(name, line, language, "le fichier n’est pas enregistré en UTF-8.") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _error(name, line, language, _NOT_YAML) from error
    except YAMLError as error:  # the reader's own: a character that YAML forbids
        raise _error(name, 1, language, _CONTROL) from error
    except _Refused as refused:
        sentence, values = refused.sentence, refused.values
        raise _error(name, refused.line, language, sentence, **values) from None
    return YamlFile(path, name, hashlib.sha256(content).hexdigest(), data, lines)


_NOT_YAML = (
    "l’écriture n’est pas celle d’un fichier YAML. Vérifiez cette ligne et celle d’avant : "
    "retraits par des espaces (jamais de tabulation), « clé: valeur », guillemets et crochets "
    "refermés ; un texte qui contient « : », « ? » ou « # » se met entre guillemets."
)
_CONTROL = "le fichier contient un caractère de commande invisible. Effacez-le."


def _content(path: Path, name: str, language: str) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise StudyFileError(
            say(
                "« {name} » ne peut pas être ouvert ({reason}).",
                language,
                name=name,
                reason=error.strerror or type(error).__name__,
            ),
            say("Vérifiez que le fichier existe et que vous avez le droit de le lire.", language),
        ) from error
    if len(content) > MAX_BYTES:
        raise StudyFileError(
            say("« {name} » dépasse 2 Mo.", language, name=name),
            say(
                "Un fichier de ce genre est bien plus court : vérifiez que c’est le bon.", language
            ),
        )
    return content


def _error(name: str, line: int, language: str, sentence: str, **values: object) -> StudyFileError:
    what = say(sentence, language, **values)
    place = say("{name}, ligne {line} : {what}", language, name=name, line=line, what=what)
    return StudyFileError(place, say("Corrigez le fichier, puis recommencez.", language))


@dataclass
class _Open:
    """A mapping or a list whose end has not been read yet."""

    path: KeyPath
    value: dict[str, Any] | list[Any]
    key: str | None = None


@dataclass
class _Builder:
    """Builds data from events, one level a time: no recursion for a hostile file to exhaust."""

    lines: dict[KeyPath, int] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    top: Any = None

    def take(self, event: NodeEvent | CollectionEndEvent) -> None:
        """Take one node: a scalar, or the start or end of a mapping or list."""
        if isinstance(event, CollectionEndEvent):
            self.stack.pop()
            return
        line = event.start_mark.line + 1
        _refuse_references(event, line)
        parent = self.stack[-1] if self.stack else None
        if parent and isinstance(parent.value, dict) and parent.key is None:
            self._key(parent, event, line)
        else:
            self._value(parent, event, line)

    def _key(self, parent: _Open, event: NodeEvent, line: int) -> None:
        if not isinstance(event, ScalarEvent):
            raise _Refused(line, "une clé doit être un simple mot, pas une liste ni un bloc.")
        key = _printable(event.value, line)
        if key in parent.value:
            first = self.lines[(*parent.path, key)]
            raise _Refused(
                line,
                "la clé « {key} » est donnée deux fois (déjà à la ligne {first}).",
                key=key,
                first=first,
            )
        parent.key = key
        self.lines[(*parent.path, key)] = line

    def _value(self, parent: _Open | None, event: NodeEvent, line: int) -> None:
        path = self._path(parent)
        self.lines.setdefault(path, line)
        value = _scalar(event, line) if isinstance(event, ScalarEvent) else _container(event)
        if parent is None:
            self.top = value
        elif isinstance(parent.value, list):
            parent.value.append(value)
        else:
            parent.value[str(parent.key)] = value
            parent.key = None
        if isinstance(value, dict | list):
            if len(self.stack) >= MAX_DEPTH:
                raise _Refused(line, "trop de niveaux imbriqués.")
            self.stack.append(_Open(path, value))

    @staticmethod
    def _path(parent: _Open | None) -> KeyPath:
        if parent is None:
            return ()
        if isinstance(parent.value, list):
            return (*parent.path, len(parent.value))
        return (*parent.path, str(parent.key))


def _build(text: str) -> tuple[dict[str, Any], dict[KeyPath, int]]:
    builder = _Builder()
    for event in _nodes(text):
        builder.take(event)
    if not isinstance(builder.top, dict):
        raise _Refused(1, "le fichier doit commencer par des clés (« clé: valeur »).")
    return builder.top, builder.lines


def _nodes(text: str) -> Iterator[NodeEvent | CollectionEndEvent]:
    """The nodes of the only document of a text."""
    documents = 0
    for event in YAML(typ="safe").parse(io.StringIO(text)):
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                line = event.start_mark.line + 1
                raise _Refused(line, "le fichier contient plusieurs documents (« --- »).")
        elif isinstance(event, NodeEvent | CollectionEndEvent):
            yield event


def _refuse_references(event: NodeEvent, line: int) -> None:
    if isinstance(event, AliasEvent) or event.anchor is not None:
        raise _Refused(
            line,
            "les renvois (« & » et « * » en début de valeur) ne sont pas admis. Écrivez la "
            "valeur en entier, ou mettez-la entre guillemets si c’est un texte.",
        )
    if getattr(event, "tag", None) is not None:
        raise _Refused(
            line,
            "les étiquettes (« ! » en début de valeur) ne sont pas admises. Effacez-la, ou "
            "mettez la valeur entre guillemets si c’est un texte.",
        )


def _container(event: NodeEvent) -> dict[str, Any] | list[Any]:
    return {} if isinstance(event, MappingStartEvent) else []


def _scalar(event: ScalarEvent, line: int) -> str | None:
    plain = event.implicit[0]
    return None if plain and event.value in NULLS else _printable(event.value, line)


def _printable(text: str, line: int) -> str:
    if NOT_XML.search(text):
        raise _Refused(line, _CONTROL)
    return text
