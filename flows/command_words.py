"""The words that Typer itself writes, in help and in refused commands, said in French.

Typer has no translations of them, so what it wrote is rewritten: whatever is not known here stays
as it is. In English nothing is touched.
"""

import re
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

Run = TypeVar("Run", bound=Callable[..., Any])
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # no public name in every version

_HELP = (
    (r"^Usage: ", "Usage : "),
    (r"COMMAND \[ARGS\]\.\.\.", "COMMANDE [ARGUMENTS]…"),
    (r"^Arguments:$", "Arguments :"),
    (r"^Options:$", "Options :"),
    (r"^Commands:$", "Commandes :"),
    (r"Show this message and exit\.", "Montrer cette aide."),
    (r"^(  [A-ZÉ]+ )<str>", r"\1     "),
    (r"^(  [A-ZÉ]+ )<path>", r"\1      "),
    (r"^(  [A-ZÉ]+ )<int range>", r"\1           "),
    (r"<str>", "TEXTE"),  # as long as what it replaces: the column beside it stays straight
    (r"<path>", "CHEMIN"),
    (r"<int range>", "NOMBRE     "),
    (r"(?<=\[)(\d+<=x<=\d+|x>=\d+); required\]", r"\1 ; obligatoire]"),
    (r"\[required\]", "[obligatoire]"),
    (r"\[default: ", "[par défaut : "),
)
_REFUSED = (
    (r"^Missing argument '(.+?)'\.", "Il manque l’argument « {0} »."),
    (r"^Missing option '(.+?)'\.", "Il manque l’option « {0} »."),
    (r"^Missing command\.", "Il manque la commande."),
    (r"^No such command '(.+?)'\.?", "La commande « {0} » n’existe pas."),
    (r"^No such option:? '?(--?[^\s'.]+)'?\.?", "L’option « {0} » n’existe pas."),
    (r"\(Possible options: (.+)\)", "(Options proches : {0})"),
    (r"Did you mean (.+?)\?$", "Vouliez-vous dire {0} ?"),
    (r"^Invalid value for (.+?): ", "{0} ne convient pas : "),
    (r"^Got unexpected extra arguments? ?(?:\(s\) )?\((.+)\)$", "De trop : {0}"),
    (r"^Option '(.+)' requires an argument\.", "L’option « {0} » attend une valeur."),
    (r"^Option '(.+)' does not take a value\.", "L’option « {0} » n’a pas de valeur."),
    (r"Input should be greater than or equal to (\S+)", "le plus petit nombre admis est {0}."),
    (r"Input should be less than or equal to (\S+)", "le plus grand nombre admis est {0}."),
    (r"Input should be a valid integer.*", "un nombre entier est attendu."),
)


def help_in_french(text: str) -> str:
    """Rewrite the help of a command, or its line of usage."""
    for pattern, words in _HELP:
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


def refusal_in_french(message: str) -> str:
    """Rewrite why a command was refused."""
    for pattern, words in _REFUSED:
        if found := re.search(pattern, message):
            said = words.format(*found.groups())
            message = f"{message[: found.start()]}{said}{message[found.end() :]}"
    return re.sub(r"'(.+?)'", "« \\1 »", message)


def _french() -> bool:
    from config.settings import Settings  # heavy: only for whoever asks for help or slips

    return Settings().language == "fr"


def _said(text: str) -> str:
    return help_in_french(text) if _french() else text


class _InFrench:
    """What the help of a command and its line of usage become."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        """The whole help."""
        return _said(super().get_help(ctx))  # type: ignore[misc]

    def get_usage(self, ctx: Any) -> str:  # noqa: ANN401
        """The line above a refusal."""
        return _said(super().get_usage(ctx))  # type: ignore[misc]


class _Command(_InFrench, TyperCommand):
    pass


class Group(_InFrench, TyperGroup):
    """Commands under one name, refused in the language of the installation."""

    def main(self, *args: Any, **given: Any) -> Any:  # noqa: ANN401
        """Run the command that was typed; tell why it cannot be, and exit."""
        if not given.get("standalone_mode", True):
            return super().main(*args, **given)
        try:
            code = super().main(*args, **{**given, "standalone_mode": False})
        except _UsageError as error:
            _tell(error)
            sys.exit(2)
        except typer.Abort:
            typer.echo("Interrompu." if _french() else "Aborted!", err=True)
            sys.exit(1)
        sys.exit(code)


class App(typer.Typer):
    """Commands whose help is in the language of the installation."""

    def command(self, name: str | None = None, **given: Any) -> Callable[[Run], Run]:  # noqa: ANN401
        """As Typer's own."""
        return super().command(name, cls=_Command, **given)


def _tell(error: Any) -> None:  # noqa: ANN401
    """Why a command was refused, under its line of usage; or its help when nothing was typed."""
    message = error.format_message()
    context = error.ctx
    if not _french() or (context and message == context.get_help()):
        error.show()
        return
    if context:
        usage = f"{context.get_usage()}\nPour l’aide : {context.command_path} --help\n"
        typer.echo(usage, err=True)
    typer.echo(f"Erreur : {refusal_in_french(message)}", err=True)
