"""`docs/pannes.md`, written from what the matrix gives: it says what the program says."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from tasks.survey.sandbox import FaultKind
from tests.limesurvey.faults.matrix import CALLS, WRITING, Cell

DOCUMENT = Path(__file__).parents[3] / "docs" / "pannes.md"
ADDRESS = re.compile(r"https?://127\.0\.0\.1(:\d+)?/index\.php/admin/remotecontrol")
SURVEYS = re.compile(r" \(questionnaire \d+\)")
MANY = 5  # calls to name one by one

PURPOSES = {
    "get_session_key": "se connecter",
    "get_site_settings": "lire la version de LimeSurvey",
    "list_surveys": "lire le titre de l’enquête",
    "list_groups": "lire les pages du questionnaire",
    "list_questions": "lire les questions",
    "get_question_properties": "lire les réponses proposées",
    "get_survey_properties": "lire les réglages de l’enquête",
    "get_language_properties": "lire les textes de l’enquête",
    "get_summary": "compter les réponses",
    "export_responses": "relever les réponses",
    "list_participants": "lire la liste des participants",
    "get_participant_properties": "relire un participant",
    "import_survey": "importer le questionnaire",
    "activate_tokens": "créer la table des participants",
    "activate_survey": "ouvrir l’enquête aux réponses",
    "add_participants": "inscrire les participants",
    "set_participant_properties": "corriger un participant",
    "invite_participants": "envoyer les invitations",
    "remind_participants": "envoyer les rappels",
    "set_survey_properties": "fermer l’enquête aux réponses",
    "delete_survey": "supprimer une importation incomplète",
}

FAULTS: Mapping[FaultKind, tuple[str, str]] = {
    FaultKind.SLOW: (
        "La réponse tarde",
        "Passé MATURITY_HTTP_TIMEOUT, une lecture est demandée encore deux fois ; une écriture, "
        "jamais.",
    ),
    FaultKind.CUT: ("La réponse s’arrête au milieu", "Une lecture est redemandée une fois."),
    FaultKind.LOST: (
        "La demande est exécutée, sa réponse se perd",
        "Ce qui a été fait est relu avant tout nouvel essai.",
    ),
    FaultKind.PROXY_LIMIT: (
        "Un serveur intermédiaire perd patience (HTTP 504)",
        "Souvent après 60 secondes. La relève redemande par moitiés ce qui était trop long.",
    ),
    FaultKind.ERROR_EMPTY: (
        "PHP manque de mémoire ou de temps (HTTP 500, page vide)",
        "La relève redemande par moitiés ce qui était trop lourd.",
    ),
    FaultKind.HALF: (
        "La demande n’est exécutée qu’à moitié",
        "LimeSurvey s’arrête au milieu d’une importation, d’une inscription ou d’un envoi.",
    ),
    FaultKind.ERROR_PAGE: ("Le serveur échoue (HTTP 500, page d’erreur)", ""),
    FaultKind.SQL_ERROR: ("La base de données de LimeSurvey échoue", ""),
    FaultKind.EXPIRED_KEY: (
        "La connexion expire pendant le travail",
        "Elle est renouvelée d’elle-même, une fois ; le message ne vient que si le renouvellement "
        "n’y fait rien.",
    ),
    FaultKind.LOCKED_OUT: (
        "LimeSurvey bloque la connexion (mots de passe refusés)",
        "Un mot de passe refusé n’est jamais présenté une seconde fois.",
    ),
    FaultKind.NO_RIGHT: ("Le compte n’a pas le droit", ""),
    FaultKind.EMPTY: ("L’interface RPC est éteinte", ""),
    FaultKind.XML: ("L’interface est réglée sur XML-RPC", ""),
    FaultKind.REDIRECT: ("L’adresse renvoie de http vers https", ""),
    FaultKind.NOT_FOUND: ("Rien à cette adresse (HTTP 404)", ""),
    FaultKind.FORBIDDEN: ("Le serveur web refuse l’accès (HTTP 403)", ""),
    FaultKind.WEB_PAGE: ("Une page web répond : maintenance, connexion de l’établissement", ""),
    FaultKind.PHP_WARNING: ("PHP mêle des avertissements aux réponses", ""),
    FaultKind.WRONG_ID: ("La réponse est celle d’une autre demande", ""),
}

HEAD = """\
# Pannes de LimeSurvey : ce que l’on voit, ce qu’il faut faire

Ce document est écrit par le programme lui-même (`python -m tests.limesurvey.faults`) : chaque panne
y est provoquée à chaque appel, et ce qui est montré ici est ce que l’équipe lirait. Un test vérifie
qu’il est à jour. Les vrais messages nomment l’*appel*, l’*adresse* et le numéro du questionnaire.

## Ce qui vaut pour toutes les pannes

- **Rien n’est perdu.** Une relève est enregistrée entière ou pas du tout ; le dernier rapport, les
  notes et les réponses déjà relevées restent en place.
- **Rien n’est fait deux fois.** Une écriture est envoyée une seule fois. Quand sa réponse se perd,
  l’état de LimeSurvey est relu avant tout nouvel essai : relancer ne crée ni seconde enquête, ni
  participant en double, ni second courriel.
- **Un mot de passe refusé n’est jamais réessayé** : trois refus bloquent l’adresse pour tous.
- **Aucun message ne montre** de mot de passe, de clé, de jeton, de nom ni d’adresse de courriel.
- Une fois la cause écartée, **relancer la même commande suffit**. Une seule exception : quand la
  réponse à l’import d’une ouverture s’est perdue, **attendez quinze minutes**, car LimeSurvey y
  travaille peut-être encore ; relancée plus tôt, la commande le dit, ne touche à rien et donne
  l’heure à partir de laquelle la relancer.

## Les appels

| Appel | Sert à | Écrit |
|---|---|---|
"""


def document(cells: Iterable[Cell]) -> str:
    """The whole document.

    Args:
        cells: of the matrix, in French.
    """
    by_kind = {kind: [*some] for kind, some in groupby(cells, key=lambda cell: cell.kind)}
    calls = "".join(
        f"| `{call}` | {PURPOSES[call]} | {'oui' if call in WRITING else ''} |\n" for call in CALLS
    )
    sections = (_section(kind, by_kind[kind]) for kind in FAULTS)
    return HEAD + calls + "".join(sections)


def _section(kind: FaultKind, cells: Iterable[Cell]) -> str:
    title, remark = FAULTS[kind]
    groups: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        groups.setdefault(_seen(cell), []).append(cell.call)
    few_first = sorted(groups.items(), key=lambda group: len(group[1]) > MANY)
    lines = [
        f"| {_calls(calls, len(groups))} | {message} | {remedy} |"
        for (message, remedy), calls in few_first
    ]
    head = ["| Appels | Ce que l’on voit | Ce qu’il faut faire |", "|---|---|---|"]
    return "\n".join(["", f"## {title}", "", *([remark, ""] if remark else []), *head, *lines, ""])


def _calls(calls: list[str], groups: int) -> str:
    if groups == 1 and len(calls) == len(CALLS):
        return "tous"
    if len(calls) <= MANY:
        return ", ".join(f"`{call}`" for call in calls)
    written = {call in WRITING for call in calls}
    if len(written) == 2:
        return "tous les autres"
    return "toutes les autres écritures" if written == {True} else "toutes les autres lectures"


def _seen(cell: Cell) -> tuple[str, str]:
    """Message and remedy, without what differs from one installation or call to another."""
    if cell.error is None:
        return "rien : la panne ne gêne pas cet appel", "rien"
    texts = (cell.error.message, cell.error.remedy)
    shown = (SURVEYS.sub("", ADDRESS.sub("*adresse*", text)) for text in texts)
    message, remedy = (text.replace(cell.call, "*appel*") for text in shown)
    return message, remedy
