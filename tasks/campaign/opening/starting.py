"""From a questionnaire on the platform to a campaign that people can answer."""

from config.errors import PlatformError, PlatformUnreachable
from tasks.campaign.opening.desk import Desk
from tasks.campaign.opening.settings import attribute_labels, confidential, mode_difference


def ensure_participants(desk: Desk) -> str:
    """See to it that the survey knows its participants, or nobody, as the study's mode says.

    Returns:
        What was done, in words.

    Raises:
        PlatformError: the survey keeps more or less of people than the study says; it is not
            activated.
    """
    state = desk.existing_state()
    if mode := mode_difference(state, desk.study):
        raise PlatformError(mode, desk.say("Rien n’a été activé. Rétablissez ce réglage dans "
                                           "LimeSurvey, puis relancez."))  # fmt: skip
    if not confidential(desk.study):
        return desk.say("aucune liste : l’étude est anonyme")
    if state.participants_table:
        return desk.say("table déjà faite")
    labels = attribute_labels(desk.study)
    desk.platform.open_participants(desk.survey_id, labels)
    if not desk.existing_state().participants_table:
        raise PlatformError(
            desk.say("LimeSurvey n’a pas fait la table des participants de l’enquête {survey}."),
            desk.say("Rien n’a été activé. Relancez ; si cela se répète, vérifiez les droits du "
                     "compte sur les participants."),
        )  # fmt: skip
    return desk.say("table faite ({labels})", labels=", ".join(labels.values()) or "–")


def ensure_active(desk: Desk) -> str:
    """See to it that the survey takes answers (from the wave's first day on).

    Returns:
        What was done, in words.

    Raises:
        PlatformUnreachable: the answer was lost and the survey is not active; run again.
        PlatformError: the platform refuses.
    """
    if desk.existing_state().active:
        done = desk.say("déjà activée")
    else:
        _activate(desk)
        done = desk.say("activée")
    desk.store.mark_opened(desk.study.code, desk.wave.code, desk.survey_id)
    return done


def _activate(desk: Desk) -> None:
    try:
        desk.platform.activate(desk.survey_id)
    except PlatformUnreachable:
        if not desk.existing_state().active:
            raise
    if not desk.existing_state().active:
        raise PlatformError(
            desk.say("LimeSurvey n’a pas activé l’enquête {survey}."),
            desk.say("Vérifiez les droits du compte, ou activez-la dans LimeSurvey, puis "
                     "relancez."),
        )  # fmt: skip
