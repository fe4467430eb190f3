"""What there is of one person: words beside their name tell whose the others are."""

from collections.abc import Iterator
from dataclasses import replace

from config.catalogue import say
from flows.setup import Setup
from flows.steps.decided import notes_to_print
from tasks.interviews.model import Consent, Doubt, Note, NoteKind, Notes, RemarkNote, SubjectNote
from tasks.scoring.ledger import read_ledger
from tasks.store.repository import Store
from tasks.store.traces import Trace

Entry = Note | SubjectNote | RemarkNote


def noted(notes: Notes, trace: Trace) -> int:
    """How many notes there are of a person, doubtful ones as well."""
    entries: tuple[Entry | Doubt, ...]
    entries = (*notes.notes, *notes.subjects, *notes.remarks, *notes.doubts)
    return sum(one.respondent in trace.pseudonyms for one in entries)


def tied_words(setup: Setup, store: Store, trace: Trace) -> tuple[str, ...]:
    """Say that words without a name go together with words that bear it; empty: none do."""
    said = [_named(one) for one in _printed(setup, store) if one.respondent in trace.pseudonyms]
    if len({*said}) < 2:
        return ()
    told = say("Le rapport cite cette personne par son nom et donne d’autres paroles d’elle sans "
               "nom : toutes disparaissent à la fois. Qui garde l’édition d’avant verra que ces "
               "dernières étaient les siennes ; reprenez-la là où elle a été diffusée.",
               setup.language)  # fmt: skip
    return (told,)


def _printed(setup: Setup, store: Store) -> Iterator[Entry]:
    for wave in setup.study.waves:
        last = store.publication(setup.study.code, wave.code)
        ledger = read_ledger(last.breakdowns) if last else ()
        if ledger:
            yield from _entries(notes_to_print(replace(setup, wave=wave), store, ledger[-1].words))


def _entries(notes: Notes) -> Iterator[Entry]:
    entries: tuple[Entry, ...] = (*notes.notes, *notes.subjects, *notes.remarks)
    for one in entries:
        refused = isinstance(one, Note) and _quote(one) and one.consent is Consent.NONE
        if one.reviewed and one.text.strip() and not refused:
            yield one


def _named(entry: Entry) -> bool:
    return isinstance(entry, Note) and _quote(entry) and entry.consent is Consent.NAMED


def _quote(note: Note) -> bool:
    return note.kind is NoteKind.QUOTE
