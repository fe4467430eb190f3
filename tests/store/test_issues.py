"""Issues of reports and the publication ledger."""

import hashlib
from datetime import UTC, datetime

import pytest

from tasks.store.repository import Store

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def issue(store: Store, content: bytes = b"docx", wave: str = "w1", kind: str = "collective"):
    """Record an issue that shows four figures."""
    figures = {"participation.complete": 13, "d1.A": -0.87, "d1.reading": "Éveil", "d2": None}
    return store.record_issue(
        "demo", wave, kind, "reports/demo/w1.docx", content, figures, {"P07": "aa", "P12": "bb"}
    )


def test_an_issue_comes_back_whole(store: Store) -> None:
    """Content, hash, figures and answers' hashes are kept; the time is now, in UTC."""
    before = datetime.now(UTC)
    made = issue(store, b"PK\x03\x04 docx")

    assert store.last_issue("demo", "w1", "collective") == made
    assert made.content == b"PK\x03\x04 docx"
    assert made.sha256 == hashlib.sha256(made.content).hexdigest()
    assert made.values["d1.A"] == -0.87
    assert made.values["d2"] is None
    assert made.responses == {"P07": "aa", "P12": "bb"}
    assert before <= made.issued_at <= datetime.now(UTC)


def test_numbers_grow_per_study_wave_and_kind(store: Store) -> None:
    """The third issue of a report is number 3, whatever other reports did."""
    numbers = [issue(store, bytes([i])).number for i in range(3)]

    assert numbers == [1, 2, 3]
    assert issue(store, wave="w2").number == 1
    assert issue(store, kind="weekly_note").number == 1
    assert [i.content for i in store.issues("demo", "w1", "collective")] == [b"\0", b"\1", b"\2"]
    assert store.last_issue("demo", "w1", "collective").content == b"\2"


def test_no_issue_yet_is_none(store: Store) -> None:
    """Before the first publication there is nothing to compare with."""
    assert store.last_issue("demo", "w1", "collective") is None
    assert store.issues("demo", "w1", "collective") == ()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("reports/demo/w1.docx", "reports/demo/w1.docx"),
        ("/home/durand/reports/w1.docx", "w1.docx"),
        ("C:\\Users\\durand\\w1.docx", "w1.docx"),
        ("../durand/w1.docx", "w1.docx"),
    ],
)
def test_folders_outside_the_working_folder_are_not_kept(
    store: Store, given: str, kept: str
) -> None:
    """Folders may bear a person's name: an absolute path is cut to the file's name."""
    assert store.record_issue("demo", "w1", "k", given, b"", {}, {}).path == kept


def test_a_publication_adds_to_the_former_ones(store: Store) -> None:
    """What was published once stays on record as it was; the newest pull is told."""
    assert store.publication("demo", "w1") is None
    pulls = [store.record_pull("demo", "w1", 1, [], None, AT).id for _ in range(2)]
    store.record_publication("demo", "w1", pulls[0], {"0000 all": {"P07": "aa"}})
    both = {"0000 all": {"P07": "changed"}, "0001 all": {"P07": "cc", "P12": "bb"}}
    store.record_publication("demo", "w1", pulls[1], both)

    published = store.publication("demo", "w1")
    assert published is not None
    assert published.pull == pulls[1]
    assert published.breakdowns == {
        "0000 all": {"P07": "aa"},
        "0001 all": {"P07": "cc", "P12": "bb"},
    }
    assert store.publication("demo", "w2") is None
