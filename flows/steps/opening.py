"""The steps that open a campaign; each may be run again."""

from collections.abc import Callable

from config.catalogue import say
from config.errors import PlatformError
from flows.setup import Setup
from flows.steps.running import require_running
from flows.writing import writes
from tasks.campaign.mailing.sender import sender_remarks
from tasks.campaign.opening import (
    Desk,
    ensure_active,
    ensure_participants,
    ensure_survey,
    setting_remarks,
)
from tasks.campaign.opening.settings import confidential


def require_openable(setup: Setup) -> None:
    """Refuse to open what cannot be opened any more, or not from here.

    Raises:
        StudyFileError: the wave is over, its campaign closed, or it runs on another model.
        PlatformError: the study works without the platform's interface.
    """
    wave = setup.wave
    if setup.study.exports is not None:
        raise PlatformError(
            say("Cette étude se passe de l’interface de LimeSurvey (« exports ») : l’enquête ne "
                "peut pas y être ouverte d’ici.", setup.language),
            say("Écrivez le questionnaire avec « maturity questionnaire {study} », importez-le, "
                "puis activez-le dans LimeSurvey.", setup.language, study=setup.study.code),
        )  # fmt: skip
    require_running(setup)
    model = setup.loaded
    with setup.store() as store:
        store.pin_model(
            setup.study.code, wave.code, model.model.code, model.model.version, model.sha256
        )


@writes
def import_questionnaire(setup: Setup) -> str:
    """See to it that the platform has the questionnaire; what was done, in words."""
    return _at_desk(setup, ensure_survey)


@writes
def prepare_participants(setup: Setup) -> str:
    """See to it that the survey knows whom the study says; what was done, in words."""
    return _at_desk(setup, ensure_participants)


@writes
def activate_survey(setup: Setup) -> str:
    """See to it that the survey takes answers; what was done, in words."""
    return _at_desk(setup, ensure_active)


def _at_desk(setup: Setup, do: Callable[[Desk], str]) -> str:
    with setup.store() as store, setup.limesurvey() as platform:
        return do(Desk(platform, store, setup.loaded.model, setup.study, setup.wave))


def changed_settings(setup: Setup) -> tuple[str, ...]:
    """What was changed on the platform since a campaign was opened from here, and matters.

    Nothing where the account may not read the settings: pulling needs less.
    """
    with setup.store() as store:
        campaign = store.campaign(setup.study.code, setup.wave.code)
    if setup.study.exports is not None or campaign is None or campaign.opened_at is None:
        return ()
    try:
        with setup.limesurvey() as platform:
            state = platform.state(setup.wave.survey_id)
    except PlatformError:
        return ()
    if state is None:
        return ()
    return setting_remarks(state, setup.study, setup.wave, closed=setup.closed)


def sender_notices(setup: Setup) -> tuple[str, ...]:
    """What to put right about who signs the mails, before the first one leaves."""
    with setup.limesurvey() as platform:
        state = platform.state(setup.wave.survey_id)
    return () if state is None else sender_remarks(state, setup.study)


def public_address(setup: Setup) -> str:
    """Where people answer: the survey's page on the platform."""
    base = setup.settings.limesurvey_url.partition("/admin/remotecontrol")[0].rstrip("/")
    return f"{base}/{setup.wave.survey_id}?lang={setup.loaded.model.languages[0]}"


def next_steps(setup: Setup, *, listed: bool) -> tuple[str, ...]:
    """What staff do once a campaign is open, in order."""
    language, study = setup.language, setup.study.code
    if not confidential(setup.study):
        return (
            say("Ouvrez la page de l’enquête et relisez le questionnaire : {address}", language,
                address=public_address(setup)),
            say("Transmettez cette adresse aux personnes interrogées : la même pour toutes.",
                language),
        )  # fmt: skip
    steps = [
        say("Relisez le questionnaire dans LimeSurvey (aperçu de l’enquête {survey}).", language,
            survey=setup.wave.survey_id),
        say("Inscrivez les participants : « maturity participants {study} LISTE.xlsx ».", language,
            study=study),
        say("Envoyez les invitations : « maturity invite {study} ».", language, study=study),
    ]  # fmt: skip
    return tuple(step for at, step in enumerate(steps) if not (listed and at == 1))
