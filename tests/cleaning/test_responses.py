"""Which responses count, and what the journal says of the others."""

import pytest

from config.study import Confidentiality, Mode, Thresholds
from tasks.cleaning import respondent_key
from tasks.store.records import Person
from tests.cleaning.specimens import STUDY, journal, response, run

ANONYMOUS = STUDY.model_copy(update={"confidentiality": Confidentiality(mode=Mode.ANONYMOUS)})


def kept(cleaned) -> list[int]:
    """The ids of the responses kept."""
    return cleaned.respondents["response_id"].tolist()


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ({"id": 3, "token": " abc "}, "abc"),
        ({"id": 3, "token": ""}, "#3"),
        ({"id": 3, "token": None}, "#3"),
        ({"id": "3"}, "#3"),
    ],
)
def test_the_key_of_a_response_is_its_token_or_its_id(raw: dict, key: str) -> None:
    """Null and empty are the same, and a survey may keep no token at all."""
    assert respondent_key(raw) == key


def test_a_clean_response_passes_without_a_word() -> None:
    """Nothing to change: an empty journal, nobody excluded."""
    cleaned = run(response(1))

    assert cleaned.journal.empty
    assert cleaned.excluded == 0
    row = cleaned.respondents.iloc[0]
    assert (row.respondent, row.status, row.language, row.side) == (
        "P01",
        "complete",
        "fr",
        "policy",
    )
    assert row.submitted_at == "2026-11-21 22:12:13"


def test_no_response_at_all_is_a_normal_state() -> None:
    """An empty survey gives empty frames that hold their contracts."""
    cleaned = run()

    assert cleaned.respondents.empty
    assert cleaned.answers.empty
    assert cleaned.journal.empty
    assert (cleaned.excluded, cleaned.fingerprints) == (0, {})


def test_the_last_submitted_response_of_a_person_wins() -> None:
    """A later submission wins; a response begun afterwards and not sent does not."""
    cleaned = run(
        response(1, token="tok9", submitdate="2026-11-20 08:00:00"),
        response(2, token="tok9", submitdate="2026-11-21 08:00:00"),
        response(3, token="tok9", submitdate="", datestamp="2026-11-22 08:00:00"),
    )

    assert kept(cleaned) == [2]
    assert cleaned.excluded == 2
    assert journal(cleaned) == [
        ("P09", "", "duplicate", "réponse 1", "écartée"),
        ("P09", "", "duplicate", "réponse 3", "écartée"),
    ]
    assert "réponse 2, envoyée en dernier" in cleaned.journal["reason"].iat[0]


def test_else_the_last_saved_wins() -> None:
    """When nothing was submitted, the state saved last is kept."""
    cleaned = run(
        response(1, token="tok9", submitdate="", datestamp="2026-11-22 08:00:00"),
        response(2, token="tok9", submitdate=None, datestamp="2026-11-21 08:00:00"),
    )

    assert kept(cleaned) == [1]
    assert "réponse 1, enregistrée en dernier" in " ".join(cleaned.journal["reason"])


def test_a_duplicate_is_looked_for_among_what_counts() -> None:
    """A later response outside the dates does not push out the one inside."""
    cleaned = run(
        response(1, token="tok9", submitdate="2026-11-20 08:00:00"),
        response(2, token="tok9", submitdate="2026-12-20 08:00:00"),
    )

    assert kept(cleaned) == [1]


@pytest.mark.parametrize(
    ("dates", "counts"),
    [
        ({"submitdate": "2026-11-01 00:00:00"}, True),
        ({"submitdate": "2026-11-30 23:59:59"}, True),
        ({"submitdate": "2026-10-31 23:59:59"}, False),
        ({"submitdate": "2026-12-01 00:00:00"}, False),
        ({"submitdate": "", "datestamp": "2026-12-01 00:00:00"}, False),
        ({"submitdate": "2026-11-05 10:00:00", "datestamp": "2026-12-05 10:00:00"}, True),
        ({"submitdate": "1980-01-01 00:00:00", "datestamp": None}, True),
        ({"submitdate": "", "datestamp": ""}, True),
        ({"submitdate": "yesterday", "datestamp": ""}, True),
    ],
)
def test_responses_outside_the_dates_of_the_wave_do_not_count(dates: dict, counts: bool) -> None:
    """Both ends are inside; the date of sending comes first; unknown dates are not judged."""
    cleaned = run(response(1, **dates))

    assert (kept(cleaned) == [1]) is counts
    assert [row[2] for row in journal(cleaned) if row[4] == "écartée"] == (
        [] if counts else ["outside_dates"]
    )


def test_the_reason_for_a_date_names_the_day_and_the_wave() -> None:
    """Staff read dates in words."""
    cleaned = run(response(1, submitdate="2026-12-02 10:00:00"))

    assert cleaned.journal["reason"].tolist() == [
        "Réponse du 2 décembre 2026, hors des dates de la vague "
        "(du 1 novembre 2026 au 30 novembre 2026)."
    ]


def test_the_placeholder_of_an_anonymous_survey_is_no_date() -> None:
    """1980-01-01 never shows as a day on which somebody answered."""
    cleaned = run(response(1, submitdate="1980-01-01 00:00:00", datestamp=None))

    assert cleaned.respondents["submitted_at"].tolist() == [None]
    assert cleaned.respondents["status"].tolist() == ["complete"]


def test_a_token_unknown_to_the_participants_is_a_test() -> None:
    """Known people stay; strangers go to the journal; a response without a token stays."""
    cleaned = run(
        response(1),
        response(2),
        response(3, token=""),
        people={
            "tok1": Person("P01", invited=True),
            "tok2": Person("P02", invited=False),
            "#3": Person("P03"),
        },
    )

    assert kept(cleaned) == [1, 3]
    assert journal(cleaned) == [("P02", "", "test", "réponse 2", "écartée")]


def test_without_a_participants_table_nobody_is_a_stranger() -> None:
    """When it cannot be known who is invited, everything is kept."""
    assert kept(run(response(1), response(2))) == [1, 2]


def test_an_anonymous_study_knows_no_strangers() -> None:
    """Where no token is kept, none is judged."""
    people = {"tok1": Person("P01", invited=False)}
    assert kept(run(response(1), study=ANONYMOUS, people=people)) == [1]


def test_a_response_of_nobody_is_named_by_its_number() -> None:
    """Where no pseudonym exists the journal says « réponse 7 »."""
    cleaned = run(response(7), people={})

    assert journal(cleaned) == [("réponse 7", "", "test", "réponse 7", "écartée")]


EMPTY = dict.fromkeys(("STR1", "STR1[comment]", "DONN[SQ001]", "ETP", "DEBUT", "FORM"), "")


@pytest.mark.parametrize(
    ("share", "given", "counts"),
    [
        (0.5, {"STR1": "A1", "ETP": "2"}, True),  # 3 of 6 with ROLE
        (0.5, {"STR1": "A1"}, False),  # 2 of 6
        (0.5, {"STR1": "A1", "STR1[comment]": "long", "COM": "long"}, False),  # comments: no
        (0.5, {"STR1": "NSP", "ETP": "2"}, True),  # « Je ne sais pas » is an answer
        (0.5, {"STR2": "A1", "ETP": "2"}, False),  # STR2 is not asked of this side
        (0.0, {}, True),
        (1.0, {"STR1": "A1", "DONN[other]": "x", "ETP": "1", "DEBUT": "2020-01-01"}, False),
    ],
)
def test_partial_responses_count_from_a_share_of_answers_on(
    share: float, given: dict, counts: bool
) -> None:
    """The share is of the questions put to the person; free comments are not counted."""
    study = STUDY.model_copy(update={"thresholds": Thresholds(partial_share=share)})
    cleaned = run(response(1, **EMPTY | {"submitdate": ""} | given), study=study)

    assert (kept(cleaned) == [1]) is counts
    assert journal(cleaned) == [
        ("P01", "", "partial_kept", "partielle", "gardée")
        if counts
        else ("P01", "", "partial_excluded", "réponse 1", "écartée")
    ]
    assert cleaned.respondents["status"].tolist() == (["partial"] if counts else [])


def test_the_reason_of_a_partial_response_has_its_figures() -> None:
    """Staff see how many questions of how many, and the share."""
    cleaned = run(response(1, **EMPTY, submitdate=""))

    assert (
        "questions répondues\u00a0: 1 sur 6, part demandée\u00a0: 50\u00a0%"
        in (cleaned.journal["reason"].iat[0])
    )


def test_a_response_set_aside_has_one_row_and_no_other() -> None:
    """What would have been tidied in it is not told: it is not kept."""
    cleaned = run(response(1, submitdate="2026-12-20 08:00:00", COM=" x ", STR1="ZZ"))

    assert [row[2] for row in journal(cleaned)] == ["outside_dates"]


def test_the_order_is_of_pseudonyms_then_of_the_model() -> None:
    """P02 before P10 before P100, whatever the order of arrival; items as in the model."""
    people = {"tok1": Person("P100"), "tok2": Person("P10"), "tok3": Person("P02")}
    cleaned = run(response(1), response(2), response(3), people=people)

    assert cleaned.respondents["respondent"].tolist() == ["P02", "P10", "P100"]
    assert cleaned.answers["respondent"].unique().tolist() == ["P02", "P10", "P100"]
    first = cleaned.answers[cleaned.answers["respondent"] == "P02"]
    assert first["item"].tolist() == [
        "ROLE",
        "STR1",
        "STR1C",
        "DONN",
        "ETP",
        "DEBUT",
        "FORM",
        "COM",
    ]


def test_the_journal_speaks_the_language_of_the_study() -> None:
    """Reasons, labels and dates come in English for an English study."""
    english = STUDY.model_copy(update={"language": "en"})
    late, partial = response(1, submitdate="2026-12-02 10:00:00"), response(2, submitdate="")
    cleaned = run(late, partial, response(3, COM=" x "), study=english)

    assert [row[3:] for row in journal(cleaned)][:2] == [
        ("response 1", "set aside"),
        ("partial", "kept"),
    ]
    assert cleaned.journal["reason"].tolist() == [
        "Response of December 2, 2026, outside the dates of the wave "
        "(November 1, 2026 to November 30, 2026).",
        "Response not submitted; questions answered: 6 of 6, share required: 50%.",
        "White space at both ends removed, line breaks made alike.",
    ]
