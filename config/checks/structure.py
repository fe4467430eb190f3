"""The shape of a model: languages, behaviours, arrows, quadrant, reading, versions."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from config.checks.answers import unknown_level
from config.checks.codes import placed_dimensions, repeated
from config.maturity_model import MaturityModel, Quadrant, ReadingRule, Replacement, Topology
from config.problems import Problem, nearest, problem
from config.recommendation import Recommendations
from config.walk import texts_in
from config.yaml_source import KeyPath

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,10})*")  # as LimeSurvey writes them


def structure_problems(model: MaturityModel, recommendations: Recommendations) -> Iterator[Problem]:
    """What the parts of a model get wrong about each other."""
    yield from _language_code_problems(model)
    yield from language_problems(model, model.languages)
    yield from _behaviour_problems(model)
    yield from _arrow_problems(model)
    yield from _quadrant_problems(model)
    yield from _reading_problems(model)
    yield from _replacement_problems(model)
    if recommendations.recommendations:
        yield from _recommendation_problems(model, recommendations)


def language_problems(part: BaseModel, languages: tuple[str, ...]) -> Iterator[Problem]:
    """A problem for each text that lacks one of these languages."""
    for path, text in texts_in(part):
        lacking = tuple(language for language in languages if language not in text.root)
        if lacking:
            yield problem(
                path,
                "le texte manque dans une langue : {lacking}.",
                "Ajoutez-le dans chaque langue annoncée ({languages}).",
                lacking=lacking,
                languages=languages,
            )


def _language_code_problems(model: MaturityModel) -> Iterator[Problem]:
    for at, code in enumerate(model.languages):
        if not LANGUAGE.fullmatch(code):
            yield problem(
                ("languages", at),
                "« {code} » n’est pas un code de langue.",
                "Écrivez par exemple « fr » ou « en ».",
                code=code,
            )
    yield from repeated((("languages", at), code) for at, code in enumerate(model.languages))


def _behaviour_problems(model: MaturityModel) -> Iterator[Problem]:
    for path, dimension in placed_dimensions(model):
        place = (*path, "behaviours")
        for code in dimension.behaviours:
            if code not in model.level_codes:
                yield unknown_level((*place, code), code, model)
        lacking = tuple(code for code in model.level_codes if code not in dimension.behaviours)
        if lacking:
            yield problem(
                place,
                "il manque un comportement pour {lacking}.",
                "Écrivez-en un par niveau.",
                lacking=lacking,
            )


def _arrow_problems(model: MaturityModel) -> Iterator[Problem]:
    if model.return_arrows and model.topology is not Topology.CYCLE:
        yield problem(
            ("return_arrows",),
            "seul un modèle en cycle a des flèches de retour.",
            "Retirez « return_arrows », ou écrivez « topology: cycle ».",
        )
    for at, arrow in enumerate(model.return_arrows):
        for name, code in (("origin", arrow.origin), ("target", arrow.target)):
            if code not in model.level_codes:
                yield unknown_level(("return_arrows", at, name), code, model)
        if arrow.origin == arrow.target:
            yield problem(
                ("return_arrows", at),
                "la flèche revient à son point de départ.",
                "Donnez deux niveaux différents.",
            )


def _quadrant_problems(model: MaturityModel) -> Iterator[Problem]:
    if model.topology is Topology.QUADRANT and model.quadrant is None:
        yield problem(
            ("topology",),
            "un modèle en quadrant décrit ses deux axes et ses quatre cases.",
            "Ajoutez « quadrant ».",
        )
    if model.quadrant is None:
        return
    if model.topology is not Topology.QUADRANT:
        yield problem(
            ("quadrant",),
            "seul un modèle « topology: quadrant » a un quadrant.",
            "Retirez « quadrant », ou changez « topology ».",
        )
    yield from _quadrant_code_problems(model, model.quadrant)
    yield from _cell_problems(model.quadrant)


def _quadrant_code_problems(model: MaturityModel, quadrant: Quadrant) -> Iterator[Problem]:
    axes = tuple(axis.code for axis in model.axes)
    for name, code in (("x", quadrant.x), ("y", quadrant.y)):
        if code not in axes:
            yield problem(
                ("quadrant", name),
                "l’axe « {code} » n’existe pas.",
                "Axes connus : {known}.",
                code=code,
                known=nearest(code, axes),
            )
    if quadrant.x == quadrant.y:
        yield problem(
            ("quadrant", "y"),
            "les deux axes du quadrant sont le même.",
            "Donnez deux axes différents.",
        )
    if quadrant.in_favour_from not in model.level_codes:
        yield unknown_level(("quadrant", "in_favour_from"), quadrant.in_favour_from, model)


def _cell_problems(quadrant: Quadrant) -> Iterator[Problem]:
    cells = tuple(enumerate(quadrant.cells))
    yield from repeated((("quadrant", "cells", at), cell.code) for at, cell in cells)
    if len({(cell.x, cell.y) for cell in quadrant.cells}) < len(cells):
        yield problem(
            ("quadrant", "cells"),
            "deux cases occupent le même coin.",
            "Donnez à chaque case son propre couple « x », « y » (« low » ou « high »).",
        )


def _reading_problems(model: MaturityModel) -> Iterator[Problem]:
    threshold = model.reading is ReadingRule.AXIS_THRESHOLD
    if threshold != (model.topology is Topology.QUADRANT):
        yield problem(
            ("reading",),
            "la lecture « axis_threshold » va avec « topology: quadrant », et seulement avec elle.",
            "Changez « reading » ou « topology ».",
        )


def _replacement_problems(model: MaturityModel) -> Iterator[Problem]:
    items = tuple(item.code for item in model.items)
    for at, replacement in enumerate(model.replaces):
        path = ("replaces", at)
        if replacement.version == model.version:
            yield problem(
                (*path, "version"),
                "un modèle ne remplace pas sa propre version.",
                "Donnez la version d’avant.",
            )
        yield from _target_problems(path, replacement, items, model)
    yield from repeated(
        (("replaces", at, "version"), one.version) for at, one in enumerate(model.replaces)
    )


def _target_problems(
    path: KeyPath, replacement: Replacement, items: tuple[str, ...], model: MaturityModel
) -> Iterator[Problem]:
    for old, new in replacement.items.items():
        if new not in items:
            yield problem(
                (*path, "items", old),
                "l’élément « {code} » n’existe pas.",
                "Éléments proches : {known}.",
                code=new,
                known=nearest(new, items)[:3],
            )
    for old, new in replacement.levels.items():
        if new not in model.level_codes:
            yield unknown_level((*path, "levels", old), new, model)
    yield from _merged_problems((*path, "items"), replacement.items)


def _merged_problems(path: KeyPath, renamed: Mapping[str, str]) -> Iterator[Problem]:
    """Two old items under one new code: which of the two answers would be compared?"""
    counts = Counter(renamed.values())
    for old, new in renamed.items():
        if counts[new] > 1:
            yield problem(
                (*path, old),
                "« {code} » remplace plusieurs anciens codes.",
                "Gardez le seul qui se compare.",
                code=new,
            )


def _recommendation_problems(
    model: MaturityModel, recommendations: Recommendations
) -> Iterator[Problem]:
    known = tuple(one.code for one in recommendations.recommendations)
    for path, dimension in placed_dimensions(model):
        for at, code in enumerate(dimension.recommendations):
            if code not in known:
                yield problem(
                    (*path, "recommendations", at),
                    "la préconisation « {code} » n’existe pas.",
                    "Préconisations proches : {known}.",
                    code=code,
                    known=nearest(code, known)[:3],
                )
