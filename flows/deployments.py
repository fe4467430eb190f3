"""Deployments and schedules, made from the study files by a loop."""

from datetime import date, datetime, time, timedelta
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import RRule, Schedule
from prefect.types.entrypoint import EntrypointType

from config.loading import list_studies, load_study
from config.settings import Settings
from config.study import Study, Wave
from flows.close_campaign import close_campaign
from flows.end_of_keeping import end_of_keeping
from flows.interview_deployments import interview_deployments
from flows.mail_participants import invite_participants, remind_participants
from flows.open_campaign import open_campaign
from flows.participants import list_participants
from flows.refresh_study import refresh_study

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LAST_RUN = timedelta(days=7)  # one refresh after closing, so that the last answers are in
LAST_MONTHS = timedelta(days=92)  # of runs after the end of keeping, should a file be open


def first_run(wave: Wave) -> datetime:
    """The first scheduled refresh of a wave, in the study's local time: on or after its opening."""
    wait = (DAYS.index(wave.schedule.day) - wave.opens.weekday()) % 7
    return datetime.combine(
        wave.opens + timedelta(days=wait), time(wave.schedule.hour, wave.schedule.minute)
    )


def weekly_rule(wave: Wave) -> str:
    """The wave's weekly refreshes as an RFC 5545 rule, local time: opening to a week after closing.

    Prefect's plain cron has no end; with a rule, a wave that is over stops by itself.
    """
    until = datetime.combine(wave.closes + LAST_RUN, time(23, 59, 59))
    day = wave.schedule.day[:2].upper()
    return (
        f"DTSTART:{first_run(wave):%Y%m%dT%H%M%S}\n"
        f"RRULE:FREQ=WEEKLY;BYDAY={day};UNTIL={until:%Y%m%dT%H%M%S}"
    )


def schedules(study: Study, today: date) -> list[Schedule]:
    """One weekly schedule per wave that is open, to open, or closed less than a week ago."""
    return [
        RRule(
            weekly_rule(wave),
            timezone=study.timezone,
            slug=f"vague-{wave.code}".lower().replace("_", "-"),
            parameters={"demande": {"study": study.code, "wave": wave.code}},
        )
        for wave in study.open_waves(today - LAST_RUN)
    ]


def deployment(study: Study, today: date) -> RunnerDeployment:
    """The deployment of one study: its form filled in, its schedules, one run at a time."""
    return RunnerDeployment.from_flow(
        refresh_study,
        name=study.code,
        parameters={"demande": {"study": study.code}},
        schedules=schedules(study, today),
        concurrency_limit=ConcurrencyLimitConfig(limit=1),
        description=(
            f"Actualisation de l’étude « {study.title.say('fr')} » : réponses, calculs, rapport "
            "et classeurs."
        ),
        # The installed package, wherever the runner is: no checkout, no working folder.
        entrypoint_type=EntrypointType.MODULE_PATH,
        tags=[study.programme] if study.programme else [],
    )


def campaign_deployments(study: Study) -> list[RunnerDeployment]:
    """The campaign of one study, from opening to closing: started by staff, one run at a time."""
    title = study.title.say("fr")
    described: dict[Flow[..., Any], str] = {
        open_campaign: f"Ouverture de la campagne de l’étude « {title} ».",
        list_participants: f"Liste des participants de l’étude « {title} ».",
        invite_participants: f"Invitations de l’étude « {title} » ; une seule par personne.",
        remind_participants: f"Rappels de l’étude « {title} », à qui n’a pas encore répondu.",
        close_campaign: f"Clôture de la campagne de l’étude « {title} ».",
    }
    return [
        RunnerDeployment.from_flow(
            flow,
            name=study.code,
            parameters={"demande": {"study": study.code}},
            concurrency_limit=ConcurrencyLimitConfig(limit=1),
            description=description,
            entrypoint_type=EntrypointType.MODULE_PATH,
            tags=[study.programme] if study.programme else [],
        )
        for flow, description in described.items()
        # A study of exported files has no platform to write to; it can be closed all the same.
        if study.exports is None or flow is close_campaign
    ]


def monthly_rule(study: Study) -> str:
    """The first of each month at five, local time, until all waves are past their keeping."""
    until = max(wave.keep_until for wave in study.waves) + LAST_MONTHS
    begins = min(wave.opens for wave in study.waves).replace(day=1)
    return (
        f"DTSTART:{begins:%Y%m%d}T050000\n"
        f"RRULE:FREQ=MONTHLY;BYMONTHDAY=1;UNTIL={until:%Y%m%d}T235959"
    )


def keeping_deployment(study: Study) -> RunnerDeployment:
    """The end of keeping of one study: looked at each month, done when it is due."""
    return RunnerDeployment.from_flow(
        end_of_keeping,
        name=study.code,
        parameters={"demande": {"study": study.code}},
        schedules=[RRule(monthly_rule(study), timezone=study.timezone, slug="chaque-mois")],
        concurrency_limit=ConcurrencyLimitConfig(limit=1),
        description=f"Fin de conservation des données de l’étude « {study.title.say('fr')} ».",
        entrypoint_type=EntrypointType.MODULE_PATH,
        tags=[study.programme] if study.programme else [],
    )


def all_deployments(settings: Settings, today: date) -> list[RunnerDeployment]:
    """The deployments of every study file.

    Raises:
        StudyFileError: a study file does not hold; better said at start than on Monday at six.
    """
    studies = [load_study(code, settings) for code in list_studies(settings)]
    refreshes = [deployment(study, today) for study in studies]
    by_hand = (campaign_deployments, interview_deployments)
    started = (one for study in studies for made in by_hand for one in made(study))
    return [*refreshes, *started, *map(keeping_deployment, studies)]
