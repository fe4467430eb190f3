"""What `maturity guides` and `maturity collect` end with: counts, the file, the next step."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from config.catalogue import say, say_count
from flows.terminal import console

if TYPE_CHECKING:
    from flows.collecting import Gathered
    from flows.guides import Guides


def show_guides(made: "Guides") -> None:
    """Print how many guides were made, where they are, and what to do with them."""
    language = made.language
    count = say_count("{count} guide fait ou mis à jour.", "{count} guides faits ou mis à jour.",
                      made.written, language)  # fmt: skip
    _done(count, made.folder)
    _next(
        say("Rencontrez les personnes et notez dans leur guide, puis : « maturity collect "
            "{study} ».", language, study=made.study)
        if made.written
        else say("Tous ceux qui ont répondu sont rencontrés : « maturity guides {study} --tous » "
                 "refait leurs guides.", language, study=made.study),
        language,
    )  # fmt: skip
    _remarks(made.notices)


def show_gathered(gathered: "Gathered", study: str, remarks: tuple[str, ...]) -> None:
    """Print what the files held, where the review is, what to do, and what deserves a look."""
    language, files = gathered.language, gathered.collected.sources
    count = say_count("{count} fichier de notes lu.", "{count} fichiers de notes lus.",
                      len(files), language)  # fmt: skip
    _done(count, gathered.workbook)
    if gathered.waiting:
        step = say_count(
            "Décidez du passage qui attend dans le classeur de relecture, puis : « maturity "
            "refresh {study} ».",
            "Décidez des {count} passages qui attendent dans le classeur de relecture, puis : "
            "« maturity refresh {study} ».",
            gathered.waiting, language, study=study,
        )  # fmt: skip
    elif files:
        step = say("Actualisez le rapport : « maturity refresh {study} ».", language, study=study)
    else:
        step = say("Notez les entretiens dans les guides (« maturity guides {study} ») ou dans le "
                   "classeur des notes, puis relevez.", language, study=study)  # fmt: skip
    _next(step, language)
    _remarks(remarks)


def _done(count: str, path: Path | None) -> None:
    console.print(f"[bold]{escape(count)}[/]", highlight=False)
    if path is not None:
        console.print(str(path), soft_wrap=True, markup=False, highlight=False)


def _next(step: str, language: str) -> None:
    todo = say("À faire ensuite :", language)
    console.print(f"{todo} {step}", soft_wrap=True, markup=False, highlight=False)


def _remarks(sentences: tuple[str, ...]) -> None:
    for sentence in sentences:
        console.print(f"[yellow]•[/] {escape(sentence)}", highlight=False, soft_wrap=True)
