"""The files of a study's folder: which hold something of a person, and taking it out."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from config.errors import ReportLocked
from tasks.erasing.workbooks import without_people
from tasks.files import lock_files, write_whole
from tasks.store.traces import Trace
from tasks.word.merge import identity
from tasks.word.redaction import Words, mentions, redacted


@dataclass(frozen=True)
class Cleared:
    """What became of the files."""

    deleted: int = 0
    rewritten: int = 0
    by_hand: tuple[str, ...] = ()  # names, under the folder, of files that staff must see to


def clear_files(
    folder: Path,
    trace: Trace,
    words: Words,
    marker: str,
    language: str,
    made_anew: Iterable[Path] = (),
) -> Cleared:
    """Take a person out of every file under a folder.

    Args:
        folder: the study's folder, its history included.
        trace: the person.
        words: what recognises their words.
        marker: what an emptied paragraph says.
        language: of messages.
        made_anew: files that the next refresh writes again from what is left: deleted.
    """
    deleted, rewritten, by_hand, anew = 0, 0, [], set(made_anew)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        done = _clear(path, trace, words, marker, language, path in anew)
        deleted += done == "deleted"
        rewritten += done == "rewritten"
        if done == "by hand":
            by_hand.append(_masked(path.relative_to(folder), trace))
    return Cleared(deleted, rewritten, tuple(by_hand))


def _clear(
    path: Path, trace: Trace, words: Words, marker: str, language: str, made_anew: bool
) -> str:
    """Deal with one file: `deleted`, `rewritten`, `by hand`, or nothing to do."""
    if path.name.startswith(("~$", ".~lock")):
        return ""
    content = path.read_bytes()
    if made_anew or _is_theirs(path, content, trace):
        return "by hand" if lock_files(path) else _delete(path)
    clean = _CLEANERS.get(path.suffix.lower(), _left)(content, trace, words, marker)
    if clean == content:
        return ""
    if clean is None or lock_files(path):
        return "by hand"
    try:
        write_whole(path, clean, language)
    except ReportLocked:
        return "by hand"
    return "rewritten"


def _delete(path: Path) -> str:
    try:
        path.unlink()
    except OSError:
        return "by hand"
    return "deleted"


def _is_theirs(path: Path, content: bytes, trace: Trace) -> bool:
    """Is the whole file about them: an interview guide, by its name or what it says it is?"""
    if _naming(trace).search(path.name):
        return True
    who = identity(content) if path.suffix.lower() == ".docx" else None
    return who is not None and bool(trace.pseudonyms & set(who.report.split("/")))


def _naming(trace: Trace) -> re.Pattern[str]:
    names = [re.escape(name) for name in (*trace.pseudonyms, *trace.names)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(names) or '(?!)'})(?!\w)", re.IGNORECASE)


def _masked(path: Path, trace: Trace) -> str:
    return _naming(trace).sub("…", path.as_posix())


Cleaner = Callable[[bytes, Trace, Words, str], bytes | None]


def _word(content: bytes, _: Trace, words: Words, marker: str) -> bytes | None:
    return redacted(content, words, marker) if mentions(content, words) else content


def _excel(content: bytes, trace: Trace, words: Words, _: str) -> bytes | None:
    clean = without_people(content, trace.pseudonyms)
    return None if clean is None or mentions(clean, words) else clean


def _left(content: bytes, _: Trace, words: Words, __: str) -> bytes | None:
    """A file of another kind is staff's own: it is named when it holds something of them."""
    return None if mentions(content, words) else content


_CLEANERS: dict[str, Cleaner] = {".docx": _word, ".xlsx": _excel}
