"""`maturity open`, `participants` and `close`: what staff type and read, and their forms."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.closing import ClosingRequest
from flows.listing import ListRequest
from flows.opening import OpeningRequest
from tests.campaign.staff import STUDY, TODAY, Staff, addresses, csv_list, person


@pytest.fixture
def run(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command, in the team's installation."""
    settings = staff.settings
    monkeypatch.setenv("MATURITY_HOME", str(settings.home))
    monkeypatch.setenv("MATURITY_LIMESURVEY_URL", settings.limesurvey_url)
    monkeypatch.setenv("MATURITY_LIMESURVEY_USER", settings.limesurvey_user)
    secret = settings.limesurvey_password.get_secret_value()
    monkeypatch.setenv("MATURITY_LIMESURVEY_PASSWORD", secret)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def words(result: Result) -> str:
    """What was printed, with plain spaces."""
    return " ".join((result.output + (result.stderr or "")).replace("\u00a0", " ").split())


def test_a_campaign_from_the_command_line(run: CliRunner, staff: Staff, tmp_path: Path) -> None:
    """Open, look, list, close: each tells what was done and what comes next."""
    people = tmp_path / "ailleurs.csv"  # the command line may name any file
    people.write_bytes(csv_list([person(1), person(2, Courriel="deux")]))
    opened = run.invoke(app, ["open", STUDY])
    assert opened.exit_code == 0, words(opened)
    assert "importé, puis relu" in words(opened)
    assert "À faire ensuite :" in words(opened)

    trial = run.invoke(app, ["participants", STUDY, str(people), "--essai"])
    assert trial.exit_code == 0
    assert "ligne 3, colonne « Courriel »" in words(trial)
    refused = run.invoke(app, ["participants", STUDY, str(people)])
    assert refused.exit_code == 1
    assert "1 ligne douteuse sur 2" in words(refused)
    assert addresses(staff) == []
    sent = run.invoke(app, ["participants", STUDY, str(people), "--sans-les-lignes-douteuses"])
    assert sent.exit_code == 0
    assert addresses(staff) == ["personne01@example.org"]

    waiting = run.invoke(app, ["close", STUDY])  # nobody there to confirm
    assert waiting.exit_code == 1
    assert "--oui" in words(waiting)
    closed = run.invoke(app, ["close", STUDY, "--oui"])
    assert closed.exit_code == 0, words(closed)
    assert "Campagne close" in words(closed)


def test_the_list_to_fill_in(run: CliRunner) -> None:
    """`--modele` writes it beside the study's files; without a list the command says so."""
    written = run.invoke(app, ["participants", STUDY, "--modele"])
    path, following = written.output.strip().splitlines()
    assert f"maturity participants {STUDY}" in following
    sheet = load_workbook(path).worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert headings == ["Prénom", "Nom", "Courriel", "Langue", "Poste", "Service"]
    without = run.invoke(app, ["participants", STUDY])
    assert without.exit_code == 1
    assert "Il manque la liste des participants" in without.output


@pytest.mark.parametrize("form", [OpeningRequest, ListRequest, ClosingRequest])
def test_the_forms_speak_french(form: type[OpeningRequest]) -> None:
    """Each field has a title and says what to give."""
    schema = form.model_json_schema()
    assert schema["title"]
    for field in schema["properties"].values():
        assert field["title"][0].isupper()
        assert field["description"].endswith(".")


def test_the_pages_have_the_campaign_from_opening_to_closing(staff: Staff) -> None:
    """Each study is opened, listed and closed from a form, by staff alone; without schedules."""
    from flows.deployments import all_deployments  # heavy: Prefect

    found = all_deployments(staff.settings, TODAY)
    for flow in ("open_campaign", "list_participants", "close_campaign"):
        (one,) = [each for each in found if (each.flow_name, each.name) == (flow, STUDY)]
        assert one.parameters == {"demande": {"study": STUDY}}
        assert one.schedules == []
