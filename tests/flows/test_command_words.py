"""The words that Typer writes: French for whoever works in French, its own in English."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app

ENGLISH = ("Usage: ", "Options:", "Arguments:", "Commands:", "required", "default", "Show this",
           "Error", "Missing", "No such", "Try ", "Did you", "Invalid", "Input should",
           "<", "unexpected", "requires", "does not")  # fmt: skip


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """In a folder of its own, as most teams: in French."""
    monkeypatch.chdir(tmp_path)
    return CliRunner()


def test_the_help_of_every_command_is_in_french(runner: CliRunner) -> None:
    """No word of Typer's is left, and the column of explanations stays straight."""
    names = [command.callback.__name__.rstrip("_") for command in app.registered_commands
             if command.callback]  # fmt: skip
    groups = [(one.name, sub.name) for one in app.registered_groups if one.name
              for sub in one.typer_instance.registered_commands]  # fmt: skip
    for words in [(), *((name,) for name in names), ("erase",), ("close",), ("open",), *groups]:
        shown = runner.invoke(app, [*map(str, words), "--help"])
        assert shown.exit_code == 0, words
        said = shown.output.replace("0<=x<=3", "").replace("1<=x<=65535", "")
        assert not [word for word in ENGLISH if word in said], shown.output
    lines = runner.invoke(app, ["serve", "--help"]).output.splitlines()
    assert len({line.index(text) for line in lines for text in ("Adresse", "Port d", "Montrer")
                if text in line}) == 1  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["refresh"], "Il manque l’argument «\u00a0ÉTUDE\u00a0»."),
        (["refres"], "La commande «\u00a0refres\u00a0» n’existe pas. Vouliez-vous dire "
                     "«\u00a0refresh\u00a0»\u00a0?"),
        (["check", "demo", "--zz"], "L’option «\u00a0--zz\u00a0» n’existe pas."),
        (["check", "demo", "--wave"], "L’option «\u00a0--wave\u00a0» attend une valeur."),
        (["check", "demo", "V1"], "De trop\u00a0: V1"),
        (["demo", "--week", "9"], "le plus grand nombre admis est 3."),
        (["demo", "--week", "deux"], "un nombre entier est attendu."),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_french(runner: CliRunner, typed: list[str], said: str) -> None:
    """What is wrong with it, nothing in English, and the exit code of a usage error."""
    refused = runner.invoke(app, typed)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert not [word for word in ENGLISH if word in refused.stderr]


def test_in_english_typer_speaks_for_itself(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own words, untouched."""
    monkeypatch.setenv("MATURITY_LANGUAGE", "en")
    refused = runner.invoke(app, ["refresh"])
    assert refused.exit_code == 2
    assert "Error: Missing argument 'ÉTUDE'." in refused.stderr
    assert "Show this message and exit." in runner.invoke(app, ["refresh", "--help"]).output
