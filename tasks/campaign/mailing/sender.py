"""Who signs the mails: people answer to that address, and turn to it for their rights."""

from config.catalogue import say
from config.study import Study
from tasks.campaign.mailing.model import anonymous
from tasks.campaign.platform import SurveyState


def sender_remarks(state: SurveyState, study: Study) -> tuple[str, ...]:
    """What to put right about the sender of a survey's mails; nothing in an anonymous study.

    Args:
        state: as the survey stands on the platform.
        study: with or without a contact.
    """
    language, contact = study.language, study.contact
    if anonymous(study) or (contact is None and state.sender is not None):
        return ()
    if contact is None:
        return (
            say("Les courriels sont signés de l’adresse par défaut de LimeSurvey, qui n’est "
                "peut-être pas la vôtre : les réponses des personnes s’y perdraient. Indiquez "
                "l’administrateur de l’enquête et son adresse dans LimeSurvey (« Paramètres "
                "généraux ») ; pour la prochaine enquête, ajoutez « contact » au fichier de "
                "l’étude.", language),
        )  # fmt: skip
    if (state.sender or "").casefold() == contact.email.casefold():
        return ()
    return (
        say("Les courriels ne sont pas signés de l’adresse du contact de l’étude ({email}) : "
            "indiquez-la dans LimeSurvey (« Paramètres généraux », adresse électronique de "
            "l’administrateur).", language, email=contact.email),
    )  # fmt: skip
