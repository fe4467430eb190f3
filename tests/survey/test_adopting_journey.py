"""`maturity adopt`: from a survey on a platform, or its file, to a report."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner, Result

from config.loading import load_model, load_study
from config.settings import Settings
from flows.cli import app
from tasks.survey.sandbox import SandboxPlatform, running
from tests.survey.exported_files import ARCHIVE, EXPORTED, inside, put
from tests.survey.recorded import platform_6


@pytest.fixture
def staff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command, in a working folder of its own."""
    monkeypatch.setenv("MATURITY_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "300")
    return CliRunner()


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxPlatform]:
    """The recorded platform on loopback, as the settings know it."""
    platform = platform_6()
    with running(platform) as url:
        monkeypatch.setenv("MATURITY_LIMESURVEY_URL", url)
        monkeypatch.setenv("MATURITY_LIMESURVEY_USER", platform.user)
        monkeypatch.setenv("MATURITY_LIMESURVEY_PASSWORD", platform.password.get_secret_value())
        yield platform


def words(result: Result) -> str:
    """What was printed, with plain spaces."""
    return " ".join((result.output + (result.stderr or "")).replace("\u00a0", " ").split())


@pytest.mark.parametrize(
    ("survey", "report"), [(641001, "12 sur 18"), (488771, "1")], ids=["maturite", "types"]
)
@pytest.mark.usefixtures("connected")
def test_adopted_survey_checks_and_refreshes(
    survey: int, report: str, staff: CliRunner, tmp_path: Path
) -> None:
    """Three commands, no edit: files that hold, a check without a fault, a report."""
    adopted = staff.invoke(app, ["adopt", "--survey", str(survey)])
    checked = staff.invoke(app, ["check", f"etude_{survey}"])
    refreshed = staff.invoke(app, ["refresh", f"etude_{survey}"])

    here = Settings(home=tmp_path)
    assert adopted.exit_code == 0, words(adopted)
    assert load_model(f"questionnaire_{survey}", here).model.code == f"questionnaire_{survey}"
    assert load_study(f"etude_{survey}", here).waves[0].survey_id == survey
    assert checked.exit_code == 0, words(checked)
    assert "✓ Le questionnaire correspond au modèle" in words(checked)
    assert refreshed.exit_code == 0, words(refreshed)
    assert report in words(refreshed)
    (path,) = (tmp_path / "rapports" / f"etude_{survey}").glob("Rapport collectif*.docx")
    assert len(Document(str(path)).paragraphs) > 40
    if survey == 641001:  # a yes-no question is drawn with « Oui » and « Non »
        (drawn,) = re.findall(r'descr="([^"]*formation numérique[^"]*)"', _xml(path))
        assert "Oui\u00a0: " in drawn
        assert "Non\u00a0: " in drawn


@pytest.mark.usefixtures("connected")
def test_what_is_left_is_told_by_line(staff: CliRunner, tmp_path: Path) -> None:
    """Each line named is the one that carries the mark."""
    result = staff.invoke(app, ["adopt", "--survey", "641001"])

    told = re.findall(
        r"– (\w+\.yaml), ligne (\d+) : (\w+ \w+)", result.output.replace("\u00a0", " ")
    )
    assert {name for name, *_ in told} == {"questionnaire_641001.yaml", "etude_641001.yaml"}
    assert len(told) > 8
    for name, line, start in told:
        (path,) = (tmp_path / "config").rglob(name)
        row = path.read_text("utf-8").splitlines()[int(line) - 1].replace("\u00a0", " ")
        assert f"À COMPLÉTER : {start}" in row
    assert "maturity check etude_641001" in words(result)


@pytest.mark.parametrize("name", ["archive.lsa", "structure.lss"])
def test_file_gives_the_same_as_the_platform(
    name: str, staff: CliRunner, tmp_path: Path, connected: SandboxPlatform
) -> None:
    """A questionnaire adopted from its export is adopted word for word as from the platform."""
    assert connected.version
    content = (EXPORTED / ARCHIVE).read_bytes() if name.endswith("a") else inside(ARCHIVE, ".lss")
    file = put(tmp_path, name, content)
    files = [
        tmp_path / "config" / "models" / "questionnaire_641001.yaml",
        tmp_path / "config" / "studies" / "etude_641001.yaml",
    ]

    assert staff.invoke(app, ["adopt", "--fichier", str(file)]).exit_code == 0
    from_file = [path.read_text("utf-8") for path in files]
    for path in files:
        path.unlink()
    assert staff.invoke(app, ["adopt", "--survey", "641001"]).exit_code == 0

    assert [path.read_text("utf-8") for path in files] == from_file


def test_files_that_are_there_are_never_overwritten(staff: CliRunner, tmp_path: Path) -> None:
    """Not even when only one of the two is there; nothing else is written then."""
    study = tmp_path / "config" / "studies" / "etude_641001.yaml"
    study.parent.mkdir(parents=True)
    study.write_text("complété par l’équipe", "utf-8")

    result = staff.invoke(app, ["adopt", "--fichier", str(EXPORTED / ARCHIVE)])

    assert result.exit_code == 1
    assert "existe déjà" in words(result)
    assert study.read_text("utf-8") == "complété par l’équipe"
    assert not (tmp_path / "config" / "models").exists()


def test_wrong_calls_are_answered_in_plain_words(staff: CliRunner, tmp_path: Path) -> None:
    """Neither a number nor a file, both, a file that is none, no platform set."""
    spoilt = put(tmp_path, "rien.lss", b"rien")
    calls = {
        (): "soit le numéro de l’enquête, soit un fichier",
        ("--survey", "1", "--fichier", str(spoilt)): "soit le numéro de l’enquête, soit un fichier",
        ("--fichier", str(spoilt)): "« rien.lss » ne peut pas être lu",
        ("--survey", "1"): "L’adresse de LimeSurvey ou son compte ne sont pas réglés",
    }
    for options, told in calls.items():
        result = staff.invoke(app, ["adopt", *options])
        assert result.exit_code == 1
        assert told in words(result)
        assert "Traceback" not in words(result)


def _xml(path: Path) -> str:
    with zipfile.ZipFile(path) as opened:
        return opened.read("word/document.xml").decode()
