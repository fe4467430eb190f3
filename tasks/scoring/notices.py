"""What is withheld and why, in one kind sentence per reason."""

from collections.abc import Collection, Iterable, Iterator

from config.catalogue import say
from config.keyed import Keyed
from config.maturity_model import MaturityModel
from config.study import Study
from tasks.results import DimensionResult, Withheld
from tasks.scoring.publication import Plan

WHOLE = {
    Withheld.SMALL_GROUP: (
        "Moins de {least} personnes ont répondu : aucune répartition n’est montrée, pour que "
        "personne ne puisse être reconnu."
    ),
    Withheld.NOT_RENEWED: (
        "Trop peu de réponses ont changé depuis le rapport précédent pour montrer de nouveaux "
        "résultats : la différence entre les deux rapports révélerait les réponses de quelques "
        "personnes."
    ),
}
SUBJECTS = {
    Withheld.SMALL_GROUP: (
        "Moins de {least} personnes ont répondu sur certains sujets ({names}) : la répartition "
        "n’y est pas montrée, pour que personne ne puisse être reconnu."
    ),
    Withheld.NOT_RENEWED: (
        "Trop peu de réponses ont changé depuis le rapport précédent sur certains sujets "
        "({names}) : la répartition n’y est pas montrée, car la différence entre les deux "
        "rapports révélerait les réponses de quelques personnes."
    ),
}
SIDES = {
    Withheld.SMALL_GROUP: (
        "Dans un ou plusieurs tableaux, certains groupes ({names}) ne sont pas montrés à part, "
        "car moins de {least} de leurs membres ont répondu ; leurs réponses sont comprises dans "
        "l’ensemble."
    ),
    Withheld.COMPLEMENTARY: (
        "Dans un ou plusieurs tableaux, certains groupes ({names}) ne sont pas montrés à part, "
        "car une soustraction ou un recoupement ferait reconnaître les réponses de quelques "
        "personnes ; leurs réponses sont comprises dans l’ensemble."
    ),
    Withheld.NOT_RENEWED: (
        "Certains groupes ({names}) ne sont pas montrés à part cette fois-ci, car trop peu de "
        "réponses ont changé depuis le rapport précédent ; leurs réponses sont comprises dans "
        "l’ensemble."
    ),
}
INTERVIEWS = {
    Withheld.SMALL_GROUP: (
        "Moins de {least} entretiens ont eu lieu : ce qu’ils changent sera montré dès qu’ils "
        "seront assez nombreux pour que personne ne puisse être reconnu."
    ),
    Withheld.NOT_RENEWED: (
        "Les derniers entretiens ne sont pas encore pris en compte : ils le seront dès qu’au "
        "moins {least} positions de personnes auront changé, ou à la fin des entretiens, pour que "
        "personne ne puisse être reconnu."
    ),
}
WORDS = {
    Withheld.SMALL_GROUP: (
        "Les paroles recueillies en entretien seront montrées dès qu’elles viendront d’au moins "
        "{least} personnes, pour que personne ne puisse être reconnu."
    ),
    Withheld.NOT_RENEWED: (
        "Les paroles des derniers entretiens seront montrées dès qu’elles viendront d’au moins "
        "{least} personnes, ou à la fin des entretiens, pour que personne ne puisse être reconnu."
    ),
}
AFTER = {
    Withheld.SMALL_GROUP: (
        "Sur certains sujets ({names}), trop peu de personnes ont changé de réponse en entretien, "
        "ou depuis le rapport précédent : la répartition d’après les entretiens n’y est pas "
        "montrée, pour que personne ne puisse être reconnu."
    ),
    Withheld.COMPLEMENTARY: (
        "Sur certains sujets ({names}), la répartition d’après les entretiens n’est pas montrée : "
        "comparée aux autres tableaux, elle ferait reconnaître la réponse de quelques personnes."
    ),
}

QUADRANT = (
    "Les positions entre les deux axes ne sont pas montrées : elles feraient reconnaître les "
    "réponses de quelques personnes."
)

KEPT = (
    "Sur certains sujets ({names}), les résultats restent ceux du rapport précédent : ajoutées "
    "maintenant, les dernières réponses feraient reconnaître celles de quelques personnes."
)
KEPT_ALL = (
    "Les résultats restent ceux du rapport précédent : ajoutées maintenant, les dernières "
    "réponses feraient reconnaître celles de quelques personnes."
)
KEPT_OTHERS = (
    "Sur certaines questions complémentaires, les résultats restent ceux du rapport précédent, "
    "pour que personne ne puisse être reconnu."
)


def kept_notes(held: Collection[str], model: MaturityModel, study: Study) -> tuple[str, ...]:
    """Say in the study's language which tables are as the last issue showed them, and why.

    Args:
        held: names of tables, each the beginning of the names of its figures.
        model: labels of the dimensions.
        study: language.
    """
    kept = [
        dimension
        for dimension in model.dimensions
        if {f"dimension.{dimension.code}", f"dimension.{dimension.code}.coherence"} & set(held)
    ]
    sentences = []
    if kept:
        sentence = KEPT_ALL if len(kept) == len(model.dimensions) else KEPT
        names = [dimension.label.say(study.language) for dimension in kept]
        sentences.append(_sentence(sentence, study, names))
    if any(name.startswith("other.") for name in held):
        sentences.append(_sentence(KEPT_OTHERS, study))
    return tuple(sentences)


def quadrant_note(study: Study) -> str:
    """Say in the study's language that nobody is shown between the two axes, and why."""
    return _sentence(QUADRANT, study)


def withheld_notes(
    dimensions: Iterable[DimensionResult], plan: Plan, model: MaturityModel, study: Study
) -> tuple[str, ...]:
    """Say in the study's language what is withheld, and why.

    Args:
        dimensions: the results as they will be shown.
        plan: what this issue may show.
        model: labels of the dimensions.
        study: labels of the sides, smallest group, language.
    """
    if whole := plan.whole:
        return (_sentence(WHOLE[whole], study),)
    results = tuple(dimensions)
    sentences = [*_subjects(results, model, study), *_sides(results, study)]
    if plan.interviews_withheld:
        sentences.append(_sentence(INTERVIEWS[plan.interviews_withheld], study))
    if plan.words_withheld:
        sentences.append(_sentence(WORDS[plan.words_withheld], study))
    return (*sentences, *_after(results, model, study))


def _after(
    results: tuple[DimensionResult, ...], model: MaturityModel, study: Study
) -> Iterator[str]:
    """Subjects whose distribution after the interviews would tell too much."""
    reasons = {one.code: one.interviews.after.withheld for one in results if one.interviews}
    for reason, sentence in AFTER.items():
        names = [
            dimension.label.say(study.language)
            for dimension in model.dimensions
            if reasons.get(dimension.code) is reason
        ]
        if names:
            yield _sentence(sentence, study, names)


def _subjects(
    results: tuple[DimensionResult, ...], model: MaturityModel, study: Study
) -> Iterator[str]:
    reasons = {
        result.code: {shown.withheld for shown in (result.distribution, result.coherence) if shown}
        for result in results
    }
    for reason, sentence in SUBJECTS.items():
        names = [d.label.say(study.language) for d in model.dimensions if reason in reasons[d.code]]
        if names:
            yield _sentence(sentence, study, names)


def _sides(results: tuple[DimensionResult, ...], study: Study) -> Iterator[str]:
    """Sides withheld where the whole distribution is shown."""
    views = [v for r in results if not r.distribution.withheld for v in r.sides]
    for reason, sentence in SIDES.items():
        codes = {view.side for view in views if view.distribution.withheld is reason}
        names = [side.label.say(study.language) for side in study.sides if side.code in codes]
        if names:
            yield _sentence(sentence, study, names)


def _sentence(sentence: str, study: Study, names: Iterable[str] = ()) -> str:
    least = study.confidentiality.min_group
    said = say(sentence, study.language, least=least, names=", ".join(names))
    return Keyed(said, sentence)
