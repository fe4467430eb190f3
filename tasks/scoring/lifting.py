"""What the closing of a wave makes known: the answers that came in too late to be renewed.

The method lifts the comparison once, at the closing. Whoever kept the issue before it then reads
the answers of fewer than `min_group` people in the difference; staff are to know this.
"""

from itertools import chain

from tasks.scoring.ledger import Group, Ledger, Publication


def lifted(ledger: Ledger, now: Group, min_group: int) -> int:
    """How many answers the closing would let be read by difference; 0: none, or enough of them.

    They are those that came in, changed or went since the results were last renewed.

    Args:
        ledger: what was published so far; once it holds the closing issue, nothing more is lifted.
        now: all respondents with the fingerprints of their clean answers.
        min_group: the study's smallest group.
    """
    if not ledger or any(issue.closing for issue in ledger) or len(now) < min_group:
        return 0
    told = set(_people(ledger[-1]).items()) ^ set(now.items())
    people = {person for person, _ in told}
    return len(people) if len(people) < min_group else 0


def was_lifted(ledger: Ledger, min_group: int) -> int:
    """How many answers the closing issue lets be read beside the issue before it."""
    closings = [place for place, issue in enumerate(ledger) if issue.closing]
    if not closings:
        return 0
    first = closings[0]
    return lifted(ledger[:first], _people(ledger[first]), min_group)


def _people(issue: Publication) -> Group:
    return dict(chain.from_iterable(group.items() for group in issue.groups.values()))
