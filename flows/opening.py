"""Opening a campaign: what is asked, the steps, what was done."""

from pathlib import Path

from pydantic import ConfigDict, Field

from config.catalogue import say
from config.settings import Settings
from flows.outcome import Outcome
from flows.request import WaveRequest
from flows.setup import Setup, prepare
from flows.steps import opening
from flows.steps.roster import Sent, list_in_folder, read_list, send_list
from flows.wiring import StepRunner
from tasks.campaign.roster import Roster
from tasks.survey.building.voice import Voice

STEPS = (
    "Lire l’étude et son modèle",
    "Voir si la vague peut ouvrir",
    "Lire la liste",
    "Importer et relire le questionnaire",
    "Préparer les participants",
    "Activer l’enquête",
    "Inscrire les participants",
)


class OpeningRequest(WaveRequest):
    """The form of `open_campaign`. No name, no secret: Prefect keeps parameters in clear."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Ouverture de la campagne")

    file: str = Field(
        default="",
        title="Liste des participants",
        description="Nom du fichier (Excel ou CSV) dans le dossier de l’étude. Laissez vide pour "
        "inscrire les participants plus tard.",
        json_schema_extra={"position": 4},
    )


def open_campaign(
    request: OpeningRequest, settings: Settings, step: StepRunner, path: Path | None = None
) -> Outcome:
    """Put the questionnaire on the platform and open it to answers; through a runner of steps.

    Run again after a failure at any step, it goes on from there and makes nothing twice.

    Args:
        request: the study and its wave; perhaps a list in the study's folder.
        settings: of the installation.
        step: runs one step.
        path: a list anywhere on this computer, from the command line alone.

    Raises:
        MaturityError: what stopped it; nothing is open that should not be.
    """
    titles = iter(STEPS)
    setup: Setup = step(next(titles), prepare, request, settings)
    step(next(titles), opening.require_openable, setup)
    if path is None and request.file:
        path = list_in_folder(setup, request.file)
    # Before anything is opened: a doubtful row is better told now.
    roster: Roster | None = step(next(titles), read_list, setup, path) if path else None
    importing, preparing, activating, sending = STEPS[3:]
    imported: str = step(importing, opening.import_questionnaire, setup)
    people: str = step(preparing, opening.prepare_participants, setup)
    active: str = step(activating, opening.activate_survey, setup)
    voice = Voice(setup.language, setup.study)
    rows = [
        (say("Questionnaire", setup.language), imported),
        (say("Participants", setup.language), people),
        (say("Enquête {survey}", setup.language, survey=setup.wave.survey_id), active),
        (say("Ouverte aux réponses", setup.language),
         say("du {first} au {last}", setup.language, first=voice.day(setup.wave.opens),
             last=voice.day(setup.wave.closes))),
        (say("Page de l’enquête", setup.language), opening.public_address(setup)),
    ]  # fmt: skip
    notices = opening.sender_notices(setup)
    if roster is not None:
        sent: Sent = step(sending, send_list, setup, roster)
        rows += sent.rows(setup.language)
        notices = (*sent.notices, *notices)
    return Outcome(
        setup.study.code,
        setup.wave.code,
        setup.language,
        say("Campagne ouverte", setup.language),
        tuple(rows),
        next_steps=opening.next_steps(setup, listed=roster is not None),
        notices=notices,
    )
