"""Which responses count: no tests, none outside the dates, one per person, enough answers."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from babel.dates import format_date
from numpy.typing import NDArray

from config.catalogue import say
from config.maturity_model import ItemKind, MaturityModel
from config.study import Mode, Study, Wave
from tasks.cleaning.journal import Entry, Rule, response_label
from tasks.cleaning.profiles import asked_of
from tasks.cleaning.reading import NO_DATE
from tasks.store.records import Person

FREE = frozenset({ItemKind.COMMENT, ItemKind.TEXT})


def without_tests(
    received: pd.DataFrame, study: Study, people: Mapping[str, Person]
) -> tuple[pd.DataFrame, list[Entry]]:
    """Set aside the responses whose token the participants table does not know.

    LimeSurvey marks no test; staff try a survey with tokens of their own or through the preview.
    A response without a token tells nothing and is kept, and so is everything when no
    participants table is known or the study is anonymous.
    """
    confidential = study.confidentiality.mode is Mode.CONFIDENTIAL
    strangers = {
        key
        for key in received["key"].unique()
        if key not in people or (confidential and people[key].invited is False)
    }
    return _set_aside(received, received["key"].isin(strangers), Rule.TEST, study.language)


def within_dates(
    received: pd.DataFrame, study: Study, wave: Wave
) -> tuple[pd.DataFrame, list[Entry]]:
    """Set aside what was sent (or else last saved) before the wave opens or after it closes.

    Days are the platform's local ones, both ends included. Missing and placeholder dates are
    not judged.
    """
    days = _days(received["submitdate"]).fillna(_days(received["datestamp"]))
    opens, closes = pd.Timestamp(wave.opens), pd.Timestamp(wave.closes)
    outside = (days < opens) | (days > closes)
    reasons = {day: _outside(day.date(), study, wave) for day in days[outside].unique()}
    return _set_aside(
        received, outside, Rule.OUTSIDE_DATES, study.language, days[outside].map(reasons)
    )


def one_per_person(received: pd.DataFrame, study: Study) -> tuple[pd.DataFrame, list[Entry]]:
    """Keep one response of each person: the last one submitted, or else the last one saved.

    `received` has a `respondent` column (pseudonyms).
    """
    submitted = received["submitdate"] != ""
    moment = received["submitdate"].where(submitted, received["datestamp"])
    ranked = received.assign(submitted=submitted, moment=moment).sort_values(
        ["submitted", "moment", "id"], kind="stable"
    )
    winners = ranked.groupby("respondent", sort=False)[["id", "submitted"]].last()
    chosen = received["respondent"].map(winners["id"])
    reasons = {
        number: _duplicate(number, bool(sent), study.language)
        for number, sent in zip(winners["id"].tolist(), winners["submitted"], strict=True)
    }
    return _set_aside(
        received,
        received["id"] != chosen,
        Rule.DUPLICATE,
        study.language,
        chosen.map(reasons),
    )


def enough_answers(
    received: pd.DataFrame, sides: pd.Series, model: MaturityModel, study: Study
) -> tuple[pd.DataFrame, list[Entry]]:
    """Keep the partial responses with a large enough share of answers, and say so of each.

    The share is of the questions put to the person's side. Free comments are left out of it:
    they are offered, not asked, so that leaving them empty must not cost a response.

    Args:
        received: tidied columns; a partial response has no `submitdate`.
        sides: side codes or None, same index.
        model: the items.
        study: `thresholds.partial_share` is the least share kept.
    """
    asked, answered = _progress(received, sides, model)
    partial = (received["submitdate"] == "").to_numpy()
    # A hair of tolerance: 3 of 30 is 0.1, though 0.1 * 30 is a little more than 3.
    enough = answered + 1e-9 >= study.thresholds.partial_share * asked
    reasons = pd.Series(
        [
            _partial(a, n, study) if p else ""
            for a, n, p in zip(answered, asked, partial, strict=True)
        ],
        index=received.index,
        dtype=object,
    )
    kept, entries = _set_aside(
        received, partial & ~enough, Rule.PARTIAL_EXCLUDED, study.language, reasons
    )
    before, after = say("partielle", study.language), say("gardée", study.language)
    marked = received.loc[partial & enough, "id"]
    entries += [
        Entry(id_, "", Rule.PARTIAL_KEPT, before, after, reason)
        for id_, reason in zip(marked, reasons[marked.index], strict=True)
    ]
    return kept, entries


def _progress(
    received: pd.DataFrame, sides: pd.Series, model: MaturityModel
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many questions each person was asked, and how many of these they answered."""
    asked = np.zeros(len(received), dtype=np.int64)
    answered = np.zeros(len(received), dtype=np.int64)
    for item in [i for i in model.items if i.kind not in FREE] or model.items:
        put = asked_of(item, sides)
        given = (received[list(item.platform_columns)] != "").any(axis=1).to_numpy()
        asked += put
        answered += put & given
    return asked, answered


def _set_aside(
    received: pd.DataFrame,
    out: "pd.Series | NDArray[np.bool_]",
    rule: Rule,
    language: str,
    reasons: pd.Series | None = None,
) -> tuple[pd.DataFrame, list[Entry]]:
    """Split off the rows of `out`, with an entry for each; `reasons` on the same index."""
    excluded = received.loc[out, "id"]
    after = say("écartée", language)
    entries = [
        Entry(id_, "", rule, response_label(id_, language), after, reason)
        for id_, reason in zip(
            excluded,
            [""] * len(excluded) if reasons is None else reasons[excluded.index],
            strict=True,
        )
    ]
    return received.loc[~out], entries


def _days(moments: pd.Series) -> pd.Series:
    """The day of each moment; none where there is no date or a placeholder."""
    days = moments.str.slice(0, 10)
    return pd.to_datetime(days.where(days != NO_DATE), format="%Y-%m-%d", errors="coerce")


def _outside(day: date, study: Study, wave: Wave) -> str:
    def worded(moment: date) -> str:
        return format_date(moment, "long", locale=study.language)

    return say(
        "Réponse du {day}, hors des dates de la vague (du {opens} au {closes}).",
        study.language,
        day=worded(day),
        opens=worded(wave.opens),
        closes=worded(wave.closes),
    )


def _duplicate(chosen: int, submitted: bool, language: str) -> str:
    if submitted:
        return say(
            "La même personne a répondu plusieurs fois : la réponse {number}, envoyée en dernier, "
            "est retenue.",
            language,
            number=chosen,
        )
    return say(
        "La même personne a commencé plusieurs réponses : la réponse {number}, enregistrée en "
        "dernier, est retenue.",
        language,
        number=chosen,
    )


def _partial(answered: int, asked: int, study: Study) -> str:
    return say(
        "Réponse non envoyée ; questions répondues : {answered} sur {asked}, part demandée : "
        "{share} %.",
        study.language,
        answered=answered,
        asked=asked,
        share=round(study.thresholds.partial_share * 100),
    )
