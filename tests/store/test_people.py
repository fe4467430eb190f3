"""People: pseudonyms drawn once, names in one table only."""

import json
import threading
import zlib
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.interviews.model import Note, NoteKind, Notes
from tasks.store.repository import Store, open_store
from tasks.store.tables import metadata
from tasks.survey.source import Participant

AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def person(id_: int, token: str, service: str = "", **names: str) -> Participant:
    """A participant with one attribute."""
    known = {"firstname": "", "lastname": "", "email": ""} | names
    return Participant(id_, token, **known, attributes={"attribute_1": service})


def test_a_pseudonym_is_drawn_once_and_kept(store: Store) -> None:
    """The same keys have the same pseudonyms at every call; nobody shares one."""
    first = store.people("demo", "w1", ["tokA", "tokB", "#12"])
    again = store.people("demo", "w1", ["#12", "tokC", "tokB", "tokA"])

    assert {key: again[key] for key in first} == first
    assert len({p.pseudonym for p in again.values()}) == 4
    assert all(p.pseudonym.startswith("P") for p in again.values())


def test_the_same_token_keeps_its_pseudonym_in_a_later_wave(store: Store) -> None:
    """A person is one person in the whole study; a token-less response is not."""
    first = store.people("demo", "w1", ["tokA", "#12"])
    later = store.people("demo", "w2", ["tokA", "#12"])

    assert later["tokA"].pseudonym == first["tokA"].pseudonym
    assert later["#12"].pseudonym != first["#12"].pseudonym


def test_numbers_are_drawn_not_counted(store: Store) -> None:
    """Pseudonyms do not follow the order of the keys: 40 in a row by chance never happens."""
    people = store.people("demo", "w1", [f"tok{i:02d}" for i in range(40)])
    numbers = [int(people[f"tok{i:02d}"].pseudonym[1:]) for i in range(40)]

    assert numbers != sorted(numbers)
    assert max(numbers) <= 99


def test_the_width_grows_with_the_study(store: Store) -> None:
    """A hundred people need a third digit, and the first ones keep theirs."""
    few = store.people("demo", "w1", [f"tok{i}" for i in range(20)])
    many = store.people("demo", "w1", [f"tok{i}" for i in range(300)])

    assert {key: many[key] for key in few} == few
    assert len({p.pseudonym for p in many.values()}) == 300
    assert max(len(p.pseudonym) for p in many.values()) == 4


def test_attributes_and_invitation_come_from_the_participants_table(store: Store) -> None:
    """Listed people have their attributes; a token that is not listed is told apart."""
    store.record_participants("demo", "w1", [person(1, "tokA", "Culture"), person(2, "tokB")])
    people = store.people("demo", "w1", ["tokA", "tokX", "#3"])

    assert people["tokA"].attributes == {"attribute_1": "Culture"}
    assert [people[key].invited for key in ("tokA", "tokX", "#3")] == [True, False, None]
    assert store.invited("demo", "w1") == 2
    assert sorted(a["attribute_1"] for a in store.invited_attributes("demo", "w1") or ()) == [
        "",
        "Culture",
    ]


def test_without_a_participants_table_nothing_is_known_of_invitations(store: Store) -> None:
    """No table: nobody counts as invited, and no token counts as unknown."""
    assert store.people("demo", "w1", ["tokA"])["tokA"].invited is None
    assert store.invited("demo", "w1") is None
    assert store.invited_attributes("demo", "w1") is None


def test_who_is_withdrawn_loses_the_name_and_keeps_the_pseudonym(store: Store) -> None:
    """A person taken off the list is no longer named here; their answers stay theirs."""
    store.record_participants("demo", "w1", [person(1, "tokA", lastname="Quesnel")])
    before = store.people("demo", "w1", ["tokA"])["tokA"]
    store.record_participants("demo", "w1", [person(2, "tokB", lastname="Aubry")])
    after = store.people("demo", "w1", ["tokA"])["tokA"]

    assert (after.pseudonym, after.invited) == (before.pseudonym, False)
    assert store.identities("demo", "w1") == {}
    assert "Quesnel" not in everything(store)


def test_a_person_who_gets_a_token_later_is_the_same_row(store: Store) -> None:
    """People listed before tokens were made are not counted twice; changes are taken over."""
    store.record_participants("demo", "w1", [person(1, ""), person(2, "")])
    store.record_participants("demo", "w1", [person(1, "tokA"), person(2, "tokB", "Voirie")])

    assert store.invited("demo", "w1") == 2
    assert store.people("demo", "w1", ["tokB"])["tokB"].attributes == {"attribute_1": "Voirie"}


def test_identities_name_who_is_behind_a_pseudonym(store: Store) -> None:
    """The one door to names: pseudonym → participant, listed people alone."""
    anne = person(1, "tokA", "Culture", firstname="Anne", lastname="Lebrun", email="a@example.org")
    store.record_participants("demo", "w1", [anne, person(2, "tokB")])
    people = store.people("demo", "w1", ["tokA", "tokX"])

    assert store.identities("demo", "w1") == {people["tokA"].pseudonym: anne}


def test_names_addresses_and_tokens_stand_in_one_table_only(store: Store) -> None:
    """Every other table, compressed bodies included, is searched for what was planted."""
    planted = ("tokPLANTED", "Zorglub", "Quiqueg", "zq@example.org")
    token, first, last, mail = planted
    store.record_participants(
        "demo", "w1", [person(1, token, firstname=first, lastname=last, email=mail)]
    )
    received = {"id": 1, "token": token, "email": mail, "lastname": last, "STR1": "A1"}
    pull = store.record_pull("demo", "w1", 1, [(received,)], "6.4.2", AT)
    pseudonym = store.people("demo", "w1", [token])[token].pseudonym
    note = Note(pseudonym, "d1", NoteKind.QUOTE, "on avance")
    store.save_notes("demo", "w1", Notes((note,)), f"/home/{last}/notes.xlsx")
    store.record_issue(
        "demo", "w1", "report", f"/home/{last}/r.docx", b"docx", {}, {pseudonym: "h"}
    )
    store.record_publication("demo", "w1", pull.id, {"all": {pseudonym: "h"}})

    assert all(secret in everything(store, only="participants") for secret in planted)
    assert [s for s in planted if s in everything(store, but="participants")] == []
    assert pseudonym in everything(store, but="participants")


def test_two_processes_never_give_one_number_twice(store: Store, url: str) -> None:
    """Draws at the same time from two connections wait for each other."""
    with open_store(url) as other:
        batches = [[f"a{i}" for i in range(45)], [f"b{i}" for i in range(45)]]
        work = [
            threading.Thread(target=s.people, args=("demo", "w1", keys))
            for s, keys in zip((store, other), batches, strict=True)
        ]
        for thread in work:
            thread.start()
        for thread in work:
            thread.join()
    people = store.people("demo", "w1", [key for keys in batches for key in keys])

    assert len({p.pseudonym for p in people.values()}) == 90


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(st.characters(codec=None), min_size=1, max_size=8), max_size=5))
def test_hostile_tokens_break_nothing(store: Store, tokens: list[str]) -> None:
    """Whatever stands where a token should, everybody has a stable pseudonym."""
    keys = [f"t{token}" for token in tokens]
    assert store.people("demo", "w1", keys) == store.people("demo", "w1", keys)


def everything(store: Store, only: str = "", but: str = "") -> str:
    """All cells of all tables (or one, or all but one) as text, compressed ones unpacked."""
    tables = [t for t in metadata.sorted_tables if (not only or t.name == only) and t.name != but]
    with store.reading() as connection:
        rows = [
            cell
            for table in tables
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')  # noqa: S608
            for cell in row
        ]
    return "\n".join(_readable(cell) for cell in rows)


def _readable(cell: object) -> str:
    if not isinstance(cell, bytes | memoryview):
        return str(cell)
    text = zlib.decompress(bytes(cell)).decode("utf-8", "replace")
    return text + json.dumps(text, ensure_ascii=False)
