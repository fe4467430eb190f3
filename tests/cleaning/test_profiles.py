"""Profiles, sides and fingerprints."""

import pytest

from config.study import ProfileAttribute, SideRule
from config.text import Text
from tasks.cleaning import invited_by_side
from tasks.store.records import Person
from tests.cleaning.specimens import STUDY, journal, response, run

BY_SERVICE = STUDY.model_copy(
    update={"side_rule": SideRule(attribute="service", values={"DSI": "digital", "Élus": "policy"})}
)


@pytest.mark.parametrize(
    ("code", "role", "side"),
    [("R1", "R1", "policy"), ("R3", "R3", None), ("", None, None), ("X9", None, None)],
)
def test_the_side_comes_from_the_form(code: str, role: str | None, side: str | None) -> None:
    """By option code; a value that the rule does not name, or that is unknown, makes no side."""
    row = run(response(1, ROLE=code)).respondents.iloc[0]

    assert (row["profile_role"], row["side"]) == (role, side)


def test_the_side_comes_from_the_participants_table() -> None:
    """By the attribute's text, tidied and told; nobody else is touched."""
    people = {
        "tok1": Person("P01", {"attribute_1": " DSI"}),
        "tok2": Person("P02", {"attribute_1": "E\u0301lus"}),
        "tok3": Person("P03", {"attribute_1": "Voirie"}),
        "tok4": Person("P04"),
    }
    cleaned = run(*(response(i) for i in range(1, 5)), study=BY_SERVICE, people=people)

    assert cleaned.respondents["side"].tolist() == ["digital", "policy", None, None]
    assert cleaned.respondents["profile_service"].tolist() == ["DSI", "Élus", "Voirie", None]
    assert journal(cleaned) == [
        ("P01", "service", "white_space", " DSI", "DSI"),
        ("P02", "service", "unicode_nfc", "E\u0301lus", "Élus"),
    ]


def test_the_participants_table_comes_before_the_form() -> None:
    """An attribute with both sources takes the form's answer where the table says nothing."""
    both = ProfileAttribute(
        code="role", label=Text({"fr": "F"}), participant="attribute_2", item="ROLE"
    )
    study = STUDY.model_copy(update={"profile": (both,)})
    people = {"tok1": Person("P01", {"attribute_2": "R2"}), "tok2": Person("P02")}
    cleaned = run(response(1, ROLE="R1"), response(2, ROLE="R1"), study=study, people=people)

    assert cleaned.respondents["side"].tolist() == ["digital", "policy"]


def test_a_study_without_a_rule_has_no_sides() -> None:
    """Nobody is given a side by accident."""
    cleaned = run(response(1), study=STUDY.model_copy(update={"side_rule": None}))
    assert cleaned.respondents["side"].tolist() == [None]


def test_invited_people_are_counted_by_side() -> None:
    """From the participants table alone; unknown values count nowhere."""
    attributes = [{"attribute_1": v} for v in ("DSI", " DSI ", "Élus", "Voirie")] + [{}]

    assert invited_by_side(attributes, BY_SERVICE) == {"policy": 1, "digital": 2}
    assert invited_by_side(None, BY_SERVICE) is None
    assert invited_by_side(attributes, STUDY) is None


def test_a_fingerprint_changes_with_the_answers_alone() -> None:
    """Dates, ids and other people do not matter; an answer, its words and the side do."""
    before = run(response(1), response(2)).fingerprints
    later = run(response(1, submitdate="2026-11-25 10:00:00"), response(3)).fingerprints

    assert before.keys() == {"P01", "P02"}
    assert before["P01"] == before["P02"] == later["P01"]
    changes = ({"STR1": "A3"}, {"COM": "x"}, {"DONN[SQ002]": "Y"}, {"STR1": ""}, {"ETP": "6"})
    prints = {run(response(1, **change)).fingerprints["P01"] for change in changes}
    assert len(prints | {before["P01"]}) == 6
    people = {"tok1": Person("P01", {"attribute_1": "DSI"})}
    moved = run(response(1), study=BY_SERVICE, people=people).fingerprints["P01"]
    assert moved != run(response(1), study=BY_SERVICE).fingerprints["P01"]


def test_a_fingerprint_does_not_depend_on_how_a_platform_writes_nothing() -> None:
    """Null, empty, blank and absent are the same answers."""
    prints = {run(response(1, COM=value)).fingerprints["P01"] for value in ("", None, "  ")}
    assert len(prints) == 1


def test_answers_cannot_be_shifted_to_look_alike() -> None:
    """Separators typed by a person do not make two different people equal."""
    one = run(response(1, COM="x\x1eCOM\x1fanswered", ETP="")).fingerprints["P01"]
    two = run(response(1, COM="x", ETP="")).fingerprints["P01"]
    assert one != two
