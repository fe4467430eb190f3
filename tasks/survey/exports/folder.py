"""The files of a folder of exports: which are whole, and which is taken."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from config.catalogue import say
from config.errors import PlatformError

ANSWERS = (".lsa", ".xlsx", ".csv")  # of two files of the same moment, the first kind is taken
READ = (*ANSWERS, ".lss")
TEMPORARY = (".tmp", ".part", ".partial", ".crdownload", ".download")
# How LimeSurvey names its exports; the number is the survey's.
_NAMED = re.compile(
    r"(?:results-survey|survey_archive_|limesurvey_survey_|tokens_|survey_)(\d+)", re.IGNORECASE
)


@dataclass(frozen=True)
class ExportedFile:
    """A file of the folder that may be read."""

    path: Path
    modified: datetime  # aware, UTC

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def kind(self) -> str:
        """Its suffix, in small letters."""
        return self.path.suffix.casefold()


@dataclass(frozen=True)
class Found:
    """What a folder holds for a survey: the newest file first, and why others are left out."""

    files: tuple[ExportedFile, ...]
    ignored: tuple[str, ...]

    def of_kind(self, *kinds: str) -> Iterator[ExportedFile]:
        """The files of some kinds, the newest first."""
        return (one for one in self.files if one.kind in kinds)


def exports_folder(home: Path, exports: PurePosixPath, language: str) -> Path:
    """The folder that holds the exports.

    Raises:
        PlatformError: it is not there, or leads out of the working folder.
    """
    folder = (home / exports).resolve()
    if not folder.is_relative_to(home.resolve()):
        raise PlatformError(
            say("Le dossier des exports « {folder} » sort du dossier de travail.", language,
                folder=exports),
            say("Donnez dans le fichier de l’étude un dossier relatif, qui ne remonte pas.",
                language),
        )  # fmt: skip
    if not folder.is_dir():
        raise PlatformError(
            say("Le dossier des exports « {folder} » n’existe pas.", language, folder=folder),
            say("Créez ce dossier et déposez-y un export des réponses.", language),
        )
    return folder


def found_in(folder: Path, survey_id: int, surveys: Iterable[int], language: str) -> Found:
    """The files of a folder that belong to a survey, the newest first.

    The newest is the one written last. A file belongs to the survey whose number its name bears,
    as LimeSurvey names it; a file without a number belongs to the study's only survey.

    Args:
        folder: it is not walked into.
        survey_id: the survey.
        surveys: those of all waves of the study.
        language: of the sentences.
    """
    files, ignored = [], []
    for path in sorted(folder.iterdir()):
        why = _left_out(path, survey_id, {*surveys}, language)
        if why is None:
            stamp = path.stat().st_mtime
            files.append(ExportedFile(path, datetime.fromtimestamp(stamp, UTC)))
        elif why:
            ignored.append(left_out(path.name, why, language))
    files.sort(key=_rank)
    return Found(tuple(files), tuple(ignored))


def left_out(name: str, why: str, language: str) -> str:
    """The sentence on a file that is left out."""
    return say("Fichier « {name} » laissé de côté : {why}", language, name=name, why=why)


def _rank(one: ExportedFile) -> tuple[float, int, str]:
    return (-one.modified.timestamp(), READ.index(one.kind), one.name)


def _left_out(path: Path, survey_id: int, surveys: set[int], language: str) -> str | None:
    """Why a file is left out; None: it is not; `""`: nothing to say about it."""
    name = path.name
    if name.startswith(("~$", ".~lock.")):
        return say("ce n’est que le verrou d’un fichier ouvert dans un tableur.", language)
    if not path.is_file() or name.startswith("."):
        return ""
    if path.suffix.casefold() in TEMPORARY:
        return say("sa copie ou son téléchargement n’est pas terminé.", language)
    if path.suffix.casefold() not in READ:
        return say("seuls les fichiers CSV, XLSX, LSA et LSS sont lus.", language)
    number = _number(name, surveys)
    if number is None and len(surveys) > 1:
        return say(
            "son nom ne dit pas de quelle enquête il vient, et l’étude en a plusieurs.", language
        )
    if number is not None and number != survey_id:
        return say("il vient de l’enquête {number}.", language, number=number)
    return None


def _number(name: str, surveys: set[int]) -> int | None:
    """The survey's number in a name: a known one anywhere, or any where LimeSurvey writes it."""
    numbers = [int(digits) for digits in re.findall(r"\d+", name)]
    known = [number for number in numbers if number in surveys]
    if known:
        return known[0]
    named = _NAMED.match(name)
    return int(named[1]) if named else None
