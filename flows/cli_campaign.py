"""The commands that begin and end a campaign: open, participants, close."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_arguments import StudyArgument, WaveOption
from flows.command_words import App

app = App()

ListPath = Annotated[
    Path | None,
    typer.Argument(metavar="LISTE", help="La liste, Excel (.xlsx) ou CSV."),
]


@app.command("open")
def open_(
    study: StudyArgument,
    wave: WaveOption = "",
    people: Annotated[
        Path | None,
        typer.Option("--participants", help="Liste à inscrire aussitôt, Excel (.xlsx) ou CSV."),
    ] = None,
) -> None:
    """Ouvrir une campagne.

    Met le questionnaire sur LimeSurvey, le relit mot à mot, l’ouvre aux réponses. Relancée, la
    commande reprend là où elle s’est arrêtée.
    """
    from config.settings import Settings
    from flows.opening import STEPS, OpeningRequest, open_campaign
    from flows.terminal import progress_of, told_to_staff
    from flows.terminal_campaign import show_outcome

    settings = Settings()
    with told_to_staff(settings.language):
        with progress_of(len(STEPS)) as step:
            request = OpeningRequest(study=study, wave=wave)
            outcome = open_campaign(request, settings, step, people)
        show_outcome(outcome)


@app.command()
def participants(
    study: StudyArgument,
    file: ListPath = None,
    wave: WaveOption = "",
    trial: Annotated[
        bool,
        typer.Option("--essai", "--dry-run", help="Montrer ce qui changerait, sans rien inscrire."),
    ] = False,
    partly: Annotated[
        bool,
        typer.Option("--sans-les-lignes-douteuses", "--skip-doubtful-rows",
                     help="Inscrire les autres sans attendre que ces lignes soient corrigées."),
    ] = False,
    example: Annotated[
        bool, typer.Option("--modele", "--template", help="Écrire une liste à remplir.")
    ] = False,
) -> None:  # fmt: skip
    """Inscrire les participants d’une liste.

    Personne n’est inscrit deux fois, personne n’est supprimé.
    """
    from config.catalogue import say
    from config.errors import ParticipantsError
    from config.settings import Settings
    from flows.listing import STEPS, ListRequest, list_people, write_example
    from flows.terminal import console, progress_of, told_to_staff
    from flows.terminal_campaign import show_outcome

    settings = Settings()
    with told_to_staff(settings.language):
        if example:
            console.print(str(write_example(study, settings)), soft_wrap=True, markup=False)
            following = say("Remplissez-la, puis : « maturity participants {study} LISTE.xlsx "
                            "--essai ».", settings.language, study=study)  # fmt: skip
            console.print(following, soft_wrap=True, markup=False)
            return
        if file is None:
            raise ParticipantsError(
                say("Il manque la liste des participants.", settings.language),
                say("Donnez son chemin : « maturity participants {study} LISTE.xlsx ». « maturity "
                    "participants {study} --modele » en écrit une à remplir.", settings.language,
                    study=study),
            )  # fmt: skip
        with progress_of(len(STEPS)) as step:
            request = ListRequest(study=study, wave=wave, trial=trial, partly=partly)
            outcome = list_people(request, settings, step, file)
        show_outcome(outcome)


@app.command()
def close(
    study: StudyArgument,
    wave: WaveOption = "",
    yes: Annotated[
        bool, typer.Option("--oui", "--yes", help="Clore avant la fin sans demander.")
    ] = False,
    undo: Annotated[
        bool,
        typer.Option("--annuler", "--undo", help="Rouvrir une campagne close avant la fin."),
    ] = False,
) -> None:
    """Clore une campagne.

    Ferme l’enquête, relève les dernières réponses, écrit l’édition définitive du rapport. Une
    campagne close trop tôt se rouvre (--annuler) tant que rien n’en est publié.
    """
    from config.catalogue import say
    from config.settings import Settings
    from flows.closing import (
        REOPENING,
        STEPS,
        ClosingRequest,
        close_campaign,
        is_early,
        reopen_campaign,
        warning,
    )
    from flows.terminal import console, progress_of, told_to_staff
    from flows.terminal_campaign import confirmed, show_outcome

    settings = Settings()
    with told_to_staff(settings.language):
        request = ClosingRequest(study=study, wave=wave, early=yes)
        if undo:
            with progress_of(len(REOPENING)) as step:
                outcome = reopen_campaign(request, settings, step)
            show_outcome(outcome)
            return
        if not yes:
            early, known = is_early(request, settings), warning(request, settings)
            if early or known:
                sure = confirmed(settings.language, early=early, warning=known)
                if not (sure or early):
                    console.print(say("La campagne n’est pas close.", settings.language))
                    return
                request = request.model_copy(update={"early": sure})
        with progress_of(len(STEPS)) as step:
            outcome = close_campaign(request, settings, step)
        show_outcome(outcome)
