"""Mails whose fate was lost: read back from the platform before any other mail is sent."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from config.catalogue import say
from config.study import Study
from tasks.campaign.mailing.model import (
    IN_DOUBT,
    WORKING,
    MailKind,
    MailLine,
    MailStatus,
    anonymous,
)
from tasks.campaign.platform import MailState


def settled(
    lines: Iterable[MailLine], states: Iterable[MailState], study: Study, moment: datetime
) -> Iterator[MailLine]:
    """The lines whose fate the platform's own record tells, as they are now known.

    A mail that the platform counts has left. One that it does not count has not, once it had
    the time to be at work on it; until then it stays in doubt. In an anonymous study whoever has
    answered counts as written to, so that the ledger does not tell them from the others.

    A mail that failed is overtaken once its receiver has answered, was written to by hand, or is
    no longer on the list.

    Args:
        lines: the ledger of a wave.
        states: the platform's record of its participants.
        study: its mode, and the language of the reason kept with a mail that did not leave.
        moment: now, an aware time.
    """
    of = {state.platform_id: state for state in states}
    for line in lines:
        state = of.get(line.platform_id)
        if line.status is MailStatus.FAILED and _overtaken(line, state, study):
            yield replace(line, status=MailStatus.OVERTAKEN)
        if line.status not in IN_DOUBT:
            continue
        if state and (_counted(line, state) or (state.completed and anonymous(study))):
            yield replace(line, status=MailStatus.SENT, settled_at=line.reserved_at)
        elif moment - line.reserved_at >= WORKING:
            why = say("L’envoi avait été interrompu ; LimeSurvey ne l’a pas noté.", study.language)
            yield replace(line, status=MailStatus.FAILED, settled_at=moment, reason=why)


def _overtaken(line: MailLine, state: MailState | None, study: Study) -> bool:
    if state is None or (state.completed and not anonymous(study)):
        return True
    if line.kind is MailKind.INVITATION:
        return state.invited_at is not None
    return state.reminders >= line.number


def _counted(line: MailLine, state: MailState) -> bool:
    if line.kind is MailKind.INVITATION:
        return state.invited_at is not None
    return state.reminders > line.before
