"""The line that the journal keeps of people erased."""

import pytest

from tasks.cleaning.journal import with_erased
from tasks.frames import JOURNAL, empty


@pytest.mark.parametrize(
    ("people", "said"), [(1, "1 personne effacée à sa demande"), (2, "2 personnes effacées")]
)
def test_a_last_line_counts_the_people_erased(people: int, said: str) -> None:
    """It says how many, names nobody, and tells neither an answer nor an item."""
    journal = JOURNAL.validate(with_erased(empty(JOURNAL), people, "fr"))
    (line,) = journal.to_dict("records")
    assert said in line.pop("reason")
    assert line.pop("rule") == "erased"
    assert set(line.values()) == {""}


def test_without_anybody_erased_the_journal_stays() -> None:
    """No line is added for nobody."""
    journal = empty(JOURNAL)
    assert with_erased(journal, 0, "fr") is journal
