"""Closing a campaign on the platform: no answer comes in any more."""

from datetime import UTC, datetime, time, timedelta

from config.catalogue import say
from config.errors import PlatformError, PlatformUnreachable
from config.study import Wave
from tasks.campaign.platform import CampaignPlatform

# A platform's clock has no known zone: twelve hours before now in UTC is past on any of them.
WESTERNMOST = timedelta(hours=-12)


def past_everywhere(now: datetime, wave: Wave) -> datetime:
    """The latest platform time that is past whatever the zone of its clock; never before a wave.

    LimeSurvey refuses an end that comes before the opening, which is midnight of the first day.

    Args:
        now: aware.
        wave: the wave to end.
    """
    past = (now.astimezone(UTC) + WESTERNMOST).replace(tzinfo=None, microsecond=0)
    return max(past, datetime.combine(wave.opens, time(0, 0, 1)))


def expire_survey(platform: CampaignPlatform, wave: Wave, now: datetime, language: str) -> bool:
    """See to it that a survey takes no more answers.

    Returns:
        False when it had ended already.

    Raises:
        PlatformUnreachable: an answer was lost and the survey has not ended; run again.
        PlatformError: there is no such survey, or the platform refuses.
    """
    at = past_everywhere(now, wave)
    if _ended(platform, wave, at, language):
        return False
    try:
        platform.expire(wave.survey_id, at)
    except PlatformUnreachable:
        if not _ended(platform, wave, at, language):
            raise
    return True


def _ended(platform: CampaignPlatform, wave: Wave, at: datetime, language: str) -> bool:
    state = platform.state(wave.survey_id)
    if state is None:
        raise PlatformError(
            say("L’enquête {survey} n’existe pas sur la plateforme.", language,
                survey=wave.survey_id),
            say("Vérifiez « survey_id » dans le fichier de l’étude.", language),
        )  # fmt: skip
    return state.expires is not None and state.expires <= at
