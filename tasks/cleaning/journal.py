"""The cleaning journal: one row for every change and every exclusion."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from config.catalogue import say, say_count
from config.maturity_model import MaturityModel
from tasks.cleaning.forbidden import visible
from tasks.frames import JOURNAL


class Rule(StrEnum):
    """The rules, in the order in which they apply."""

    TEST = "test"
    OUTSIDE_DATES = "outside_dates"
    DUPLICATE = "duplicate"
    PARTIAL_EXCLUDED = "partial_excluded"
    PARTIAL_KEPT = "partial_kept"
    FORBIDDEN_CHARACTERS = "forbidden_characters"
    UNICODE = "unicode_nfc"
    HTML_ENTITIES = "html_entities"
    WHITE_SPACE = "white_space"
    NUMBER = "number"
    DATE = "date"
    OTHER_TEXT = "other_text"
    UNKNOWN_OPTION = "unknown_option"
    UNREADABLE_NUMBER = "unreadable_number"
    UNREADABLE_DATE = "unreadable_date"
    ERASED = "erased"


class Entry(NamedTuple):
    """One row of the journal before it is worded; `reason` empty: the rule's own sentence."""

    response_id: int
    item: str  # item or profile attribute; empty: the whole response
    rule: Rule
    before: str
    after: str
    reason: str = ""


_RULES = {rule: number for number, rule in enumerate(Rule)}


def journal_frame(
    entries: Iterable[Entry], names: Mapping[int, str], model: MaturityModel, language: str
) -> pd.DataFrame:
    """Word the entries and put them in order: response, item of the model, rule.

    Args:
        entries: in any order.
        names: response id → pseudonym, for the responses whose sender has one.
        model: gives the order of the items.
        language: of the reasons.

    Returns:
        A frame that holds the `JOURNAL` contract.
    """
    items = {"": -1} | {item.code: number for number, item in enumerate(model.items)}
    reasons = _reasons(language)
    ordered = sorted(entries, key=lambda e: _place(e, names, items))
    rows = [
        (
            names.get(e.response_id) or response_label(e.response_id, language),
            e.item,
            e.rule.value,
            visible(e.before),
            e.after,
            e.reason or reasons[e.rule],
        )
        for e in ordered
    ]
    return JOURNAL.validate(pd.DataFrame(rows, columns=list(JOURNAL.columns), dtype=object))


def with_erased(journal: pd.DataFrame, people: int, language: str) -> pd.DataFrame:
    """The journal with a last line that tells how many people were erased, and nothing of them.

    Args:
        journal: a frame of the JOURNAL contract.
        people: erased at their request, in the whole study.
        language: of the reason.
    """
    if not people:
        return journal
    reason = say_count(
        "{count} personne effacée à sa demande dans cette étude : rien d’elle n’est compté.",
        "{count} personnes effacées à leur demande dans cette étude : rien d’elles n’est compté.",
        people,
        language,
    )
    row = ("", "", Rule.ERASED.value, "", "", reason)
    line = pd.DataFrame([row], columns=list(JOURNAL.columns), dtype=object)
    return JOURNAL.validate(pd.concat([journal, line], ignore_index=True))


def response_label(response_id: int, language: str) -> str:
    """« réponse 12 »: for a response whose sender has no pseudonym."""
    return say("réponse {number}", language, number=response_id)


def natural(pseudonym: str) -> tuple[int, str]:
    """The order of pseudonyms: P09 before P10 before P100."""
    return len(pseudonym), pseudonym


def _place(
    entry: Entry, names: Mapping[int, str], items: Mapping[str, int]
) -> tuple[bool, tuple[int, str], int, int, str, int]:
    name = names.get(entry.response_id, "")
    return (
        not name,
        natural(name),
        entry.response_id,
        items.get(entry.item, len(items)),
        entry.item,
        _RULES[entry.rule],
    )


def _reasons(language: str) -> Mapping[Rule, str]:
    return {
        Rule.TEST: say(
            "Le jeton de cette réponse n’est pas dans la liste des participants : elle est tenue "
            "pour un essai.",
            language,
        ),
        Rule.FORBIDDEN_CHARACTERS: say(
            "Caractères de commande que Word n’admet pas : retirés, ou remplacés par un retour "
            "à la ligne.",
            language,
        ),
        Rule.UNICODE: say("Lettres accentuées ramenées à leur forme composée.", language),
        Rule.HTML_ENTITIES: say("Signes codés par la plateforme : rétablis.", language),
        Rule.WHITE_SPACE: say(
            "Espaces retirées au début et à la fin, retours à la ligne unifiés.", language
        ),
        Rule.NUMBER: say("Écriture du nombre unifiée : point décimal, sans espace.", language),
        Rule.DATE: say("Heure sans objet retirée de la date.", language),
        Rule.OTHER_TEXT: say(
            "Un texte est donné pour « autre » sans que la réponse soit cochée : elle est comptée "
            "comme « autre ».",
            language,
        ),
        Rule.UNKNOWN_OPTION: say(
            "Ce code de réponse n’est pas dans le modèle : il est mis de côté, hors des comptes.",
            language,
        ),
        Rule.UNREADABLE_NUMBER: say(
            "Ce n’est pas un nombre : la réponse est mise de côté, hors des comptes.", language
        ),
        Rule.UNREADABLE_DATE: say(
            "Ce n’est pas une date : la réponse est mise de côté, hors des comptes.", language
        ),
    }
