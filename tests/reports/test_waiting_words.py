"""What staff are told of words that wait: nothing that cannot come true."""

import pytest

from tasks.reports.next_steps import WaitingWords, _until
from tasks.reports.voice import Voice

VOICE = Voice("fr", "fr-FR", 20, "stade")


@pytest.mark.parametrize(("waiting", "told", "untold"), [
    (WaitingWords(1, 4), "dès que 4 personnes de plus", "Trop peu"),
    (WaitingWords(1, 4, to_meet=4), "dès que 4 personnes de plus", "Trop peu"),
    (WaitingWords(1, 4, to_meet=2), "écrivez-y ce jour", "4 personnes"),
    (WaitingWords(1, 2, to_meet=0, over=True), "que si 2 personnes de plus", "à la fin des"),
    (WaitingWords(1, 0, over=True), "de nouveaux résultats", "fin des entretiens"),
])  # fmt: skip
def test_what_lets_words_in_can_come_true(waiting: WaitingWords, told: str, untold: str) -> None:
    """Too few left to meet, interviews over, results that wait: each has its own sentence."""
    sentence = _until(VOICE, waiting)
    assert told in sentence
    assert untold not in sentence
