"""Whether a campaign still runs, and how one that was closed too early runs again."""

from config.catalogue import say
from config.errors import PlatformUnreachable, StudyFileError
from flows.setup import Setup
from flows.steps.disclosing import COLLECTIVE
from flows.writing import writes
from tasks.campaign.opening.settings import last_moment
from tasks.survey.building.voice import Voice


def require_running(setup: Setup) -> None:
    """Refuse what makes no sense once nobody can answer any more.

    Raises:
        StudyFileError: the wave is over, or its campaign was closed.
    """
    if setup.closed:
        raise StudyFileError(*_over(setup))


def _over(setup: Setup) -> tuple[str, str]:
    """What is over, and what to do."""
    language, study, wave = setup.language, setup.study, setup.wave
    last = Voice(language, study).day(wave.closes)
    if setup.today > wave.closes:
        return (
            say("La vague {wave} est close : elle ne peut plus être ouverte.", language,
                wave=wave.code),
            say("Corrigez ses dates dans le fichier de l’étude (elle y finit le {day}), ou "
                "ajoutez une vague.", language, day=last),
        )  # fmt: skip
    return (
        say("La campagne de la vague {wave} a été close avant son dernier jour (le {day}) par "
            "« maturity close ».", language, wave=wave.code, day=last),
        say("Rouvrez-la par « maturity close {study} --annuler », tant que rien n’en est publié ; "
            "sinon ajoutez une vague.", language, study=study.code),
    )  # fmt: skip


def require_reopenable(setup: Setup) -> None:
    """Refuse to reopen what is not closed early, or already told as final.

    Raises:
        StudyFileError: there is nothing to undo, or it cannot be undone any more.
    """
    language, study, wave = setup.language, setup.study, setup.wave
    if not setup.campaign_closed:
        raise StudyFileError(
            say("La campagne de la vague {wave} n’est pas close : rien à annuler.", language,
                wave=wave.code),
            say("Pour la clore : « maturity close {study} ».", language, study=study.code),
        )  # fmt: skip
    if setup.today > wave.closes:
        raise StudyFileError(*_over(setup))
    if _final_issue(setup):
        raise StudyFileError(
            say("L’édition définitive de la vague {wave} est publiée : d’autres réponses "
                "montreraient, par différence, ce que des personnes ont répondu.", language,
                wave=wave.code),
            say("Ajoutez une vague dans le fichier de l’étude.", language),
        )  # fmt: skip


def _final_issue(setup: Setup) -> bool:
    """Whether an issue was published since the closing, be the closing finished or not."""
    study, wave = setup.study.code, setup.wave.code
    with setup.store() as store:
        campaign = store.campaign(study, wave)
        published = store.publication(study, wave)
        last = store.last_issue(study, wave, COLLECTIVE)
    if campaign is None or campaign.closed_at is None or published is None:
        return False
    since = last is not None and last.issued_at >= campaign.closed_at
    return since or campaign.finished_at is not None


@writes
def reopen_survey(setup: Setup) -> str:
    """Let the survey take answers until the wave's last day again; what was done, in words.

    Raises:
        PlatformUnreachable: an answer was lost and the survey is still closed; run again.
        PlatformError: the platform refuses.
    """
    wave, end = setup.wave, last_moment(setup.wave)
    done = say("à rouvrir dans LimeSurvey (étude sans interface)", setup.language)
    if setup.study.exports is None:
        with setup.limesurvey() as platform:
            try:
                platform.expire(wave.survey_id, end)
            except PlatformUnreachable:
                state = platform.state(wave.survey_id)
                if state is None or state.expires != end:
                    raise
        done = say("ouverte aux réponses", setup.language)
    with setup.store() as store:
        store.mark_reopened(setup.study.code, wave.code)
    return done
