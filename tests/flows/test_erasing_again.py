"""Erasing while files are open, twice, and on the terminal; the end of keeping likewise."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from config.errors import ReportLocked
from config.loading import load_study
from config.settings import Settings
from flows.cli import app
from flows.deployments import keeping_deployment
from flows.erase_person import erase_person, foresee
from flows.retention import kept_until, retention
from tasks.publishing import turns
from tasks.store.repository import open_store
from tests.conftest import Demo

LONG_AFTER = date(2099, 1, 1)


@pytest.fixture
def installation(played_demo: Demo, tmp_path: Path) -> Settings:
    """The demo played to its end, copied; its former editions are left out, to be quick."""
    home = tmp_path / "copie"
    shutil.copytree(played_demo.settings.home, home, ignore=shutil.ignore_patterns("history"))
    return Settings(home=home)


def somebody(settings: Settings) -> str:
    """The pseudonym of somebody who was met."""
    with open_store(settings.database) as store:
        return min(store.notes("demo", "V2026").interviewed)


def report_of(settings: Settings) -> Path:
    """The collective report."""
    (path,) = (settings.home / "rapports" / "demo").glob("Rapport*.docx")
    return path


def test_an_open_report_stops_the_erasure_before_the_store(installation: Settings) -> None:
    """Nothing has changed, the file is named; closed, the same command finishes; and again."""
    who, report = somebody(installation), report_of(installation)
    before = {path: path.read_bytes() for path in report.parent.iterdir() if path.is_file()}
    lock = report.with_name(f".~lock.{report.name}#")
    lock.write_text("")
    with pytest.raises(ReportLocked, match=report.stem):
        erase_person("demo", who, installation)
    assert {path: path.read_bytes() for path in before} == before
    lock.unlink()
    assert len(foresee("demo", who, installation).trace.response_ids) == 1

    certificate = erase_person("demo", who, installation)
    assert certificate.path is not None
    assert certificate.path.stem[-5:] == f"{certificate.moment:%Hh%M}"

    copy = report.parent / f"{who} revenu d’une sauvegarde.docx"
    shutil.copy(certificate.path, copy)
    again = erase_person("demo", who.lower(), installation)
    assert again.removed["files_deleted"] == 1
    assert not copy.exists()
    assert again.path != certificate.path
    with open_store(installation.database) as store:
        assert store.erased_people("demo") == 1


def test_nothing_is_erased_while_a_report_is_written(
    installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refresh at the same moment could bring the person back: the erasure stops untouched."""
    who, report = somebody(installation), report_of(installation)
    before = report.read_bytes()
    monkeypatch.setattr(turns, "PATIENCE", 0.0)
    with open_store(installation.database) as store:
        with turns.in_turn(store, "demo", None, "fr"):
            with pytest.raises(ReportLocked, match="Une autre commande"):
                erase_person("demo", who, installation)
            with pytest.raises(ReportLocked, match="Une autre commande"):
                retention(installation, LONG_AFTER)
        assert store.erased_people("demo") == 0
    assert report.read_bytes() == before


@pytest.fixture
def terminal(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command, in the copied installation."""
    monkeypatch.setenv("MATURITY_HOME", str(installation.home))
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def test_erasing_asks_first_and_shows_how_much(terminal: CliRunner, installation: Settings) -> None:
    """A trial, and nobody there to answer, leave everything; who and how much is told."""
    who = somebody(installation)
    trial = terminal.invoke(app, ["erase", "demo", who, "--essai"])
    silent = terminal.invoke(app, ["erase", "demo", who])
    assert (trial.exit_code, silent.exit_code) == (0, 1)
    for shown in (trial.output, silent.output):
        assert f": {who}" in shown
        assert "1 réponse au questionnaire" in shown
        assert "notes d’entretien" in shown
        assert "Rien n’a été effacé." in shown
    with open_store(installation.database) as store:
        assert store.trace("demo", who) is not None
        assert store.erased_people("demo") == 0


def test_keeping_says_until_when_and_stops_while_a_file_is_open(installation: Settings) -> None:
    """An open notes workbook is named before the store is emptied; closed, it goes."""
    keep_until = load_study("demo", installation).wave().keep_until
    late = keep_until + timedelta(days=1)
    assert "4 octobre 2027" in " ".join(kept_until(installation, keep_until, "demo"))
    assert kept_until(installation, late, "demo") == ()
    (notes,) = (installation.home / "rapports" / "demo").glob("Notes*.xlsx")
    lock = notes.with_name(f"~${notes.name}")
    lock.write_text("")
    with pytest.raises(ReportLocked, match="Notes"):
        retention(installation, late, "demo")
    with open_store(installation.database) as store:
        assert len(store.notes("demo", "V2026").interviewed) >= 12
    lock.unlink()
    assert len(retention(installation, late, "demo")) == 1
    assert not notes.exists()


def test_each_month_the_end_of_keeping_is_looked_at(settings: Settings) -> None:
    """The first of the month, at five where the authority is, until after the last wave's end."""
    from dateutil.rrule import rrulestr

    study = load_study("demo", settings)
    made = keeping_deployment(study)
    (schedule,) = made.schedules
    runs = [run.date() for run in rrulestr(str(schedule.schedule.rrule))]
    assert {run.day for run in runs} == {1}
    late = [run for run in runs if run > study.wave().keep_until]
    assert len(late) == 3
