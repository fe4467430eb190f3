"""Scan a folder for notes: filled guides, notes workbooks, or a mixture; count in, count out."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from config.catalogue import say
from config.errors import MaturityError
from tasks.interviews.guide_fields import fold
from tasks.interviews.guide_form import GuideForm
from tasks.interviews.guide_reading import read_guide, whose
from tasks.interviews.model import Doubt, Note, Notes
from tasks.interviews.reading import read_with_doubts
from tasks.interviews.sources import contradictions, together
from tasks.word.forms import read_form

SUFFIXES = (".docx", ".xlsx")
HISTORY = "history"  # where former editions of a guide lie


@dataclass(frozen=True)
class Source:
    """One file that notes were read from.

    Attributes:
        name: of the file, as the store knows it; tells files of one name in two folders apart.
        notes: what it says for certain, and its doubts.
        missing: places of the fields of a guide that are no longer there.
    """

    name: str
    notes: Notes
    missing: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        """Notes read for certain."""
        return self.notes.count

    @property
    def doubtful(self) -> int:
        """Passages that wait for staff."""
        return len(self.notes.doubts)

    @property
    def found(self) -> int:
        """Everything that somebody wrote."""
        return self.read + self.doubtful


@dataclass(frozen=True)
class Refused:
    """A file that no note was read from, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Collected:
    """What a scan brought; `found == read + doubtful`, in every line and in all.

    Attributes:
        sources: the files that hold notes, in the order in which they were read.
        refused: the other files.
        merged: the notes of all sources together.
        contradictions: positions of one person on one dimension that do not agree.
    """

    sources: tuple[Source, ...]
    refused: tuple[Refused, ...]
    merged: Notes
    contradictions: tuple[tuple[Note, Note], ...]

    @property
    def repeated(self) -> int:
        """Notes that stand in several sources, counted once for each time too many."""
        return sum(source.read for source in self.sources) - self.merged.count

    @property
    def doubts(self) -> tuple[tuple[str, Doubt], ...]:
        """All doubts, with the name of their file."""
        return tuple((one.name, doubt) for one in self.sources for doubt in one.notes.doubts)


@dataclass(frozen=True)
class Desk:
    """What is needed to read the notes of a wave.

    Attributes:
        guide: the words and fields of its guides.
        issued: tells whether a guide was made for a pseudonym.
        printed: pseudonym → every text that the software ever printed on their guide.
        author: the software's own name in Word's comments.
        home: the study's folder: files in it keep their plain names.
    """

    guide: GuideForm
    issued: Callable[[str], bool]
    printed: Callable[[str], frozenset[str]]
    author: str
    home: Path


def note_files(place: Path) -> tuple[Path, ...]:
    """The files of a folder and its folders, or the one file; sorted.

    Former editions, lock files and temporary files are left out.
    """
    if place.is_file():
        return (place,)
    found = (path for path in place.rglob("*") if path.is_file())
    return tuple(sorted(path for path in found if _counts(path.relative_to(place))))


def _counts(path: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return not hidden and HISTORY not in path.parts[:-1]


def collect(files: Iterable[Path], desk: Desk) -> Collected:
    """Read every file; one that cannot be read stops none of the others.

    Args:
        files: guides, workbooks, anything.
        desk: what is needed to read them.
    """
    sources: list[Source] = []
    refused: list[Refused] = []
    for path in files:
        try:
            sources.append(_read(path, desk))
        except MaturityError as error:
            refused.append(Refused(path.name, error.message))
        except OSError:
            why = say("Le fichier ne peut pas être lu.", desk.guide.form.study.language)
            refused.append(Refused(path.name, why))
    merged = together(source.notes for source in sources)
    return Collected(tuple(sources), tuple(refused), merged, contradictions(merged))


def _read(path: Path, desk: Desk) -> Source:
    form = desk.guide.form
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise MaturityError(
            form.say("Ce n’est ni un document Word (.docx), ni un classeur (.xlsx).")
        )
    content = path.read_bytes()
    name = source_name(path, desk.home)
    if suffix == ".xlsx":
        return Source(name, read_with_doubts(content, form, path.name))
    document = read_form(content, desk.author, form.study.language)
    person = whose(document, desk.guide, desk.issued, path.name)
    found = read_guide(document, desk.guide, person, desk.printed(person))
    return Source(name, found.notes, found.missing)


def source_name(path: Path, home: Path) -> str:
    """The name of a file as a source of notes.

    Its own, with a short mark for the folder when that is not the study's, so that the notes of
    two people who each have a « P07.docx » are two sources.
    """
    folder = path.resolve().parent
    if folder == home.resolve() or folder.parent == home.resolve():
        return path.name
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:6]
    return f"{path.stem} ({mark}){path.suffix}"


def printed_texts(issues: Iterable[bytes], author: str, language: str) -> frozenset[str]:
    """Every text of some issues of a guide, line by line, white space folded."""
    return frozenset(text for issue in issues for text in _texts(issue, author, language))


def _texts(issue: bytes, author: str, language: str) -> Iterator[str]:
    document = read_form(issue, author, language)
    for _, text in document.paragraphs:
        yield fold(text)
    for table in document.tables:
        for row in table.rows:
            for cell in row:
                yield fold(cell.text)
                yield from map(fold, cell.text.split("\n"))
