"""The ledger of mails: one line for each mail, whoever asks first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.campaign.mailing.model import MailBook, MailKind, MailLine, MailStatus
from tasks.store.repository import Store
from tasks.survey.source import Participant

BOOK = MailBook("demo", "w1", "650001")
NOW = datetime(2026, 9, 14, 9, tzinfo=UTC)
PLANNED = NOW - timedelta(seconds=5)
LINE = MailLine(7, MailKind.REMINDER, 1, MailStatus.RESERVED, NOW, before=2)


def reserve(store: Store, *lines: MailLine, planned_at: datetime = PLANNED) -> tuple[MailLine, ...]:
    """Reserve mails of the demo's wave."""
    return store.reserve_mails(BOOK, lines, planned_at)


def test_a_mail_is_reserved_once(store: Store) -> None:
    """The second asking gets nothing; another number, kind, person or survey is another mail."""
    assert reserve(store, LINE) == (LINE,)
    assert reserve(store, LINE) == ()
    others = [
        replace(LINE, number=2), replace(LINE, platform_id=8),
        replace(LINE, kind=MailKind.INVITATION, number=0),
    ]  # fmt: skip
    assert reserve(store, *others) == tuple(others)
    for book in (replace(BOOK, wave="w2"), replace(BOOK, survey="another import")):
        assert store.reserve_mails(book, [LINE], PLANNED) == (LINE,)


def test_what_became_of_a_mail_comes_back_as_it_was_written(store: Store) -> None:
    """State, times and reason; and nothing of it in another wave."""
    reserve(store, LINE)
    known = replace(LINE, status=MailStatus.FAILED, settled_at=NOW, reason="l’adresse")
    store.settle_mails(BOOK, [known])
    assert store.mail_lines(BOOK) == (known,)
    assert store.mail_lines(replace(BOOK, wave="w2")) == ()


@pytest.mark.parametrize(
    ("status", "after", "again"),
    [
        (MailStatus.FAILED, timedelta(minutes=1), True),
        (MailStatus.FAILED, -timedelta(minutes=1), False),  # planned before it failed
        (MailStatus.SENT, timedelta(minutes=1), False),
        (MailStatus.UNKNOWN, timedelta(minutes=1), False),
    ],
)  # fmt: skip
def test_only_a_known_failure_is_tried_again(
    store: Store, status: MailStatus, after: timedelta, again: bool
) -> None:
    """And by a run that was planned when staff could know of it."""
    reserve(store, LINE)
    store.settle_mails(BOOK, [replace(LINE, status=status, settled_at=NOW, reason="x")])
    later = replace(LINE, reserved_at=NOW + timedelta(hours=1))
    taken = reserve(store, later, planned_at=NOW + after)
    assert taken == ((later,) if again else ())
    if again:
        assert store.mail_lines(BOOK) == (later,)


def test_erased_people_are_known_by_what_the_platform_still_has(store: Store) -> None:
    """By token; whoever else is on the list is not taken for them."""
    gone = Participant(7, "jeton7", "Ada", "Inventée", "ada@example.org")
    kept = Participant(8, "jeton8", "Bob", "Inventé", "bob@example.org")
    store.record_participants("demo", "w1", [gone, kept])
    trace = store.trace("demo", "jeton7")
    assert trace is not None
    reserve(store, LINE, replace(LINE, platform_id=8))
    assert store.erase(trace, lambda content: content)["mails"] == 1
    assert [line.platform_id for line in store.mail_lines(BOOK)] == [8]
    assert store.erased_among("demo", "w1", [gone, kept]) == {7}
