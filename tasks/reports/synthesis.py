"""The one-page synthesis: in words, without one number for the authority."""

from collections.abc import Iterable
from typing import Any

from config.keyed import Keyed
from tasks.reports.chart_data import Drawer
from tasks.reports.dimension_page import together, workshop_question
from tasks.reports.revised import revised_answers
from tasks.reports.subjects import (
    divided,
    fitting_means,
    lacking_means,
    shared,
    to_discuss,
    told,
)
from tasks.reports.voice import Voice
from tasks.reports.wording import place
from tasks.results import CollectiveResults, DimensionResult


def synthesis(drawer: Drawer, results: CollectiveResults) -> dict[str, Any]:
    """The fields of the synthesis; every list may be empty, and has then a sentence instead."""
    voice = drawer.voice
    return {
        "opening": _opening(voice, results),
        "shared": _placed(drawer, shared(results.dimensions)),
        "nothing_shared": voice.say(
            "Aucun sujet ne rassemble encore nettement les points de vue : c’est une raison de plus"
            " de les mettre en discussion."
        ),
        "divided": _placed(drawer, divided(results.dimensions)),
        "nothing_divided": voice.say(
            "Aucun sujet ne partage franchement les points de vue ; les nuances se lisent dans les"
            " pages qui suivent."
        ),
        "means": _means(drawer, results),
        "interviews": _interviews(drawer, results),
        "subjects": _subjects(voice, results),
        "questions": questions(drawer, results),
    }


def questions(drawer: Drawer, results: CollectiveResults) -> list[dict[str, str]]:
    """Three questions for the workshop, from different axes where that is possible."""
    return [
        {
            "key": one.code,
            "title": drawer.title(one.code),
            "question": workshop_question(drawer.voice, drawer.model.dimension(one.code), one),
        }
        for one in to_discuss(results.dimensions, drawer.model)
    ]


def divergences(drawer: Drawer, results: CollectiveResults) -> list[dict[str, str]]:
    """The rows of « Là où les points de vue divergent le plus », in the order of the model."""
    voice, model = drawer.voice, drawer.model
    return [
        {
            "key": one.code,
            "title": drawer.title(one.code),
            "place": drawer.place(one),
            "spread": _spread(drawer, one),
            "question": workshop_question(voice, model.dimension(one.code), one),
        }
        for one in divided(results.dimensions)
    ]


def _spread(drawer: Drawer, result: DimensionResult) -> str:
    counts = zip(result.distribution.codes, result.distribution.counts or (), strict=False)
    return ", ".join(f"{drawer.levels.short[code]} {count}" for code, count in counts if count)


def _opening(voice: Voice, results: CollectiveResults) -> str:
    part = results.participation
    answered = part.complete + part.partial_kept
    people = voice.people_share(answered, part.invited) if part.invited else voice.people(answered)
    axes = voice.count("{count} sujet", "{count} sujets", len(results.dimensions))
    met = voice.count(
        "{count} personne a été rencontrée en entretien",
        "{count} personnes ont été rencontrées en entretien",
        part.interviewed,
    )
    said = voice.count("a répondu", "ont répondu", answered)
    opening = voice.say(
        "{people} {said} au questionnaire, qui porte sur {subjects}.",
        people=people,
        said=said,
        subjects=axes,
    )
    if part.interviewed:
        return f"{opening} {met}. " + _aside(voice)
    return (
        f"{opening} " + voice.say("Les entretiens n’ont pas encore eu lieu.") + " " + _aside(voice)
    )


def _aside(voice: Voice) -> str:
    return voice.say("Ce rapport pose leurs points de vue côte à côte ; il ne les additionne pas.")


def _placed(drawer: Drawer, found: Iterable[DimensionResult]) -> list[dict[str, str]]:
    return [
        {
            "key": one.code,
            "title": drawer.title(one.code),
            "place": drawer.place(one),
        }
        for one in found
    ]


def _means(drawer: Drawer, results: CollectiveResults) -> list[Keyed]:
    """On which dimensions means fit the ambitions, and on which they do not."""
    voice = drawer.voice
    asked = [one for one in told(results.dimensions) if one.coherence and one.coherence.n]
    if not asked:
        return []
    lacking = [drawer.title(one.code) for one in asked if lacking_means(one)]
    fitting = [drawer.title(one.code) for one in asked if fitting_means(one)]
    sentences = []
    if lacking:
        said = voice.say(
            "Plus de la moitié des réponses signalent un écart entre les moyens et les"
            " ambitions : {titles}.",
            titles=_titles(voice, lacking),
        )
        sentences.append(Keyed(said, "lacking"))
    if fitting:
        said = voice.say(
            "Plus de la moitié des réponses jugent les moyens cohérents avec les ambitions :"
            " {titles}.",
            titles=_titles(voice, fitting),
        )
        sentences.append(Keyed(said, "fitting"))
    if not sentences:
        said = voice.say("Sur la cohérence des moyens, aucun sujet ne réunit une majorité d’avis.")
        sentences.append(Keyed(said, "neither"))
    return sentences


def _titles(voice: Voice, titles: list[str]) -> str:
    return voice.listing(voice.quoted(title) for title in titles)


def _interviews(drawer: Drawer, results: CollectiveResults) -> str:
    """What the interviews moved, or that they are still to come."""
    voice, levels = drawer.voice, drawer.levels
    views = [one for one in results.dimensions if one.interviews and one.interviews.interviewed]
    if not views:
        return voice.say(
            "Les entretiens diront ce que ces réponses recouvrent : ils confirment, nuancent ou"
            " révisent les positions."
        )
    moved = [
        drawer.title(one.code)
        for one in views
        if one.interviews
        and one.interviews.after.counts is not None
        and drawer.place(one)
        != place(voice, levels, one.interviews.after, one.interviews.reading_after)
    ]
    hidden = any(one.interviews and one.interviews.after.withheld for one in views)
    return together(_revised(drawer, results), _readings_changed(voice, moved, hidden=hidden))


def _revised(drawer: Drawer, results: CollectiveResults) -> str:
    """How many answers were revised; at least how many, where some subjects do not tell."""
    revised, voice = revised_answers(drawer.model, results), drawer.voice
    if revised.all_told:
        return voice.count(
            "Les entretiens ont conduit à réviser {count} réponse.",
            "Les entretiens ont conduit à réviser {count} réponses.",
            revised.told,
        )
    if not revised.told:
        return voice.say(
            "Combien de réponses les entretiens ont conduit à réviser n’est pas montré, pour ne"
            " reconnaître personne."
        )
    return voice.count(
        "Les entretiens ont conduit à réviser au moins {count} réponse ; certains sujets ne le"
        " montrent pas, pour ne reconnaître personne.",
        "Les entretiens ont conduit à réviser au moins {count} réponses ; certains sujets ne le"
        " montrent pas, pour ne reconnaître personne.",
        revised.told,
    )


def _readings_changed(voice: Voice, moved: list[str], *, hidden: bool) -> str:
    """The subjects that read otherwise after the interviews; `hidden`: some cannot be shown."""
    if moved:
        return voice.count(
            "Ils changent la lecture d’un sujet : {titles}.",
            "Ils changent la lecture de {count} sujets : {titles}.",
            len(moved),
            titles=_titles(voice, moved),
        )
    if hidden:
        return voice.say("Là où cela peut être montré, ils ne changent la lecture d’aucun sujet.")
    return voice.say("Ils ne changent la lecture d’aucun sujet.")


def _subjects(voice: Voice, results: CollectiveResults) -> str:
    """The subjects nobody takes into account, when the interviews raised some."""
    if not results.subjects:
        return ""
    return voice.count(
        "Un sujet manque aujourd’hui, d’après les entretiens : {labels}.",
        "Des sujets manquent aujourd’hui, d’après les entretiens : {labels}.",
        len(results.subjects),
        labels=voice.listing(voice.quoted(one.label) for one in results.subjects[:4]),
    )
