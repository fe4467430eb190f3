"""What the `maturity` command shows: a bar per step, a closing table, plain errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from config.catalogue import say, say_count
from config.errors import MaturityError
from flows.summary import Summary

if TYPE_CHECKING:
    from flows.steps.mailing import Mailed
    from flows.templates import Checked
    from tasks.erasing.certificate import Certificate
    from tasks.reports.following import Following

console = Console()
errors = Console(stderr=True)

Step = Callable[..., Any]


@contextmanager
def told_to_staff(language: str) -> Iterator[None]:
    """Turn an error that staff can act on into a message and exit code 1."""
    try:
        yield
    except MaturityError as error:
        errors.print(f"[bold red]✗[/] {escape(error.message)}", highlight=False)
        if error.remedy:
            errors.print(f"  [bold]{say('À faire :', language)}[/] {escape(error.remedy)}",
                         highlight=False)  # fmt: skip
        raise typer.Exit(1) from error


@contextmanager
def progress_of(total: int) -> Iterator[Step]:
    """Yield a step runner that runs each step in process and moves a progress bar."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=total)

        def step(title: str, run: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401
            progress.update(bar, description=escape(title))
            result = run(*args)
            progress.advance(bar)
            return result

        yield step


def _near(path: Path) -> str:
    """A path as staff would type it from where they are."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def show(summary: Summary) -> None:
    """Print the closing table: the files written, and what changed."""
    language = summary.language
    files = Table(title=say("Fichiers écrits", language), title_justify="left", show_header=False)
    for label, path in summary.files:
        files.add_row(label, escape(_near(path)))
    changes = Table(title=say("Ce qui a changé", language), title_justify="left", show_header=False)
    for label, value in summary.rows():
        changes.add_row(label, escape(value))
    console.print(files, changes)
    for rows in summary.notes:
        show_rows(rows)
    for line in summary.log:
        console.print(f"– {escape(line)}", highlight=False)
    for notice in summary.notices:
        console.print(f"[yellow]•[/] {escape(notice)}", highlight=False)
    for said in summary.withheld:
        errors.print(f"[bold red]✗[/] {escape(said)}", highlight=False)


def show_template(checked: "Checked", language: str) -> None:
    """Print whether a template can be used, what to mend, what it lacks, then what it uses."""
    if checked.faults:
        console.print(f"[bold red]✗[/] [bold]{escape(_unusable(checked, language))}[/]",
                      highlight=False)  # fmt: skip
    else:
        console.print(f"[bold green]✓[/] [bold]{say('Ce modèle peut servir.', language)}[/]")
    for at, fault in enumerate(checked.faults, start=1):
        console.print(f"{at}. {escape(fault.message)}", highlight=False)
        if fault.remedy:
            console.print(f"   [bold]{say('À faire :', language)}[/] {escape(fault.remedy)}",
                          highlight=False)  # fmt: skip
    if checked.report is not None:
        report = _near(checked.report)
        console.print(say("Rapport d’essai : {path}", language, path=escape(report)),
                      highlight=False, soft_wrap=True)  # fmt: skip
    _show_list(say("Laissés de côté", language), checked.left_out)
    _show_list(say("Styles qui manquent", language), checked.lost_styles)
    _show_uses(say("Ce que le modèle emploie, titre par titre", language), checked.pages)
    _show_uses(say("Styles", language), checked.styles)


def _unusable(checked: "Checked", language: str) -> str:
    return say_count(
        "Ce modèle ne peut pas encore servir : {count} point à corriger.",
        "Ce modèle ne peut pas encore servir : {count} points à corriger.",
        len(checked.faults), language,
    )  # fmt: skip


def _show_list(title: str, lines: tuple[str, ...]) -> None:
    if lines:
        console.print(f"[bold]{title} ({len(lines)})[/]", highlight=False)
    for line in lines:
        console.print(f"– {escape(line)}", highlight=False)


def _show_uses(title: str, rows: tuple[tuple[str, str], ...]) -> None:
    if rows:
        table = Table(title=title, title_justify="left", show_header=False)
        for label, value in rows:
            table.add_row(escape(label), escape(value))
        console.print(table)


def show_rows(rows: tuple[tuple[str, ...], ...]) -> None:
    """Print a heading and its rows as a table."""
    heading, *others = rows
    table = Table(*map(escape, heading))
    for row in others:
        table.add_row(*map(escape, row))
    console.print(table)


def show_certificate(certificate: "Certificate", language: str) -> None:
    """Print what an erasure removed, what it cannot reach, and where its certificate is."""
    from tasks.erasing.certificate import unsearched_title  # heavy: only where it is needed

    for line in certificate.lines(language):
        console.print(f"✓ {escape(line)}", highlight=False)
    for line in certificate.remains:
        console.print(f"• {escape(line)}", highlight=False)
    if certificate.unsearched:
        console.print(f"[bold]{escape(unsearched_title(language))}[/]", highlight=False)
    for line in (*certificate.unsearched, *certificate.notices):
        console.print(f"• {escape(line)}", highlight=False)
    if certificate.path is not None:
        console.print(escape(_near(certificate.path)), soft_wrap=True)


def show_mailed(mailed: "Mailed") -> None:
    """Print who receives what or what became of the mails, then why the others received none."""
    console.print(f"[bold]{escape(mailed.title)}[/]", highlight=False)
    for line in mailed.lines:
        console.print(f"– {escape(line)}", highlight=False)
    if mailed.left_out:
        console.print(say("Ne reçoivent rien :", mailed.language))
    for line in mailed.left_out:
        console.print(f"[dim]– {escape(line)}[/]", highlight=False)
    for notice in mailed.notices:
        console.print(f"[yellow]•[/] {escape(notice)}", highlight=False, soft_wrap=True)
    if mailed.next_steps:
        console.print(say("À faire ensuite :", mailed.language))
    for at, step in enumerate(mailed.next_steps, start=1):
        console.print(f"{at}. {escape(step)}", highlight=False, soft_wrap=True)


def show_following(following: "Following") -> None:
    """Print where a campaign stands: counts, days, sides, what to do now."""
    console.print(f"[bold]{escape(following.title)}[/]", highlight=False)
    console.print(escape(following.as_of), highlight=False)
    table = Table(show_header=False)
    for label, value in following.rows:
        table.add_row(label, escape(value))
    console.print(table)
    if following.sides:
        sides = Table(say("Point de vue", following.language),
                      say("Ont répondu", following.language))  # fmt: skip
        for label, value in following.sides:
            sides.add_row(escape(label), value)
        console.print(sides)
    if following.withheld:
        console.print(f"[dim]{escape(following.withheld)}[/]", highlight=False)
    console.print(f"[bold]{say('Que faire maintenant', following.language)}[/]")
    for step in following.steps:
        console.print(f"– {escape(step)}", highlight=False)
