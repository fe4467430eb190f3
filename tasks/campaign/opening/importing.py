"""The questionnaire on the platform: imported once, whole, and read back to the last text."""

from collections.abc import Iterable

from config.errors import PlatformError, PlatformUnreachable, QuestionnaireMismatch
from tasks.campaign.opening.comparing import is_part_of, structure_differences
from tasks.campaign.opening.desk import Desk
from tasks.campaign.opening.settings import last_moment, mode_difference
from tasks.campaign.platform import SurveyState
from tasks.survey.building import expected_structure, survey_file
from tasks.survey.building.voice import Voice

LISTED = 20  # differences in a message


def ensure_survey(desk: Desk) -> str:
    """See to it that the platform has the wave's questionnaire, equal to the model.

    A survey of this number that equals the model is taken over, so that an opening which was
    interrupted goes on. What an import of ours left half done is removed and imported anew.
    Nothing else is ever deleted.

    Returns:
        What was done, in words.

    Raises:
        QuestionnaireMismatch: what is there is not the model's questionnaire; nothing is open.
        PlatformUnreachable: an answer was lost; running again goes on from there.
        PlatformError: the platform refuses, or the number is taken.
    """
    state = desk.state()
    if state is not None and not _is_remains(desk, state):
        _require_equal(desk, state)
        return desk.say("déjà sur la plateforme, égal au modèle")
    if state is not None:
        desk.platform.delete_survey(desk.survey_id)
    _import(desk)
    _require_imported_whole(desk)
    return desk.say("importé, puis relu : égal au modèle ({languages})",
                    languages=", ".join(desk.model.languages))  # fmt: skip


def _import(desk: Desk) -> None:
    desk.store.begin_import(desk.study.code, desk.wave.code, desk.survey_id)
    content = survey_file(desk.model, desk.study, desk.wave)
    try:
        given = desk.platform.import_survey(content, desk.survey_id)
    except PlatformUnreachable:
        # The platform may have done it, or still be at it: only a whole survey is good enough.
        if not _is_there_whole(desk):
            raise
        return
    except PlatformError:
        _roll_back(desk)  # it refused half-way
        raise
    if given != desk.survey_id:
        desk.platform.delete_survey(given)
        raise PlatformError(
            desk.say("Le numéro d’enquête {survey} est déjà pris sur la plateforme, par une "
                     "enquête que le compte ne voit pas."),
            desk.say("Donnez un autre « survey_id » à la vague {wave} dans le fichier de l’étude.",
                     wave=desk.wave.code),
        )  # fmt: skip


def _is_there_whole(desk: Desk) -> bool:
    try:
        state = desk.state()
        return state is not None and not [*_differences(desk, state)]
    except PlatformError:
        return False


def _require_imported_whole(desk: Desk) -> None:
    """Read back what was just imported; remove it where it is not what the model asks for.

    Raises:
        QuestionnaireMismatch: names what differs; the survey is gone again.
    """
    differences = [*_differences(desk, desk.existing_state())]
    if differences:
        _roll_back(desk)
        raise QuestionnaireMismatch(
            _listed(desk.say("LimeSurvey n’a pas importé le questionnaire comme le modèle le "
                             "demande ; l’enquête {survey} a été retirée, rien n’est ouvert :"),
                    differences, desk),
            desk.say("Corrigez le modèle là où il est en cause, puis relancez ; sinon "
                     "transmettez ce message à qui administre LimeSurvey."),
        )  # fmt: skip


def _roll_back(desk: Desk) -> None:
    """Delete the survey just imported: never one that is active or has participants."""
    state = desk.state()
    if state is not None and not state.active and not state.participants_table:
        desk.platform.delete_survey(desk.survey_id)


def _is_remains(desk: Desk, state: SurveyState) -> bool:
    """Whether a survey is what an import of ours left half done.

    The store says that we began to import under this number, which was free then, and never
    opened it; and what is there lacks something of our questionnaire and has nothing else.
    """
    record = desk.store.campaign(desk.study.code, desk.wave.code)
    ours = (
        record is not None
        and record.survey_id == desk.survey_id
        and record.import_began_at is not None
        and record.opened_at is None
    )
    if not ours or state.active or state.participants_table:
        return False
    pairs = [
        (
            expected_structure(desk.model, desk.study, desk.wave, language),
            desk.platform.structure(desk.survey_id, language),
            language,
        )
        for language in state.languages
    ]
    return all(is_part_of(found, whole) for whole, found, _ in pairs) and any(
        structure_differences(whole, found, language, desk.language)
        for whole, found, language in pairs
    )


def _require_equal(desk: Desk, state: SurveyState) -> None:
    differences = [*_differences(desk, state)]
    if not differences:
        return
    raise QuestionnaireMismatch(
        _listed(
            desk.say("Le numéro {survey} est celui d’une enquête « {title} » qui n’est pas le "
                     "questionnaire du modèle :", title=state.title[:80]),
            differences,
            desk,
        ),
        desk.say("Donnez un autre « survey_id » à la vague {wave} dans le fichier de l’étude. Si "
                 "c’est bien votre enquête, rétablissez ces points dans LimeSurvey ; si elle n’a "
                 "aucune réponse, vous pouvez aussi l’y supprimer et relancer.",
                 wave=desk.wave.code),
    )  # fmt: skip


def _differences(desk: Desk, state: SurveyState) -> Iterable[str]:
    """What differs from the model, the study's mode and the wave's end, each sentence once."""
    wanted = desk.model.languages
    if {*state.languages} != {*wanted}:
        yield desk.say("Langues de l’enquête : {found} ; du modèle : {wanted}.",
                       found=", ".join(state.languages), wanted=", ".join(wanted))  # fmt: skip
    if mode := mode_difference(state, desk.study):
        yield mode
    if not state.active and state.expires != last_moment(desk.wave):
        yield desk.say(
            "La fin de l’enquête n’est pas le {day} au soir.",
            day=Voice(desk.language, desk.study).day(desk.wave.closes),
        )
    texts = (
        sentence
        for language in wanted
        if language in state.languages
        for sentence in structure_differences(
            expected_structure(desk.model, desk.study, desk.wave, language),
            desk.platform.structure(desk.survey_id, language),
            language,
            desk.language,
        )
    )
    yield from dict.fromkeys(texts)


def _listed(heading: str, differences: list[str], desk: Desk) -> str:
    shown = [f"– {one}" for one in differences[:LISTED]]
    if len(differences) > LISTED:
        shown.append(desk.say("… et {more} autres.", more=len(differences) - LISTED))
    return "\n".join((heading, *shown))
