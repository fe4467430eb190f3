"""The files of a study's folder: which hold something of a person, and taking it out.

In two steps: everything is looked at before anything changes, so that a file that is open stops
the whole and not a half.
"""

import re
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from pathlib import Path

from config.errors import ReportLocked
from tasks.erasing.workbooks import Results, without_people
from tasks.files import lock_files, write_whole
from tasks.store.traces import Trace
from tasks.word.merge import identity
from tasks.word.redaction import Words, emptied, mentions, searchable

_OF_THE_SYSTEM = ("Thumbs.db", ".DS_Store", "desktop.ini")


class Cause(Enum):
    """Why staff must see to a file themselves."""

    UNREADABLE = "damaged, or locked by a password: nobody can tell what it holds"
    OWN = "nothing in it is the software's to take out: it holds something of them"
    UNSEARCHED = "of a kind whose text cannot be searched: a PDF, an image, a recording"
    LEFT = "rewritten, and something is left where no paragraph or row of theirs stands"


@dataclass(frozen=True)
class Change:
    """What becomes of one file."""

    path: Path
    content: bytes | None  # None: the file goes


@dataclass(frozen=True)
class Plan:
    """What an erasure does to the files of a folder; nothing has changed yet.

    Attributes:
        changes: files to delete and to rewrite.
        by_hand: names under the folder, nobody's, of files that staff must see to.
        blocked: names under the folder of files that are open or that the system keeps shut.
    """

    changes: tuple[Change, ...] = ()
    by_hand: tuple[tuple[str, Cause], ...] = ()
    blocked: tuple[str, ...] = ()

    @property
    def deleted(self) -> int:
        """Files that go."""
        return sum(change.content is None for change in self.changes)

    @property
    def rewritten(self) -> int:
        """Files that stay, without the person."""
        return len(self.changes) - self.deleted


def plan_files(
    folder: Path, trace: Trace, words: Words, marker: str, results: Results | None = None
) -> Plan:
    """Look at every file under a folder for something of a person. Changes nothing.

    Args:
        folder: the study's folder, its history included.
        trace: the person.
        words: what recognises their words.
        marker: what an emptied paragraph says.
        results: how a results workbook is known.
    """
    changes, by_hand, blocked = [], [], []
    person = _Person(trace, words, marker, results)
    for path in _files(folder):
        try:
            change, cause = _look(path, person)
        except OSError:
            blocked.append(str(path.relative_to(folder)))
            continue
        if change is not None:
            changes.append(change)
        if cause is not None:
            by_hand.append((_masked(path.relative_to(folder), trace), cause))
    blocked += [str(path.relative_to(folder)) for path in shut(one.path for one in changes)]
    return Plan(tuple(changes), tuple(by_hand), tuple(sorted(blocked)))


def carry_out(changes: Iterable[Change], language: str) -> tuple[Path, ...]:
    """Delete and rewrite files; returns those that could not be, as they were."""
    return tuple(change.path for change in changes if not _done(change, language))


def shut(paths: Iterable[Path]) -> Iterator[Path]:
    """Those of some files that cannot be written or deleted now: open, or kept by the system."""
    writable: dict[Path, bool] = {}
    for path in paths:
        if path.parent not in writable:
            writable[path.parent] = _takes_files(path.parent)
        if not writable[path.parent] or lock_files(path) or not _opens(path):
            yield path


def _takes_files(folder: Path) -> bool:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".essai-"):
            return True
    except OSError:
        return False


def _opens(path: Path) -> bool:
    """Windows refuses this for a file that a program holds, whether or not a lock file tells."""
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return (path for path in sorted(found) if not path.name.startswith(("~$", ".~lock")))


def strangers(folder: Path, ours: Collection[Path], names: Iterable[str]) -> tuple[str, ...]:
    """The files of a folder that the software did not make, such as a report printed to PDF.

    Args:
        folder: the study's folder, its history included.
        ours: files that the software knows by their path.
        names: of people; they are not told in what is returned.

    Returns:
        Their names under the folder.
    """
    hidden = _pattern(names)
    found = (path for path in _files(folder) if path not in ours and not _is_ours(path))
    return tuple(hidden.sub("…", path.relative_to(folder).as_posix()) for path in found)


def _is_ours(path: Path) -> bool:
    """A document that says which report it is, or what the system lays in folders by itself."""
    if path.name in _OF_THE_SYSTEM:
        return True
    try:
        return path.suffix.lower() == ".docx" and identity(path.read_bytes()) is not None
    except OSError:
        return False


@dataclass(frozen=True)
class _Person:
    """Whom to take out of a file, and how: see `plan_files`."""

    trace: Trace
    words: Words
    marker: str
    results: Results | None


def _look(path: Path, person: _Person) -> tuple[Change | None, Cause | None]:
    """What becomes of one file, and why staff must see to it, if they must."""
    content = path.read_bytes()
    if _is_theirs(path, content, person.trace):
        return Change(path, None), None
    cleaner = _CLEANERS.get(path.suffix.lower())
    if cleaner is None:
        return None, _without_cleaner(path, content, person.words)
    if not zipfile.is_zipfile(BytesIO(content)):
        return None, Cause.UNREADABLE
    clean = cleaner(content, person)
    if clean is None:
        return None, Cause.UNREADABLE
    change = None if clean == content else Change(path, clean)
    if not mentions(clean, person.words):
        return change, None
    return change, Cause.LEFT if change else Cause.OWN


def _without_cleaner(path: Path, content: bytes, words: Words) -> Cause | None:
    if mentions(content, words):
        return Cause.OWN
    seen = path.name in _OF_THE_SYSTEM or searchable(path.suffix, content)
    return None if seen else Cause.UNSEARCHED


def _done(change: Change, language: str) -> bool:
    try:
        if change.content is None:
            change.path.unlink(missing_ok=True)
        else:
            write_whole(change.path, change.content, language)
    except (OSError, ReportLocked):
        return False
    return True


def _is_theirs(path: Path, content: bytes, trace: Trace) -> bool:
    """Is the whole file about them: an interview guide, by its name or what it says it is?"""
    if _naming(trace).search(path.name):
        return True
    who = identity(content) if path.suffix.lower() == ".docx" else None
    return who is not None and bool(trace.pseudonyms & set(who.report.split("/")))


def _naming(trace: Trace) -> re.Pattern[str]:
    return _pattern((*trace.pseudonyms, *trace.names))


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(name) for name in names if name.strip())
    return re.compile(rf"(?<!\w)(?:{either or '(?!)'})(?!\w)", re.IGNORECASE)


def _masked(path: Path, trace: Trace) -> str:
    return _naming(trace).sub("…", path.as_posix())


Cleaner = Callable[[bytes, _Person], bytes | None]


def _word(content: bytes, person: _Person) -> bytes | None:
    words = person.words
    return emptied(content, words, person.marker) if mentions(content, words) else content


def _excel(content: bytes, person: _Person) -> bytes | None:
    return without_people(content, person.trace.pseudonyms, person.results)


_CLEANERS: dict[str, Cleaner] = {".docx": _word, ".xlsx": _excel}
