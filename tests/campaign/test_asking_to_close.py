"""What `maturity close` asks before it closes."""

import io

import pytest

from flows.terminal_campaign import confirmed

WARNING = "Deux réponses se liront."


class Terminal(io.StringIO):
    """Somebody who types these lines."""

    def isatty(self) -> bool:
        """They sit at a terminal."""
        return True


@pytest.mark.parametrize(("typed", "sure"), [("oui\n", True), ("non\n", False), ("", False)])
@pytest.mark.parametrize("early", [True, False])
def test_whose_answers_will_be_read_stands_in_the_question(
    typed: str,
    sure: bool,
    early: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Before the end of the wave and after it; nothing typed means no."""
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert confirmed("fr", early=early, warning=WARNING) is sure
    shown = capsys.readouterr().out
    assert WARNING in shown
    assert ("La vague n’est pas finie." in shown) is early


def test_where_nobody_can_answer_a_wave_that_is_over_is_closed_with_the_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script may close at the end; never before it without « --oui »."""
    monkeypatch.setattr("sys.stdin", io.StringIO("oui\n"))
    assert not confirmed("fr", early=True, warning=WARNING)
    assert confirmed("fr", early=False, warning=WARNING)
    assert WARNING in capsys.readouterr().out
