"""Runs at the same time: one report, one issue, and nobody held up by a run that died."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.errors import ReportLocked
from tasks.publishing import in_turn, publish, restore, turns
from tasks.publishing.publish import Published
from tasks.store.repository import Store, open_store
from tests.publishing.test_beside import plain
from tests.publishing.test_publishing import MONDAY, edit, history, issue, said

PARIS = ZoneInfo("Europe/Paris")


def test_four_refreshes_at_once_issue_and_merge_once(store: Store, path: Path) -> None:
    """The first issues and merges; the others wait, then find that nothing is new."""
    publish(issue(path, 1), store, "fr")
    edit(path, "Nul n’est nommé.", "Relu.")

    def refresh(_: int) -> Published:
        with open_store(f"sqlite:///{path.parent.parent / 'store.sqlite'}") as own:
            return publish(issue(path, 2), own, "fr")

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(refresh, range(4)))
    assert sorted(one.new for one in made) == [False, False, False, True]
    assert [one.number for one in store.issues("demo", "w1", "report")] == [1, 2]
    assert len(history(path)) == 1
    assert "Relu." in said(path)
    assert "13 personnes" in said(path)


def test_who_waits_in_vain_is_told_until_when(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refresh and a restoring stop with the reason; neither file nor store has changed."""
    publish(issue(path, 1), store, "fr")
    before = path.read_bytes()
    monkeypatch.setattr(turns, "PATIENCE", 0.0)
    now = datetime.now(UTC)
    store.take_hold("reports:demo", "another", now, now + timedelta(minutes=3))
    with pytest.raises(ReportLocked) as refused:
        publish(issue(path, 2), store, "fr")
    with pytest.raises(ReportLocked, match="Une autre commande"):
        restore("demo", "w1", "report", path, 1, store, MONDAY, "fr")
    said_plainly = plain((str(refused.value),))
    assert "écrit les rapports de l’étude « demo »" in said_plainly
    assert f"à {now + timedelta(minutes=3):%H:%M}" in said_plainly
    assert path.read_bytes() == before
    assert len(store.issues("demo", "w1", "report")) == 1


def test_a_run_that_died_holds_nobody_up_for_ever(store: Store, path: Path) -> None:
    """A killed run never gives its turn back: the turn ends by itself."""
    died = datetime.now(UTC) - turns.LASTING
    store.take_hold("reports:demo", "killed", died, died + turns.LASTING)
    assert publish(issue(path, 1), store, "fr").path == path


def test_the_turn_is_given_back_after_a_failure(store: Store) -> None:
    """An error on the way does not hold up the next run, nor does another study."""
    with pytest.raises(ZeroDivisionError), in_turn(store, "demo", PARIS, "fr"):
        1 / 0  # noqa: B018
    with in_turn(store, "demo", PARIS, "fr"), in_turn(store, "autre", PARIS, "fr"):
        now = datetime.now(UTC)
        assert store.take_hold("reports:demo", "another", now, now) is not None
