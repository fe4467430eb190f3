"""Scan a folder for notes: filled guides, notes workbooks, or a mixture; count in, count out."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from config.catalogue import say
from config.errors import MaturityError, NotesError
from tasks.interviews.form import NOTES
from tasks.interviews.guide_fields import fold
from tasks.interviews.guide_form import GuideForm
from tasks.interviews.guide_reading import read_guide, whose
from tasks.interviews.model import Doubt, Notes
from tasks.interviews.reading import read_with_doubts
from tasks.interviews.sources import Contradiction, contradictions, together
from tasks.word.forms import read_form

SUFFIXES = (".docx", ".xlsx")
HISTORY = "history"  # where former editions of a guide lie


@dataclass(frozen=True)
class Source:
    """One file that notes were read from.

    Attributes:
        name: as the store knows it: by what the file says it is, not by what staff called it.
        notes: what it says for certain, and its doubts.
        missing: places of the fields of a guide that are no longer there.
        file: its name in the folder; it may tell who somebody is.
        person: pseudonym, when it is a guide.
        place: what tells its folder apart from others.
        erased: notes of people erased at their request, left out.
    """

    name: str
    notes: Notes
    missing: tuple[str, ...] = ()
    file: str = ""
    person: str = ""
    place: str = ""
    erased: int = 0

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
    why: str  # and what to do


@dataclass(frozen=True)
class Collected:
    """What a scan brought; `found == read + doubtful`, in every line and in all.

    Attributes:
        sources: the files that hold notes, in the order in which they were read.
        refused: the other files.
        merged: the notes of all sources together.
        contradictions: positions of one person on one dimension that do not agree; after
            `read_files`, among all sources of the wave.
        gone: sources whose file is no longer where it was; their notes count no more.
        lost: those of which this cannot be told, because other files could not be read.
        kept: doubts of sources that were not read this time, with their names.
    """

    sources: tuple[Source, ...]
    refused: tuple[Refused, ...]
    merged: Notes
    contradictions: tuple[Contradiction, ...] = ()
    gone: tuple[Source, ...] = ()
    lost: tuple[Source, ...] = ()
    kept: tuple[tuple[str, Doubt], ...] = ()

    @property
    def repeated(self) -> int:
        """Notes that stand in several sources, counted once for each time too many."""
        return sum(source.read for source in self.sources) - self.merged.count

    @property
    def several(self) -> tuple[str, ...]:
        """The people of whom several guides came back, by pseudonym."""
        counts = Counter(source.person for source in self.sources if source.person)
        return tuple(person for person, count in sorted(counts.items()) if count > 1)

    @property
    def doubts(self) -> tuple[tuple[str, Doubt], ...]:
        """All doubts, with the name of their file."""
        read = ((one.name, doubt) for one in self.sources for doubt in one.notes.doubts)
        return (*read, *self.kept)


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


@dataclass(frozen=True)
class _Read:
    """A file as it was read, and what it says it is: the name that the software gave it."""

    path: Path
    base: str
    notes: Notes
    missing: tuple[str, ...] = ()
    person: str = ""


def collect(files: Iterable[Path], desk: Desk) -> Collected:
    """Read every file; one that cannot be read stops none of the others.

    Args:
        files: guides, workbooks, anything.
        desk: what is needed to read them.
    """
    read: list[_Read] = []
    refused: list[Refused] = []
    for path in files:
        try:
            read.append(_read(path, desk))
        except MaturityError as error:
            refused.append(Refused(path.name, f"{error.message} {error.remedy}".strip()))
        except OSError:
            why = say("Le fichier ne peut pas être lu.", desk.guide.form.study.language)
            refused.append(Refused(path.name, why))
    sources = tuple(_sources(read, desk.home))
    merged = together(source.notes for source in sources)
    said = {source.name: source.notes for source in sources}
    return Collected(sources, tuple(refused), merged, contradictions(said))


def without_erased(
    collected: Collected, living: Callable[[Notes], Notes], language: str
) -> Collected:
    """What a scan brought, without people erased at their request; a file all theirs is refused.

    Args:
        collected: what was read.
        living: leaves these people out of some notes.
        language: of the reason.
    """
    kept = tuple(_living(source, living(source.notes)) for source in collected.sources)
    theirs = [one for one in kept if one.erased and not one.found]
    why = say("Il ne porte que les notes d’une personne effacée à sa demande : elles ne sont pas "
              "reprises. Supprimez-le.", language)  # fmt: skip
    sources = tuple(one for one in kept if one not in theirs)
    refused = (*collected.refused, *(Refused(one.file, why) for one in theirs))
    merged = together(source.notes for source in sources)
    said = {source.name: source.notes for source in sources}
    return Collected(sources, refused, merged, contradictions(said))


def _living(source: Source, notes: Notes) -> Source:
    return replace(source, notes=notes, erased=source.found - notes.count - len(notes.doubts))


def _read(path: Path, desk: Desk) -> _Read:
    form = desk.guide.form
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise NotesError(
            form.say("Ce n’est ni un document Word (.docx), ni un classeur (.xlsx)."),
            form.say("Enregistrez-le dans l’un de ces formats, sans macros, ou retirez-le."),
        )
    content = path.read_bytes()
    if suffix == ".xlsx":
        base = f"{form.say(NOTES)} {form.wave.code}.xlsx"
        return _Read(path, base, read_with_doubts(content, form, path.name))
    document = read_form(content, desk.author, form.study.language)
    person = whose(document, desk.guide, desk.issued, path.name)
    _refuse_two_people(path, person, desk)
    found = read_guide(document, desk.guide, person, desk.printed(person))
    return _Read(path, f"{person}.docx", found.notes, found.missing, person)


def _refuse_two_people(path: Path, person: str, desk: Desk) -> None:
    """A guide of one person under the name of another: nobody can tell whose notes these are."""
    say = desk.guide.form.say
    named = [who for who in re.findall(r"P\d{2,}", path.stem) if desk.issued(who)]
    if named and person not in named:
        raise NotesError(
            say("« {name} » est le guide de {person} à l’intérieur, et celui de {other} par son "
                "nom.", name=path.name, person=person, other=named[0]),
            say("Si les notes sont de {person}, renommez le fichier ; sinon, recopiez-les dans le "
                "guide de {other}.", person=person, other=named[0]),
        )  # fmt: skip


def _sources(read: Sequence[_Read], home: Path) -> Iterator[Source]:
    marks = [(_mark(one.path, home), one.base) for one in read]
    for one, mark in zip(read, marks, strict=True):
        name = source_name(one.path, one.base, home, alone=marks.count(mark) == 1)
        place = place_of(one.path.parent, home)
        yield Source(name, one.notes, one.missing, one.path.name, one.person, place=place)


def place_of(folder: Path, home: Path) -> str:
    """What tells a folder apart from others, wherever the study's own folder lies."""
    whole, own = folder.resolve(), home.resolve()
    path = whole.relative_to(own) if whole.is_relative_to(own) else whole
    return hashlib.sha256(path.as_posix().encode()).hexdigest()[:12]


def places_in(folder: Path, home: Path) -> frozenset[str]:
    """A folder and those inside it, as `place_of` tells them."""
    inside = (path for path in folder.rglob("*") if path.is_dir())
    return frozenset(place_of(one, home) for one in (folder, *inside))


def source_name(path: Path, base: str, home: Path, *, alone: bool = True) -> str:
    """The name of a file as a source of notes: what it says it is, whatever staff called it.

    So a guide that was renamed and typed in again takes the place of what it said before. A short
    mark tells apart the notes that two people hand in, each in their folder, and the copies that
    lie side by side.

    Args:
        path: of the file.
        base: the name that the software gave it.
        home: the study's folder; files in it and in its folders bear no mark.
        alone: no other file of the folder says that it is the same.
    """
    mark = _mark(path, home) if alone or path.name == base else f"{_mark(path, home)}/{path.name}"
    if not mark:
        return base
    short = hashlib.sha256(mark.encode()).hexdigest()[:6]
    return f"{Path(base).stem} ({short}){Path(base).suffix}"


def _mark(path: Path, home: Path) -> str:
    """The folder of a file; empty for the study's."""
    folder = path.resolve().parent
    ours = folder == home.resolve() or folder.parent == home.resolve()
    return "" if ours else str(folder)


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
