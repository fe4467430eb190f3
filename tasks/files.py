"""Files that staff hold: written whole or not at all, and never over their own edits."""

import errno
import hashlib
import os
import re
import tempfile
import time
from contextlib import suppress
from pathlib import Path, PurePosixPath

from config.catalogue import say
from config.errors import ReportLocked

_FULL = (errno.ENOSPC, errno.EDQUOT)
_NO_FOLDER = (errno.EEXIST, errno.ENOTDIR)
_KILLED = 3600  # seconds after which nobody is writing a file any more


def output_folder(home: Path, output: PurePosixPath, language: str) -> Path:
    """Return the study's output folder under `home`, made if need be.

    Raises:
        ReportLocked: it cannot be made or written, or leads out of `home`.
    """
    folder = (home / output).resolve()
    if not folder.is_relative_to(home.resolve()):
        raise ReportLocked(
            say("Le dossier des rapports « {folder} » sort du dossier de travail.", language,
                folder=output),
            say("Donnez dans le fichier de l’étude un dossier relatif, sans « .. ».", language),
        )  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".essai-"):
            pass
    except OSError as error:
        raise unwritable(folder, error, language) from error
    return folder


def write_whole(path: Path, content: bytes, language: str) -> Path:
    """Write a file through a temporary one beside it, then replace; a failure changes nothing.

    Raises:
        ReportLocked: the folder or the file cannot be written (open in Word on Windows, rights).
    """
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.stem}-", suffix=".tmp", delete=False
        ) as stream:
            temporary = Path(stream.name)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise unwritable(path, error, language) from error
    return path


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def lock_files(path: Path) -> tuple[Path, ...]:
    """The lock files that Word (`~$…`) and LibreOffice (`.~lock.…#`) lay beside an open file.

    Word's sign takes the place of the first two letters of a long name, of the first one when the
    name has seven letters, and stands before a shorter name.
    """
    candidates = (
        *(path.with_name(f"~${path.name[letters:]}") for letters in (2, 1, 0)),
        path.with_name(f".~lock.{path.name}#"),
    )
    return tuple(candidate for candidate in dict.fromkeys(candidates) if candidate.exists())


def _mode(path: Path) -> int:
    """The rights that a file has already: the team may share its folder with a group."""
    return path.stat().st_mode & 0o777 if path.exists() else 0o640


def unwritable(path: Path, error: OSError, language: str) -> ReportLocked:
    """The error to raise when a file or a folder cannot be written, by what the system says."""
    if error.errno in _FULL:
        return ReportLocked(
            say("Le disque est plein : « {path} » n’a pas pu être écrit.", language, path=path),
            say("Libérez de la place sur ce disque, puis recommencez ; la dernière édition est "
                "intacte.", language),
        )  # fmt: skip
    if error.errno in _NO_FOLDER:
        return ReportLocked(
            say("« {path} » devrait être un dossier : un fichier de ce nom prend sa place.",
                language, path=path),
            say("Renommez ce fichier ou déplacez-le, puis recommencez ; la dernière édition est "
                "intacte.", language),
        )  # fmt: skip
    return ReportLocked(
        say("« {path} » ne peut pas être écrit.", language, path=path),
        say(
            "Fermez le fichier s’il est ouvert et vérifiez les droits du dossier, "
            "puis relancez l’actualisation ; la dernière édition est intacte.",
            language,
        ),
    )


def sweep(folder: Path, stem: str) -> None:
    """Delete what `write_whole` left half written in a folder when its run was killed.

    A run that is still at it keeps its file: only what is older than an hour goes.

    Args:
        folder: where to look; need not exist.
        stem: how the name of the file to write began.
    """
    ours = re.compile(rf"\.{re.escape(stem)}( .+)?-[a-z0-9_]{{8}}\.tmp")
    hour_ago = time.time() - _KILLED
    for path in folder.glob("*.tmp"):
        with suppress(OSError):  # an hour later is early enough
            old = ours.fullmatch(path.name) and path.is_file() and path.stat().st_mtime < hour_ago
            if old and not path.is_symlink():
                path.unlink()
