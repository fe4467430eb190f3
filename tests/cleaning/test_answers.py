"""Each item read by the model: states, options, levels, texts, and what is set aside."""

import base64
import json
from datetime import date
from pathlib import Path

import pytest

from tests.cleaning.specimens import STUDY, answers_to, journal, response, run

WIDE = STUDY.waves[0].model_copy(update={"opens": date(2026, 9, 1), "closes": date(2026, 12, 31)})


@pytest.mark.parametrize(
    ("value", "row"),
    [
        ("A3", ("answered", "A3", "S3", None)),
        ("NSP", ("dont_know", "NSP", None, None)),
        ("NC", ("not_applicable", "NC", None, None)),
        ("REF", ("refused", "REF", None, None)),
        ("", ("unanswered", None, None, None)),
        (None, ("unanswered", None, None, None)),
    ],
)
def test_a_level_and_the_four_ways_not_to_give_one(value: str | None, row: tuple) -> None:
    """Each is a state of its own, and none is imputed."""
    cleaned = run(response(1, STR1=value))

    assert answers_to(cleaned, "STR1") == [row]
    assert cleaned.journal.empty


def test_an_unknown_code_is_set_aside_and_told() -> None:
    """The code stays readable in the answers and in the journal; no option, no level."""
    cleaned = run(response(1, STR1="A9"))

    assert answers_to(cleaned, "STR1") == [("quarantined", None, None, "A9")]
    assert journal(cleaned) == [("P01", "STR1", "unknown_option", "A9", "")]


@pytest.mark.parametrize(
    ("values", "row", "changes"),
    [
        ({"ROLE": "R3"}, ("answered", "R3", None, None), []),
        (
            {"ROLE": "-oth-", "ROLE[other]": "Régie"},
            ("answered", "-oth-", None, "Régie"),
            [],
        ),
        ({"ROLE": "-oth-"}, ("answered", "-oth-", None, None), []),
        (
            {"ROLE": "", "ROLE[other]": "Régie"},
            ("answered", "-oth-", None, "Régie"),
            [("P01", "ROLE", "other_text", "", "-oth-")],
        ),
        ({"ROLE": "R3", "ROLE[other]": "Régie"}, ("answered", "R3", None, "Régie"), []),
        (
            {"ROLE": "X", "ROLE[other]": "Régie"},
            ("quarantined", None, None, "X\nRégie"),
            [("P01", "ROLE", "unknown_option", "X\nRégie", "")],
        ),
    ],
)
def test_other_keeps_its_own_words(values: dict, row: tuple, changes: list) -> None:
    """Words beside « autre » are never lost, whatever code stands beside them."""
    cleaned = run(response(1, **values))

    assert answers_to(cleaned, "ROLE") == [row]
    assert journal(cleaned) == changes


def test_other_is_unknown_where_the_model_has_none() -> None:
    """`-oth-` on a question without « autre » is set aside."""
    assert answers_to(run(response(1, STR1="-oth-")), "STR1") == [
        ("quarantined", None, None, "-oth-")
    ]


@pytest.mark.parametrize(
    ("boxes", "rows"),
    [
        (
            {"SQ002": "Y", "SQ001": "Y"},
            [("answered", "SQ001", None, None), ("answered", "SQ002", None, None)],
        ),
        ({"NSP": "Y"}, [("dont_know", "NSP", None, None)]),
        ({"other": "Cadastre"}, [("answered", "-oth-", None, "Cadastre")]),
        ({"SQ001": "", "SQ002": None}, [("unanswered", None, None, None)]),
        (
            {"SQ001": "1", "SQ002": "Y"},
            [("quarantined", None, None, "SQ001=1"), ("answered", "SQ002", None, None)],
        ),
    ],
)
def test_a_row_for_each_box_ticked(boxes: dict, rows: list) -> None:
    """Several rows of one question, one row when nothing is ticked, odd values set aside."""
    values = {f"DONN[{box}]": value for box, value in ({"SQ001": ""} | boxes).items()}
    cleaned = run(response(1, **values), response(2))

    assert answers_to(cleaned, "DONN")[: len(rows)] == rows
    assert answers_to(cleaned, "DONN")[len(rows) :] == [("answered", "SQ001", None, None)]


@pytest.mark.parametrize(
    ("value", "text", "rule"),
    [
        ("12.5", "12.5", None),
        ("-3", "-3", None),
        (".5", ".5", None),
        (7, "7", None),
        (7.0, "7", None),
        (0.5, "0.5", None),
        ("12,5", "12.5", "number"),
        ("1\u202f200", "1200", "number"),
        ("nan", None, "unreadable_number"),
        ("1e9", None, "unreadable_number"),
        ("douze", None, "unreadable_number"),
        ("1.2.3", None, "unreadable_number"),
    ],
)
def test_numbers_are_written_alike(value: str | float, text: str | None, rule: str | None) -> None:
    """Decimal commas and blanks are told; what is no number is set aside as typed."""
    cleaned = run(response(1, ETP=value))

    state = "quarantined" if text is None else "answered"
    assert answers_to(cleaned, "ETP") == [(state, None, None, text or str(value))]
    assert [row[1:] for row in journal(cleaned)] == (
        [("ETP", rule, value, text or "")] if rule else []
    )


@pytest.mark.parametrize(
    ("value", "text", "rule"),
    [
        ("2019-03-01", "2019-03-01", None),
        ("2019-03-01 00:00:00", "2019-03-01", "date"),
        ("2019-03-01 14:30:00", "2019-03-01 14:30:00", None),
        ("2019-02-30", None, "unreadable_date"),
        ("2019-3-1", None, "unreadable_date"),
        ("01/03/2019", None, "unreadable_date"),
    ],
)
def test_dates_lose_a_meaningless_midnight(value: str, text: str | None, rule: str | None) -> None:
    """The platform adds midnight to every date; what is no date is set aside as typed."""
    cleaned = run(response(1, DEBUT=value))

    state = "quarantined" if text is None else "answered"
    assert answers_to(cleaned, "DEBUT") == [(state, None, None, text or value)]
    assert [row[1:] for row in journal(cleaned)] == (
        [("DEBUT", rule, value, text or "")] if rule else []
    )


def test_yes_and_no() -> None:
    """Y and N are the options; anything else is set aside."""
    cleaned = run(*(response(i, FORM=v) for i, v in enumerate(("Y", "N", "", "M"), start=1)))

    assert answers_to(cleaned, "FORM") == [
        ("answered", "Y", None, None),
        ("answered", "N", None, None),
        ("unanswered", None, None, None),
        ("quarantined", None, None, "M"),
    ]


def test_an_item_of_another_side_is_not_unanswered() -> None:
    """No row for whom it is not put to, unless they answered; a row for its own side."""
    cleaned = run(
        response(1, ROLE="R1"),
        response(2, ROLE="R2"),
        response(3, ROLE="R2", STR2="A1"),
        response(4, ROLE="R1", STR2="A1"),
        response(5, ROLE="R3"),
    )
    rows = cleaned.answers[cleaned.answers["item"] == "STR2"]

    assert list(zip(rows["respondent"], rows["state"], strict=True)) == [
        ("P02", "unanswered"),
        ("P03", "answered"),
        ("P04", "answered"),
    ]


def test_kind_and_dimension_stand_beside_each_answer() -> None:
    """Profile and other items belong to no dimension."""
    rows = run(response(1)).answers.set_index("item")

    assert rows.loc["STR1", ["kind", "dimension"]].tolist() == ["stage", "partage"]
    assert rows.loc["ETP", "kind"] == "number"
    assert rows["dimension"].isna()["ROLE"]


@pytest.mark.parametrize("export", ["6.4.2/052", "3.8.1/015"])
def test_what_real_platforms_export_is_read(export: str) -> None:
    """Recorded exports of LimeSurvey 6.4.2 (`""`) and 3.8.1 (null), made flat, are clean."""
    recordings = Path(__file__).parents[1] / "survey" / "recordings"
    recorded = json.loads((recordings / f"{export}-export-json-code-short-all.json").read_text())
    rows = json.loads(base64.b64decode(recorded["response"]["body"]["result"]))["responses"]
    flat = [row if "id" in row else next(iter(row.values())) for row in rows]
    study = STUDY.model_copy(update={"waves": (WIDE,)})
    cleaned = run(*(row | {"token": ""} for row in flat), study=study)

    assert len(cleaned.respondents) + cleaned.excluded == len(flat)
    kept = [row for row in flat if row["id"] in set(cleaned.respondents["response_id"])]
    assert len(kept) >= len(flat) - 3  # three were hardly begun
    for item in ("ROLE", "ETP", "COM"):
        assert len(answers_to(cleaned, item)) == len(kept)
    aside = [row[3] for row in answers_to(cleaned, "ROLE") if row[0] == "quarantined"]
    assert aside == ["R4"] * sum(row["ROLE"] == "R4" for row in kept)
    assert not cleaned.answers["text"].str.contains("00:00:00", na=False).any()
