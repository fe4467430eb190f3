"""What the merge says to staff."""

import pytest

from config.catalogue import say
from config.errors import ReportUnreadable
from tasks.word.merge import merge_words
from tasks.word.merge.charts import ChartValues
from tasks.word.merge.opening import open_report


def test_comments_are_said_in_both_languages() -> None:
    """The sentences of comments are translated."""
    french, english = vars(merge_words("fr")), vars(merge_words("en"))
    assert all(french[name] != english[name] for name in french)


def test_refusals_are_said_in_both_languages() -> None:
    """A file that cannot be read says so, and what to do, in English too."""
    with pytest.raises(ReportUnreadable) as caught:
        open_report(b"no zip", "en")
    assert "Word document" in caught.value.message
    assert "history" in caught.value.remedy
    assert say(caught.value.message, "en") == caught.value.message


def test_numbers_are_written_as_the_reader_does() -> None:
    """A decimal comma in French, a point in English."""
    chart = ChartValues((("Réponses", ("Éveil",), (2.5,)),), scatter=False)
    assert chart.lines("fr") == ["Réponses (Éveil 2,5)"]
    assert chart.lines("en") == ["Réponses (Éveil 2.5)"]
