"""The review of what may be printed: read what staff decided, keep their workbook up to date."""

from collections.abc import Iterator
from pathlib import Path

from config.catalogue import say, say_count
from config.errors import NotesError
from flows.setup import Setup
from flows.steps.accounting import unread
from flows.steps.carried import Written
from tasks.disclosure.names import identifying, names_in_text
from tasks.files import lock_files, write_whole
from tasks.interviews.accounting import Fate, fates
from tasks.interviews.flags import watch_list
from tasks.interviews.model import Doubt, Notes
from tasks.interviews.review_reading import (
    Naming,
    ReadReview,
    held,
    names_somebody,
    read_review,
)
from tasks.interviews.review_workbook import REVIEW, ReviewForm, make_review
from tasks.interviews.reviewing import Reviews, passages, reviewed_notes, within_crowd
from tasks.interviews.words import Heard, Words, heard, released
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


def notes_to_print(setup: Setup, store: Store, words: Words) -> Notes:
    """What may be printed of the notes, in the form and with the consent that staff retained."""
    study, wave = setup.study.code, setup.wave.code
    notes = store.notes(study, wave)
    reviews = _printable(setup, store, notes)
    decided = reviewed_notes(released(notes, words), reviews)
    return within_crowd(decided, setup.study.confidentiality.quote_group)


def heard_so_far(setup: Setup, store: Store, notes: Notes) -> Heard:
    """Whose words the notes hold, and how far their review is."""
    return heard(notes, _printable(setup, store, notes))


def _printable(setup: Setup, store: Store, notes: Notes) -> Reviews:
    reviews = store.reviews(setup.study.code, setup.wave.code)
    return _without_names(reviews, notes, _naming(setup, store))


def waiting_passages(setup: Setup, store: Store) -> int:
    """How many passages nobody has decided on."""
    study, wave = setup.study.code, setup.wave.code
    notes = store.notes(study, wave)
    minimum = setup.study.confidentiality.quote_group
    return fates([notes], store.reviews(study, wave), minimum, {})[Fate.WAITING]


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
    naming = _naming(setup, store)
    return read_review(path.read_bytes(), _form(setup), path.name, found, setup.today, naming)


def _naming(setup: Setup, store: Store) -> Naming:
    """Tells whether words name a participant of the wave."""
    people = store.identities(setup.study.code, setup.wave.code)
    own = {who: identifying([one]) for who, one in people.items()}
    everybody = identifying(people.values())

    def naming(text: str, but: str | None) -> bool:
        return bool(names_in_text(text, everybody, own.get(but or "", ())))

    return naming


def _without_names(reviews: Reviews, notes: Notes, naming: Naming) -> Reviews:
    """The decisions, but for those that would print a name that was not known when they were taken.

    The row of such a passage says so once the workbook is read again.
    """
    decided = dict(reviews)
    for passage in passages(notes):
        review = reviews.get(passage.key)
        if review is not None and names_somebody(review, passage, naming):
            decided[passage.key] = held(passage)
    return decided
