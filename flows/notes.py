"""`maturity notes`: make the notes workbook, or read it and say what was found."""

from collections import Counter
from pathlib import Path

from rich.table import Table

from config.catalogue import say
from config.errors import NotesError
from config.settings import Settings
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps import clean_answers
from flows.steps.files import make_notes
from tasks.interviews.form import NOTES
from tasks.interviews.model import NoteKind, Notes
from tasks.interviews.reading import read_notes


def make(study: str, wave: str, settings: Settings) -> Path:
    """Make the workbook, or add the respondents who came since; returns where it is.

    Raises:
        NotesError: nobody has answered yet, or the workbook there is cannot be completed.
    """
    setup = prepare(RefreshRequest(study=study, wave=wave), settings)
    written = make_notes(setup, clean_answers(setup))
    if written is None:
        raise NotesError(
            say("Il n’y a encore personne à interroger dans l’étude « {study} ».", setup.language,
                study=study),
            say("Relevez d’abord les réponses avec « maturity refresh {study} ».", setup.language,
                study=study),
        )  # fmt: skip
    return written.path


def read(study: str, wave: str, file: Path | None, settings: Settings) -> Table:
    """Read the workbook, keep what it holds, and return a table of what was found.

    Raises:
        NotesError: there is none, or cells are doubtful.
    """
    setup = prepare(RefreshRequest(study=study, wave=wave), settings)
    path = file or setup.file(NOTES, ".xlsx")
    if not path.is_file():
        raise NotesError(
            say("Le classeur « {path} » n’existe pas.", setup.language, path=path),
            say("Faites-le avec « maturity notes make {study} ».", setup.language, study=study),
        )
    notes = read_notes(path.read_bytes(), setup.form, path.name)
    with setup.store() as store:
        store.save_notes(setup.study.code, setup.wave.code, notes, path.name)
        kept = store.living(setup.study.code, notes)
    table = _table(setup, kept)
    if kept.count < notes.count:
        table.add_row(say("De personnes effacées, non reprises", setup.language),
                      str(notes.count - kept.count))  # fmt: skip
    return table


def _table(setup: Setup, notes: Notes) -> Table:
    table = Table(title=say("Notes lues", setup.language), title_justify="left", show_header=False)
    kinds = Counter(note.kind for note in notes.notes)
    words = {kind: label for label, kind in setup.form.kinds.items()}
    table.add_row(say("Entretiens", setup.language), str(len(notes.interviewed)))
    for kind in NoteKind:
        table.add_row(words[kind], str(kinds[kind]))
    table.add_row(setup.form.subjects_sheet, str(len(notes.subjects)))
    table.add_row(setup.form.remarks_sheet, str(len(notes.remarks)))
    return table
