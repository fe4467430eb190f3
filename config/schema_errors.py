"""What the schema refuses, told to people who never heard of a schema."""

from collections.abc import Iterator
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.problems import Problem, closest, problem, refuse
from config.text import Code, OptionCode, PlatformCode, Text
from config.yaml_source import KeyPath, YamlFile

Schema = TypeVar("Schema", bound=BaseModel)


def fit(file: YamlFile, schema: type[Schema], language: str) -> Schema:
    """The file's data as an object of the schema.

    Raises:
        StudyFileError: lists every place where the data do not fit.
    """
    try:
        return schema.model_validate(file.data)
    except ValidationError as error:
        found = _own(error.errors(include_url=False))
        refuse(file, [_told(schema, detail) for detail in found], language)
        raise


def _own(found: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors, but for lists that only seem too short because an entry was refused."""
    around = {detail["loc"][:end] for detail in found for end in range(len(detail["loc"]))}
    return [one for one in found if one["type"] != "too_short" or one["loc"] not in around]


def _told(schema: type[BaseModel], detail: ErrorDetails) -> Problem:
    path: KeyPath = detail["loc"]
    kind = detail["type"]
    if kind == "missing":
        return problem(path[:-1], "la clé « {key} » manque.", "Ajoutez-la ici.", key=path[-1])
    if kind == "extra_forbidden":
        return _unknown_key(schema, path)
    if detail["input"] is None:
        return problem(path, "la valeur est vide.", "Écrivez-la, ou effacez la clé.")
    if kind == "string_pattern_mismatch":
        return _bad_code(path, detail)
    if kind in ("enum", "literal_error"):
        return _bad_choice(schema, path, detail["input"])
    if kind in _WANTED:
        what, remedy = _WANTED[kind]
        return problem(path, what, remedy, **detail.get("ctx", {}))
    return _wrong_shape(schema, path, kind)


def _unknown_key(schema: type[BaseModel], path: KeyPath) -> Problem:
    around = _annotation(schema, path[:-1])
    known = tuple(around.model_fields) if _is_model(around) else ()
    key = str(path[-1])
    meant = closest(key, known)
    if meant:
        return problem(
            path,
            "la clé « {key} » n’existe pas ici.",
            "Vouliez-vous écrire « {meant} » ?",
            key=key,
            meant=meant,
        )
    return problem(
        path,
        "la clé « {key} » n’existe pas ici.",
        "Les clés possibles sont : {known}.",
        key=key,
        known=known,
    )


_PATTERNS = {
    get_args(Code)[1].pattern: (
        "Il faut une lettre sans accent, puis des lettres sans accent, des chiffres ou « _ », "
        "32 caractères au plus."
    ),
    get_args(PlatformCode)[1].pattern: (
        "Il faut une lettre sans accent, puis des lettres sans accent ou des chiffres, "
        "20 caractères au plus (règle de LimeSurvey)."
    ),
    get_args(OptionCode)[1].pattern: (
        "Il faut des lettres sans accent ou des chiffres, 5 caractères au plus "
        "(règle de LimeSurvey)."
    ),
}
_COLUMN = (
    "Il faut le nom d’une colonne de l’export LimeSurvey, par exemple « STR1 » ou « OUT[SQ001] »."
)


def _bad_code(path: KeyPath, detail: ErrorDetails) -> Problem:
    remedy = _PATTERNS.get(detail["ctx"]["pattern"], _COLUMN)
    return problem(path, "« {value} » n’a pas la forme voulue.", remedy, value=detail["input"])


def _bad_choice(schema: type[BaseModel], path: KeyPath, value: object) -> Problem:
    choices = tuple(str(choice) for choice in _choices(_annotation(schema, path)))
    return problem(
        path,
        "« {value} » n’est pas un choix possible.",
        "Choisissez parmi {choices}.",
        value=value,
        choices=choices,
    )


_WHOLE = ("un nombre entier est attendu.", "Écrivez-le en chiffres, sans espace ni virgule.")
_NUMBER = ("un nombre est attendu.", "Écrivez-le en chiffres, avec un point décimal : 0.5.")
_YES_NO = ("« true » (oui) ou « false » (non) est attendu.", "Écrivez l’un des deux.")
_DATE = ("une date est attendue.", "Écrivez-la année-mois-jour : 2027-03-31.")
_WANTED = {
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "string_too_short": ("le texte est vide.", "Écrivez-le, ou effacez la clé."),
    "greater_than": ("la valeur est trop petite.", "Écrivez un nombre supérieur à {gt}."),
    "greater_than_equal": ("la valeur est trop petite.", "Écrivez au moins {ge}."),
    "less_than_equal": ("la valeur est trop grande.", "Écrivez au plus {le}."),
    "too_short": ("la liste est trop courte.", "Donnez-en au moins {min_length}."),
    "too_long": ("la liste est trop longue.", "Donnez-en au plus {max_length}."),
    "tuple_type": ("une liste est attendue.", "Commencez chaque élément par un tiret : « - »."),
    "string_type": ("un simple texte est attendu.", "Écrivez-le à la suite de la clé."),
    "path_type": ("un nom de dossier est attendu.", "Écrivez-le à la suite de la clé."),
}


def _wrong_shape(schema: type[BaseModel], path: KeyPath, kind: str) -> Problem:
    if _annotation(schema, path) is Text:
        return problem(
            path,
            "un texte par langue est attendu.",
            "Écrivez par exemple {example}.",
            example="{fr: …, en: …}",
        )
    if kind in ("model_type", "dict_type", "mapping_type"):
        return problem(
            path, "un bloc de clés est attendu.", "Écrivez une ligne « clé: valeur » par clé."
        )
    return problem(
        path, "la valeur ne convient pas.", "Comparez avec un fichier livré avec le logiciel."
    )


def _annotation(schema: type[BaseModel], path: KeyPath) -> Any:  # noqa: ANN401
    """The type that the schema wants at a path."""
    wanted: Any = schema
    for step in path:
        if _is_model(wanted) and step in wanted.model_fields:
            wanted = wanted.model_fields[step].annotation
        else:  # an entry of a list or of a mapping
            arguments = [one for one in get_args(wanted) if one is not Ellipsis]
            wanted = arguments[-1] if arguments else Any
        wanted = _bare(wanted)
    return wanted


def _bare(wanted: Any) -> Any:  # noqa: ANN401
    """A type without its constraints and without « or nothing »."""
    while get_origin(wanted) in (Annotated, Union, UnionType):
        arguments = [one for one in get_args(wanted) if one is not type(None)]
        wanted = arguments[0]
    return wanted


def _is_model(wanted: object) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, BaseModel)


def _choices(wanted: Any) -> Iterator[object]:  # noqa: ANN401
    if get_origin(wanted) is Literal:
        yield from get_args(wanted)
    elif isinstance(wanted, type) and issubclass(wanted, Enum):
        yield from (member.value for member in wanted)
