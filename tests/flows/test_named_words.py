"""Whoever erases a person is told what a named quote makes known of the others."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import Settings
from flows.demo import INTERVIEWS
from flows.erase_person import foresee
from flows.request import RefreshRequest
from flows.setup import Setup, prepare
from tasks.interviews.model import Consent, Note, NoteKind, Notes
from tasks.scoring.ledger import read_ledger
from tasks.survey.sandbox.demo import week_date
from tests.conftest import DEMO, Demo

TIED = "cite cette personne par son nom"


def said_in_the_report(setup: Setup) -> tuple[str, Note, dict[str, Notes]]:
    """Somebody of whom several passages were let in, one of their quotes, and all notes."""
    wave = setup.wave.code
    with setup.store() as store:
        words = read_ledger(store.publication("demo", wave).breakdowns)[-1].words
        notes, by_source = store.notes("demo", wave), store.notes_by_source("demo", wave)
    quotes = [one for one in notes.notes if one.kind is NoteKind.QUOTE and one.consent]
    told = {who: sum(key is not None for key in keys.values()) for who, keys in words.items()}
    several = {who for who, count in told.items() if count > 1}
    quote = next(q for q in quotes if q.respondent in several and q.consent is Consent.ANONYMOUS)
    return quote.respondent, quote, by_source


def consent_to(setup: Setup, notes: dict[str, Notes], quote: Note, consent: Consent) -> None:
    """All quotes of a person have this consent."""
    with setup.store() as store:
        for name, said in notes.items():
            changed = tuple(
                replace(one, consent=consent)
                if one.respondent == quote.respondent and one.kind is NoteKind.QUOTE
                else one
                for one in said.notes
            )
            store.save_notes("demo", setup.wave.code, replace(said, notes=changed), name)


@pytest.mark.slow
def test_an_erasure_ties_words_to_a_name_and_staff_are_told(
    played_demo: Demo, tmp_path: Path
) -> None:
    """Beside a named quote others go at once: it is said before; where none is named, nothing."""
    settings = Settings(home=tmp_path / "copie")
    shutil.copytree(played_demo.settings.home, settings.home)
    day = week_date(DEMO, 3) + INTERVIEWS
    setup = prepare(RefreshRequest(study="demo", as_of=str(day)), settings)
    who, quote, notes = said_in_the_report(setup)
    consent_to(setup, notes, quote, Consent.ANONYMOUS)
    assert not any(TIED in line for line in foresee("demo", who, settings).lines())
    consent_to(setup, notes, quote, Consent.NAMED)
    assert sum(TIED in line for line in foresee("demo", who, settings).lines()) == 1
