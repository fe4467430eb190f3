"""Who answered: counts that go on from refresh to refresh, whatever the results show."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from config.study import Study, Wave
from tasks.frames import RESPONDENTS
from tasks.results import Participation, Withheld
from tasks.scoring.disclosure import NO_SIDE, withheld_groups


def participation(
    respondents: pd.DataFrame,
    excluded: int,
    study: Study,
    wave: Wave,
    *,
    invited: int | None = None,
    invited_by_side: Mapping[str | None, int] | None = None,
    interviewed: int = 0,
) -> Participation:
    """Count who answered so far, with small sides withheld.

    Args:
        respondents: a frame of the RESPONDENTS contract, of this refresh.
        excluded: responses that cleaning left out.
        study: sides, smallest group, the number invited when the platform cannot tell.
        wave: its opening day.
        invited: people invited, when known.
        invited_by_side: people invited per side (None: side not known), when known.
        interviewed: people interviewed.
    """
    status = Counter(respondents["status"])
    return Participation(
        invited=invited or study.invited,
        complete=status["complete"],
        partial_kept=status["partial"],
        excluded=excluded,
        by_side=_by_side(respondents, study, invited_by_side or {}),
        by_day=_by_day(respondents, wave),
        interviewed=interviewed,
    )


def side_of(respondents: pd.DataFrame, study: Study) -> dict[str, str]:
    """Respondent → side; the empty side when none of the study's is known."""
    people = RESPONDENTS.validate(respondents)
    known = {side.code for side in study.sides}
    return {
        person: side if side in known else NO_SIDE
        for person, side in zip(people["respondent"], people["side"], strict=True)
    }


def _by_side(
    respondents: pd.DataFrame, study: Study, invited: Mapping[str | None, int]
) -> dict[str, tuple[int | None, int | None]]:
    codes = [side.code for side in study.sides]
    people: dict[str, Counter[str]] = {side: Counter() for side in (*codes, NO_SIDE)}
    for person, side in side_of(respondents, study).items():
        people[side][person] += 1
    reasons = withheld_groups(
        people, study.confidentiality.min_group, {NO_SIDE: Withheld.SMALL_GROUP}
    )
    return {
        side: (None, None) if side in reasons else (people[side].total(), invited.get(side))
        for side in codes
    }


def _by_day(respondents: pd.DataFrame, wave: Wave) -> dict[str, int]:
    """Responses submitted per day; surveys without dates send one long before the wave."""
    days = respondents["submitted_at"].dropna().astype(str).str[:10]
    dated = days[days >= wave.opens.isoformat()]
    return {str(day): int(count) for day, count in dated.value_counts().sort_index().items()}
