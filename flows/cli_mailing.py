"""The commands of a campaign under way: invite, remind, follow."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli_arguments import StudyArgument, WaveOption
from flows.command_words import App

if TYPE_CHECKING:
    from tasks.campaign.mailing.model import MailKind

app = App()

TrialOption = Annotated[
    bool,
    typer.Option("--essai", "--dry-run", help="Montrer qui recevrait quoi, sans rien envoyer."),
]


@app.command()
def invite(study: StudyArgument, wave: WaveOption = "", trial: TrialOption = False) -> None:
    """Inviter les personnes qui ne l’ont pas encore été."""
    from tasks.campaign.mailing.model import MailKind

    _mail(MailKind.INVITATION, study, wave, trial=trial)


@app.command()
def remind(study: StudyArgument, wave: WaveOption = "", trial: TrialOption = False) -> None:
    """Écrire aux personnes invitées qui n’ont pas encore répondu."""
    from tasks.campaign.mailing.model import MailKind

    _mail(MailKind.REMINDER, study, wave, trial=trial)


def _mail(kind: "MailKind", study: str, wave: str, *, trial: bool) -> None:
    from config.settings import Settings
    from flows.mailing import STEPS, MailingRequest, mail
    from flows.terminal import progress_of, show_mailed, told_to_staff

    settings = Settings()
    request = MailingRequest(study=study, wave=wave, trial=trial)
    with told_to_staff(settings.language):
        with progress_of(len(STEPS)) as step:
            mailed = mail(kind, request, settings, step)
        show_mailed(mailed)
        if mailed.error is not None:
            raise mailed.error


@app.command()
def follow(study: StudyArgument, wave: WaveOption = "") -> None:
    """Voir où en est une campagne.

    D’après les réponses déjà relevées : sans serveur ni réseau.
    """
    from config.settings import Settings
    from flows.following import follow as follow_wave
    from flows.request import RefreshRequest
    from flows.terminal import show_following, told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        show_following(follow_wave(RefreshRequest(study=study, wave=wave), settings))
