"""The steps that bring notes in: read the files of a folder, keep what they say."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from config.catalogue import say
from config.errors import NotesError
from flows.setup import Setup
from flows.steps.accounting import account
from flows.steps.answers import clean_answers
from flows.steps.decided import waiting_passages
from flows.steps.guides import guides_folder
from flows.tabled import Table
from tasks.interviews.collecting import (
    Collected,
    Desk,
    Source,
    collect,
    note_files,
    places_in,
    printed_texts,
    without_erased,
)
from tasks.interviews.form import NOTES
from tasks.interviews.guide_form import GuideForm
from tasks.interviews.model import Notes
from tasks.interviews.sources import contradictions
from tasks.publishing.publish import author
from tasks.store.repository import Store


def files_to_read(setup: Setup, folder: str) -> tuple[Path, ...]:
    """The files of a folder; without one, the wave's guides and its notes workbook.

    Raises:
        NotesError: there is no such folder.
    """
    if not folder:
        workbook = setup.file(NOTES, ".xlsx")
        guides = note_files(guides_folder(setup))
        return (*((workbook,) if workbook.is_file() else ()), *guides)
    place = (setup.settings.home / folder).resolve()
    if not place.exists():
        raise NotesError(
            say("Le dossier « {folder} » n’existe pas.", setup.language, folder=folder),
            say("Donnez un dossier de cet ordinateur, ou laissez vide pour celui de l’étude.",
                setup.language),
        )  # fmt: skip
    return note_files(place)


def read_files(setup: Setup, files: tuple[Path, ...], folder: str) -> Collected:
    """Read the files and keep what each says; the store has the notes of all of them.

    What a file said that is no longer in the folder counts no more; put back, it counts again.
    Where files could not be read, one of them may be the one that is missed: nothing is set aside.
    """
    study, wave = setup.study.code, setup.wave.code
    with setup.store() as store:
        read = collect(files, _desk(setup, store))
        collected = without_erased(read, lambda notes: store.living(study, notes), setup.language)
        missed = tuple(_missed(setup, store, read, folder))
        for source in collected.sources:
            if source.found or source.name in store.notes_by_source(study, wave):
                store.save_notes(study, wave, source.notes, source.name, source.place)
        gone, lost = ((), missed) if read.refused else (missed, ())
        for source in gone:
            store.save_notes(study, wave, Notes(), source.name)
        said = store.notes_by_source(study, wave)
    here = {source.name for source in collected.sources}
    doubts = ((name, one) for name, notes in said.items() for one in notes.doubts)
    return replace(
        collected,
        contradictions=contradictions(said),
        gone=gone,
        lost=lost,
        kept=tuple((name, one) for name, one in doubts if name not in here),
    )


def _missed(setup: Setup, store: Store, collected: Collected, folder: str) -> Iterator[Source]:
    """The sources that were read in this folder before, and are not there now."""
    study, wave, home = setup.study.code, setup.wave.code, setup.folder
    root = (setup.settings.home / folder).resolve() if folder else guides_folder(setup)
    here = places_in(root, home) if root.is_dir() else frozenset[str]()
    places = store.source_places(study, wave)
    read = {source.name for source in collected.sources}
    for name, notes in store.notes_by_source(study, wave).items():
        if name not in read and places[name] in here:
            source = Source(name, notes, place=places[name])
            if source.found or notes.interviewed:
                yield source


def take_stock(setup: Setup, collected: Collected) -> tuple[tuple[Table, ...], int]:
    """Account for all notes; returns the tables, and how many passages wait for a review."""
    cleaned = clean_answers(setup)
    with setup.store() as store:
        tables = account(setup, store, cleaned, collected.sources)
        return tables, waiting_passages(setup, store)


def _desk(setup: Setup, store: Store) -> Desk:
    study, wave = setup.study.code, setup.wave.code
    guide = GuideForm(setup.form)
    robot = author(setup.language)

    def printed(person: str) -> frozenset[str]:
        kind = guide.report_kind(person)
        issues = [issue.content for issue in store.issues(study, wave, kind)]
        return printed_texts(issues, robot, setup.language)

    def issued(person: str) -> bool:
        return store.last_issue(study, wave, guide.report_kind(person)) is not None

    return Desk(guide, issued, printed, robot, setup.folder)
