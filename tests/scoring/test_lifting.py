"""What the closing lets be read by difference, counted from the ledger."""

import pytest

from tasks.scoring.ledger import Publication
from tasks.scoring.lifting import lifted, was_lifted


def issue(people: dict[str, str], *, closing: bool = False) -> Publication:
    """An issue about these people, on two sides."""
    groups = {"A": dict(list(people.items())[::2]), "B": dict(list(people.items())[1::2])}
    return Publication(groups, frozenset(groups), closing=closing)


def people(count: int, **changed: str) -> dict[str, str]:
    """So many people with the fingerprints of their answers."""
    return {f"P{number}": "x" for number in range(count)} | changed


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (people(12), 0),
        (people(13), 1),
        (people(11), 1),
        (people(12, P3="y"), 1),
        (people(14, P3="y"), 3),
        (people(16), 4),
        (people(17), 0),
        (people(4), 0),
    ],
    ids=["same", "new", "gone", "changed", "both", "four", "enough", "too few to be shown"],
)
def test_new_changed_and_gone_answers_are_counted(now: dict[str, str], told: int) -> None:
    """Up to the smallest group; whoever changed an answer counts once."""
    assert lifted((issue(people(12)),), now, 5) == told
    if len(now) >= 5:
        assert was_lifted((issue(people(12)), issue(now, closing=True)), 5) == told


def test_the_last_issue_counts_not_the_first() -> None:
    """Those renewed in between are not told by the closing."""
    assert lifted((issue(people(7)), issue(people(12))), people(13), 5) == 1


def test_nothing_is_lifted_before_a_first_issue_or_after_the_closing() -> None:
    """Without an issue to compare there is no difference; after the closing answers wait again."""
    assert lifted((), people(12), 5) == 0
    closed = (issue(people(12)), issue(people(13), closing=True))
    assert lifted(closed, people(14), 5) == 0
    assert was_lifted(closed[:1], 5) == 0
    assert was_lifted((*closed, issue(people(20), closing=True)), 5) == 1
    assert was_lifted((issue(people(12), closing=True),), 5) == 0
