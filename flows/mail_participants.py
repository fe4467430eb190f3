"""The flows `invite_participants` and `remind_participants`, as Prefect tasks.

`flows/mailing.py` does the same without Prefect.
"""

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.runtime import flow_run
from prefect.states import Failed

from config.errors import MaturityError
from config.settings import Settings
from flows.mailing import MailingRequest, as_markdown, mail
from flows.refresh_study import as_task
from flows.steps.mailing import Mailed
from tasks.campaign.mailing.model import MailKind


def _of_study() -> str:
    request = flow_run.parameters["demande"]
    return str(request["study"] if isinstance(request, dict) else request.study)


def _invitations() -> str:
    return f"Invitations – {_of_study()}"


def _reminders() -> str:
    return f"Rappels – {_of_study()}"


@flow(
    name="invite_participants",
    flow_run_name=_invitations,
    persist_result=False,
    validate_parameters=True,
)
def invite_participants(demande: MailingRequest) -> Mailed:
    """Invite les personnes inscrites qui ne l’ont pas encore été.

    Le flux peut être relancé sans risque : une invitation ne part qu’une fois. « Essai » montre
    qui la recevrait.
    """
    return _run(MailKind.INVITATION, demande)


@flow(
    name="remind_participants",
    flow_run_name=_reminders,
    persist_result=False,
    validate_parameters=True,
)
def remind_participants(demande: MailingRequest) -> Mailed:
    """Écrit aux personnes invitées qui n’ont pas encore répondu, selon les règles de l’étude.

    Le flux peut être relancé sans risque : un rappel ne part qu’une fois, jamais la nuit, ni avant
    le délai que fixe l’étude. « Essai » montre qui le recevrait.
    """
    return _run(MailKind.REMINDER, demande)


def _run(kind: MailKind, request: MailingRequest) -> Mailed:
    logger = get_run_logger()
    try:
        mailed = mail(kind, request, Settings(), as_task)
        create_markdown_artifact(
            key=f"courriels-{mailed.study}".lower().replace("_", "-"),
            markdown=as_markdown(mailed),
            description=mailed.title,
        )
        if mailed.error is not None:
            raise mailed.error
    except MaturityError as error:
        logger.error("%s", error)
        # As in `refresh_study`: Prefect would put the message into an English sentence.
        return Failed(message=str(error), data=error)  # type: ignore[return-value]
    return mailed
