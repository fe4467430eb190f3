"""Which file of a folder is a report, whatever staff called it."""

from dataclasses import dataclass
from pathlib import Path

from tasks.files import lock_files
from tasks.word.merge import identity

HISTORY = "history"


@dataclass(frozen=True)
class Held:
    """A report as staff hold it now."""

    path: Path
    content: bytes
    version: str  # the issue it comes from; empty when the file does not say

    @property
    def busy(self) -> bool:
        """True when it is open in Word or LibreOffice, or was saved since it was read."""
        return bool(lock_files(self.path)) or self.path.read_bytes() != self.content


def find(report: str, usual: Path) -> tuple[Held | None, tuple[Held, ...]]:
    """Find a report by the identity inside it.

    Args:
        report: identity of the report.
        usual: the path it was written to.

    Returns:
        The file to bring up to date: the one at its usual path, else the one saved last (staff
        renamed it); and the other copies. A file at the usual path that does not say who it is
        counts as the report, of an unknown issue, when there is no other.
    """
    paths = [path for path in sorted(usual.parent.glob("*.docx")) if _counts(path)]
    files = [held for path in paths if (held := _held(path, report))]
    if not files:
        return (Held(usual, usual.read_bytes(), "") if usual.is_file() else None), ()
    last = max(files, key=lambda held: held.path.stat().st_mtime)
    chosen = next((held for held in files if held.path == usual), last)
    return chosen, tuple(held for held in files if held is not chosen)


def _counts(path: Path) -> bool:
    """Not the lock file that Word lays beside an open document, nor our own temporary files."""
    return not path.name.startswith(("~$", "."))


def _held(path: Path, report: str) -> Held | None:
    content = path.read_bytes()
    who = identity(content)
    return Held(path, content, who.version) if who and who.report == report else None
