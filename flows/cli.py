"""The `maturity` command: a thin face on the flows. Heavy imports wait until they are needed."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_adopting import app as adopting_app
from flows.cli_arguments import StudyArgument, WaveOption
from flows.cli_campaign import app as campaign_app
from flows.cli_erasing import app as erasing_app
from flows.cli_mailing import app as mailing_app
from flows.command_words import App, Group

app = App(
    cls=Group,
    name="maturity",
    help="Études de maturité numérique : du questionnaire LimeSurvey au rapport Word.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: rich alone would take half a second
)
notes_app = App(
    cls=Group,
    help="Le classeur des notes d’entretien.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
template_app = App(
    cls=Group, help="Les modèles Word des rapports.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(notes_app, name="notes")
app.add_typer(template_app, name="template")
app.add_typer(campaign_app)
app.add_typer(mailing_app)
app.add_typer(adopting_app)
app.add_typer(erasing_app)


@app.command()
def demo(
    week: Annotated[
        int,
        typer.Option("--semaine", "--week", min=0, max=3,
                     help="Semaine à jouer (1, 2 ou 3) ; 0 : les trois, l’une après l’autre."),
    ] = 0,
) -> None:  # fmt: skip
    """Jouer une étude inventée.

    De bout en bout, sans serveur ni réseau : trois semaines de réponses, douze entretiens.
    """
    from config.settings import Settings
    from flows.demo import play
    from flows.terminal import told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        play(settings, (week,) if week else (1, 2, 3))


@app.command()
def check(study: StudyArgument, wave: WaveOption = "") -> None:
    """Vérifier une étude.

    Fichiers, plateforme joignable, questionnaire conforme au modèle : ce qui tient, ce qui manque.
    """
    from config.settings import Settings
    from flows.checking import check_study
    from flows.terminal import console, told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        holds = check_study(study, wave, settings, console)
    raise typer.Exit(0 if holds else 1)


@app.command()
def refresh(
    study: StudyArgument,
    wave: WaveOption = "",
    after_erasure: Annotated[
        bool,
        typer.Option("--apres-effacement", "--after-erasure",
                     help="Recalculer sans les personnes effacées, même si la comparaison avec "
                     "l’édition d’avant fait connaître leurs réponses."),
    ] = False,
) -> None:  # fmt: skip
    """Actualiser une étude.

    Réponses, calculs, rapport et classeurs ; sur le serveur de l’équipe s’il répond.
    """
    from config.settings import Settings
    from flows.handing import hand_over
    from flows.request import RefreshRequest
    from flows.terminal import console, progress_of, show, told_to_staff
    from flows.wiring import STEPS
    from flows.wiring import refresh as refresh_here

    settings = Settings()
    request = RefreshRequest(study=study, wave=wave, after_erasure=after_erasure)
    with told_to_staff(settings.language):
        if hand_over(request, settings, console):
            return
        with progress_of(len(STEPS)) as step:
            summary = refresh_here(request, settings, step)
        show(summary)
    if summary.withheld:
        raise typer.Exit(1)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adresse d’écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port d’écoute.")] = 4200,
) -> None:
    """Ouvrir les pages de l’équipe.

    Et tenir le calendrier : une actualisation par semaine et par vague ouverte.
    """
    from config.settings import Settings
    from flows.serving import serve_studies
    from flows.terminal import told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        serve_studies(settings, host, port)


@notes_app.command("make")
def make_notes(study: StudyArgument, wave: WaveOption = "") -> None:
    """Faire le classeur, ou y ajouter des répondants."""
    from config.settings import Settings
    from flows.notes import make
    from flows.terminal import console, told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        console.print(str(make(study, wave, settings)), soft_wrap=True)


@notes_app.command("read")
def read_notes(
    study: StudyArgument,
    wave: WaveOption = "",
    file: Annotated[
        Path | None, typer.Option("--fichier", "--file", help="Classeur à lire, s’il est ailleurs.")
    ] = None,
) -> None:
    """Lire le classeur et dire ce qui s’y trouve."""
    from config.settings import Settings
    from flows.notes import read
    from flows.terminal import console, told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        console.print(read(study, wave, file, settings))


@app.command()
def history(study: StudyArgument, wave: WaveOption = "") -> None:
    """Lister les éditions du rapport."""
    from config.settings import Settings
    from flows.history import history as issues
    from flows.terminal import console, told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        console.print(issues(study, wave, settings))


@app.command()
def restore(
    study: StudyArgument,
    edition: Annotated[int, typer.Argument(metavar="ÉDITION", min=1, help="Son numéro.")],
    wave: WaveOption = "",
) -> None:
    """Reprendre une édition du rapport.

    Elle revient avec ce que vous y aviez écrit si son fichier est dans le dossier « history » (voir
    « maturity history »), sinon comme le logiciel l’avait écrite. Celle de maintenant y est d’abord
    gardée.
    """
    from config.settings import Settings
    from flows.history import bring_back
    from flows.terminal import console, told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        for sentence in bring_back(study, wave, edition, settings):
            console.print(sentence, soft_wrap=True, markup=False, highlight=False)


@template_app.command("new")
def new_template(
    name: Annotated[
        str, typer.Argument(metavar="MODÈLE", help="Nom du modèle.")
    ] = "collective_report",
) -> None:
    """Copier un modèle pour le mettre en forme."""
    from config.settings import Settings
    from flows.templates import new_template as copy
    from flows.terminal import console, told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        console.print(str(copy(name, settings)), soft_wrap=True)


@template_app.command("check")
def check_template(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le modèle Word à vérifier.")],
) -> None:
    """Vérifier un modèle mis en forme.

    Le rapport de l’étude de démonstration est fait avec lui et écrit à côté.
    """
    from config.settings import Settings
    from flows.templates import check_template as verify
    from flows.terminal import show_template, told_to_staff

    settings = Settings()
    with told_to_staff(settings.language):
        checked = verify(file, settings)
        show_template(checked, settings.language)
        if checked.faults:
            raise typer.Exit(1)


@app.command()
def guides(
    study: StudyArgument,
    wave: WaveOption = "",
    everybody: Annotated[
        bool, typer.Option("--tous", "--all", help="Même les personnes déjà rencontrées.")
    ] = False,
) -> None:
    """Faire les guides d’entretien."""
    from config.settings import Settings
    from flows.guides import STEPS, GuidesRequest, prepare_guides
    from flows.terminal import progress_of, told_to_staff
    from flows.terminal_interviews import show_guides

    settings = Settings()
    request = GuidesRequest(
        study=study, wave=wave, people="all" if everybody else "not_interviewed"
    )
    with told_to_staff(settings.language):
        with progress_of(len(STEPS)) as step:
            made = prepare_guides(request, settings, step)
        show_guides(made)


@app.command()
def collect(
    study: StudyArgument,
    wave: WaveOption = "",
    folder: Annotated[
        str, typer.Option("--dossier", "--folder", help="Dossier à lire, s’il est ailleurs.")
    ] = "",
) -> None:
    """Lire les guides remplis et les classeurs de notes."""
    from config.settings import Settings
    from flows.collecting import STEPS, CollectRequest, collect_folder, remarks
    from flows.terminal import progress_of, show_rows, told_to_staff
    from flows.terminal_interviews import show_gathered

    settings = Settings()
    with told_to_staff(settings.language):
        with progress_of(len(STEPS)) as step:
            request = CollectRequest(study=study, wave=wave, folder=folder)
            gathered = collect_folder(request, settings, step)
        for table in gathered.tables:
            show_rows(table)
        show_gathered(gathered, study, remarks(gathered, words=True))


@app.command()
def questionnaire(study: StudyArgument, wave: WaveOption = "") -> None:
    """Écrire le questionnaire à importer dans LimeSurvey."""
    from config.settings import Settings
    from flows.request import RefreshRequest
    from flows.setup import prepare
    from flows.terminal import console, told_to_staff
    from tasks.files import write_whole
    from tasks.survey.building import survey_file

    settings = Settings()
    with told_to_staff(settings.language):
        setup = prepare(RefreshRequest(study=study, wave=wave), settings)
        content = survey_file(setup.loaded.model, setup.study, setup.wave)
        path = write_whole(setup.file("Questionnaire", ".lss"), content, setup.language)
        console.print(str(path), soft_wrap=True)
