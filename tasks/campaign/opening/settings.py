"""How a survey is run, against what its study says."""

from datetime import datetime

from config.catalogue import say
from config.study import Mode, Study, Wave
from tasks.campaign.platform import SurveyState
from tasks.survey.building.settings import participant_attributes
from tasks.survey.building.voice import Voice


def confidential(study: Study) -> bool:
    """Whether the platform is to keep who answered what."""
    return study.confidentiality.mode is Mode.CONFIDENTIAL


def attribute_labels(study: Study) -> dict[str, str]:
    """`attribute_1` → what it is, in the study's language."""
    return {
        str(one.participant): one.label.say(study.language) for one in participant_attributes(study)
    }


def last_moment(wave: Wave) -> datetime:
    """When a survey of a wave ends by itself (the platform's own time)."""
    return datetime.combine(wave.closes, datetime.max.time()).replace(microsecond=0)


def mode_difference(state: SurveyState, study: Study) -> str | None:
    """What makes a survey keep more, or less, of people than they were told; else None."""
    if state.anonymized == (not confidential(study)):
        return None
    return say(
        "L’enquête est anonyme sur la plateforme, l’étude est confidentielle."
        if state.anonymized
        else "L’enquête n’est pas anonyme sur la plateforme, l’étude l’est.",
        study.language,
    )


def setting_remarks(
    state: SurveyState, study: Study, wave: Wave, *, closed: bool
) -> tuple[str, ...]:
    """Settings that were changed on the platform since the opening and that matter.

    Args:
        state: as the survey stands.
        study: its study.
        wave: its wave.
        closed: the campaign is over: an earlier end and a survey switched off are in order.
    """
    language, voice = study.language, Voice(study.language, study)
    found = [mode_difference(state, study)]
    end = last_moment(wave)
    if not closed and state.expires is None:
        found.append(say("L’enquête n’a plus de date de fin sur la plateforme ; la vague finit "
                         "le {day}.", language, day=voice.day(wave.closes)))  # fmt: skip
    elif not closed and state.expires is not None and state.expires != end:
        moment = f"{voice.day(state.expires.date())} ({state.expires:%H:%M})"
        found.append(say("L’enquête finit le {moment} sur la plateforme ; la vague finit le {day}.",
                         language, moment=moment,
                         day=voice.day(wave.closes)))  # fmt: skip
    if not closed and not state.active:
        found.append(say("L’enquête n’est pas activée sur la plateforme : personne ne peut "
                         "répondre.", language))  # fmt: skip
    if state.active and confidential(study) and not state.participants_table:
        found.append(say("L’enquête n’a pas de table de participants : n’importe qui peut "
                         "répondre, et personne n’est reconnu.", language))  # fmt: skip
    if state.datestamp is False:
        found.append(say("L’enquête n’enregistre plus la date des réponses : les changements et "
                         "les doublons se voient moins bien.", language))  # fmt: skip
    return tuple(one for one in found if one)
