"""The review of what may be printed: read what staff decided, keep their workbook up to date."""

from config.catalogue import say
from flows.setup import Setup
from flows.steps.carried import Written
from tasks.files import lock_files, write_whole
from tasks.interviews.flags import watch_list
from tasks.interviews.model import Notes
from tasks.interviews.review_reading import read_review
from tasks.interviews.review_workbook import REVIEW, ReviewForm, make_review
from tasks.interviews.reviewing import Reviews, passages, reviewed_notes
from tasks.store.repository import Store


def collect_reviews(setup: Setup) -> None:
    """Read the review workbook, if there is one, and keep what staff decided.

    Raises:
        NotesError: doubtful cells; the decisions read before are still in the store.
    """
    if setup.file(REVIEW, ".xlsx").is_file():
        with setup.store() as store:
            decided = _typed(setup, store)
            store.save_reviews(setup.study.code, setup.wave.code, decided)


def notes_to_print(setup: Setup, store: Store) -> Notes:
    """The notes of the wave, each passage in the form and with the consent that staff retained."""
    study, wave = setup.study.code, setup.wave.code
    return reviewed_notes(store.notes(study, wave), store.reviews(study, wave))


def complete_review(setup: Setup) -> Written | None:
    """Make the review workbook, or bring it up to date; decisions stay.

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
        decided = _typed(setup, store) if path.is_file() else store.reviews(study, wave)
    if lock_files(path):
        notice = say("« {name} » est ouvert : il sera complété à la prochaine actualisation.",
                     setup.language, name=path.name)  # fmt: skip
        return Written(path, (notice,))
    existing = path.read_bytes() if path.is_file() else None
    watch = watch_list(people, setup.study, setup.loaded.model)
    content = make_review(_form(setup), found, decided, watch, existing)
    if content != existing:
        write_whole(path, content, setup.language)
    return Written(path)


def _form(setup: Setup) -> ReviewForm:
    return ReviewForm(setup.loaded.model, setup.study, setup.wave)


def _typed(setup: Setup, store: Store) -> Reviews:
    path = setup.file(REVIEW, ".xlsx")
    found = passages(store.notes(setup.study.code, setup.wave.code))
    return read_review(path.read_bytes(), _form(setup), path.name, found, setup.today)
