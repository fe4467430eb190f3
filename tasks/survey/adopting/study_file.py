"""The study file of an adopted questionnaire: what the platform cannot tell is left to complete."""

from collections.abc import Mapping
from datetime import date, timedelta

from ruamel.yaml.comments import CommentedMap

from config.catalogue import LANGUAGES, say
from config.maturity_model import ItemKind
from tasks.survey.adopting.drafts import Draft
from tasks.survey.adopting.gathered import Questionnaire
from tasks.survey.adopting.plan import Plan
from tasks.survey.adopting.yaml_text import TO_DO, comment, mapping, sequence, texts, written

LONGEST_CODE = 32
SHOWN = 60  # characters of an answer quoted in a comment

# The platform does not always know when a campaign runs; a window that is too wide loses nothing.
BEFORE, AFTER, KEPT = timedelta(days=90), timedelta(days=30), timedelta(days=365)

HEADING = f"""\
Étude du questionnaire {{survey}} de la plateforme, lue avec le modèle « {{model}} ».

Elle est valable telle quelle : vérifiez-la avec « maturity check », puis reprenez ce qui porte
la mention « {TO_DO} »."""
AUTHORITY = f"""\
{TO_DO} : la collectivité, puis la tournure avec « de », « du » ou « de la »."""
CONFIDENTIALITY = f"""\
{TO_DO} : confidential ou anonymous, comme on l’a annoncé aux personnes interrogées. Un groupe
plus petit que « min_group » (de 3 à 10) ne montre aucune répartition."""
PROFILE = f"""\
{TO_DO} : ce que l’on sait de chaque personne. Une question de profil s’écrit avec « item », une
colonne de la table des participants avec « participant: attribute_1 »."""
SIDES = f"""\
{TO_DO} : les points de vue que le rapport met côte à côte, et la réponse qui les donne. Retirez le
dièse et l’espace au début de chaque ligne, puis changez les mots.
sides:
  - code: policy
    label: {{fr: Politiques publiques, en: Public policy}}
  - code: digital
    label: {{fr: Numérique, en: Digital}}
side_rule:
  attribute: """
WAVES = f"""\
{TO_DO} : les jours d’ouverture et de fermeture (les réponses d’un autre jour sont mises de côté),
et le dernier jour où les données personnelles sont gardées."""

OUTPUT = """\
Le dossier des rapports. Si l’interface RemoteControl de LimeSurvey est fermée, ajoutez la ligne
« exports: exports/{code} » et déposez les exports des réponses dans ce dossier."""


def study_file(
    questionnaire: Questionnaire, found: Plan, code: str, model_code: str, today: date
) -> str:
    """The text of the study file, valid as it is and commented in French.

    Args:
        questionnaire: the survey.
        found: how the model reads it; profile questions with a list become profile attributes.
        code: of the study.
        model_code: of its model.
        today: the wave is written around this day.
    """
    language = next((one for one in questionnaire.languages if one in LANGUAGES), "fr")
    known = [one for one in found.profile if one.kind is ItemKind.CHOICE]
    data = mapping(
        {
            "code": code,
            "title": _in_both(questionnaire.title),
            "authority": mapping(
                {
                    "name": TO_DO,
                    "of_name": say("de la collectivité ({to_do})", language, to_do=TO_DO),
                }
            ),
            "model": model_code,
            "language": language,
            "typography": "fr-FR" if language == "fr" else "en",
            "timezone": "Europe/Paris",
            "confidentiality": mapping({"mode": "confidential", "min_group": 5}),
            "profile": sequence(_attribute(one, language) for one in known),
            "waves": sequence([_wave(questionnaire.survey_id, today)]),
            "output": f"rapports/{code}",
        }
    )
    _comment(data, known, questionnaire.base)
    comment(data, "output", f"\n{OUTPUT.format(code=code)}")
    heading = HEADING.format(survey=questionnaire.survey_id, model=model_code)
    return written(data, heading)


def _comment(data: CommentedMap, known: list[Draft], base: str) -> None:
    comment(data, "title", f"{TO_DO} : le titre de la couverture du rapport.")
    comment(data, "authority", f"\n{AUTHORITY}")
    comment(data, "timezone", f"{TO_DO} : le fuseau horaire de la collectivité.")
    comment(data, "confidentiality", f"\n{CONFIDENTIALITY}")
    comment(data, "profile", f"\n{PROFILE}")
    sides = f"\n{SIDES}{_rule(known[0], base)}\n" if known else ""
    comment(data, "waves", f"{sides}\n{WAVES}")


def _attribute(draft: Draft, language: str) -> CommentedMap:
    return mapping(
        {
            "code": _attribute_code(draft),
            "label": texts(
                {language: draft.texts.get(language) or next(iter(draft.texts.values()))}
            ),
            "item": draft.code,
        }
    )


def _attribute_code(draft: Draft) -> str:
    return draft.code.lower()[:LONGEST_CODE]


def _rule(draft: Draft, base: str) -> str:
    """The end of the example: each answer of the first profile question, with its text."""
    answers = draft.answers.answers if draft.answers else ()
    lines = (f"    {one.code}: policy  # {one.texts[base][:SHOWN]}" for one in answers)
    return "\n".join((_attribute_code(draft), "  values:", *lines))


def _in_both(title: str) -> CommentedMap:
    return texts(dict.fromkeys(LANGUAGES, title))


def _wave(survey_id: int, today: date) -> CommentedMap:
    label: Mapping[str, str] = {
        language: say("Première campagne", language) for language in LANGUAGES
    }
    return mapping(
        {
            "code": "V1",
            "label": texts(label),
            "opens": today - BEFORE,
            "closes": today + AFTER,
            "survey_id": survey_id,
            "keep_until": today + AFTER + KEPT,
        }
    )
