"""Each fault at each call: a message for staff, no secret, no login too many, nothing doubled."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from io import StringIO

import pytest

from tasks.survey.limesurvey import transport
from tasks.survey.sandbox import FaultKind, SandboxPlatform, running
from tests.limesurvey.faults.document import DOCUMENT, FAULTS, PURPOSES, document
from tests.limesurvey.faults.matrix import (
    CALLS,
    HALVED,
    PASSWORD,
    WRITING,
    Cell,
    pairs,
    platform,
    play,
)

SECRETS = (PASSWORD.get_secret_value(), "jeton-secret", "Nomsecret", "adresse-secrete", "SQLSTATE")


Played = Callable[[FaultKind], tuple[list[Cell], str]]


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[SandboxPlatform, str]]:
    """One platform for all cells, put back to its beginning before each."""
    one = platform()
    with pytest.MonkeyPatch.context() as patch, running(one) as url:
        patch.setattr(transport, "BACKOFF_SECONDS", 0)
        play(one, url, None, "get_summary", "fr")  # the first answer of all is a slow one
        yield one, url


@pytest.fixture(scope="module")
def played(served: tuple[SandboxPlatform, str]) -> Played:
    """Gives all cells of a fault, and what was logged meanwhile; each is played once."""

    @cache
    def cells(kind: FaultKind) -> tuple[list[Cell], str]:
        with _logged() as log:
            found = [play(*served, kind, call, "fr") for fault, call in pairs() if fault is kind]
        return found, log.getvalue()

    return cells


@contextmanager
def _logged() -> Iterator[StringIO]:
    """Everything that is logged by anybody."""
    root, log = logging.getLogger(), StringIO()
    handler, level = logging.StreamHandler(log), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield log
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@pytest.mark.parametrize("kind", [*FaultKind])
def test_fault_at_every_call(played: Played, kind: FaultKind) -> None:
    """What, where, what to do, without a secret; what was done is not done twice."""
    cells, log = played(kind)
    assert cells
    assert "get_session_key" in log  # the log is really caught
    for cell in cells:
        if cell.error is None:
            assert _may_pass(cell), cell
        else:
            assert "http://127.0.0.1:" in cell.error.message, cell
            assert len(cell.error.remedy) > len("Relancez plus tard."), cell
        _assert_nothing_twice(cell)
        for secret in SECRETS:
            assert secret not in str(cell.error), cell
    for secret in SECRETS:
        assert secret not in log, kind


def test_the_document_says_what_the_program_says(played: Played) -> None:
    """`python -m tests.limesurvey.faults` writes it anew; every fault and call has its words."""
    assert FAULTS.keys() == {*FaultKind}
    assert PURPOSES.keys() == CALLS.keys()
    cells = [cell for kind in FaultKind for cell in played(kind)[0]]
    assert DOCUMENT.read_text(encoding="utf-8") == document(cells)


def _may_pass(cell: Cell) -> bool:
    """Some faults concern nobody at some calls."""
    login = cell.call == "get_session_key"
    not_needed = ("get_site_settings", "list_participants")  # rights that a pull can do without
    return {
        FaultKind.LOCKED_OUT: not login,  # who is logged in stays so
        FaultKind.EXPIRED_KEY: login,  # there is no key yet
        FaultKind.NO_RIGHT: cell.call in not_needed,
    }.get(cell.kind, False)


def _assert_nothing_twice(cell: Cell) -> None:
    if cell.call in WRITING:
        # sent once; a key that is refused has done nothing, and is renewed once
        assert cell.calls <= 1 + (cell.kind is FaultKind.EXPIRED_KEY), cell
    assert cell.logins <= (2 if cell.kind is FaultKind.EXPIRED_KEY else 1), cell
    assert cell.surveys <= 3, cell
    assert cell.added <= 1, cell
    assert all(count == 1 for count in Counter(cell.mails).values()), cell


def test_without_a_fault_every_call_is_made(served: tuple[SandboxPlatform, str]) -> None:
    """No cell of the matrix is empty: each way of calling works, and makes the call it names."""
    one, url = served
    for call in CALLS:
        cell = play(one, url, None, call, "fr")
        assert cell.error is None, cell
        assert cell.calls >= 1, cell
    assert HALVED < WRITING < CALLS.keys()
