"""What the commands that take personal data away show, and what one of them asks."""

import sys
from collections.abc import Iterable

from rich.markup import escape

from config.catalogue import say
from flows.asking import agreed
from flows.erase_person import Foreseen
from flows.terminal import console


def show_foreseen(foreseen: Foreseen) -> None:
    """Print who would be erased, how much of them there is, and what stands in the way."""
    first, *others = foreseen.lines()
    console.print(f"[bold]{escape(first)}[/]", highlight=False, soft_wrap=True)
    for line in others:
        console.print(f"– {escape(line)}", highlight=False, soft_wrap=True)


def show_unchanged(language: str, *, trial: bool) -> None:
    """Say that nobody was erased; where nobody can be asked, how to do without the question."""
    console.print(say("Rien n’a été effacé.", language))
    if not trial and not sys.stdin.isatty():
        hint = say("Ici, personne ne peut répondre à la question : ajoutez « --oui ».", language)
        console.print(hint, markup=False, highlight=False, soft_wrap=True)


def show_kept(sentences: Iterable[str], language: str, *, nothing: bool) -> None:
    """Print until when each wave is kept; first that nothing was due, when nothing was."""
    if nothing:
        console.print(say("Aucune donnée n’est à retirer.", language))
    for sentence in sentences:
        console.print(f"– {escape(sentence)}", highlight=False, soft_wrap=True)


def confirmed(language: str) -> bool:
    """Ask whether to erase this person; nobody there to answer means no."""
    return agreed(say("Effacer cette personne est sans retour.", language), language)
