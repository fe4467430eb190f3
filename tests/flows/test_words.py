"""Words of the interviews from one refresh to the next, in the files that staff and others read."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document

from config.settings import Settings
from flows.demo import INTERVIEWS
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from flows.steps.answers import clean_answers
from flows.steps.planning import plan_now
from flows.steps.words import words_now
from flows.summary import Summary
from tasks.interviews.model import Consent, Note, NoteKind, Notes
from tasks.interviews.reviewing import Review, passages
from tasks.survey.sandbox.demo import week_date
from tests.conftest import DEMO, Demo, refresh_demo

AFTER = week_date(DEMO, 3) + INTERVIEWS
LATE = "Le guichet ferme trop tôt pour nous."
FATE = "Relus, attendent que plus de personnes soient entendues"


@pytest.fixture
def copy(played_demo: Demo, tmp_path: Path) -> Settings:
    """A copy of the demo after its interviews: three people were not met."""
    settings = Settings(home=tmp_path / "copie")
    shutil.copytree(played_demo.settings.home, settings.home)
    return settings


def text_of(summary: Summary, label: str) -> str:
    """Everything that a Word file says."""
    document = Document(str(dict(summary.files)[label]))
    cells = [cell.text for table in document.tables for cell in table._cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def meet(setup: Setup, person: str, words: str) -> None:
    """Somebody is met, and what they said reviewed."""
    study, wave = setup.study.code, setup.wave.code
    quote = Note(person, "D01", NoteKind.QUOTE, words, consent=Consent.ANONYMOUS)
    notes = Notes((quote,), interviewed=frozenset({person}))
    with setup.store() as store:
        store.save_notes(study, wave, notes, f"{person}.docx")
        (one,) = passages(notes)
        review = Review(
            one.kind, person, one.original, one.original, reviewed=True, by="A. B.", on="2026-10-20"
        )
        store.save_reviews(study, wave, {**store.reviews(study, wave), one.key: review})


@pytest.mark.slow
def test_the_last_ones_met_wait_and_staff_are_told(copy: Settings) -> None:
    """One more is met: not a word of theirs in the report, and everybody is told why; then all."""
    setup = prepare(RefreshRequest(study="demo", as_of=str(AFTER)), copy)
    with setup.store() as store:
        met = store.notes("demo", setup.wave.code).interviewed
        unmet = sorted(store.identities("demo", setup.wave.code).keys() - met)
    assert len(unmet) == 3
    meet(setup, unmet[0], LATE)
    waiting = refresh_demo(copy, 3, AFTER + timedelta(days=7))
    report = text_of(waiting, "Rapport collectif")
    assert LATE not in report
    assert "Les paroles des derniers entretiens seront montrées dès qu’elles viendront" in report
    assert "1 passage relu n’est pas encore au rapport" in text_of(waiting, "Note hebdomadaire")
    assert waiting.following is not None
    steps = " ".join(waiting.following.steps)
    assert "Trop peu de personnes restent à rencontrer" in steps, "two are left"
    assert "interviews_until" in steps
    assert dict(waiting.notes[1])[FATE] == "1"

    for person in unmet[1:]:
        meet(setup, person, f"Rien à ajouter, dit {person.lower()}.")
    over = refresh_demo(copy, 3, AFTER + timedelta(days=14))
    assert LATE in text_of(over, "Rapport collectif"), "everybody was met, nobody can answer now"
    assert FATE not in dict(over.notes[1])


def test_staff_are_told_of_the_words_that_the_issue_prints(
    played_demo: Demo, tmp_path: Path
) -> None:
    """A closed study without an issue prints nothing yet, and neither account nor note say so."""
    settings = Settings(home=tmp_path / "copie")
    shutil.copytree(played_demo.settings.home, settings.home)
    setup = prepare(RefreshRequest(study="demo", as_of=str(AFTER)), settings)
    cleaned = clean_answers(setup)
    with setup.store() as store:
        notes = store.notes("demo", setup.wave.code)
        plan = plan_now(setup, store, cleaned, notes)
        assert words_now(setup, store, cleaned, notes) == plan.publication.words
        assert plan.publication.words
        nobody = cleaned.published.respondents.iloc[:0]
        empty = replace(cleaned.published, respondents=nobody, fingerprints={})
        unseen = replace(cleaned, published=empty, ledger=())
        assert setup.closed
        assert plan_now(setup, store, unseen, notes).whole
        assert words_now(setup, store, unseen, notes) == {}
        assert words_now(setup, store, replace(cleaned, waits=True), notes) == (
            cleaned.ledger[-1].words
        )
