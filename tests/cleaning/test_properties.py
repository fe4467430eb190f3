"""For any answers: nothing silently changed, nobody lost, the same again the second time."""

from collections import defaultdict

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.maturity_model import Item, ItemKind, MaturityModel
from tasks.cleaning import CleanAnswers, clean
from tasks.cleaning.forbidden import visible
from tasks.cleaning.reading import SYSTEM
from tasks.frames import ANSWERED, QUARANTINED
from tasks.store.records import Person
from tests.cleaning.specimens import MODEL, STUDY, answers_to, run
from tests.strategies import maturity_models

COLUMNS = tuple(dict.fromkeys(c for item in MODEL.items for c in item.platform_columns))
VALUES = st.one_of(
    st.none(),
    st.sampled_from(
        ("", "A1", "A2", "NSP", "A9", "-oth-", "Y", "N", "R1", "R2", " A1 ", "12,5", "7")
    ),
    st.sampled_from(
        ("&lt;b", "2019-03-01 00:00:00", "2019-13-01", "e\u0301", "a\x0bb\ud800", "un\r\ndeux")
    ),
    st.text(st.characters(codec=None), max_size=6),
)
DATES = st.one_of(
    st.sampled_from(("", None, "1980-01-01 00:00:00", "not a date")),
    st.sampled_from(("2026-11-05 10:00:00", "2026-11-06 10:00:00", "2026-12-06 10:00:00")),
)
RESPONSES = st.lists(
    st.fixed_dictionaries(
        {"token": st.sampled_from(["", None, "tok1", "tok2", "tok3"])},
        optional=dict.fromkeys(COLUMNS, VALUES)
        | {"submitdate": DATES, "datestamp": DATES, "startlanguage": st.sampled_from(["fr", None])},
    ),
    max_size=5,
).map(lambda rows: [{"id": number} | row for number, row in enumerate(rows, start=1)])

several = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def cleaned_of(responses: list[dict]) -> CleanAnswers:
    """Clean, with `tok3` unknown to the participants table."""
    people = {f"tok{n}": Person(f"P{n}0", invited=n != 3) for n in (1, 2, 3)}
    people |= {f"#{r['id']}": Person(f"P{90 + r['id']}") for r in responses}
    return run(*responses, people=people)


@several
@given(RESPONSES)
def test_kept_and_excluded_make_what_was_received(responses: list[dict]) -> None:
    """Every response is kept, or set aside with exactly one journal row that says why."""
    cleaned = cleaned_of(responses)
    aside = cleaned.journal[cleaned.journal["after"] == "écartée"]

    assert len(cleaned.respondents) + cleaned.excluded == len(responses)
    assert len(aside) == cleaned.excluded
    kept = set(cleaned.respondents["response_id"])
    assert {f"réponse {r['id']}" for r in responses if r["id"] not in kept} == set(aside["before"])
    assert cleaned.fingerprints.keys() == set(cleaned.respondents["respondent"])


@several
@given(RESPONSES)
def test_every_difference_stands_in_the_journal(responses: list[dict]) -> None:
    """The journal's steps lead from each value received to the value kept: nothing is silent."""
    cleaned = cleaned_of(responses)
    received = {r["id"]: r for r in responses}
    steps = _steps(cleaned)
    for person in cleaned.respondents.itertuples():
        for item in MODEL.items:
            told = steps[person.respondent, item.code]
            expected = {
                column: _followed(visible(value), told)
                for column in item.platform_columns
                if (value := received[person.response_id].get(column) or "")
            }
            kept = _cells_kept(cleaned, person.respondent, item)
            if item.kind is not ItemKind.MULTIPLE_CHOICE:
                expected = {"": "\n".join(filter(None, expected.values()))}
            assert kept == {column: value for column, value in expected.items() if value}


@several
@given(RESPONSES)
def test_cleaning_its_own_texts_changes_nothing(responses: list[dict]) -> None:
    """What was kept, sent again as it stands, is kept with no change of text."""
    once = cleaned_of(responses)
    again = cleaned_of(
        [
            {"id": p.response_id, "token": "", "submitdate": "2026-11-05 10:00:00"}
            | {i.platform_column: _text_of(once, p.respondent, i.code) for i in _free_items()}
            for p in once.respondents.itertuples()
        ]
    )

    changed = again.journal[again.journal["rule"] != "unknown_option"]
    assert changed[~changed["rule"].str.startswith("unreadable")].empty
    for item in _free_items():
        assert sorted(map(repr, answers_to(again, item.code))) == sorted(
            map(repr, answers_to(once, item.code))
        )


@several
@given(RESPONSES)
def test_states_tell_what_stands_beside_them(responses: list[dict]) -> None:
    """Quarantined and unanswered rows bear no option and no level; nothing is imputed."""
    answers = cleaned_of(responses).answers
    silent = answers[answers["state"].isin([QUARANTINED, "unanswered"])]
    levels = answers[answers["level"].notna()]

    assert silent["option"].isna().all()
    assert silent["level"].isna().all()
    assert (levels["state"] == ANSWERED).all()
    assert (levels["kind"] == ItemKind.STAGE.value).all()
    assert answers[answers["state"] == QUARANTINED]["text"].notna().all()


@several
@given(RESPONSES, st.randoms())
def test_the_order_of_arrival_does_not_matter(responses: list[dict], random) -> None:
    """The same responses in any order give the same frames."""
    shuffled = random.sample(responses, len(responses))
    one, two = cleaned_of(responses), cleaned_of(shuffled)

    pd.testing.assert_frame_equal(one.answers, two.answers)
    pd.testing.assert_frame_equal(one.respondents, two.respondents)
    pd.testing.assert_frame_equal(one.journal, two.journal)
    assert one.fingerprints == two.fingerprints


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(maturity_models(), st.data())
def test_any_model_is_read_without_code(model: MaturityModel, data: st.DataObject) -> None:
    """For any valid model and answers from its own options, no code is unknown."""
    row: dict[str, object] = {"id": 1, "submitdate": "2026-11-05 10:00:00"}
    for item in model.items:
        if item.kind in {ItemKind.STAGE, ItemKind.COHERENCE, ItemKind.SCALE, ItemKind.CHOICE}:
            codes = [option.code for option in model.options(item)]
            row[item.platform_columns[0]] = data.draw(st.sampled_from(["", *codes]))
        elif item.kind is ItemKind.MULTIPLE_CHOICE:
            boxes = item.platform_columns[: len(item.choices)]
            row |= {column: data.draw(st.sampled_from(["", "Y"])) for column in boxes}
    study = STUDY.model_copy(update={"profile": (), "side_rule": None})
    cleaned = clean([row], model, study, study.waves[0], {"#1": Person("P01")})

    assert len(cleaned.respondents) == 1
    assert cleaned.journal.empty
    given_ = cleaned.answers[cleaned.answers["state"] != "unanswered"]
    assert len(given_) == sum(bool(row[c]) for c in row if c not in {"id", *SYSTEM})


def _free_items() -> list[Item]:
    kinds = {ItemKind.COMMENT, ItemKind.TEXT, ItemKind.NUMBER, ItemKind.DATE}
    return [item for item in MODEL.items if item.kind in kinds]


def _text_of(cleaned: CleanAnswers, respondent: str, item: str) -> str:
    rows = cleaned.answers[
        (cleaned.answers["respondent"] == respondent) & (cleaned.answers["item"] == item)
    ]
    return rows["text"].iat[0] or ""


def _steps(cleaned: CleanAnswers) -> defaultdict[tuple[str, str], list[tuple[str, str]]]:
    steps: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in cleaned.journal.itertuples():
        if row.rule not in {"other_text", "unknown_option"} and not row.rule.startswith("unread"):
            steps[row.response, row.item].append((row.before, row.after))
    return steps


def _followed(value: str, steps: list[tuple[str, str]]) -> str:
    for before, after in steps:
        if value == before:
            value = after
    return value


def _cells_kept(cleaned: CleanAnswers, respondent: str, item: Item) -> dict[str, str]:
    """What the rows of an item stand for: by box, or a code and words in two lines."""
    rows = cleaned.answers[
        (cleaned.answers["respondent"] == respondent)
        & (cleaned.answers["item"] == item.code)
        & (cleaned.answers["state"] != "unanswered")
    ]
    if item.kind is ItemKind.MULTIPLE_CHOICE:
        return dict(_box(item, row.option, row.text) for row in rows.itertuples())
    journal = cleaned.journal[cleaned.journal["response"] == respondent]
    counted_as_other = "other_text" in set(journal[journal["item"] == item.code]["rule"])
    parts = {
        "": "\n".join(
            part
            for row in rows.itertuples()
            for part in ("" if counted_as_other else row.option, row.text)
            if part
        )
    }
    return {column: value for column, value in parts.items() if value}


def _box(item: Item, option: str | None, text: str | None) -> tuple[str, str]:
    if option == "-oth-":
        return f"{item.code}[other]", text or ""
    if option is None:
        code, _, value = (text or "").partition("=")
        return f"{item.code}[{code}]", value
    return f"{item.code}[{option}]", "Y"
