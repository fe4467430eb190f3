"""Items and answers: each kind of question has the answers it needs, and no others."""

from collections.abc import Iterator

from config.checks.codes import Placed, placed_dimensions, placed_items
from config.maturity_model import CODED_KINDS, AnswerSet, Item, ItemKind, MaturityModel, Option
from config.problems import Problem, nearest, problem
from config.yaml_source import KeyPath

SCALES = {
    ItemKind.STAGE: ("levels",),
    ItemKind.COHERENCE: ("ordered",),
    ItemKind.SCALE: ("ordered",),
    ItemKind.CHOICE: ("nominal", "ordered"),
}
OPEN_TO_OTHER = frozenset({ItemKind.CHOICE, ItemKind.MULTIPLE_CHOICE})
OF_A_DIMENSION = frozenset({ItemKind.STAGE, ItemKind.COHERENCE})


def answer_problems(model: MaturityModel) -> Iterator[Problem]:
    """What is wrong with answer sets, with items, and between them."""
    for name, answers in model.answer_sets.items():
        yield from _set_problems(model, ("answer_sets", name), answers)
    for placed in placed_items(model):
        yield from _item_problems(model, placed)
    for path, dimension in placed_dimensions(model):
        kinds = [item.kind for item in dimension.items]
        yield from _count_problems((*path, "items"), kinds)


def _set_problems(model: MaturityModel, path: KeyPath, answers: AnswerSet) -> Iterator[Problem]:
    if len(answers.in_scale) < 2:
        yield problem(
            path,
            "moins de deux réponses sont sur l’échelle.",
            "Donnez au moins deux réponses sans « out_of_scale ».",
        )
    for at, option in enumerate(answers.options):
        place = (*path, "options", at)
        yield from (
            _level_option_problems(model, place, option)
            if answers.scale == "levels"
            else _plain_option_problems(place, option, answers.scale)
        )
    if answers.scale == "levels":
        yield from _order_problems(model, path, answers)


def _level_option_problems(
    model: MaturityModel, path: KeyPath, option: Option
) -> Iterator[Problem]:
    if (option.level is None) == (option.out_of_scale is None):
        yield problem(
            path,
            "la réponse « {code} » doit porter soit « level », soit « out_of_scale ».",
            "Gardez-en un seul.",
            code=option.code,
        )
    if option.level is not None and option.level not in model.level_codes:
        yield unknown_level((*path, "level"), option.level, model)
    if option.level is None:
        yield from _label_problems(path, option)


def _plain_option_problems(path: KeyPath, option: Option, scale: str) -> Iterator[Problem]:
    if option.level is not None:
        yield problem(
            (*path, "level"),
            "« level » n’a de sens que dans une liste « scale: levels ».",
            "Retirez « level », ou changez « scale » (ici « {scale} »).",
            scale=scale,
        )
    yield from _label_problems(path, option)


def _label_problems(path: KeyPath, option: Option) -> Iterator[Problem]:
    if option.label is None:
        yield problem(
            path,
            "la réponse « {code} » n’a pas d’intitulé.",
            "Ajoutez « label » : aucun comportement ne peut le remplacer.",
            code=option.code,
        )


def _order_problems(model: MaturityModel, path: KeyPath, answers: AnswerSet) -> Iterator[Problem]:
    given = [one.level for one in answers.options if one.level in model.level_codes]
    lacking = tuple(code for code in model.level_codes if code not in given)
    if lacking:
        yield problem(
            path,
            "aucune réponse ne mène à {lacking}.",
            "Ajoutez une réponse pour chacun.",
            lacking=lacking,
        )
    ranks = [model.level_codes.index(str(code)) for code in given]
    if ranks != sorted(ranks):
        yield problem(
            path,
            "les réponses ne suivent pas l’ordre des niveaux.",
            "Rangez-les du premier niveau au dernier : {order}.",
            order=model.level_codes,
        )


def _item_problems(model: MaturityModel, placed: Placed) -> Iterator[Problem]:
    path, item, dimension = placed
    if dimension is None and item.kind in OF_A_DIMENSION:
        yield problem(
            path,
            "une question de ce genre (« {kind} ») appartient à une dimension.",
            "Déplacez-la dans les « items » d’une dimension.",
            kind=item.kind.value,
        )
    if item.other and item.kind not in OPEN_TO_OTHER:
        yield problem(
            (*path, "other"),
            "« other » n’est possible que pour {kinds}.",
            "Retirez « other ».",
            kinds=tuple(sorted(kind.value for kind in OPEN_TO_OTHER)),
        )
    yield from _answer_set_problems(model, path, item)
    yield from _choice_problems(path, item)


def _answer_set_problems(model: MaturityModel, path: KeyPath, item: Item) -> Iterator[Problem]:
    name = item.answer_set
    place = (*path, "answer_set")
    if item.kind not in CODED_KINDS:
        if name is not None:
            yield problem(
                place,
                "une question « {kind} » n’a pas de liste de réponses.",
                "Retirez « answer_set ».",
                kind=item.kind.value,
            )
    elif name is None:
        yield problem(
            path,
            "une question « {kind} » a besoin d’une liste de réponses.",
            "Ajoutez « answer_set ».",
            kind=item.kind.value,
        )
    elif name not in model.answer_sets:
        yield problem(
            place,
            "la liste de réponses « {name} » n’existe pas.",
            "Listes connues : {known}.",
            name=name,
            known=nearest(name, model.answer_sets),
        )
    elif model.answer_sets[name].scale not in SCALES[item.kind]:
        yield problem(
            place,
            "la liste « {name} » (« {scale} ») ne convient pas à une question « {kind} ».",
            "Il lui faut une liste dont « scale » est {scales}.",
            name=name,
            scale=model.answer_sets[name].scale,
            kind=item.kind.value,
            scales=SCALES[item.kind],
        )


def _choice_problems(path: KeyPath, item: Item) -> Iterator[Problem]:
    multiple = item.kind is ItemKind.MULTIPLE_CHOICE
    if multiple and not item.choices:
        yield problem(
            path, "une question à choix multiples a besoin de choix.", "Ajoutez « choices »."
        )
    if item.choices and not multiple:
        yield problem(
            (*path, "choices"),
            "« choices » ne sert qu’aux questions « multiple_choice ».",
            "Utilisez « answer_set ».",
        )
    if multiple and "[" in item.platform_column:
        yield problem(
            (*path, "column"),
            "la colonne d’un choix multiple s’écrit sans crochets.",
            "Écrivez seulement le code de la question.",
        )
    for at, option in enumerate(item.choices):
        yield from _plain_option_problems((*path, "choices", at), option, item.kind.value)


def _count_problems(path: KeyPath, kinds: list[ItemKind]) -> Iterator[Problem]:
    if ItemKind.STAGE not in kinds:
        yield problem(path, "cette dimension n’a pas de question « stage ».", "Ajoutez-en une.")
    for kind in (ItemKind.STAGE, ItemKind.COHERENCE):
        if kinds.count(kind) > 1:
            yield problem(
                path,
                "cette dimension a plusieurs questions « {kind} ».",
                "Gardez-en une.",
                kind=kind.value,
            )


def unknown_level(path: KeyPath, code: str, model: MaturityModel) -> Problem:
    """The problem of a level that the model does not have."""
    return problem(
        path,
        "le niveau « {code} » n’existe pas.",
        "Niveaux connus : {known}.",
        code=code,
        known=nearest(code, model.level_codes),
    )
