"""The commands that take personal data away: a person at their request, the end of keeping."""

from typing import Annotated

import typer

from flows.cli_arguments import StudyArgument
from flows.command_words import App

app = App()


@app.command()
def erase(
    study: StudyArgument,
    who: Annotated[str, typer.Argument(metavar="PERSONNE", help="Pseudonyme, courriel ou jeton.")],
    trial: Annotated[
        bool, typer.Option("--essai", "--dry-run", help="Montrer seulement, sans rien effacer.")
    ] = False,
    yes: Annotated[bool, typer.Option("--oui", "--yes", help="Effacer sans demander.")] = False,
) -> None:
    """Effacer une personne et en donner le certificat.

    Montre d’abord qui est désigné et ce qui sera retiré, puis demande : c’est sans retour.
    """
    from config.settings import Settings
    from flows.erase_person import erase_person, foresee
    from flows.terminal import show_certificate, told_to_staff
    from flows.terminal_erasing import confirmed, show_foreseen, show_unchanged

    settings = Settings()
    with told_to_staff(settings.language):
        show_foreseen(foresee(study, who, settings))
        if trial or not (yes or confirmed(settings.language)):
            show_unchanged(settings.language, trial=trial)
            raise typer.Exit(0 if trial else 1)
        show_certificate(erase_person(study, who, settings), settings.language)


@app.command()
def retention() -> None:
    """Effacer les données dont la durée de garde est passée."""
    from datetime import UTC, datetime

    from config.settings import Settings
    from flows.retention import kept_until
    from flows.retention import retention as end_of_keeping
    from flows.terminal import show_certificate, told_to_staff
    from flows.terminal_erasing import show_kept

    settings = Settings()
    today = datetime.now(UTC).date()
    with told_to_staff(settings.language):
        certificates = end_of_keeping(settings, today)
        for certificate in certificates:
            show_certificate(certificate, settings.language)
        show_kept(kept_until(settings, today), settings.language, nothing=not certificates)
