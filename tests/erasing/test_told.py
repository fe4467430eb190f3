"""What is said of people erased: where copies still hold their notes, and in English too."""

from config.catalogue import say
from flows import erase_person
from flows.steps import summing
from flows.steps.accounting import erased_sentence
from tasks.interviews.collecting import Collected, Source, without_erased
from tasks.interviews.model import Note, NoteKind, Notes

HERS = Note("P06", "D01", NoteKind.NEED, "Du temps.")
OTHERS = Note("P09", "D01", NoteKind.NEED, "Des bras.")


def living(notes: Notes) -> Notes:
    """Notes without those of P06, who was erased."""
    return Notes(tuple(note for note in notes.notes if note.respondent != "P06"))


def test_a_copy_that_still_holds_their_notes_is_told_of() -> None:
    """A workbook counts what is left out; a file that is all theirs is refused, and named."""
    mixed = Source("Notes.xlsx", Notes((HERS, OTHERS)), file="Notes.xlsx")
    alone = Source("Sien.xlsx", Notes((HERS,)), file="Sien.xlsx")
    read = Collected((mixed, alone), (), Notes((HERS, OTHERS)), ())
    kept = without_erased(read, living, "fr")
    (source,) = kept.sources
    assert (source.name, source.erased, source.found) == ("Notes.xlsx", 1, 1)
    assert kept.merged.notes == (OTHERS,)
    (refused,) = kept.refused
    assert refused.name == "Sien.xlsx"
    assert "effacée à sa demande" in refused.why
    assert "1 note d’une personne effacée" in erased_sentence("Notes.xlsx", 1, "fr")


def test_every_cause_is_said_in_english() -> None:
    """The sentences chosen from a table have their translation."""
    for sentence in (*erase_person.SENTENCES, *summing.SENTENCES):
        values = {"name": "X", "study": "demo"}
        assert say(sentence, "en", **values) != say(sentence, "fr", **values)
