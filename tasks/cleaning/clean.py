"""All rules in their order: from responses as received to clean answers and their journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from config.maturity_model import MaturityModel
from config.study import Study, Wave
from tasks.cleaning.answers import read_answers
from tasks.cleaning.fingerprints import fingerprints
from tasks.cleaning.journal import Entry, journal_frame, natural
from tasks.cleaning.profiles import profiles, sides
from tasks.cleaning.reading import NO_DATE, received_columns
from tasks.cleaning.responses import enough_answers, one_per_person, within_dates, without_tests
from tasks.cleaning.texts import is_escaped, tidy_column
from tasks.frames import RESPONDENTS
from tasks.store.records import Person
from tasks.survey.source import RawResponse


@dataclass(frozen=True)
class CleanAnswers:
    """What the later steps work on; respondents kept + `excluded` = responses received."""

    respondents: pd.DataFrame  # contract RESPONDENTS, with `profile_<attribute>` columns
    answers: pd.DataFrame  # contract ANSWERS
    journal: pd.DataFrame  # contract JOURNAL
    excluded: int  # responses: tests, duplicates, outside the dates, too few answers
    fingerprints: Mapping[str, str]  # pseudonym → SHA-256 of the clean answers


def clean(
    responses: Iterable[RawResponse],
    model: MaturityModel,
    study: Study,
    wave: Wave,
    people: Mapping[str, Person],
) -> CleanAnswers:
    """Clean the responses of one wave by the rules of the method. Never silent.

    Args:
        responses: as received, flat; read once.
        model: the items and options the wave is pinned to.
        study: its thresholds, sides, profile and mode of confidentiality.
        wave: its dates.
        people: `respondent_key(response)` → person (`Store.people`); a response whose key is
            not there is set aside as a test.

    Returns:
        Frames by pseudonym (P09 before P10), then in the model's order. The journal has a row
        for each difference between what was received and what is kept.
    """
    received = received_columns(responses, model)
    total = len(received)
    names = {
        response_id: people[key].pseudonym
        for response_id, key in zip(received["id"], received["key"], strict=True)
        if key in people
    }
    received, tests = without_tests(received, study, people)
    received, outside = within_dates(received, study, wave)
    received = _by_pseudonym(received, people)
    received, doubles = one_per_person(received, study)
    received, tidied = _tidy(received, model)
    profile, corrected = profiles(received, model, study, people)
    side = sides(profile, study)
    kept, partial = enough_answers(received, side, model, study)
    answers, read = read_answers(kept, side[kept.index], model)
    respondents = _respondents(kept, profile.loc[kept.index], side[kept.index])
    entries = [*tests, *outside, *doubles, *partial, *_of(kept, [*tidied, *corrected, *read])]
    return CleanAnswers(
        respondents,
        answers,
        journal_frame(entries, names, model, study.language),
        total - len(kept),
        fingerprints(respondents, answers),
    )


def _by_pseudonym(received: pd.DataFrame, people: Mapping[str, Person]) -> pd.DataFrame:
    """Add the `respondent` column and sort by it: the order then tells nothing of arrival."""
    names = [people[key].pseudonym for key in received["key"]]
    places = [(natural(name), id_) for name, id_ in zip(names, received["id"], strict=True)]
    order = sorted(range(len(places)), key=places.__getitem__)
    return received.assign(respondent=pd.Series(names, received.index, dtype=object)).iloc[order]


def _tidy(received: pd.DataFrame, model: MaturityModel) -> tuple[pd.DataFrame, list[Entry]]:
    """Tidy every answer column once; the journal names it after the first item that reads it."""
    owners = {c: item.code for item in reversed(model.items) for c in item.platform_columns}
    tidied, entries = {}, []
    for column, item in owners.items():
        tidied[column], changed = tidy_column(
            received[column], received["id"], item, is_escaped(column)
        )
        entries += changed
    return received.assign(**tidied), entries


def _respondents(kept: pd.DataFrame, profile: pd.DataFrame, side: pd.Series) -> pd.DataFrame:
    """The RESPONDENTS frame. A placeholder date is no date."""
    moments = kept["submitdate"]
    dated = (moments != "") & ~moments.str.startswith(NO_DATE).astype(bool)
    frame = pd.DataFrame(
        {
            "respondent": kept["respondent"],
            "response_id": kept["id"],
            "status": (moments != "").map({True: "complete", False: "partial"}),
            "submitted_at": moments.where(dated, None),
            "language": kept["startlanguage"].where(kept["startlanguage"] != "", None),
            "side": side,
        }
    )
    return RESPONDENTS.validate(frame.join(profile).reset_index(drop=True))


def _of(kept: pd.DataFrame, entries: Iterable[Entry]) -> Iterable[Entry]:
    """The changes of responses that are kept; one set aside has a single row, which says so."""
    ids = set(kept["id"])
    return (entry for entry in entries if entry.response_id in ids)
