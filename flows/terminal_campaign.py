"""What the commands that begin and end a campaign show, and what one of them asks."""

import sys

from rich.markup import escape
from rich.table import Table

from config.catalogue import say
from flows.asking import agreed
from flows.outcome import Outcome
from flows.terminal import console


def show_outcome(outcome: Outcome) -> None:
    """Print what was done as a table, what to do next, and what deserves a look."""
    console.print(f"[bold]{escape(outcome.title)}[/]", highlight=False)
    table = Table(show_header=False)
    for label, value in outcome.rows:
        table.add_row(escape(label), escape(value))
    for label, path in outcome.files:
        table.add_row(escape(label), escape(path.name))
    console.print(table)
    for folder in dict.fromkeys(path.parent for _, path in outcome.files):
        console.print(escape(str(folder)), highlight=False, soft_wrap=True)
    if outcome.next_steps:
        console.print(say("À faire ensuite :", outcome.language))
    for at, step in enumerate(outcome.next_steps, start=1):
        console.print(f"{at}. {escape(step)}", highlight=False, soft_wrap=True)
    for notice in outcome.notices:
        console.print(f"[yellow]•[/] {escape(notice)}", highlight=False, soft_wrap=True)


def confirmed(language: str, *, early: bool, warning: str) -> bool:
    """Ask whether to close a campaign: before its end, or when it gives answers away.

    Nobody there to answer means no before the end; later the warning is shown, and it is closed.
    """
    if not early and not sys.stdin.isatty():
        console.print(warning, markup=False, highlight=False, soft_wrap=True)
        return True
    not_over = say(
        "La vague n’est pas finie. La clore arrête les réponses et écrit l’édition définitive du "
        "rapport : une fois publiée, la campagne ne se rouvre plus.",
        language,
    )
    question = "\n".join(part for part in (not_over if early else "", warning) if part)
    return agreed(question, language)
