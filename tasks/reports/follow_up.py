"""How a campaign is going: who answered, when, what the data are like, what to do next.

Counts only, never who: what is said here is forwarded.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from config.keyed import Keyed
from config.study import Study, Wave
from tasks.campaign.following import Days, days_of
from tasks.frames import JOURNAL
from tasks.reports.chart_data import Drawer
from tasks.reports.voice import Voice
from tasks.reports.wording import MANY_SILENT
from tasks.results import CollectiveResults, DimensionResult, Participation
from tasks.word.charts import ChartData

MOST_INTERVIEWS = 200
"""With more respondents a wave is a survey: nobody interviews everybody."""

MOST_UNKNOWN = 3
"""Subjects named as often unknown."""


@dataclass(frozen=True)
class Moment:
    """A day of a wave, seen from the study."""

    voice: Voice
    study: Study
    wave: Wave
    today: date

    @property
    def is_open(self) -> bool:
        """True from the opening day to the closing day, both included."""
        return self.wave.opens <= self.today <= self.wave.closes

    @property
    def is_over(self) -> bool:
        """True after the closing day."""
        return self.today > self.wave.closes

    @property
    def closes(self) -> str:
        """The closing day, in words."""
        return self.voice.day(self.wave.closes)


def answered(part: Participation) -> int:
    """How many people answered, in part or completely."""
    return part.complete + part.partial_kept


def key_figures(at: Moment, part: Participation) -> list[dict[str, str]]:
    """The four figures at the top: answers, last seven days, interviews, days left."""
    voice, count = at.voice, answered(part)
    since = (at.today - timedelta(days=7)).isoformat()
    recent = sum(one for day, one in part.by_day.items() if day > since)
    of_all = voice.say("{count} sur {total}", count=count, total=part.invited)
    return [
        {
            "value": of_all if part.invited else str(count),
            "label": _answered_label(voice, count, part.invited),
        },
        {
            "value": str(recent),
            "label": voice.count(
                "envoi ces sept derniers jours", "envois ces sept derniers jours", recent
            ),
        },
        {
            "value": str(part.interviewed),
            "label": voice.count("personne rencontrée", "personnes rencontrées", part.interviewed),
        },
        _days_left(at),
    ]


def _answered_label(voice: Voice, count: int, invited: int | None) -> str:
    """After « 0 sur 15 » or « 7 »."""
    if not invited:
        return voice.count("personne a répondu", "personnes ont répondu", count)
    # « 0 sur 15 ont répondu »: the verb is that of the fifteen.
    return voice.count("a répondu", "ont répondu", 1 if count == 1 else 2)


def _days_left(at: Moment) -> dict[str, str]:
    voice, left = at.voice, (at.wave.closes - at.today).days
    if at.is_over:
        return {"value": voice.say("close"), "label": voice.say("depuis le {day}", day=at.closes)}
    if not at.is_open:
        day = voice.day(at.wave.opens)
        return {"value": voice.say("à venir"), "label": voice.say("ouvre le {day}", day=day)}
    if not left:
        return {"value": voice.say("dernier jour"), "label": voice.say("de la campagne")}
    return {
        "value": voice.count("{count} jour", "{count} jours", left),
        "label": voice.say("jusqu’au {day}", day=at.closes),
    }


def side_rows(drawer: Drawer, part: Participation) -> list[dict[str, str]]:
    """Who answered on each side, where that may be shown; nothing where no side may be."""
    voice = drawer.voice
    if all(count is None for count, _ in part.by_side.values()):
        return []
    return [
        {"key": side, "label": drawer.sides.get(side, side), "answered": _of_side(voice, *counts)}
        for side, counts in part.by_side.items()
    ]


def _of_side(voice: Voice, count: int | None, invited: int | None) -> str:
    if count is None:
        return voice.say("non montré")
    return voice.share(count, invited) if invited else str(count)


def answers_by_day(at: Moment, part: Participation) -> ChartData:
    """Answers per day, from the opening to today; per week when the campaign is long."""
    voice, days = at.voice, days_of(part.by_day, at.wave, at.today)
    return ChartData(
        categories=tuple(voice.short_day(start) for start in days.starts),
        series=((voice.say("Envois"), tuple(float(bar) for bar in days.counts)),),
        description=voice.say("Envois depuis l’ouverture : {days}.", days=_read_out(voice, days)),
        empty_sentence=_no_days(voice, part),
    )


def _read_out(voice: Voice, days: Days) -> str:
    pairs = zip(days.starts, days.counts, strict=True)
    return ", ".join(f"{voice.short_day(start)} {bar}" for start, bar in pairs if bar)


def _no_days(voice: Voice, part: Participation) -> str:
    if answered(part):
        return voice.say("La plateforme ne dit pas quel jour les réponses sont arrivées.")
    return voice.say("Les envois paraîtront ici, jour par jour.")


_RULES: Mapping[str, tuple[str, str]] = {
    "duplicate": (
        "{count} envoi en double d’une même personne, écarté : un seul compte.",
        "{count} envois en double de mêmes personnes, écartés : un seul compte par personne.",
    ),
    "outside_dates": (
        "{count} envoi en dehors des dates de la campagne, écarté.",
        "{count} envois en dehors des dates de la campagne, écartés.",
    ),
    "test": ("{count} essai, écarté.", "{count} essais, écartés."),
    "partial_excluded": (
        "{count} questionnaire presque vide, écarté.",
        "{count} questionnaires presque vides, écartés.",
    ),
    "unknown_option": (
        "{count} réponse porte un code que le modèle ne connaît pas : mise de côté, hors des"
        " comptes.",
        "{count} réponses portent un code que le modèle ne connaît pas : mises de côté, hors des"
        " comptes.",
    ),
    "unreadable_number": (
        "{count} réponse n’est pas un nombre alors qu’il en faut un : mise de côté.",
        "{count} réponses ne sont pas des nombres alors qu’il en faut : mises de côté.",
    ),
    "unreadable_date": (
        "{count} réponse n’est pas une date alors qu’il en faut une : mise de côté.",
        "{count} réponses ne sont pas des dates alors qu’il en faut : mises de côté.",
    ),
    "other_text": (
        "{count} précision donnée pour « autre » sans cocher la case, comptée comme « autre ».",
        "{count} précisions données pour « autre » sans cocher la case, comptées comme « autre ».",
    ),
}
_TOLD_ELSEWHERE = ("partial_kept", "erased")


def quality(drawer: Drawer, results: CollectiveResults, journal: pd.DataFrame) -> list[Keyed]:
    """What cleaning found, by rule, and how often people do not know.

    Args:
        drawer: voice, model and titles.
        results: counts of « je ne sais pas », where they may be shown.
        journal: a frame of the JOURNAL contract.
    """
    voice = drawer.voice
    rules = rule_counts(journal)
    told = [
        Keyed(voice.count(*words, rules[rule]), rule)
        for rule, words in _RULES.items()
        if rules[rule]
    ]
    if not told:
        nothing = voice.say("Rien à signaler : aucun envoi écarté, aucune réponse mise de côté.")
        told.append(Keyed(nothing, "nothing"))
    tidied = sum(rules[rule] for rule in rules if rule not in {*_RULES, *_TOLD_ELSEWHERE})
    if tidied:
        words = (
            "{count} retouche d’écriture (espaces, signes), sans effet sur les comptes.",
            "{count} retouches d’écriture (espaces, signes), sans effet sur les comptes.",
        )
        told.append(Keyed(voice.count(*words, tidied), "tidied"))
    return [*told, *(Keyed(sentence, "unknown") for sentence in _unknown(drawer, results))]


def rule_counts(journal: pd.DataFrame) -> Counter[str]:
    """How many rows of the cleaning journal each rule has."""
    return Counter(JOURNAL.validate(journal)["rule"])


def _unknown(drawer: Drawer, results: CollectiveResults) -> Iterator[str]:
    voice = drawer.voice
    silent = {one.code: _dont_know(one) for one in results.dimensions}
    if not any(count for count, _ in silent.values()):
        return
    often = [(one / people, code) for code, (one, people) in silent.items() if one]
    often = sorted((o for o in often if o[0] >= MANY_SILENT), reverse=True)[:MOST_UNKNOWN]
    share = _share_of_unknown(voice, list(silent.values()))
    if not often:
        yield voice.say("« Je ne sais pas » est choisi {share}.", share=share)
        return
    subjects = [
        f"{voice.quoted(drawer.title(code))} ({voice.share(*silent[code])})" for _, code in often
    ]
    yield voice.say(
        "« Je ne sais pas » est choisi {share}, surtout sur {subjects}.",
        share=share,
        subjects=voice.listing(subjects),
    )


def _share_of_unknown(voice: Voice, silent: list[tuple[int, int]]) -> str:
    """« 11 fois sur 195 »; a percentage from as many people, not answers, as everywhere."""
    count, total = (sum(pair[place] for pair in silent) for place in (0, 1))
    times = voice.count("{count} fois sur {total}", "{count} fois sur {total}", count, total=total)
    if max(people for _, people in silent) < voice.percent_from:
        return times
    return f"{times} ({voice.share(count, total).partition('(')[2]}"


def _dont_know(one: DimensionResult) -> tuple[int, int]:
    """How many chose « je ne sais pas », of how many who chose an answer; nothing if withheld."""
    count = one.distribution.out_of_scale.get("dont_know", 0)
    return (0, 0) if one.distribution.counts is None else (count, one.distribution.n + count)
