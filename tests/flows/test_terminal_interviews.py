"""What the commands on interviews end with: how many, where, and what to do next."""

from dataclasses import replace
from pathlib import Path

import pytest

from config.catalogue import say
from config.settings import Settings
from flows.collecting import Gathered
from flows.guides import Guides
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.steps.carried import Written
from flows.terminal_interviews import show_gathered, show_guides
from tasks.interviews.collecting import Collected, Source
from tasks.interviews.form import Form
from tasks.interviews.model import Notes
from tasks.word.merge import opening

MADE = Guides("demo", "V2026", "fr", Path("rapports/demo/Guides"), 15, ("Un champ manque.",))


def gathered(form: Form, *, waiting: int, files: int = 2) -> Gathered:
    """A scan of so many files, with so many passages to review."""
    sources = tuple(Source(f"P0{number}.docx", Notes()) for number in range(files))
    review = Written(Path("Relecture.xlsx"), ()) if files else None
    return Gathered("fr", form, Collected(sources, (), Notes()), (), review, (), waiting)


@pytest.fixture
def form(tmp_path: Path) -> Form:
    """The words of the notes of the study that the product ships."""
    return prepare(RefreshRequest(study="demo"), Settings(home=tmp_path)).form


def plain(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed, with plain spaces."""
    return capsys.readouterr().out.replace("\u00a0", " ")


def test_guides_end_with_their_count_and_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    """Meet, note, collect; and when nobody is left to meet, how to have them made anew."""
    show_guides(MADE)
    said = plain(capsys)
    assert "15 guides faits ou mis à jour." in said
    assert str(MADE.folder) in said
    assert "À faire ensuite : Rencontrez les personnes" in said
    assert "« maturity collect demo »" in said
    assert "• Un champ manque." in said

    show_guides(replace(MADE, written=0, notices=()))
    assert "« maturity guides demo --tous »" in plain(capsys)


def test_a_scan_ends_with_what_waits_or_with_the_refresh(
    form: Form, capsys: pytest.CaptureFixture[str]
) -> None:
    """Passages to review come first; then the report; without any file, the notes."""
    show_gathered(gathered(form, waiting=3), "demo", ("Un doute.",))
    said = plain(capsys)
    assert "2 fichiers de notes lus." in said
    assert "Relecture.xlsx" in said
    assert "Décidez des 3 passages" in said
    assert "• Un doute." in said

    show_gathered(gathered(form, waiting=0), "demo", ())
    assert "Actualisez le rapport : « maturity refresh demo »." in plain(capsys)
    show_gathered(gathered(form, waiting=0, files=0), "demo", ())
    assert "Notez les entretiens" in plain(capsys)


def test_every_cause_of_an_unreadable_document_is_said_in_english() -> None:
    """The sentences chosen by cause have their translation."""
    for sentence in opening.SENTENCES:
        assert say(sentence, "en") != sentence
