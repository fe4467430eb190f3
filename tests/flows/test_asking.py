"""The question before something that cannot be taken back."""

import io

import pytest

from flows.asking import agreed


class Terminal(io.StringIO):
    """Somebody who types these lines."""

    def isatty(self) -> bool:
        """They sit at a terminal."""
        return True


@pytest.mark.parametrize("typed", ["o", "Oui", " OUI ", "y", "YES"])
def test_yes_is_understood(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """French and English, short and long, in any case."""
    monkeypatch.setattr("sys.stdin", Terminal(f"{typed}\n"))
    assert agreed("Effacer est sans retour.", "fr")


@pytest.mark.parametrize("typed", ["\n", "n\n", "Non\n", "no\n", ""])
def test_no_is_what_counts_otherwise(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty line and the end of what is typed mean no as well."""
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert not agreed("Effacer est sans retour.", "fr")


def test_anything_else_is_asked_again_in_the_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It neither counts as yes nor ends the command."""
    monkeypatch.setattr("sys.stdin", Terminal("peut-être\noui\n"))
    assert agreed("Effacer est sans retour.", "fr")
    shown = capsys.readouterr().out
    assert shown.count("Continuer\u00a0? [oui/non]") == 2
    assert "Répondez par «\u00a0oui\u00a0» ou par «\u00a0non\u00a0»." in shown

    monkeypatch.setattr("sys.stdin", Terminal("perhaps\nno\n"))
    assert not agreed("There is no way back.", "en")
    assert "Answer “yes” or “no”." in capsys.readouterr().out


def test_without_a_terminal_nothing_is_agreed_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that pipes « oui » must say --oui."""
    monkeypatch.setattr("sys.stdin", io.StringIO("oui\n"))
    assert not agreed("Effacer est sans retour.", "fr")
