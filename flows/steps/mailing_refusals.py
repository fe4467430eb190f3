"""Why invitations or reminders do not leave, in words for staff."""

from datetime import datetime
from zoneinfo import ZoneInfo

from config.catalogue import say, say_count
from config.errors import MailingError
from flows.setup import Setup
from tasks.campaign.mailing import words
from tasks.campaign.mailing.hours import NotNow
from tasks.campaign.mailing.model import MailStatus
from tasks.campaign.mailing.sending import Dispatch


def not_now(
    setup: Setup, reason: NotNow, moment: datetime, leaves_at: datetime | None
) -> MailingError:
    """Nothing may leave at a moment; at which one it may."""
    why = words.why_not_now(reason, setup.study, setup.wave, moment)
    return MailingError(
        say("Rien n’est parti. {why}", setup.language, why=why),
        words.next_possible(leaves_at, setup.study) or _how_to_go_on(setup, moment),
    )


def _how_to_go_on(setup: Setup, moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(setup.study.timezone))
    if local.date() <= setup.wave.closes:
        return say("Elle a été close avant son dernier jour : rouvrez-la d’abord (« maturity close "
                   "{study} --annuler », ou la date de fin de l’enquête sur LimeSurvey).",
                   setup.language, study=setup.study.code)  # fmt: skip
    return say("Si elle doit durer plus longtemps, changez « closes » dans le fichier de l’étude "
               "et la date de fin de l’enquête sur LimeSurvey.", setup.language)  # fmt: skip


def stopped(setup: Setup, chosen: int, sent: Dispatch) -> MailingError | None:
    """The platform failed as a whole; None when it did not."""
    error = sent.stopped
    if error is None:
        return None
    left = chosen - len(sent.lines) - len(sent.elsewhere)
    message = say_count(
        "L’envoi s’est arrêté ; {count} courriel n’a pas été tenté. {why}",
        "L’envoi s’est arrêté ; {count} courriels n’ont pas été tentés. {why}",
        left,
        setup.language,
        why=error.message,
    )
    return MailingError(message, error.remedy)


def none_left(setup: Setup, sent: Dispatch) -> MailingError | None:
    """All mails were tried and none left; None when one did, or may have."""
    failed = sent.of(MailStatus.FAILED)
    if not failed or len(failed) < len(sent.lines):
        return None
    message = say_count(
        "Le courriel n’est pas parti.", "Aucun des {count} courriels n’est parti.",
        len(failed), setup.language,
    )  # fmt: skip
    return MailingError(
        message,
        say("La raison est dite ci-dessus ; une fois la cause levée, relancez.", setup.language),
    )


def by_hand(setup: Setup) -> MailingError:
    """The study works from exported files."""
    return MailingError(
        say("L’étude « {study} » travaille avec des exports : le logiciel ne parle pas à la "
            "plateforme.", setup.language, study=setup.study.code),
        say("Envoyez invitations et rappels depuis LimeSurvey (Participants, « Courriel »).",
            setup.language),
    )  # fmt: skip


def not_open(setup: Setup) -> MailingError:
    """Nobody could answer."""
    return MailingError(
        say("L’enquête {survey} n’est pas ouverte sur LimeSurvey : personne ne pourrait répondre.",
            setup.language, survey=setup.wave.survey_id),
        say("Ouvrez-la d’abord : maturity open {study}.", setup.language, study=setup.study.code),
    )  # fmt: skip


def nobody(setup: Setup) -> MailingError:
    """There is nobody on the list."""
    return MailingError(
        say("Personne n’est inscrit à l’enquête {survey}.", setup.language,
            survey=setup.wave.survey_id),
        say("Ajoutez d’abord les personnes : maturity participants {study} LISTE.",
            setup.language, study=setup.study.code),
    )  # fmt: skip
