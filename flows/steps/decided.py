"""What staff decided in the review, but for what would print somebody's name."""

from flows.setup import Setup
from tasks.disclosure.names import identifying, names_in_text
from tasks.interviews.model import Notes
from tasks.interviews.review_reading import Naming, held, names_somebody
from tasks.interviews.reviewing import Reviews, passages, reviewed_notes, within_crowd
from tasks.interviews.words import Heard, Words, heard, released
from tasks.store.repository import Store


def decisions(setup: Setup, store: Store, notes: Notes) -> Reviews:
    """The decisions; those that would print a name that was not known then wait for a new one.

    The row of such a passage says so once the workbook is read again.
    """
    reviews = store.reviews(setup.study.code, setup.wave.code)
    names, decided = naming(setup, store), dict(reviews)
    for passage in passages(notes):
        review = reviews.get(passage.key)
        if review is not None and names_somebody(review, passage, names):
            decided[passage.key] = held(passage)
    return decided


def naming(setup: Setup, store: Store) -> Naming:
    """Tells whether words name a participant of the wave."""
    people = store.identities(setup.study.code, setup.wave.code)
    own = {who: identifying([one]) for who, one in people.items()}
    everybody = identifying(people.values())

    def names(text: str, but: str | None) -> bool:
        return bool(names_in_text(text, everybody, own.get(but or "", ())))

    return names


def notes_to_print(setup: Setup, store: Store, words: Words) -> Notes:
    """What may be printed of the notes, in the form and with the consent that staff retained."""
    notes = store.notes(setup.study.code, setup.wave.code)
    decided = reviewed_notes(released(notes, words), decisions(setup, store, notes))
    return within_crowd(decided, setup.study.confidentiality.quote_group)


def heard_so_far(setup: Setup, store: Store, notes: Notes) -> Heard:
    """Whose words the notes hold, and how far their review is."""
    minimum = setup.study.confidentiality.quote_group
    return heard(notes, decisions(setup, store, notes), minimum)


def waiting_passages(setup: Setup, store: Store) -> int:
    """How many passages nobody has decided on; as many rows of the review workbook wait."""
    return heard_so_far(setup, store, store.notes(setup.study.code, setup.wave.code)).undecided
