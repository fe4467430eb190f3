"""The review of what may be printed: read what staff decided, keep their workbook up to date."""

from collections.abc import Iterator
from pathlib import Path

from config.catalogue import say, say_count
from config.errors import NotesError
from flows.setup import Setup
from flows.steps.accounting import unread
from flows.steps.carried import Written
from flows.steps.decided import naming
from tasks.files import lock_files, write_whole
from tasks.interviews.flags import watch_list
from tasks.interviews.model import Doubt
from tasks.interviews.review_reading import ReadReview, read_review
from tasks.interviews.review_workbook import REVIEW, ReviewForm, make_review
from tasks.interviews.reviewing import passages
from tasks.store.repository import Store


def collect_reviews(setup: Setup) -> tuple[Doubt, ...]:
    """Read the review workbook, if there is one, and keep what staff decided.

    A decision stays when its row was deleted while the passage is still in the notes.

    Returns:
        The doubtful rows; what they are about does not appear until they are mended. Of another
        workbook, or one that lacks a heading, nothing is read and former decisions are kept.
    """
    if not setup.file(REVIEW, ".xlsx").is_file():
        return ()
    study, wave = setup.study.code, setup.wave.code
    with setup.store() as store:
        current = {passage.key for passage in passages(store.notes(study, wave))}
        try:
            read = _typed(setup, store)
        except NotesError as error:
            return (unread(error, setup.language),)
        former = store.reviews(study, wave).items()
        kept = {key: one for key, one in former if key in current - read.rows}
        store.save_reviews(study, wave, {**kept, **read.decisions})
    return read.doubts


def complete_review(setup: Setup) -> Written | None:
    """Make the review workbook, or bring it up to date; decisions stay.

    One that is open or unreadable, or that holds doubtful cells, is left as staff have it.

    Returns:
        None when there is nothing to review.
    """
    study, wave = setup.study.code, setup.wave.code
    path = setup.file(REVIEW, ".xlsx")
    with setup.store() as store:
        found = passages(store.notes(study, wave))
        people = store.listed_participants(study, wave)
        if not found and not path.is_file():
            return None
        # What staff typed since the notes were read is in the file alone.
        try:
            typed = _typed(setup, store) if path.is_file() else ReadReview({})
        except NotesError:  # told where it is read
            return Written(path, (left_alone(path, setup.language),))
        former = store.reviews(study, wave)
    current = {passage.key for passage in found}
    missing = len(current - typed.rows)
    if typed.doubts or lock_files(path):
        return Written(path, tuple(_left_alone(setup, path, bool(typed.doubts), missing)))
    existing = path.read_bytes() if path.is_file() else None
    # A row that staff deleted comes back as it was decided while its passage is in the notes.
    back = former.keys() - typed.rows if existing is None else current - typed.rows
    decided = {**{key: one for key, one in former.items() if key in back}, **typed.decisions}
    watch = watch_list(people, setup.study, setup.loaded.model)
    content = make_review(_form(setup), found, decided, watch, existing)
    if content != existing:
        write_whole(path, content, setup.language)
    return Written(path)


def left_alone(path: Path, language: str) -> str:
    """A workbook that cannot be read is not written either."""
    return say("« {name} » est laissé tel quel, et n’est pas complété.", language, name=path.name)


def _left_alone(setup: Setup, path: Path, doubtful: bool, missing: int) -> Iterator[str]:
    """Why the workbook is as it was, when passages wait to be added to it."""
    if not doubtful:
        yield say("« {name} » est ouvert : il sera complété à la prochaine actualisation.",
                  setup.language, name=path.name)  # fmt: skip
    elif missing:
        yield say_count(
            "« {name} » : {count} passage y sera ajouté une fois les cellules signalées corrigées.",
            "« {name} » : {count} passages y seront ajoutés une fois les cellules signalées "
            "corrigées.",
            missing,
            setup.language,
            name=path.name,
        )


def _form(setup: Setup) -> ReviewForm:
    return ReviewForm(setup.loaded.model, setup.study, setup.wave)


def _typed(setup: Setup, store: Store) -> ReadReview:
    path = setup.file(REVIEW, ".xlsx")
    found = passages(store.notes(setup.study.code, setup.wave.code))
    names = naming(setup, store)
    return read_review(path.read_bytes(), _form(setup), path.name, found, setup.today, names)
