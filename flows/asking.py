"""The one question that commands ask before something that cannot be taken back."""

import sys

from config.catalogue import say
from flows.terminal import console

_YES = frozenset({"o", "oui", "y", "yes"})
_NO = frozenset({"", "n", "non", "no"})


def agreed(question: str, language: str) -> bool:
    """Ask until the answer is yes or no; nothing typed, or nobody there to answer, means no.

    Both languages are understood, whatever the language of the question.
    """
    if not sys.stdin.isatty():
        return False
    console.print(question, markup=False, highlight=False, soft_wrap=True)
    while (answer := _typed(language)) not in _YES | _NO:
        console.print(say("Répondez par « oui » ou par « non ».", language))
    return answer in _YES


def _typed(language: str) -> str:
    prompt = say("Continuer ? [oui/non]", language)
    try:
        return console.input(f"{prompt} ", markup=False).strip().lower()
    except EOFError:  # Ctrl-D
        return ""
