"""The participants of a campaign: what is asked, the steps, what was done."""

from pathlib import Path

from pydantic import ConfigDict, Field

from config.catalogue import say, say_count
from config.settings import Settings
from flows.outcome import Outcome
from flows.request import RefreshRequest, StudyRequest
from flows.setup import Setup, prepare
from flows.steps.roster import Sent, columns_of, list_in_folder, read_list, send_list
from flows.wiring import StepRunner
from tasks.campaign.roster import Roster, example_list
from tasks.files import write_whole

STEPS = ("Lire l’étude et son modèle", "Lire la liste", "Inscrire les participants")


class ListRequest(StudyRequest):
    """The form of `list_participants`. No name, no secret: Prefect keeps parameters in clear."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="Liste des participants")

    file: str = Field(
        default="",
        title="Fichier",
        description="Nom du fichier (Excel ou CSV) dans le dossier de l’étude.",
        json_schema_extra={"position": 3},
    )
    trial: bool = Field(
        default=False,
        title="Essai",
        description="Coché : montre ce qui changerait, et n’inscrit personne.",
        json_schema_extra={"position": 4},
    )
    partly: bool = Field(
        default=False,
        title="Sans les lignes douteuses",
        description="Coché : inscrit les autres sans attendre que les lignes douteuses soient "
        "corrigées.",
        json_schema_extra={"position": 5},
    )


def list_people(
    request: ListRequest, settings: Settings, step: StepRunner, path: Path | None = None
) -> Outcome:
    """Bring the platform's participants up to date with a list; through a runner of steps.

    Run again, it adds nobody twice. Nobody is deleted.

    Args:
        request: the study, its wave, a list in the study's folder.
        settings: of the installation.
        step: runs one step.
        path: a list anywhere on this computer, from the command line alone.

    Raises:
        ParticipantsError: the list has doubtful rows or cannot be read.
        MaturityError: the study does not hold, or the platform refuses.
    """
    titles = iter(STEPS)
    asked = RefreshRequest(study=request.study, wave=request.wave)
    setup: Setup = step(next(titles), prepare, asked, settings)
    file = path or list_in_folder(setup, request.file)
    roster: Roster = step(
        next(titles), lambda: read_list(setup, file, partly=request.partly, trial=request.trial)
    )
    sent: Sent = step(next(titles), send_list, setup, roster, request.trial, request.partly)
    return _told(setup, sent, partly=request.partly)


def _told(setup: Setup, sent: Sent, *, partly: bool) -> Outcome:
    language = setup.language
    title = "Essai : personne n’a été inscrit" if sent.trial else "Participants inscrits"
    doubtful = len(sent.roster.doubtful_rows)
    if sent.trial and doubtful and not partly:
        following = say_count(
            "Corrigez la ligne douteuse et relancez sans « --essai », ou ajoutez "
            "« --sans-les-lignes-douteuses » pour n’inscrire que les autres.",
            "Corrigez les {count} lignes douteuses et relancez sans « --essai », ou ajoutez "
            "« --sans-les-lignes-douteuses » pour n’inscrire que les autres.",
            doubtful,
            language,
        )
    elif sent.trial:
        following = say("Relancez sans « --essai » pour inscrire ces personnes.", language)
    else:
        following = say("Envoyez les invitations : « maturity invite {study} ».", language,
                        study=setup.study.code)  # fmt: skip
    return Outcome(
        setup.study.code,
        setup.wave.code,
        language,
        say(title, language),
        sent.rows(language),
        next_steps=(following,),
        notices=sent.notices,
    )


def write_example(study: str, settings: Settings) -> Path:
    """Write a list to fill in beside the study's files, unless it is there; gives its path."""
    setup = prepare(RefreshRequest(study=study), settings)
    path = setup.folder / f"{say('Liste des participants à remplir', setup.language)}.xlsx"
    if path.is_file():  # staff may have begun to fill it in
        return path
    return write_whole(path, example_list(columns_of(setup)), setup.language)
