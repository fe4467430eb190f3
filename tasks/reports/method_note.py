"""The variable parts of the method note: mode, thresholds, what is withheld, sources."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from config.keyed import Keyed, key_of
from config.maturity_model import MaturityModel
from config.recommendation import Recommendations
from config.study import Mode, Study, Wave
from tasks.reports.subjects import DIVIDED_UNDER, SHARED_FROM
from tasks.reports.voice import Voice
from tasks.results import CollectiveResults
from tasks.scoring.agreement import DEFAULT_WORDS


def method_note(
    voice: Voice,
    model: MaturityModel,
    study: Study,
    wave: Wave,
    recommendations: Recommendations,
    results: CollectiveResults,
) -> dict[str, Any]:
    """The fields of the method note."""
    rules, bounds = study.confidentiality, study.thresholds
    return {
        "mode": mode_sentence(voice, rules.mode),
        "min_group": str(results.min_group),
        "quote_group": str(rules.quote_group),
        "percent_from": str(bounds.percent_from),
        "min_pairs": str(bounds.min_pairs),
        "shared_from": voice.decimal(SHARED_FROM),
        "divided_under": voice.decimal(DIVIDED_UNDER),
        "partial_share": voice.say("{share} %", share=round(100 * bounds.partial_share)),
        "opens": voice.day(wave.opens),
        "closes": voice.day(wave.closes),
        "until": voice.day(results.data_until),
        "keep_until": voice.day(wave.keep_until),
        "computed": _moment(voice, results.computed_at, study.timezone),
        "words": agreement_words(voice, study),
        "withheld": [
            Keyed(voice.say("{note}", note=note), key_of(note)) for note in results.withheld_notes
        ],
        "source": voice.text(model.source),
        "licence": voice.say("{licence}", licence=model.licence),
        "recommendations": voice.text(recommendations.source) if recommendations.source else "",
    }


def mode_sentence(voice: Voice, mode: Mode) -> str:
    """What was promised to respondents, as the form and every report say it."""
    if mode is Mode.ANONYMOUS:
        return voice.say(
            "Étude anonyme : la plateforme ne garde aucun lien entre une personne et ses réponses."
        )
    return voice.say(
        "Étude confidentielle : seule l’équipe du programme connaît les noms ; aucun nom ne figure"
        " dans ce rapport, sauf accord exprès pour une citation."
    )


def agreement_words(voice: Voice, study: Study) -> list[dict[str, str]]:
    """The words for agreement and the value of A from which each is used."""
    own = [(word.at_least, voice.text(word.text)) for word in study.thresholds.agreement_words]
    words = own or [(bound, voice.say(word)) for bound, word in DEFAULT_WORDS]
    return [
        {"key": str(bound), "word": word, "from": voice.decimal(bound)}
        for bound, word in sorted(words)
    ]


def _moment(voice: Voice, moment: datetime, timezone: str) -> str:
    local = moment.astimezone(ZoneInfo(timezone))
    return voice.say("{day} à {time}", day=voice.day(local.date()), time=f"{local:%H:%M}")
