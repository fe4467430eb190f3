"""What an import left half done: the only thing that is ever deleted on a platform."""

from datetime import datetime

from config.errors import PlatformError
from tasks.campaign.holding import LASTING
from tasks.campaign.opening.comparing import is_part_of
from tasks.campaign.opening.desk import Desk
from tasks.campaign.platform import SurveyState
from tasks.survey.building import expected_structure


def is_remains(desk: Desk, state: SurveyState) -> bool:
    """Whether a survey that differs from the model is what an import of ours left half done.

    It bears the mark of our last import, which was never read back whole nor opened, and has
    nothing that our questionnaire has not.
    """
    return _bears_our_mark(desk, state) and all(
        is_part_of(
            desk.platform.structure(desk.survey_id, language),
            expected_structure(desk.model, desk.study, desk.wave, language),
        )
        for language in state.languages
        if language in desk.model.languages
    )


def require_settled(desk: Desk) -> None:
    """Refuse to import while an earlier import may still be going on.

    Raises:
        PlatformError: it began less than fifteen minutes ago and was not read back whole.
    """
    record = desk.store.campaign(desk.study.code, desk.wave.code)
    if record is None or record.survey_id != desk.survey_id or record.imported_at is not None:
        return
    if record.import_began_at is not None and desk.clock() < record.import_began_at + LASTING:
        raise still_opening(desk, record.import_began_at + LASTING)


def still_opening(desk: Desk, ends: datetime) -> PlatformError:
    """The error while another opening is, or may be, at work.

    Args:
        desk: of the wave.
        ends: when it cannot be at work any more.
    """
    return PlatformError(
        desk.say("Une importation du questionnaire {survey} est en cours, ou sa réponse s’est "
                 "perdue et LimeSurvey y travaille peut-être encore. Rien n’a été changé."),
        desk.say("Relancez après {time}.", time=desk.time_of_day(ends)),
    )  # fmt: skip


def remove_remains(desk: Desk) -> None:
    """Delete what an import of ours left half done.

    Raises:
        PlatformError: it changed since it was looked at; nothing is deleted.
    """
    state = desk.state()
    if state is None:
        return
    if not is_remains(desk, state):
        raise PlatformError(
            desk.say("L’enquête {survey} change en ce moment sur LimeSurvey : rien n’a été "
                     "supprimé."),
            desk.say("Attendez que personne n’y travaille plus, puis relancez."),
        )  # fmt: skip
    desk.platform.delete_survey(desk.survey_id)


def roll_back(desk: Desk) -> None:
    """Remove what this run's own import left, and note that nothing of it is there."""
    state = desk.state()
    if state is not None and not _bears_our_mark(desk, state):
        return
    if state is not None:
        desk.platform.delete_survey(desk.survey_id)
    desk.store.give_up_import(desk.study.code, desk.wave.code)


def _bears_our_mark(desk: Desk, state: SurveyState) -> bool:
    record = desk.store.campaign(desk.study.code, desk.wave.code)
    return (
        record is not None
        and record.survey_id == desk.survey_id
        and record.import_began_at is not None
        and record.imported_at is None
        and record.opened_at is None
        and bool(state.mark)
        and state.mark == record.generation
        and not state.active
        and not state.participants_table
    )
