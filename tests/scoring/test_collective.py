"""The whole: participation, dimensions, complementary questions, contracts."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaError

from config.maturity_model import Item, ItemKind, MaturityModel
from tasks.interviews.model import Consent, Note, NoteKind, Notes
from tasks.results import OtherItemResult, ReadingKind, Withheld
from tasks.scoring.collective import collective_results
from tasks.scoring.participation import participation
from tests.scoring.specimens import (
    Person,
    answers,
    axis,
    item,
    model,
    people,
    plan,
    respondents,
    score,
    stage_dimension,
    study,
    text,
    wave,
)
from tests.strategies import maturity_models


def test_a_study_from_end_to_end() -> None:
    """Counts, reading, coherence, cycle and header of a small complete study."""
    persons = [
        (f"A{n:02}", "A", {"STR1": stage, "COH1": fit, "STR2": "S5"})
        for n, (stage, fit) in enumerate(
            [("S2", "C1"), ("S2", "C2"), ("S3", "C2"), ("?", "C2"), ("", "?")]
        )
    ]
    results, made = score(persons, study(sides="A"), invited=8)
    one, two = results.dimensions
    assert (one.distribution.counts, one.distribution.n) == ((0, 2, 1, 0, 0), 3)
    assert one.distribution.out_of_scale == {"dont_know": 1, "unanswered": 1}
    assert (one.reading.levels, one.reading.if_missing_low) == (("S2",), ("S1",))
    assert one.reading.if_missing_high == ("S5",)
    assert one.coherence is not None
    assert (one.coherence.codes, one.coherence.counts) == (("C1", "C2", "C3", "C4"), (1, 3, 0, 0))
    assert one.coherence_reading is not None
    assert one.coherence_reading.levels == ("C2",)
    assert one.cycle is not None
    assert one.cycle.next_level == "S3"
    assert (two.reading.agreement_word, two.cycle and two.cycle.new_turn) == ("unanimité", True)
    assert two.coherence is not None
    assert two.coherence.counts == (0, 0, 0, 0)
    assert (results.study, results.wave, results.model_version) == ("demo", "w1", "2")
    assert (results.mode, results.min_group) == ("confidential", 3)
    assert results.withheld_notes == ()
    assert len(made.ledger) == 1


def test_no_response_is_a_normal_state() -> None:
    """Nobody has answered yet: empty results, and a sentence."""
    results, _ = score([])
    assert results.dimension("d1").distribution.withheld is Withheld.SMALL_GROUP
    assert results.dimension("d1").cycle is None
    assert results.participation.complete == 0
    assert results.quadrant is None
    assert len(results.withheld_notes) == 1


def test_a_dimension_without_a_stage_says_nothing_of_levels() -> None:
    """Its coherence is still told."""
    bare = {**stage_dimension(1), "items": [item("COH1", "coherence", answer_set="fit")]}
    persons = people("A", "COH1", ["C1", "C1", "C2"])
    results, _ = score(persons, by=model(axes=[axis("a1", bare)]))
    result = results.dimension("d1")
    assert (result.reading.kind, result.sides, result.gaps) == (ReadingKind.NOBODY, (), ())
    assert result.coherence is not None
    assert result.coherence.counts == (2, 1, 0, 0)


def test_a_dimension_without_coherence_has_none() -> None:
    """No such question, no such table."""
    bare = {**stage_dimension(1), "items": [item("STR1", "stage", answer_set="levels")]}
    results, _ = score(people("A", "STR1", ["S1"] * 3), by=model(axes=[axis("a1", bare)]))
    assert results.dimension("d1").coherence is None


def test_a_model_read_by_mean_has_no_mean_of_coherence() -> None:
    """What a model declares of its levels says nothing of the options of other questions."""
    persons = [(f"A{n}", "A", {"STR1": "S1", "COH1": "C2"}) for n in range(3)]
    result = score(persons, by=model(reading="mean"))[0].dimension("d1")
    assert result.reading.mean == 1.0
    assert result.coherence_reading is not None
    assert result.coherence_reading.mean is None


def test_the_missing_of_an_item_asked_of_some_sides() -> None:
    """Those who could answer are the people invited on these sides, when known."""
    asked = item("STR1", "stage", answer_set="levels", asked_of=["A"])
    by = model(axes=[axis("a1", {**stage_dimension(1), "items": [asked]})])
    persons = [*people("A", "STR1", ["S2", "S2", "S3"]), *people("B", "COM1", [])]
    complete, _ = score(persons, study(sides="AB"), by, invited=20)
    assert complete.dimension("d1").reading.if_missing_low == ()
    more, _ = score(persons, study(sides="AB"), by, invited=20, invited_by_side={"A": 9, "B": 11})
    assert more.dimension("d1").reading.if_missing_low == ("S1",)


def test_frames_that_break_their_contract_are_refused() -> None:
    """A state that does not exist stops the scoring before anything is counted."""
    persons = people("A", "STR1", ["S1"] * 3)
    broken = answers(persons).assign(state="maybe")
    with pytest.raises(SchemaError):
        collective_results(
            broken,
            model(),
            study(),
            wave(),
            plan=plan(persons),
            participation=participation(respondents(persons), 0, study(), wave()),
            notes=Notes(),
            computed_at=datetime(2026, 1, 1, tzinfo=UTC),
            data_until=date(2026, 1, 1),
        )


def test_quotes_that_speak_to_no_dimension_stand_apart() -> None:
    """A general quote is kept, with the name its speaker agreed to."""
    note = Note("A01", None, NoteKind.QUOTE, "Merci.", consent=Consent.NAMED, reviewed=True)
    results, _ = score(
        people("A", "STR1", ["S1"] * 3), notes=Notes((note,)), names={"A01": "Camille Exemple"}
    )
    assert [(said.text, said.attribution) for said in results.quotes] == [
        ("Merci.", "Camille Exemple")
    ]


def test_participation_counts_people() -> None:
    """Complete, partial, excluded, by side and by day; invited as far as known."""
    persons = [*people("A", "STR1", ["S1"] * 4), *people("B", "STR1", ["S1"] * 3)]
    frame = respondents(persons)
    frame.loc[0, "status"] = "partial"
    frame.loc[1, "submitted_at"] = "2026-01-13 09:00:00"
    frame.loc[2, "submitted_at"] = None
    frame.loc[3, "submitted_at"] = "1980-01-01 00:00:00"  # surveys without dates
    found = participation(
        frame,
        2,
        study(sides="AB"),
        wave(),
        invited=15,
        invited_by_side={"A": 8, None: 7},
        interviewed=4,
    )
    assert (found.complete, found.partial_kept, found.excluded) == (6, 1, 2)
    assert (found.invited, found.interviewed) == (15, 4)
    assert found.by_side == {"A": (4, 8), "B": (3, None)}
    assert found.by_day == {"2026-01-12": 4, "2026-01-13": 1}


def test_the_study_tells_how_many_were_invited_when_the_platform_does_not() -> None:
    """The platform's figure comes first."""
    frame = respondents(people("A", "STR1", ["S1"]))
    one = study(invited=12)
    assert participation(frame, 0, one, wave()).invited == 12
    assert participation(frame, 0, one, wave(), invited=15).invited == 15


def test_small_sides_are_not_counted_apart() -> None:
    """Nor is the side that would give them away."""
    sizes = {"A": 2, "B": 4, "C": 3}
    persons = [one for s, n in sizes.items() for one in people(s, "STR1", ["S1"] * n)]
    found = participation(respondents(persons), 0, study(), wave(), invited_by_side={"B": 9})
    assert found.by_side == {"A": (None, None), "B": (4, 9), "C": (None, None)}


OPTIONS = [{"code": code, "label": text(code)} for code in ("X1", "X2", "X3")]
UNKNOWN = {"code": "NSP", "label": text("?"), "out_of_scale": "dont_know"}
OTHERS = model(
    answer_sets={
        **model().model_dump(mode="json")["answer_sets"],
        "names": {"scale": "nominal", "options": [*OPTIONS, UNKNOWN]},
    },
    other_items=[
        item("OBS", "multiple_choice", choices=OPTIONS, other=True),
        item("CHO", "choice", answer_set="names"),
        item("YES", "yes_no"),
        item("NUM", "number"),
        item("WHY", "text"),
        item("ONE", "choice", answer_set="names", asked_of=["A"]),
    ],
)


def others(persons: list[Person]) -> dict[str, OtherItemResult]:
    """The results of the complementary questions."""
    results, _ = score(persons, study(sides="AB"), OTHERS)
    return {result.item: result for result in results.other_items}


def test_complementary_questions_count_people() -> None:
    """Boxes by person, options in the model's order, what the platform added at the end."""
    told = [
        {"OBS": ["X1", "X3"], "CHO": "X2", "YES": "Y", "NUM": "1 200,5", "WHY": "secret"},
        {"OBS": ["X1", "-oth-"], "CHO": "?", "YES": "Y", "NUM": "10", "WHY": "secret"},
        {"OBS": ["X1"], "CHO": "X2", "YES": "N", "NUM": "abc", "WHY": "secret"},
        {"OBS": "", "CHO": "X1", "YES": "", "NUM": "30", "WHY": "secret"},
    ]
    found = others([(f"A{n}", "A", row) for n, row in enumerate(told)])
    assert (found["OBS"].answered, found["OBS"].counts) == (
        3,
        {"X1": 3, "X2": 0, "X3": 1, "-oth-": 1},
    )
    assert (found["CHO"].answered, found["CHO"].counts) == (3, {"X1": 1, "X2": 2, "X3": 0})
    assert found["YES"].counts == {"Y": 2, "N": 1}
    assert found["NUM"].numbers is None
    assert (found["WHY"].answered, found["WHY"].counts, found["WHY"].texts) == (4, {}, ())
    assert "ROLE" not in found


def test_numbers_are_told_of_enough_people_and_never_one_by_one() -> None:
    """Quartiles from twice the smallest group on; the extremes would be somebody's answer."""
    told = ["1 200,5", "10", "abc", "30", "20", "40", "50"]
    persons: list[Person] = [(f"A{n}", "A", {"NUM": number}) for n, number in enumerate(told)]
    assert others(persons)["NUM"].numbers == (22.5, 35.0, 47.5)
    assert others(persons[:-1])["NUM"].numbers is None


def test_complementary_questions_keep_small_groups() -> None:
    """Two answers, or two people asked, show no distribution; nobody is no secret."""
    persons: list[Person] = [
        ("A1", "A", {"CHO": "X1", "NUM": "5", "ONE": "X1"}),
        ("A2", "A", {"CHO": "X2", "NUM": "7", "ONE": "X1"}),
        ("B1", "B", {"ONE": "X3"}),
        ("B2", "B", {"ONE": "X3"}),
    ]
    found = others(persons)
    assert (found["CHO"].answered, found["CHO"].counts) == (2, None)
    assert (found["NUM"].counts, found["NUM"].numbers) == (None, None)
    assert (found["ONE"].answered, found["ONE"].counts) == (2, None)
    assert found["YES"].counts == {"Y": 0, "N": 0}


def test_numbers_that_are_none_have_no_spread() -> None:
    """Three people wrote no number that can be read."""
    found = others([(f"A{n}", "A", {"NUM": "peu"}) for n in range(3)])
    assert (found["NUM"].answered, found["NUM"].numbers) == (3, None)


def test_arguments_are_left_as_they_were() -> None:
    """Scoring changes none of the frames it is given."""
    persons = people("A", "STR1", ["S1", "S2", "?"])
    frame = answers(persons)
    kept = frame.copy(deep=True)
    made = plan(persons)
    collective_results(
        frame,
        model(),
        study(),
        wave(),
        plan=made,
        participation=participation(respondents(persons), 0, study(), wave()),
        notes=Notes(),
        computed_at=datetime(2026, 1, 1, tzinfo=UTC),
        data_until=date(2026, 1, 1),
    )
    pd.testing.assert_frame_equal(frame, kept)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(maturity_models(), st.data())
def test_any_model_is_scored(any_model: MaturityModel, data: st.DataObject) -> None:
    """Whatever its levels, topology and items: every respondent is counted once per dimension."""
    number = data.draw(st.integers(0, 8))
    asked = [item for item in any_model.items if not item.asked_of]
    persons: list[Person] = [
        (f"A{n}", None, {one.code: data.draw(_answer(any_model, one)) for one in asked})
        for n in range(number)
    ]
    results, _ = score(persons, study(sides=""), any_model)
    assert [result.code for result in results.dimensions] == [d.code for d in any_model.dimensions]
    for result in results.dimensions:
        stage = any_model.dimension(result.code).item(ItemKind.STAGE)
        if stage in asked and result.distribution.counts is not None:
            told = [row[stage.code] for _, _, row in persons]
            assert dict(
                zip(result.distribution.codes, result.distribution.counts, strict=True)
            ) == {level: told.count(level) for level in any_model.level_codes}
            assert result.distribution.n + sum(result.distribution.out_of_scale.values()) == number


def _answer(of: MaturityModel, one: Item) -> st.SearchStrategy[str]:
    silences = st.sampled_from(["?", "-", "!", ""])
    codes = [
        option.level if one.kind is ItemKind.STAGE else option.code
        for option in of.options(one)
        if option.out_of_scale is None
    ]
    return st.one_of(st.sampled_from(codes or ["5"]), silences)
