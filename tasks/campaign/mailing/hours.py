"""When a study may write to people: while the wave is open, by day, in the study's time zone."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from config.study import Study, Wave


class NotNow(StrEnum):
    """Why nothing may leave at a moment."""

    BEFORE = "before"  # the wave is not open yet
    AFTER = "after"  # it is closed
    WEEKEND = "weekend"
    NIGHT = "night"  # outside the hours of the study


def not_now(study: Study, wave: Wave, moment: datetime) -> NotNow | None:
    """Why no mail may leave at a moment; None when it may.

    Args:
        study: its time zone and its rule of mailing.
        wave: both its first and its last day are open.
        moment: an aware time, of any zone.
    """
    local, rule = moment.astimezone(ZoneInfo(study.timezone)), study.mailing
    if local.date() < wave.opens:
        return NotNow.BEFORE
    if local.date() > wave.closes:
        return NotNow.AFTER
    if rule.weekdays_only and local.isoweekday() > 5:
        return NotNow.WEEKEND
    return None if rule.from_hour <= local.hour < rule.until_hour else NotNow.NIGHT


def next_moment(study: Study, wave: Wave, moment: datetime) -> datetime | None:
    """The first moment from this one on at which a mail may leave, in the study's time zone.

    None when the wave closes before. An hour that a change of clocks skips is not one: the
    first hour after it is taken, if it is one of the study's.
    """
    if not_now(study, wave, moment) is None:
        return moment.astimezone(ZoneInfo(study.timezone))
    zone = ZoneInfo(study.timezone)
    day = max(moment.astimezone(zone).date(), wave.opens)
    while day <= wave.closes:
        start = datetime.combine(day, time(study.mailing.from_hour), zone)
        start = start.astimezone(UTC).astimezone(zone)  # an hour that exists
        if start > moment and not_now(study, wave, start) is None:
            return start
        day += timedelta(days=1)
    return None
