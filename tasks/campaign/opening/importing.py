"""The questionnaire on the platform: imported once, whole, and read back to the last text."""

from config.errors import PlatformError, PlatformUnreachable, QuestionnaireMismatch
from tasks.campaign.holding import alone
from tasks.campaign.opening.desk import Desk
from tasks.campaign.opening.reading_back import differences, listed
from tasks.campaign.opening.remains import (
    is_remains,
    remove_remains,
    require_settled,
    roll_back,
    still_opening,
)
from tasks.campaign.platform import SurveyState
from tasks.survey.building import survey_file


def ensure_survey(desk: Desk) -> str:
    """See to it that the platform has the wave's questionnaire, equal to the model.

    A survey of this number that equals the model is taken over, so that an opening which was
    interrupted goes on. What an import of ours left half done is removed and imported anew, and
    that is told. No survey without our import's mark is ever deleted.

    Returns:
        What was done, in words.

    Raises:
        QuestionnaireMismatch: what is there is not the model's questionnaire; nothing is open.
        PlatformUnreachable: an answer was lost; running again later goes on from there.
        PlatformError: the platform refuses, the number is taken, or another run is at it.
    """
    with alone(
        desk.store,
        f"opening:{desk.survey_id}",
        desk.clock(),
        lambda ends: still_opening(desk, ends),
    ):
        state = desk.state()
        if state is None:
            require_settled(desk)
            _import_whole(desk)
            return _imported(desk)
        found = differences(desk, state)
        if not found:
            desk.store.mark_imported(desk.study.code, desk.wave.code, desk.survey_id)
            return desk.say("déjà sur la plateforme, égal au modèle")
        if not is_remains(desk, state):
            raise _another_survey(desk, state, found)
        require_settled(desk)
        remove_remains(desk)
        _import_whole(desk)
        return desk.say("{imported}. Une importation d’avant, restée incomplète et sans réponse, a "
                        "été retirée.", imported=_imported(desk))  # fmt: skip


def _imported(desk: Desk) -> str:
    return desk.say("importé, puis relu : égal au modèle ({languages})",
                    languages=", ".join(desk.model.languages))  # fmt: skip


def _import_whole(desk: Desk) -> None:
    """Import, read back, and note that the survey is whole.

    Raises:
        QuestionnaireMismatch: names what differs; the survey is gone again.
    """
    _import(desk)
    found = differences(desk, desk.existing_state())
    if found:
        roll_back(desk)
        raise QuestionnaireMismatch(
            listed(desk.say("LimeSurvey n’a pas importé le questionnaire comme le modèle le "
                            "demande ; l’enquête {survey} a été retirée, rien n’est ouvert :"),
                   found, desk),
            desk.say("Corrigez le modèle là où il est en cause, puis relancez ; sinon "
                     "transmettez ce message à qui administre LimeSurvey."),
        )  # fmt: skip
    desk.store.mark_imported(desk.study.code, desk.wave.code, desk.survey_id)


def _import(desk: Desk) -> None:
    mark = desk.store.begin_import(desk.study.code, desk.wave.code, desk.survey_id)
    content = survey_file(desk.model, desk.study, desk.wave, mark)
    try:
        given = desk.platform.import_survey(content, desk.survey_id)
    except PlatformUnreachable:
        # The platform may have done it, or still be at it: only a whole survey is good enough.
        if not _is_there_whole(desk):
            raise
        return
    except PlatformError:
        roll_back(desk)  # it refused half-way
        raise
    if given != desk.survey_id:
        _remove_stray(desk, given, mark)
        raise PlatformError(
            desk.say("Le numéro d’enquête {survey} est déjà pris sur la plateforme, par une "
                     "enquête que le compte ne voit pas."),
            desk.say("Donnez un autre « survey_id » à la vague {wave} dans le fichier de l’étude.",
                     wave=desk.wave.code),
        )  # fmt: skip


def _remove_stray(desk: Desk, number: int, mark: str) -> None:
    """Delete what the platform put under another number, if it bears this import's mark."""
    state = desk.platform.state(number)
    if state is not None and state.mark == mark:
        desk.platform.delete_survey(number)
    desk.store.give_up_import(desk.study.code, desk.wave.code)


def _is_there_whole(desk: Desk) -> bool:
    try:
        state = desk.state()
        return state is not None and not differences(desk, state)
    except PlatformError:
        return False


def _another_survey(
    desk: Desk, state: SurveyState, found: tuple[str, ...]
) -> QuestionnaireMismatch:
    return QuestionnaireMismatch(
        listed(
            desk.say("Le numéro {survey} est celui d’une enquête « {title} » qui n’est pas le "
                     "questionnaire du modèle :", title=state.title[:80]),
            found,
            desk,
        ),
        desk.say("Donnez un autre « survey_id » à la vague {wave} dans le fichier de l’étude. Si "
                 "c’est bien votre enquête, rétablissez ces points dans LimeSurvey ; si elle n’a "
                 "aucune réponse, vous pouvez aussi l’y supprimer et relancer.",
                 wave=desk.wave.code),
    )  # fmt: skip
