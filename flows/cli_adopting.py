"""The command that starts a study from a questionnaire that exists."""

from pathlib import Path
from typing import Annotated

import typer

from flows.command_words import App

app = App()


@app.command()
def adopt(
    survey: Annotated[
        int | None,
        typer.Option("--survey", "--enquete", min=1, help="Numéro de l’enquête sur LimeSurvey."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--fichier", "--file",
                     help="Ou bien son fichier .lss ou .lsa, exporté de LimeSurvey."),
    ] = None,
) -> None:  # fmt: skip
    """Partir d’un questionnaire existant.

    Écrit un modèle et une étude à compléter dans le dossier « config » de l’équipe.
    """
    from config.settings import Settings
    from flows.adopting import adopt_survey
    from flows.terminal import console, told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        for line in adopt_survey(survey, file, settings).lines(settings.language):
            console.print(line, soft_wrap=True, markup=False, highlight=False)
