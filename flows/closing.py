"""Closing a campaign: what is asked, the steps, what was done."""

from pydantic import ConfigDict, Field

from config.catalogue import say
from config.settings import Settings
from flows import wiring
from flows.outcome import Outcome
from flows.request import RefreshRequest, WaveRequest
from flows.setup import Setup, prepare
from flows.steps import closing, running
from flows.summary import Summary
from tasks.survey.building.voice import Voice

OWN_STEPS = (
    "Lire l’étude et son modèle",
    "Voir si la vague peut être close",
    "Fermer l’enquête aux réponses",
    "Noter la clôture",
)
STEPS = (*OWN_STEPS[:3], *wiring.STEPS, OWN_STEPS[3])
REOPENING = (OWN_STEPS[0], "Voir si la vague peut être rouverte", "Rouvrir l’enquête aux réponses")


class ClosingRequest(WaveRequest):
    """The form of `close_campaign`. No name, no secret: Prefect keeps parameters in clear."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Clôture de la campagne")

    early: bool = Field(
        default=False,
        title="Clore avant la fin",
        description="Coché : la campagne est close même si son dernier jour n’est pas passé.",
        json_schema_extra={"position": 4},
    )


def close_campaign(request: ClosingRequest, settings: Settings, step: wiring.StepRunner) -> Outcome:
    """End the survey, then refresh a last time with everybody; through a runner of steps.

    Run again after a failure it goes on from there; run again when all is done it changes nothing.
    While the results wait after an erasure there is no final issue: the closing stays to be done.

    Raises:
        StudyFileError: the wave is still open and nobody confirmed.
        MaturityError: as in a refresh.
    """
    reading, looking, ending, noting = OWN_STEPS
    setup: Setup = step(reading, prepare, request, settings)
    step(looking, lambda: closing.require_due(setup, early=request.early))
    campaign = closing.campaign_of(setup)
    if campaign is not None and campaign.finished_at is not None:
        return _told(setup, say("déjà fermée aux réponses", setup.language), None)
    done: str = step(ending, closing.end_survey, setup)
    asked = RefreshRequest(study=request.study, wave=request.wave, as_of=request.as_of)
    summary = wiring.refresh(asked, settings, step)
    if summary.waits:
        return _waiting(setup, done, summary)
    step(noting, closing.finish, setup)
    return _told(setup, done, summary)


def reopen_campaign(
    request: ClosingRequest, settings: Settings, step: wiring.StepRunner
) -> Outcome:
    """Undo a closing that came before the wave's end; through a runner of steps.

    Raises:
        StudyFileError: there is nothing to undo, or its final issue is published.
        MaturityError: the study does not hold, or the platform refuses.
    """
    titles = iter(REOPENING)
    setup: Setup = step(next(titles), prepare, request, settings)
    step(next(titles), running.require_reopenable, setup)
    done: str = step(next(titles), running.reopen_survey, setup)
    language, wave = setup.language, setup.wave
    steps = [say("Prévenez les personnes à qui la clôture a été annoncée.", language)]
    if setup.study.exports is not None:
        steps.insert(0, say("Dans LimeSurvey, remettez la fin de l’enquête {survey} au {day}.",
                            language, survey=wave.survey_id,
                            day=Voice(language, setup.study).day(wave.closes)))  # fmt: skip
    return Outcome(
        setup.study.code,
        wave.code,
        language,
        say("Campagne rouverte", language),
        ((say("Enquête {survey}", language, survey=wave.survey_id), done),),
        next_steps=tuple(steps),
    )


def is_early(request: ClosingRequest, settings: Settings) -> bool:
    """Whether closing now would come before the wave's end, which staff have to confirm."""
    return closing.is_early(prepare(request, settings))


def warning(request: ClosingRequest, settings: Settings) -> str:
    """What staff should know before they close; empty when the closing gives nobody away.

    Raises:
        MaturityError: as in a refresh.
    """
    return closing.warning(prepare(request, settings))


def _waiting(setup: Setup, done: str, summary: Summary) -> Outcome:
    """The survey takes no more answers, and the final issue is not written: why, what to do."""
    language, wave, study = setup.language, setup.wave, setup.study.code
    issue = closing.last_issue(setup)
    rows = (
        (say("Enquête {survey}", language, survey=wave.survey_id), done),
        (say("Rapport collectif", language),
         say("reste l’édition n° {number} ; l’édition définitive n’est pas écrite", language,
             number=issue)),
        *summary.rows(),
    )  # fmt: skip
    steps = (
        *_by_hand(setup),
        say("Décidez s’il faut recalculer sans la personne effacée : l’édition définitive, "
            "comparée à celle d’avant, ferait connaître ses réponses.", language),
        say("Si oui : « maturity refresh {study} --apres-effacement » écrit l’édition définitive, "
            "puis « maturity close {study} », relancé, note la clôture.", language, study=study),
        say("Si non : le rapport reste celui de la dernière édition ; plus aucune réponse ne "
            "viendra le renouveler.", language),
    )  # fmt: skip
    return Outcome(
        setup.study.code,
        wave.code,
        language,
        say("Enquête fermée ; l’édition définitive attend", language),
        rows,
        summary.files,
        steps,
        (*summary.log, *summary.notices),
    )


def _by_hand(setup: Setup) -> tuple[str, ...]:
    if setup.study.exports is None:
        return ()
    return (
        say("Fermez l’enquête {survey} dans LimeSurvey (réglage « Date de fin ») : le "
            "logiciel ne peut pas le faire pour une étude sur exports.", setup.language,
            survey=setup.wave.survey_id),
    )  # fmt: skip


def _told(setup: Setup, done: str, summary: Summary | None) -> Outcome:
    language, wave = setup.language, setup.wave
    last_day = Voice(language, setup.study).day(wave.keep_until)
    issue = closing.last_issue(setup)
    known = tuple(filter(None, [closing.notice(setup)]))
    rows = [
        (say("Enquête {survey}", language, survey=wave.survey_id), done),
        (say("Rapport collectif", language),
         say("édition définitive des réponses, n° {number}", language, number=issue)),
    ]  # fmt: skip
    if summary is not None:
        rows += summary.rows()
    rows.append((say("Conservation des données", language),
                 say("jusqu’au {day}", language, day=last_day)))  # fmt: skip
    steps = (
        *_by_hand(setup),
        say("Relisez le rapport : il compte maintenant toutes les réponses.", language),
        say("Préparez les entretiens qui restent (« maturity guides {study} »), puis l’atelier.",
            language, study=setup.study.code),
        say("Après le {day}, « maturity retention » efface les données personnelles.", language,
            day=last_day),
    )  # fmt: skip
    return Outcome(
        setup.study.code,
        wave.code,
        language,
        say("Campagne close", language),
        tuple(rows),
        summary.files if summary else (),
        steps,
        (*known, *summary.log, *summary.notices, *summary.withheld) if summary else known,
    )
