"""Erasing a person from the store: nothing of theirs stays, everybody else's does."""

import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.errors import StoreError
from tasks.interviews.model import Consent, Note, NoteKind, Notes
from tasks.interviews.reviewing import PassageKind, Review
from tasks.store.repository import Store
from tasks.survey.source import Participant, RawResponse

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PLANTED = ("Zébulon", "zebulon@exemple.invalid", "jetonzebulon", "Mon service manque de bras")


def people() -> tuple[Participant, ...]:
    """Two people invited."""
    return (
        Participant(1, PLANTED[2], PLANTED[0], "Fictif", PLANTED[1], {"attribute_1": "Voirie"}),
        Participant(2, "jetonberthe", "Berthe", "Inventée", "berthe@exemple.invalid"),
    )


def responses() -> tuple[RawResponse, ...]:
    """What they answered."""
    return (
        {"id": 1, "token": PLANTED[2], "startdate": "2026-11-20 10:00", "D01T": PLANTED[3]},
        {"id": 2, "token": "jetonberthe", "startdate": "2026-11-20 11:00", "D01T": "Tout va bien"},
        {"id": 3, "token": "", "startdate": "2026-11-20 12:00", "D01T": "Sans jeton ni nom"},
    )


def pull(store: Store) -> tuple[int, int]:
    """Record participants and a pull; returns how many responses count, and are left out."""
    store.record_participants("demo", "w1", people())
    record = store.record_pull("demo", "w1", 9, iter([responses()]), None, AT)
    return record.total, record.erased


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with two people, three responses, notes, a review, an issue and a ledger."""
    pull(store)
    who = names(store)
    mine, other = who[PLANTED[2]], who["jetonberthe"]
    quote = Note(mine, "D01", NoteKind.QUOTE, "On nous oublie toujours.", consent=Consent.ANONYMOUS)
    notes = Notes((quote, Note(other, "D01", NoteKind.NEED, "Du temps.")),
                  interviewed=frozenset({mine, other}))  # fmt: skip
    store.save_notes("demo", "w1", notes, "Notes.xlsx")
    review = Review(PassageKind.QUOTE, mine, quote.text, "On est oublié.", reviewed=True)
    store.save_reviews("demo", "w1", {review.key: review})
    answers = {mine: "aa", other: "bb"}
    words = {who: f'{{"key of {who}": true}}' for who in (mine, other)}
    store.record_publication("demo", "w1", 1, {"0000 side a": answers, "0000 words": words})
    store.record_issue("demo", "w1", "report", "r.docx", b"base", {"n": 2}, answers)
    store.record_issue("demo", "w1", f"interview_guide/{mine}", "g.docx", b"guide", {}, answers)
    return store


def names(store: Store) -> dict[str, str]:
    """Key of each response → pseudonym."""
    found = store.people("demo", "w1", [PLANTED[2], "jetonberthe", "#3"])
    return {key: person.pseudonym for key, person in found.items()}


def erase(store: Store, who: str, redact: bytes | None = b"base") -> None:
    """Erase somebody; the documents come out as `redact`."""
    trace = store.trace("demo", who)
    assert trace is not None
    store.erase(trace, lambda _: redact)


@pytest.mark.parametrize("by", ["token", "email", "pseudonym"])
def test_a_person_goes_and_the_others_stay(filled: Store, by: str) -> None:
    """Whichever way they are named, every table loses them and nobody else."""
    who = names(filled)
    mine, other = who[PLANTED[2]], who["jetonberthe"]
    erase(filled, {"token": PLANTED[2], "email": PLANTED[1].upper(), "pseudonym": mine}[by])

    assert [one["id"] for one in filled.current_responses("demo", "w1")] == [2, 3]
    assert [one.token for one in filled.listed_participants("demo", "w1")] == ["jetonberthe"]
    notes = filled.notes("demo", "w1")
    assert {note.respondent for note in notes.notes} == notes.interviewed == {other}
    assert filled.reviews("demo", "w1") == {}
    publication = filled.publication("demo", "w1")
    assert publication is not None
    counted = publication.breakdowns["0000 side a"]
    assert counted[other] == "bb"
    assert not {mine, "aa"} & {*counted, *counted.values()}, "a place is left, and no name"
    assert [person[0] for person in counted if person != other] == ["#"]
    assert {*publication.breakdowns["0000 words"]} == {other}, "and no place where words are kept"
    issue = filled.last_issue("demo", "w1", "report")
    assert issue is not None
    assert (issue.responses, issue.values, issue.content) == (counted, {"n": 2}, b"base")
    assert filled.last_issue("demo", "w1", f"interview_guide/{mine}") is None


def test_no_byte_is_left_in_the_file(filled: Store, url: str) -> None:
    """Once rewritten, the database and its side files hold neither name nor token nor words."""
    if not url.startswith("sqlite"):
        assert not filled.scrub(), "a server's files cannot be vouched for"
        return
    mine = names(filled)[PLANTED[2]]
    path = Path(url.removeprefix("sqlite:///"))
    files = list(path.parent.glob(f"{path.name}*"))
    assert PLANTED[1].encode() in b"".join(file.read_bytes() for file in files)

    erase(filled, PLANTED[2])
    assert filled.scrub()

    raw = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert [secret for secret in PLANTED if secret.encode() in raw] == []
    assert "Inventée".encode() in raw
    # A pseudonym is too short to be looked for in packed bytes: chance alone would write it.
    with sqlite3.connect(path) as connection:
        assert not re.search(rf"\b{mine}\b", "\n".join(connection.iterdump()))


def test_who_was_erased_does_not_come_back(filled: Store) -> None:
    """The platform still has them: pulls leave them out, copies of notes too, and say so."""
    mine = names(filled)[PLANTED[2]]
    erase(filled, PLANTED[2])
    assert pull(filled) == (2, 1)
    assert len(filled.listed_participants("demo", "w1")) == 1
    copy = Notes((Note(mine, "D01", NoteKind.NEED, "Encore là."),), interviewed=frozenset({mine}))
    filled.save_notes("demo", "w1", copy, "Copie.xlsx")
    assert filled.notes_by_source("demo", "w1")["Copie.xlsx"] == Notes()


def test_nobody_else_is_given_their_pseudonym(filled: Store) -> None:
    """Papers held elsewhere may bear it: it is never drawn again."""
    mine = names(filled)[PLANTED[2]]
    erase(filled, PLANTED[2])
    drawn = filled.people("demo", "w1", [f"#{number}" for number in range(10, 57)])
    assert mine not in {person.pseudonym for person in drawn.values()}


def test_a_response_without_a_token_is_erased_by_its_pseudonym(filled: Store) -> None:
    """It stays out of later pulls; another response of the same number, begun later, does not."""
    erase(filled, names(filled)["#3"])
    assert [one["id"] for one in filled.current_responses("demo", "w1")] == [1, 2]
    assert pull(filled) == (2, 1)
    anew: RawResponse = {"id": 3, "token": "", "startdate": "2026-12-01 09:00", "D01T": "Autre"}
    assert filled.record_pull("demo", "w1", 9, iter([(anew,)]), None, AT).total == 1


def test_a_document_that_cannot_be_redacted_is_emptied(filled: Store) -> None:
    """Its number and figures stay, so that the next issue is not taken for it."""
    erase(filled, PLANTED[2], redact=None)
    issue = filled.last_issue("demo", "w1", "report")
    assert issue is not None
    assert (issue.content, issue.number, issue.values) == (b"", 1, {"n": 2})


def test_a_shared_address_erases_nobody(store: Store) -> None:
    """Two people of one wave behind one address: staff must say which."""
    both = (
        Participant(1, "a", "A", "A", "mairie@x.fr"),
        Participant(2, "b", "B", "B", "mairie@x.fr"),
    )
    store.record_participants("demo", "w1", both)
    with pytest.raises(StoreError, match="cette adresse"):
        store.trace("demo", "mairie@x.fr")
    assert store.trace("demo", "nobody") is None
    assert len(store.listed_participants("demo", "w1")) == 2


def test_a_wave_keeps_its_figures_only(filled: Store) -> None:
    """Past its end of keeping: no person, answer or note; counts and figures stay."""
    removed = filled.erase_wave("demo", "w1")
    assert removed["participants"] == 2
    assert list(filled.current_responses("demo", "w1")) == []
    assert filled.notes("demo", "w1") == Notes()
    issue = filled.last_issue("demo", "w1", "report")
    assert issue is not None
    assert (issue.values, len(issue.responses), issue.content) == ({"n": 2}, 2, b"")
    assert filled.erase_wave("demo", "w1") == {}


def test_what_was_read_from_their_guide_goes_with_its_source(filled: Store) -> None:
    """The name of a source bears the pseudonym: the row goes, a workbook's row stays."""
    mine = names(filled)[PLANTED[2]]
    need = Notes((Note(mine, "D01", NoteKind.NEED, "Du temps."),))
    for source in (f"{mine}.docx", f"{mine} (8bca1e).docx", f"{mine}1.docx"):
        filled.save_notes("demo", "w1", need, source)
    erase(filled, mine)
    assert set(filled.notes_by_source("demo", "w1")) == {"Notes.xlsx", f"{mine}1.docx"}
    assert filled.erased_people("demo") == 1


def test_somebody_erased_can_be_erased_again(filled: Store) -> None:
    """By what they were known by: so an erasure that was broken off comes to its end."""
    mine = names(filled)[PLANTED[2]]
    erase(filled, mine)
    again = filled.trace("demo", mine.lower())
    assert again is not None
    assert (again.pseudonyms, again.participants, again.words) == (frozenset({mine}), (), ())
    assert filled.trace("demo", PLANTED[1].upper()) is not None
    filled.erase(again, lambda content: content)
    assert filled.erased_people("demo") == 1
    assert filled.trace("demo", "P00") is None


def test_somebody_known_by_the_notes_alone_can_be_erased(store: Store) -> None:
    """A person who was met and answered nothing has notes, and leaves them."""
    said = Notes((Note("P77", "D01", NoteKind.NEED, "Du temps."),), interviewed=frozenset({"P77"}))
    store.save_notes("demo", "w1", said, "Notes.xlsx")
    erase(store, "P77")
    assert store.notes("demo", "w1") == Notes()
    assert store.living("demo", said) == Notes()


def test_others_words_are_told_from_theirs(filled: Store) -> None:
    """What everybody else wrote and said is known, so that it is not taken out with theirs."""
    trace = filled.trace("demo", PLANTED[2])
    assert trace is not None
    assert {PLANTED[3], "On nous oublie toujours."} <= set(trace.words)
    assert {"Sans jeton ni nom", "Du temps."} <= set(trace.others)
    assert not set(trace.words) & set(trace.others)
