"""Carry a plan out on the platform; run again, it adds nobody twice."""

from collections.abc import Sequence

from config.catalogue import say
from config.errors import ParticipantsError, PlatformError, PlatformUnreachable
from tasks.campaign.holding import Hold
from tasks.campaign.platform import CampaignPlatform, NewParticipant
from tasks.campaign.roster.model import LANGUAGE, Plan
from tasks.survey.source import Participant

AT_ONCE = 50  # people added in one call


def everybody(
    platform: CampaignPlatform, survey_id: int, attributes: Sequence[str], language: str
) -> tuple[Participant, ...]:
    """The participants of a survey, with their `language` among the attributes.

    Raises:
        ParticipantsError: there is no participants table, or it may not be read.
    """
    people = platform.participants(survey_id, (LANGUAGE, *attributes))
    if people is None:
        raise ParticipantsError(
            say("La table des participants de l’enquête {survey} n’existe pas ou n’est pas "
                "lisible.", language, survey=survey_id),
            say("Ouvrez d’abord la campagne (« maturity open »), et donnez au compte le droit de "
                "voir, créer et modifier les participants.", language),
        )  # fmt: skip
    return people


def change_people(plan: Plan, platform: CampaignPlatform, survey_id: int) -> None:
    """Make those who are there what the list says.

    Raises:
        PlatformError: the platform refuses, or does not answer; doing it again is harmless.
    """
    for change in plan.changes:
        platform.update_participant(survey_id, change.platform_id, change.person)


def apply_plan(
    plan: Plan, platform: CampaignPlatform, survey_id: int, language: str, hold: Hold
) -> None:
    """Change and add people on the platform.

    When the answer to an addition is lost, the platform is read back: who is there counts as
    added; for the others the error asks to run again later, which adds only them. Until then the
    hold is kept, since the platform may still be at work.

    Raises:
        PlatformUnreachable: an answer was lost and not everybody is there.
        ParticipantsError: the platform refused somebody; names the rows.
        PlatformError: it refused everything.
    """
    change_people(plan, platform, survey_id)
    for start in range(0, len(plan.additions), AT_ONCE):
        some = [one.person for one in plan.additions[start : start + AT_ONCE]]
        try:
            platform.add_participants(survey_id, some)
        except PlatformUnreachable as lost:
            if not _there(some, platform, survey_id):
                hold.keep()
                raise lost from None
    _require_added(plan, platform, survey_id, language)


def _addresses(platform: CampaignPlatform, survey_id: int) -> set[str]:
    people = platform.participants(survey_id, ()) or ()
    return {person.email.strip().casefold() for person in people}


def _there(people: Sequence[NewParticipant], platform: CampaignPlatform, survey_id: int) -> bool:
    try:
        there = _addresses(platform, survey_id)
    except PlatformError:
        return False
    return {one.email.casefold() for one in people} <= there


def _require_added(plan: Plan, platform: CampaignPlatform, survey_id: int, language: str) -> None:
    if not plan.additions:
        return
    there = _addresses(platform, survey_id)
    rows = [one.row for one in plan.additions if one.person.email.casefold() not in there]
    if rows:
        raise ParticipantsError(
            say("LimeSurvey n’a pas inscrit les lignes {rows} ; les autres le sont.", language,
                rows=", ".join(map(str, rows))),
            say("Vérifiez l’adresse et la langue de ces lignes, puis relancez : personne n’est "
                "inscrit deux fois.", language),
        )  # fmt: skip
