"""A study file: dates, sides, profile, folders, and what it says about its model."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from email_validator import EmailNotValidError, validate_email

from config.checks.codes import placed_items, repeated
from config.checks.structure import language_problems
from config.maturity_model import Item, MaturityModel
from config.problems import LineOf, Problem, nearest, problem
from config.study import Contact, ProfileAttribute, SideRule, Study

NAMING = frozenset({"firstname", "lastname", "email", "token", "participant_id"})
"""Participant fields that say who someone is: they stay in the participants table."""


def study_problems(study: Study, model: MaturityModel) -> Iterator[Problem]:
    """Everything wrong in a study that fits the schema, alone and against its model."""
    yield from language_problems(study, (study.language,))
    yield from _zone_problems(study)
    yield from _wave_problems(study)
    yield from _code_problems(study)
    yield from _profile_problems(study, model)
    if study.side_rule is not None:
        yield from _side_rule_problems(study, study.side_rule, model)
    yield from _asked_of_problems(study, model)
    yield from _folder_problems(study)
    yield from _template_problems(study)
    yield from _agreement_problems(study)
    yield from _mailing_problems(study)
    if study.contact is not None:
        yield from _contact_problems(study.contact)


def _zone_problems(study: Study) -> Iterator[Problem]:
    try:
        ZoneInfo(study.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield problem(
            ("timezone",),
            "le fuseau horaire « {zone} » est inconnu.",
            "Fuseaux proches : {known}.",
            zone=study.timezone,
            known=nearest(study.timezone, available_timezones())[:3],
        )


def _wave_problems(study: Study) -> Iterator[Problem]:
    surveys: dict[int, int] = {}
    for at, wave in enumerate(study.waves):
        if wave.opens >= wave.closes:
            yield problem(
                ("waves", at, "closes"),
                "la campagne se ferme le {closes}, mais s’ouvre le {opens}.",
                "Donnez une fermeture postérieure à l’ouverture.",
                opens=wave.opens,
                closes=wave.closes,
            )
        if wave.closes > wave.keep_until:
            yield problem(
                ("waves", at, "keep_until"),
                "les réponses ne seraient gardées que jusqu’au "
                "{keep}, avant la fermeture du {closes}.",
                "Donnez une fin de conservation postérieure à la fermeture.",
                keep=wave.keep_until,
                closes=wave.closes,
            )
        if wave.survey_id in surveys:
            yield problem(
                ("waves", at, "survey_id"),
                "le questionnaire {survey} est déjà celui de la ligne {first}.",
                "Chaque campagne a son propre questionnaire LimeSurvey.",
                survey=wave.survey_id,
                first=LineOf(("waves", surveys[wave.survey_id])),
            )
        surveys.setdefault(wave.survey_id, at)


def _code_problems(study: Study) -> Iterator[Problem]:
    yield from repeated((("waves", at), wave.code) for at, wave in enumerate(study.waves))
    yield from repeated((("sides", at), side.code) for at, side in enumerate(study.sides))
    yield from repeated((("profile", at), one.code) for at, one in enumerate(study.profile))


def _profile_problems(study: Study, model: MaturityModel) -> Iterator[Problem]:
    questions = tuple(item.code for item in model.profile_questions)
    for at, attribute in enumerate(study.profile):
        path = ("profile", at)
        if (attribute.participant is None) == (attribute.item is None):
            yield problem(
                path,
                "l’élément de profil vient soit de « participant », soit de « item ».",
                "Gardez exactement l’un des deux.",
            )
        if attribute.item is not None and attribute.item not in questions:
            yield problem(
                (*path, "item"),
                "« {code} » n’est pas une question de profil du modèle « {model} ».",
                "Questions de profil connues : {known}.",
                code=attribute.item,
                model=model.code,
                known=nearest(attribute.item, questions),
            )
        if attribute.participant is not None and attribute.participant.casefold() in NAMING:
            yield problem(
                (*path, "participant"),
                "« {name} » désigne la personne.",
                "Un profil ne retient aucun nom : choisissez un attribut tel que « attribute_1 ».",
                name=attribute.participant,
            )


def _side_rule_problems(study: Study, rule: SideRule, model: MaturityModel) -> Iterator[Problem]:
    attributes = {one.code: one for one in study.profile}
    if rule.attribute not in attributes:
        yield problem(
            ("side_rule", "attribute"),
            "« {code} » n’est pas un élément du profil.",
            "Éléments du profil connus : {known}.",
            code=rule.attribute,
            known=nearest(rule.attribute, attributes),
        )
    else:
        yield from _value_problems(rule, attributes[rule.attribute], model)
    sides = tuple(side.code for side in study.sides)
    for value, side in rule.values.items():
        if side not in sides:
            yield problem(
                ("side_rule", "values", value),
                "le point de vue « {code} » n’existe pas.",
                "Points de vue connus : {known}.",
                code=side,
                known=nearest(side, sides),
            )


def _value_problems(
    rule: SideRule, attribute: ProfileAttribute, model: MaturityModel
) -> Iterator[Problem]:
    """Values that no answer to the profile question could ever have."""
    item = next((one for one in model.profile_questions if one.code == attribute.item), None)
    known = _possible_answers(item, model) if item else ()
    for value in rule.values:
        if known and value not in known:
            yield problem(
                ("side_rule", "values", value),
                "« {value} » n’est pas une réponse possible à « {item} ».",
                "Réponses connues : {known}.",
                value=value,
                item=attribute.item,
                known=nearest(value, known)[:5],
            )


def _possible_answers(item: Item, model: MaturityModel) -> tuple[str, ...]:
    """Codes and labels of an item's options; empty when any answer is possible."""
    known = item.answer_set is None or item.answer_set in model.answer_sets
    if not known or item.other:
        return ()
    options = model.options(item)
    labels = (text for one in options if one.label for text in one.label.root.values())
    return (*(one.code for one in options), *labels)


def _asked_of_problems(study: Study, model: MaturityModel) -> Iterator[Problem]:
    sides = {side.code for side in study.sides}
    for _, item, _ in placed_items(model):
        lacking = tuple(code for code in item.asked_of if code not in sides)
        if lacking:
            yield problem(
                ("sides",),
                "la question « {item} » du modèle s’adresse à {lacking}, que "
                "l’étude ne connaît pas.",
                "Ajoutez ces points de vue à « sides ».",
                item=item.code,
                lacking=lacking,
            )


def _folder_problems(study: Study) -> Iterator[Problem]:
    folders = {
        "output": (
            study.output,
            "Écrivez par exemple « rapports/{code} », sans « .. » ni « / » au début.",
        ),
        "exports": (
            study.exports,
            "Écrivez par exemple « exports/{code} », sans « .. » ni « / » au début.",
        ),
    }
    for name, (folder, remedy) in folders.items():
        if folder is not None and not _inside(folder):
            yield problem(
                (name,),
                "« {folder} » n’est pas un dossier à l’intérieur du dossier de travail.",
                remedy,
                folder=str(folder),
                code=study.code,
            )
    if study.exports is not None and study.exports == study.output:
        yield problem(
            ("exports",),
            "les exports de réponses et les rapports seraient dans le même dossier.",
            "Donnez aux exports un dossier à eux, par exemple « exports/{code} ».",
            code=study.code,
        )


def _inside(folder: PurePosixPath) -> bool:
    """Whether a folder is one inside the working folder, whatever the system."""
    plain = not set(str(folder)) & set("\\:")
    return not folder.is_absolute() and folder.parts != () and ".." not in folder.parts and plain


def _template_problems(study: Study) -> Iterator[Problem]:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", study.report_template):
        yield problem(
            ("report_template",),
            "« {name} » n’est pas un nom de gabarit.",
            "Écrivez le nom du fichier sans dossier ni « .docx ».",
            name=study.report_template,
        )


def _agreement_problems(study: Study) -> Iterator[Problem]:
    bounds = [word.at_least for word in study.thresholds.agreement_words]
    rising = all(before < after for before, after in pairwise(bounds))
    falling = all(before > after for before, after in pairwise(bounds))
    if not (rising or falling):
        yield problem(
            ("thresholds", "agreement_words"),
            "les seuils « at_least » ne se suivent pas.",
            "Rangez-les du plus petit au plus grand (ou l’inverse), chacun une seule fois.",
        )


def _mailing_problems(study: Study) -> Iterator[Problem]:
    rule = study.mailing
    if rule.from_hour >= rule.until_hour:
        yield problem(
            ("mailing", "until_hour"),
            "l’étude n’écrirait qu’entre {first} h et {last} h : jamais.",
            "Donnez une heure de fin postérieure à l’heure de début, par exemple 8 et 18.",
            first=rule.from_hour,
            last=rule.until_hour,
        )


def _contact_problems(contact: Contact) -> Iterator[Problem]:
    """A sender that a mail could not have; LimeSurvey reads expressions between braces."""
    if unfit := sorted({*contact.name} & {*'<>{}"\r\n'}):
        yield problem(
            ("contact", "name"),
            "le nom de l’expéditeur contient des signes qu’un courriel n’admet pas ({signs}).",
            "Écrivez-le en toutes lettres, par exemple « Équipe du programme ».",
            signs=" ".join(repr(sign)[1:-1] for sign in unfit),
        )
    try:
        validate_email(contact.email, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        yield problem(
            ("contact", "email"),
            "« {email} » n’est pas une adresse électronique.",
            "Donnez l’adresse à laquelle les personnes interrogées peuvent écrire.",
            email=contact.email,
        )
