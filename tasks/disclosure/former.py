"""The earlier issues that a new one is compared with, and what of them is held against it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from tasks.disclosure.tables import Issue, Values
from tasks.scoring.ledger import Ledger, Publication, is_erased
from tasks.store.records import IssueRecord


def former_issues(
    records: Sequence[IssueRecord], ledger: Ledger, *, closed: bool
) -> tuple[Issue, ...]:
    """The issues that a new one is compared with, each with the people that it is about.

    The closing of a wave lifts the comparison of answers once, as the method says: everybody who
    answered counts in its last report. What leaves after that is compared with the closing issue
    on. Interviews go on after it: what they changed is compared with all issues.

    Args:
        records: all issues so far, oldest first.
        ledger: what they made public.
        closed: the wave is closed.
    """
    closings = [place for place, publication in enumerate(ledger) if publication.closing]
    since = min(closings, default=len(ledger) if closed else 0)
    compared = ledger[since:]
    told = ((record, _closest(record, ledger)) for record in records if ledger)
    return tuple(
        replace(_former(record, ledger), lifted=one not in compared) for record, one in told
    )


def not_lifted(history: Sequence[Issue]) -> tuple[Issue, ...]:
    """The issues whose answers a new one is compared with."""
    return tuple(issue for issue in history if not issue.lifted)


def _closest(record: IssueRecord, ledger: Ledger) -> Publication:
    """The last publication of the people that an issue is about."""
    people = set(record.responses.items())
    return min(reversed(ledger), key=lambda publication: _distance(people, publication))


def _distance(people: set[tuple[str, str]], publication: Publication) -> int:
    groups = publication.groups.values()
    return len(people ^ set(chain.from_iterable(group.items() for group in groups)))


def _former(record: IssueRecord, ledger: Ledger) -> Issue:
    people = set(record.responses.items())
    least = min(_distance(people, publication) for publication in ledger)
    same = [one for one in ledger if _distance(people, one) == least]
    held = frozenset.intersection(*(publication.held for publication in same))
    met = [one for one in same if len(one.interviews) in _met(record.values)]
    interviews = met[-1].interviews if met else {}
    return Issue(same[-1].groups, record.values, held, interviews)


def _met(values: Values) -> set[int]:
    """How many people an issue says were met, of those whose positions it tells."""
    return {int(n) for name, n in values.items() if n and name.endswith(".interview.interviewed")}


def counts_erased(history: Sequence[Issue]) -> bool:
    """Does one of these issues count somebody who was erased since?"""
    people = chain.from_iterable(chain(*one.groups.values()) for one in not_lifted(history))
    return any(map(is_erased, people))
