"""Which file of a folder is a report, whatever staff called it."""

from dataclasses import dataclass
from pathlib import Path

from config.catalogue import say
from tasks.files import lock_files
from tasks.word.merge import identity

HISTORY = "history"


def report_identity(study: str, wave: str, kind: str) -> str:
    """What every issue of a report says it is."""
    return f"{study}/{wave}/{kind}"


@dataclass(frozen=True)
class Held:
    """A report as staff hold it now."""

    path: Path
    content: bytes
    version: str  # the issue it comes from; empty when the file does not say
    readable: bool = True  # False: another program keeps it to itself
    other: str = ""  # identity of the other report that the file says it is

    @property
    def busy(self) -> bool:
        """True when it is open somewhere, or was saved, renamed or locked since it was read."""
        if not self.readable or lock_files(self.path):
            return True
        try:
            return self.path.read_bytes() != self.content
        except OSError:
            return True


@dataclass(frozen=True)
class Found:
    """What a folder holds of a report."""

    held: Held | None  # the file to bring up to date
    copies: tuple[Held, ...] = ()  # other files of the report
    stranger: Held | None = None  # stands in the report's place without saying that it is one


def find(report: str, usual: Path) -> Found:
    """Find a report by the identity inside it.

    The file to bring up to date is the one at its usual path, else the one saved last (staff
    renamed it). A file at the usual path that does not say who it is counts as the report, of an
    unknown issue, when there is no other; so does one that cannot be read just now.

    Args:
        report: identity of the report.
        usual: the path it was written to.
    """
    read = [_read(path, report) for path in sorted(usual.parent.iterdir()) if _counts(path)]
    at_its_place = next((held for held in read if held.path == usual), None)
    ours = [held for held in read if held.version]
    if at_its_place is not None and (not ours or not at_its_place.readable or at_its_place in ours):
        return _found(at_its_place, ours)
    if not ours:
        return Found(None)
    last = max(ours, key=lambda held: held.path.stat().st_mtime)
    return _found(last, ours, at_its_place)


def _found(chosen: Held, ours: list[Held], stranger: Held | None = None) -> Found:
    return Found(chosen, tuple(held for held in ours if held is not chosen), stranger)


def _counts(path: Path) -> bool:
    """Not the lock file that Word lays beside an open document, nor our own temporary files."""
    named = path.suffix.lower() == ".docx" and not path.name.startswith(("~$", "."))
    return named and path.is_file()


def _read(path: Path, report: str) -> Held:
    """A file as it is, with its issue when it is one of the report's."""
    try:
        content = path.read_bytes()
    except OSError:
        return Held(path, b"", "", readable=False)
    who = identity(content)
    if who is None or who.report == report:
        return Held(path, content, who.version if who else "")
    return Held(path, content, "", other=who.report)


def whose(held: Held, report: str, language: str) -> str:
    """Say which other document stands in a report's place.

    Args:
        held: a file that says that it is another one.
        report: identity of the report.
        language: of the answer.
    """
    (study, wave), (other, of) = (f"{one}//".split("/")[:2] for one in (report, held.other))
    if other != study:
        return say("un document de l’étude « {study} »", language, study=other)
    if of != wave:
        return say("un document de la vague « {wave} »", language, wave=of)
    return say("un autre document de cette vague", language)
