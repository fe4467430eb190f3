"""A study run from exported files: the same collective results as through the platform."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from config.errors import PlatformError
from config.settings import Settings
from flows.cli import app
from flows.erase_person import out_of_reach
from flows.request import RefreshRequest
from flows.setup import prepare
from flows.steps import pull_answers
from flows.steps.files import COLLECTIVE
from flows.summary import Summary
from flows.wiring import refresh
from tasks.store.records import PullRecord
from tasks.store.repository import open_store
from tasks.survey.sandbox import SandboxParticipant, SandboxPlatform, running
from tests.conftest import Team, directly
from tests.survey.exported_files import ARCHIVE, EXPORTED, SURVEY, pulled, put, valdore
from tests.survey.recorded import PASSWORD, questionnaire

TODAY = date(2026, 11, 22)
Figures = Mapping[str, str | float | int | None]


def figures(settings: Settings) -> Figures:
    """Every figure of the last report."""
    with open_store(settings.database) as store:
        return store.issues("valdore", "essai", COLLECTIVE)[-1].values


def platform() -> SandboxPlatform:
    """The platform that the files were exported from."""
    people = json.loads((EXPORTED / "participants.json").read_text("utf-8"))
    survey = replace(
        questionnaire("maturite_numerique.txt", SURVEY, 1, 1),
        responses={number: {**row, "id": number} for number, row in pulled().items()},
        participants=tuple(
            SandboxParticipant(
                tid=one["tid"],
                token=one["token"],
                **one["participant_info"],
                completed=one["completed"],
                attributes={key: one[key] for key in ("attribute_1", "attribute_2")},
            )
            for one in people
        ),
    )
    return SandboxPlatform([survey], user="admin", password=PASSWORD)


@pytest.fixture(scope="module")
def through_platform(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The figures of a refresh through the remote interface."""
    home = tmp_path_factory.mktemp("platform")
    valdore(home)
    sandbox = platform()
    with running(sandbox) as url:
        team = Team(Settings(home=home), sandbox, url)
        team.refresh("valdore", TODAY)
    return figures(team.settings)


@pytest.fixture
def team(tmp_path: Path) -> Settings:
    """An installation without a platform, whose study reads a folder."""
    valdore(tmp_path)
    study = tmp_path / "config" / "studies" / "valdore.yaml"
    study.write_text(study.read_text("utf-8") + "exports: exports/valdore\n", "utf-8")
    return Settings(home=tmp_path)


def exported(team: Settings, *names: str, day: int = 1) -> None:
    """Staff put exported files into the folder."""
    for name in names:
        put(team.home / "exports" / "valdore", name, day=day)


def refreshed(team: Settings) -> Summary:
    """A refresh of the study."""
    return refresh(RefreshRequest(study="valdore", as_of=str(TODAY)), team, directly)


@pytest.mark.parametrize("names", [("codes.csv", "tokens.csv"), ("full.xlsx", "tokens.csv"),
                                   (ARCHIVE,)], ids=str)  # fmt: skip
def test_exports_give_the_same_results(
    names: tuple[str, ...], team: Settings, through_platform: Figures
) -> None:
    """Every figure of the report is the one of a refresh through the remote interface."""
    assert not team.limesurvey_url
    exported(team, *names)

    summary = refreshed(team)

    assert (summary.answered, summary.invited) == (13, 18)
    assert len(through_platform) > 40
    assert figures(team) == through_platform
    assert any(f"«\u00a0{names[0]}\u00a0»" in notice for notice in summary.notices)


def test_filtered_export_changes_nothing(team: Settings) -> None:
    """Two partial responses missing, none left: nothing is stored; the whole export passes."""
    exported(team, "codes.csv", "tokens.csv")
    first = pulled_by(team)
    exported(team, "complete.csv", day=2)

    with pytest.raises(PlatformError, match="n’a plus 2 des 15 réponses"):
        pulled_by(team)

    with open_store(team.database) as store:
        assert store.last_pull("valdore", "essai") == first
    exported(team, "codes.xlsx", day=3)
    again = pulled_by(team)
    assert (again.unchanged, again.total) == (15, 15)


def pulled_by(team: Settings) -> PullRecord:
    """The pull of a refresh."""
    return pull_answers(prepare(RefreshRequest(study="valdore", as_of=str(TODAY)), team)).record


def test_check_says_which_file_is_taken(
    team: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With its date and its count; without a file, what to do."""
    monkeypatch.setenv("MATURITY_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "300")

    def check() -> tuple[int, str]:
        result = CliRunner().invoke(app, ["check", "valdore"])
        return result.exit_code, " ".join(result.output.replace("\u00a0", " ").split())

    missing = check()
    exported(team, "codes.csv", "tokens.csv")
    exported(team, "fulltext.csv", day=0)
    held = check()

    assert missing[0] == 1
    assert "n’existe pas" in missing[1]
    assert "Créez ce dossier" in missing[1]
    assert held[0] == 0
    assert "✓ Export lu : « codes.csv »" in held[1]
    assert "15 réponses" in held[1]
    assert "✓ La table des participants est lisible" in held[1]


def test_certificate_names_the_exports(team: Settings) -> None:
    """Erasing a person cannot reach files that staff put in: it says where they are."""
    setup = prepare(RefreshRequest(study="valdore", as_of=str(TODAY)), team)
    told = " ".join(out_of_reach(setup, gone=True)).replace("\u00a0", " ")
    assert "Les exports déposés dans « exports/valdore »" in told
