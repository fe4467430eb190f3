"""Who answered, in sentences and in a table."""

from typing import Any

from tasks.reports.chart_data import Drawer
from tasks.reports.voice import Voice
from tasks.results import CollectiveResults, Participation

WITHHELD = (
    "Les groupes trop petits ne sont pas montrés à part, ni ceux qui permettraient de les"
    " retrouver par soustraction."
)


def participation(drawer: Drawer, results: CollectiveResults) -> dict[str, Any]:
    """The fields of the page on participation."""
    voice, part = drawer.voice, results.participation
    rows = _rows(drawer, part)
    told = [row for row in part.by_side.values() if None not in row]
    return {
        "sentences": _sentences(voice, part),
        "rows": rows,
        "has_invited": any(invited is not None for _, invited in part.by_side.values()),
        "has_sides_chart": bool(told),
        "has_days_chart": not told and sum(part.by_day.values()) > 0,
        "withheld": _withheld(voice, part),
    }


def _sentences(voice: Voice, part: Participation) -> list[str]:
    answered = part.complete + part.partial_kept
    if not answered:
        return [voice.say("Aucune réponse n’est encore arrivée."), *_left_out(voice, part)]
    people = voice.people_share(answered, part.invited) if part.invited else voice.people(answered)
    said = voice.say(
        "{people} {said}.", people=people, said=voice.count("a répondu", "ont répondu", answered)
    )
    complete = voice.count(
        "{count} questionnaire est complet", "{count} questionnaires sont complets", part.complete
    )
    partial = voice.count(
        "{count} est rempli en partie et compte pour les questions répondues",
        "{count} sont remplis en partie et comptent pour les questions répondues",
        part.partial_kept,
    )
    detail = f"{complete} ; {partial}." if part.partial_kept else f"{complete}."
    return [said, voice.say("{detail}", detail=detail), *_left_out(voice, part), *_met(voice, part)]


def _left_out(voice: Voice, part: Participation) -> list[str]:
    if not part.excluded:
        return []
    return [
        voice.count(
            "{count} envoi n’est pas retenu (essai, doublon, envoi hors des dates ou presque"
            " vide).",
            "{count} envois ne sont pas retenus (essais, doublons, envois hors des dates ou presque"
            " vides).",
            part.excluded,
        )
    ]


def _met(voice: Voice, part: Participation) -> list[str]:
    if not part.interviewed:
        return [voice.say("Les entretiens n’ont pas encore eu lieu.")]
    return [
        voice.count(
            "{count} personne a été rencontrée en entretien.",
            "{count} personnes ont été rencontrées en entretien.",
            part.interviewed,
        )
    ]


def _rows(drawer: Drawer, part: Participation) -> list[dict[str, str]]:
    unknown = drawer.voice.say("non montré")
    return [
        {
            "key": side,
            "label": drawer.sides.get(side, side),
            "answered": unknown if answered is None else str(answered),
            "invited": "–" if invited is None else str(invited),
        }
        for side, (answered, invited) in part.by_side.items()
    ]


def _withheld(voice: Voice, part: Participation) -> str:
    if all(answered is not None for answered, _ in part.by_side.values()):
        return ""
    return voice.say(WITHHELD)
