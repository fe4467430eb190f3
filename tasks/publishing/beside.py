"""Files beside a report: the new issue while staff's is open, and the history of former ones."""

import re
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

from config.catalogue import say
from tasks.files import unwritable, write_whole
from tasks.publishing.finding import HISTORY, Held

_BESIDE = re.compile(r" \(\d{4}-\d{2}-\d{2}\)( \d+)?$")  # what `place_beside` adds to a name


def place_beside(path: Path, content: bytes, moment: datetime, language: str) -> Path:
    """Write an issue beside a file, under a name that nothing bears yet.

    Raises:
        ReportLocked: the folder cannot be written.
    """
    stem = f"{_BESIDE.sub('', path.stem)} ({moment:%Y-%m-%d})"
    return write_whole(_free(path.with_name(f"{stem}.docx"), "{stem} {number}"), content, language)


def keep(held: Held, moment: datetime, language: str) -> Path:
    """Copy a file to the dated history before it is replaced; returns the copy's path.

    Raises:
        ReportLocked: the history cannot be written.
    """
    folder = held.path.parent / HISTORY
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error, language) from error
    edition = (
        say("édition {number}", language, number=held.version)
        if held.version
        else say("édition inconnue", language)
    )
    name = f"{held.path.stem} – {edition} – {moment:%Y-%m-%d %Hh%M}.docx"
    return write_whole(
        _free(folder / name, "{stem} ({number})", held.content), held.content, language
    )


def put_aside(held: Held, moment: datetime, language: str) -> None:
    """Move a file to the history.

    Raises:
        ReportLocked: the history cannot be written, or the file is in use.
    """
    keep(held, moment, language)
    try:
        held.path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(held.path, error, language) from error


def _free(path: Path, numbered: str, content: bytes | None = None) -> Path:
    """The path, or the first numbered one, that no file has (or one of the same content)."""
    for number in count(1):
        name = path.stem if number == 1 else numbered.format(stem=path.stem, number=number)
        free = path.with_name(f"{name}{path.suffix}")
        if not free.exists() or (content is not None and free.read_bytes() == content):
            return free
    raise AssertionError  # `count` has no end


def put_away(
    copies: tuple[Held, ...],
    content: bytes,
    usual: Path,
    moment: datetime,
    language: str,
    *,
    as_issued: Callable[[Held], bool],
) -> tuple[Held | None, tuple[str, ...]]:
    """Put away what was written beside the report and nobody edited.

    A copy that staff made is theirs: it stays, and is named when they wrote in it.

    Args:
        copies: the other files of the report.
        content: the issue of now; a copy that is just this still waits for its report.
        usual: the report's usual path.
        moment: of the refresh, aware.
        language: of the notice.
        as_issued: whether a copy is an issue as it was generated.

    Returns:
        The copy that is the issue of now, if any; and what staff should know.

    Raises:
        ReportLocked: the history cannot be written.
    """
    waiting, edited = None, []
    for held in copies:
        if held.content == content:
            waiting = held
        elif not as_issued(held):
            edited.append(f"« {held.path.name} »")
        elif _BESIDE.search(held.path.stem) and not held.busy:
            put_aside(held, moment, language)
    if not edited:
        return waiting, ()
    said = say(
        "Copies du rapport laissées telles quelles : {names}. Ce que vous y écrivez n’est pas "
        "repris ; pour que l’une d’elles devienne le rapport, donnez-lui le nom « {name} ».",
        language, names=", ".join(edited), name=usual.name,
    )  # fmt: skip
    return waiting, (said,)
