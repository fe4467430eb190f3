"""Codes: each once, and within what LimeSurvey accepts and exports."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from config.maturity_model import Dimension, Item, MaturityModel, Option
from config.problems import LineOf, Problem, problem
from config.yaml_source import KeyPath

LONGEST_CODE = 20  # question and sub-question codes (LimeSurvey: Question.php, `title`)
LONGEST_TITLE = 200  # LimeSurvey: surveyls_title
RESERVED = frozenset(
    {
        # variables of LimeSurvey's own (Question.php)
        *("lang", "sid", "savedid", "token", "qid", "gid", "sgq", "self", "that", "this"),
        # the other columns of its export
        *("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"),
        *("ipaddr", "refurl"),
    }
)
RESERVED_ROW = "time"  # LimeSurvey: Question.php, sub-questions


class Placed(NamedTuple):
    """An item, where it stands in the file, and its dimension if it has one."""

    path: KeyPath
    item: Item
    dimension: Dimension | None


def placed_items(model: MaturityModel) -> Iterator[Placed]:
    """All items with their paths, in the order of `MaturityModel.items`."""
    for position, item in enumerate(model.profile_questions):
        yield Placed(("profile_questions", position), item, None)
    for path, dimension in placed_dimensions(model):
        for position, item in enumerate(dimension.items):
            yield Placed((*path, "items", position), item, dimension)
    for position, item in enumerate(model.other_items):
        yield Placed(("other_items", position), item, None)


def placed_dimensions(model: MaturityModel) -> Iterator[tuple[KeyPath, Dimension]]:
    """All dimensions with their paths."""
    for outer, axis in enumerate(model.axes):
        for inner, dimension in enumerate(axis.dimensions):
            yield ("axes", outer, "dimensions", inner), dimension


def placed_options(model: MaturityModel) -> Iterator[tuple[KeyPath, tuple[Option, ...]]]:
    """All lists of options, of answer sets and of multiple choices, with their paths."""
    for name, answers in model.answer_sets.items():
        yield ("answer_sets", name, "options"), answers.options
    for path, item, _ in placed_items(model):
        yield (*path, "choices"), item.choices


def repeated(entries: Iterable[tuple[KeyPath, str]]) -> Iterator[Problem]:
    """A problem for each code that an earlier entry bears already."""
    seen: dict[str, KeyPath] = {}
    for path, code in entries:
        if code in seen:
            yield problem(
                path,
                "le code « {code} » sert déjà à la ligne {first}.",
                "Donnez un autre code à l’un des deux.",
                code=code,
                first=LineOf(seen[code]),
            )
        seen.setdefault(code, path)


def code_problems(model: MaturityModel) -> Iterator[Problem]:
    """Codes given twice, and what LimeSurvey would refuse or export under another name."""
    yield from repeated((("levels", at), level.code) for at, level in enumerate(model.levels))
    yield from repeated((("axes", at), axis.code) for at, axis in enumerate(model.axes))
    yield from repeated((path, one.code) for path, one in placed_dimensions(model))
    yield from repeated((path, item.code) for path, item, _ in placed_items(model))
    for path, options in placed_options(model):
        # the platform compares the codes of a list without regard to case
        yield from repeated(((*path, at), one.code.upper()) for at, one in enumerate(options))
    yield from _column_problems(model)
    yield from _unused_problems(model)
    yield from _platform_problems(model)


def _column_problems(model: MaturityModel) -> Iterator[Problem]:
    seen: dict[str, KeyPath] = {}
    for path, item, _ in placed_items(model):
        for column in dict.fromkeys(item.platform_columns):
            if column in seen:
                yield problem(
                    path,
                    "la colonne « {column} » de la plateforme est déjà lue à la ligne {first}.",
                    "Corrigez « column » ou le code.",
                    column=column,
                    first=LineOf(seen[column]),
                )
            seen.setdefault(column, path)


def _unused_problems(model: MaturityModel) -> Iterator[Problem]:
    read = {_base(item): path for path, item, _ in placed_items(model)}
    for at, code in enumerate(model.unused_questions):
        if code in read:
            yield problem(
                ("unused_questions", at),
                "« {code} » est pourtant lue à la ligne {first}.",
                "Retirez-la d’ici, ou retirez l’élément.",
                code=code,
                first=LineOf(read[code]),
            )
    yield from repeated(
        (("unused_questions", at), code) for at, code in enumerate(model.unused_questions)
    )


def _platform_problems(model: MaturityModel) -> Iterator[Problem]:
    for language, title in model.title.root.items():
        if len(title) > LONGEST_TITLE:
            yield problem(
                ("title", language),
                "le titre compte {length} caractères.",
                "LimeSurvey en accepte {most} : raccourcissez-le.",
                length=len(title),
                most=LONGEST_TITLE,
            )
    for path, item, _ in placed_items(model):
        yield from _item_code_problems(path, item)


def _item_code_problems(path: KeyPath, item: Item) -> Iterator[Problem]:
    base, *rows = item.platform_column.replace("]", "").split("[")
    for code in dict.fromkeys((item.code, base)):
        if code.casefold() in RESERVED:
            yield problem(
                path,
                "« {code} » est un nom réservé de LimeSurvey.",
                "Choisissez un autre code.",
                code=code,
            )
    rows += [choice.code for choice in item.choices]
    for code in (base, *(part for row in rows for part in row.split("_"))):
        if not 1 <= len(code) <= LONGEST_CODE:
            yield problem(
                path,
                "« {code} » n’est pas un code de question de LimeSurvey.",
                "Il faut de 1 à {most} lettres ou chiffres.",
                code=code,
                most=LONGEST_CODE,
            )
    forbidden = {RESERVED_ROW, "other"} if item.other else {RESERVED_ROW}
    for row in rows:
        if row.casefold() in forbidden:
            yield problem(
                path,
                "« {code} » est un nom réservé de LimeSurvey.",
                "Choisissez un autre code.",
                code=row,
            )


def _base(item: Item) -> str:
    return item.platform_column.partition("[")[0]
