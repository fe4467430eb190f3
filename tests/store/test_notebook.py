"""Interview notes in the store."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tasks.interviews.model import (
    Consent,
    Doubt,
    Note,
    NoteKind,
    Notes,
    PositionChange,
    RemarkNote,
    SubjectNote,
)
from tasks.store.repository import Store


def quote(respondent: str, words: str) -> Note:
    """A quote with consent."""
    return Note(respondent, "partage", NoteKind.QUOTE, words, consent=Consent.ANONYMOUS)


def test_no_notes_yet_are_empty_notes(store: Store) -> None:
    """A wave without interviews has empty notes, not an error."""
    assert store.notes("demo", "w1") == Notes()


def test_notes_come_back_whole(store: Store) -> None:
    """Every field keeps its value and its type."""
    notes = Notes(
        (
            Note(
                "P07",
                "partage",
                NoteKind.POSITION,
                "L’équipe « va plus loin » \ud800",
                PositionChange.REVISED,
                "S3",
                Consent.NAMED,
                True,
                "P07, ligne 4",
            ),
        ),
        (SubjectNote("P07", "archives", "personne n’en parle", True),),
        (RemarkNote(None, "S2", "le mot éveil"),),
        frozenset({"P07", "P12"}),
    )
    store.save_notes("demo", "w1", notes, "notes.xlsx")

    found = store.notes("demo", "w1")
    assert found == notes
    assert isinstance(found.notes[0].change, PositionChange)
    assert store.notes("demo", "w2") == Notes()


def test_a_source_handed_in_again_replaces_what_it_said(store: Store) -> None:
    """A row taken out of the workbook is out; the former state stays in the database."""
    store.save_notes("demo", "w1", Notes((quote("P01", "a"), quote("P02", "b"))), "notes.xlsx")
    store.save_notes("demo", "w1", Notes((quote("P01", "c"),)), "notes.xlsx")

    assert store.notes("demo", "w1") == Notes((quote("P01", "c"),))
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM notes")).scalar() == 2


def test_two_sources_on_a_person_add_up(store: Store) -> None:
    """A workbook and a guide of one person, or of two, make one set of notes; nothing is lost."""
    general = SubjectNote(None, "archives", "")
    one = Notes((quote("P01", "a"),), (general,), interviewed=frozenset({"P01"}))
    two = Notes((quote("P02", "b"),), (general,), interviewed=frozenset({"P02"}))
    store.save_notes("demo", "w1", one, "un.xlsx")
    store.save_notes("demo", "w1", two, "deux.xlsx")
    store.save_notes("demo", "w1", Notes((quote("P01", "c"),)), "P01.docx")

    found = store.notes("demo", "w1")
    assert set(found.notes) == {quote("P01", "a"), quote("P01", "c"), quote("P02", "b")}
    assert found.subjects == (general,)
    assert found.interviewed == {"P01", "P02"}


def test_a_copy_under_another_name_doubles_nothing(store: Store) -> None:
    """The same words count once, with the consent of the source handed in last."""
    withdrawn = replace(quote("P01", "a"), consent=Consent.NONE, where="P01!F9")
    store.save_notes("demo", "w1", Notes((quote("P01", "a"), quote("P01", "b"))), "n.xlsx")
    store.save_notes("demo", "w1", Notes((withdrawn, quote("P01", "b"))), "n (copie).xlsx")

    assert store.notes("demo", "w1").notes == (withdrawn, quote("P01", "b"))


def test_two_positions_of_two_sources_are_both_kept(store: Store) -> None:
    """A contradiction is not settled in silence: both are there, the last one at the end."""
    confirmed = Note("P01", "partage", NoteKind.POSITION, "", PositionChange.CONFIRMED)
    revised = replace(confirmed, change=PositionChange.REVISED, revised_level="S2")
    store.save_notes("demo", "w1", Notes((confirmed,)), "n.xlsx")
    store.save_notes("demo", "w1", Notes((revised,)), "P01.docx")

    assert store.notes("demo", "w1").notes == (confirmed, revised)


def test_reading_the_same_again_changes_nothing(store: Store) -> None:
    """A source read again without news does not become the newest, and takes no room."""
    one, two = Notes((quote("P01", "a"),)), Notes((quote("P01", "b"),))
    store.save_notes("demo", "w1", one, "un.xlsx")
    store.save_notes("demo", "w1", two, "deux.xlsx")
    store.save_notes("demo", "w1", one, "un.xlsx")

    assert store.notes("demo", "w1").notes == (*one.notes, *two.notes)
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM notes")).scalar() == 2


def test_doubtful_passages_are_kept_with_their_words(store: Store) -> None:
    """What could not be read for certain waits in the store, apart from the notes."""
    doubt = Doubt("P01", "D05 · Frein", "deux cases cochées", "le texte")
    store.save_notes("demo", "w1", Notes(doubts=(doubt,)), "P01.docx")

    assert store.notes("demo", "w1").doubts == (doubt,)
    assert store.notes("demo", "w1").notes == ()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.builds(
            Note,
            respondent=st.sampled_from(["P01", "P02"]),
            dimension=st.none() | st.just("partage"),
            kind=st.sampled_from(NoteKind),
            text=st.text(st.characters(codec=None), max_size=20),
            change=st.none() | st.sampled_from(PositionChange),
            consent=st.sampled_from(Consent),
            reviewed=st.booleans(),
        ),
        max_size=4,
        unique=True,
    )
)
def test_any_notes_survive(store: Store, notes: list[Note]) -> None:
    """Whatever was written down comes back equal."""
    store.save_notes("demo", "w1", Notes(tuple(notes), interviewed=frozenset({"P01"})), "n.xlsx")

    found = store.notes("demo", "w1")
    assert found == Notes(tuple(notes), interviewed=frozenset({"P01"}))
