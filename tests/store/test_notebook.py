"""Interview notes in the store."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tasks.interviews.model import (
    Consent,
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


def test_two_interviewers_add_up_and_the_last_word_on_a_person_counts(store: Store) -> None:
    """Two workbooks make one set of notes; a copy under another name does not double it."""
    general = SubjectNote(None, "archives", "")
    one = Notes((quote("P01", "a"),), (general,), interviewed=frozenset({"P01"}))
    two = Notes((quote("P02", "b"),), (general,), interviewed=frozenset({"P02"}))
    store.save_notes("demo", "w1", one, "un.xlsx")
    store.save_notes("demo", "w1", two, "deux.xlsx")
    store.save_notes("demo", "w1", Notes((quote("P01", "c"),)), "un (copie).xlsx")

    found = store.notes("demo", "w1")
    assert set(found.notes) == {quote("P01", "c"), quote("P02", "b")}
    assert found.subjects == (general,)
    assert found.interviewed == {"P02"}


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
