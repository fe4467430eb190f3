"""Invitations and reminders of a wave: what is asked, the steps.

Sending goes through the ledger of mails in the store: asked twice, a mail leaves once.
"""

from datetime import UTC, datetime

from pydantic import ConfigDict, Field

from config.catalogue import say
from config.settings import Settings
from flows.request import RefreshRequest, StudyRequest
from flows.setup import Setup, prepare
from flows.steps.mailing import Clock, Looked, Mailed, Planned, dispatch, look, plan, show
from flows.wiring import StepRunner
from tasks.campaign.mailing.model import MailKind

STEPS = (
    "Lire l’étude et son modèle",
    "Relire ce qui est déjà parti",
    "Choisir les personnes",
    "Envoyer",
)


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


class MailingRequest(StudyRequest):
    """The form of both flows. No name, no secret: Prefect keeps parameters in clear."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Courriels de la campagne")

    trial: bool = Field(
        default=False,
        title="Essai",
        description="Coché : montre qui recevrait quoi, et n’envoie rien.",
        json_schema_extra={"position": 3},
    )


def mail(
    kind: MailKind,
    request: MailingRequest,
    settings: Settings,
    step: StepRunner,
    clock: Clock = now,
) -> Mailed:
    """Send the invitations or the reminders of a wave, or show them; through a runner of steps.

    Raises:
        MailingError: nothing may leave now, or there is nobody to write to.
        MaturityError: the study does not hold, or the platform refuses.
    """
    titles = iter(STEPS)
    asked = RefreshRequest(study=request.study, wave=request.wave)
    setup: Setup = step(next(titles), prepare, asked, settings)
    looked: Looked = step(next(titles), look, setup, clock)
    planned: Planned = step(next(titles), plan, setup, kind, looked)
    if request.trial:
        return show(setup, planned, looked)
    mailed: Mailed = step(next(titles), dispatch, setup, planned, looked, clock)
    return mailed


def as_markdown(mailed: Mailed) -> str:
    """What a run tells as Markdown, for its page."""
    lines = [f"**{mailed.title}**", "", *(f"- {line}" for line in mailed.lines)]
    if mailed.left_out:
        lines += ["", say("Ne reçoivent rien :", mailed.language), ""]
        lines += [f"- {line}" for line in mailed.left_out]
    lines += ["", *(f"- {line}" for line in mailed.notices)]
    if mailed.next_steps:
        lines += ["", say("À faire ensuite :", mailed.language), ""]
        lines += [f"{at}. {step}" for at, step in enumerate(mailed.next_steps, start=1)]
    return "\n".join(lines).rstrip()
