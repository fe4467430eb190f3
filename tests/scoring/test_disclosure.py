"""Nothing withheld can be worked out of a report, and the attacker is a real one."""

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from config.catalogue import say
from tasks.results import DimensionResult, Withheld
from tasks.scoring.disclosure import withheld_groups
from tasks.scoring.notices import INTERVIEWS, SIDES, SUBJECTS, WHOLE, WORDS
from tests.scoring.attackers import Row, worked_out
from tests.scoring.specimens import (
    LEVELS,
    STATES,
    Person,
    axis,
    dimension,
    item,
    model,
    people,
    score,
    stage_dimension,
    study,
)

SILENCES = ("dont_know", "unanswered")
COLUMNS = (*LEVELS[:3], *SILENCES)
ANSWERS = ("S1", "S2", "S3", "?", "")
MIN_GROUP = 3

GROUPS = st.fixed_dictionaries(
    {side: st.lists(st.sampled_from(ANSWERS), max_size=5) for side in ("A", "B", "C", "")}
).filter(lambda groups: 3 <= sum(map(len, groups.values())) <= 12)


def row(answers: list[str]) -> Row:
    """What a group answered, column by column."""
    count = Counter(STATES.get(answer, answer) for answer in answers)
    return tuple(count[column] for column in COLUMNS)


def answered(given: list[str]) -> int:
    """How many of a group did not leave the question empty."""
    return sum(answer != "" for answer in given)


def persons(groups: dict[str, list[str]]) -> list[Person]:
    """The people of these groups."""
    return [one for side, given in groups.items() for one in people(side or None, "STR1", given)]


def published(result: DimensionResult) -> tuple[Row, dict[str, Row]]:
    """What a report prints of a dimension: the row of everybody, and those of sides."""
    views = {"": result.distribution, **{v.side: v.distribution for v in result.sides}}
    rows = {
        side: (*view.counts[:3], *(view.out_of_scale.get(kind, 0) for kind in SILENCES))
        for side, view in views.items()
        if view.counts is not None
    }
    return rows.pop("", ()), rows


@settings(max_examples=80, deadline=None)
@given(GROUPS)
def test_no_withheld_group_can_be_worked_out(groups: dict[str, list[str]]) -> None:
    """An attacker who knows the size of every group finds no row of a few people's answers.

    The one exception lies in the total itself: when all who answered gave the same answer.
    """
    results, _ = score(persons(groups), study(MIN_GROUP))
    total, shown = published(results.dimension("d1"))
    assume(total)
    assert total == row([answer for given in groups.values() for answer in given])
    assert all(shown[side] == row(groups[side]) for side in shown)
    assume(sum(map(bool, total[:-1])) > 1)
    found = worked_out(total, shown, {side: len(given) for side, given in groups.items()})
    assert not {side for side in found if 0 < answered(groups[side]) < MIN_GROUP}


def test_the_attacker_has_teeth() -> None:
    """Withholding the small group alone gives it away to the same attacker."""
    groups = {"A": ["S1", "S2"], "B": ["S1", "S3", "S3"], "C": ["S2", "S2", "?"]}
    sizes = {side: len(given) for side, given in groups.items()}
    total = row([answer for given in groups.values() for answer in given])
    naive = {side: row(given) for side, given in groups.items() if len(given) >= MIN_GROUP}
    assert worked_out(total, naive, sizes) == {"A"}

    results, _ = score(persons(groups), study(MIN_GROUP))
    total, shown = published(results.dimension("d1"))
    assert shown.keys() == {"B"}
    assert worked_out(total, shown, sizes) == set()


def test_people_of_no_known_side_are_protected_too() -> None:
    """One person without a side is not what the sides leave of the total."""
    groups = {"A": ["S1", "S2", "S2"], "B": ["S1", "S3", "S3", "S3"], "": ["S2"]}
    results, made = score(persons(groups), study(MIN_GROUP, sides="AB"))
    assert [view.distribution.withheld for view in results.dimension("d1").sides] == [
        Withheld.COMPLEMENTARY,
        None,
    ]
    assert results.participation.by_side == {"A": (None, None), "B": (4, None)}
    assert made.sides["A"] is Withheld.COMPLEMENTARY


def test_withheld_people_who_all_agree_are_not_enough_cover() -> None:
    """A hidden rest with one answer only says what each of them answered: more is withheld."""
    groups = {
        "A": Counter({"S2": 2}),
        "B": Counter({"S2": 3}),
        "C": Counter({"S1": 2, "S3": 2}),
        "D": Counter({"S1": 3, "S4": 3}),
    }
    reasons = withheld_groups(groups, 3)
    assert reasons == {
        "A": Withheld.SMALL_GROUP,
        "B": Withheld.COMPLEMENTARY,
        "C": Withheld.COMPLEMENTARY,
    }


def test_of_equal_groups_the_last_is_withheld() -> None:
    """The choice is the same at every refresh."""
    groups = {
        name: Counter({"S1": 3, "S2": size - 3})
        for name, size in zip("ABC", (4, 4, 9), strict=True)
    }
    reasons = withheld_groups({"X": Counter({"S1": 2}), **groups}, 3)
    assert reasons == {"X": Withheld.SMALL_GROUP, "B": Withheld.COMPLEMENTARY}


def test_an_empty_group_neither_needs_nor_gives_cover() -> None:
    """A side where nobody answered holds no secret."""
    groups = {"A": Counter[str](), "B": Counter({"S1": 2, "S2": 2}), "C": Counter({"S1": 5})}
    assert withheld_groups(groups, 3) == {"A": Withheld.SMALL_GROUP}


def test_a_small_group_with_an_empty_one_is_still_alone() -> None:
    """Nobody is no cover for somebody."""
    groups = {"A": Counter({"S1": 2}), "B": Counter[str](), "C": Counter({"S1": 5, "S2": 1})}
    assert withheld_groups(groups, 3)["C"] is Withheld.COMPLEMENTARY


def test_under_min_group_nothing_is_shown() -> None:
    """Two respondents: no counts, no out-of-scale answers, no reading, one kind sentence."""
    results, made = score(people("A", "STR1", ["S1", "?"]), study(MIN_GROUP))
    result = results.dimension("d1")
    assert result.distribution.counts is None
    assert result.distribution.out_of_scale == {}
    assert result.distribution.withheld is Withheld.SMALL_GROUP
    assert result.reading.levels == ()
    assert result.reading.agreement is None
    assert [view.distribution.counts for view in result.sides] == [None, None, None]
    assert results.withheld_notes == (
        "Moins de 3 personnes ont répondu\u00a0: aucune répartition n’est montrée, pour que "
        "personne ne puisse être reconnu.",
    )
    assert made.ledger == ()


def test_an_item_that_few_answered_is_withheld_alone() -> None:
    """Six respondents of whom two answered a question: that distribution is withheld."""
    answered = [*people("A", "STR1", ["S1", "S2", "", "", "", ""])]
    full = [(name, side, {**told, "STR2": "S3"}) for name, side, told in answered]
    results, _ = score(full, study(MIN_GROUP, sides="A"))
    assert results.dimension("d1").distribution.withheld is Withheld.SMALL_GROUP
    assert results.dimension("d2").distribution.counts == (0, 0, 6, 0, 0)
    assert len(results.withheld_notes) == 1
    assert "Sujet d1" in results.withheld_notes[0]


def test_an_item_that_nobody_answered_is_no_secret() -> None:
    """All left it empty: shown as such, with nothing to read."""
    results, _ = score(people("A", "STR1", [""] * 4), study(MIN_GROUP, sides="A"))
    shown = results.dimension("d1").distribution
    assert (shown.n, shown.out_of_scale) == (0, {"unanswered": 4})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_notes_name_the_sides_and_the_reason(language: str) -> None:
    """One sentence per reason, in the study's language, with the labels of the sides."""
    groups = {"A": ["S1", "S2"], "B": ["S1", "S3", "S3"], "C": ["S2", "S2", "?", "S1"]}
    results, _ = score(persons(groups), study(MIN_GROUP, language=language))
    small, complementary = results.withheld_notes
    assert "Groupe A" in small
    assert "Groupe B" in complementary
    assert "Groupe C" not in small + complementary
    assert ("subtraction" in complementary) == (language == "en")


def test_an_item_asked_of_a_small_side_is_protected_within_those_asked() -> None:
    """A question put to two sides: the other sides' people are no cover in its table."""
    asked = model(axes=[_axis_asked_of(["A", "B"])])
    groups = [
        *people("A", "STR1", ["S1", "S2"]),
        *people("B", "STR1", ["S1", "S3", "S3"]),
        *people("C", "STR2", ["S1", "S3"]),
        *people("D", "STR2", ["S1", "S3", "S3", "S3"]),
    ]
    one = study(MIN_GROUP, sides="ABCD")
    results, made = score(groups, one, asked)
    assert "B" not in made.sides
    views = {view.side: view for view in results.dimension("d1").sides}
    assert views.keys() == {"A", "B"}
    assert views["B"].distribution.withheld is Withheld.COMPLEMENTARY
    assert views["B"].size == 3
    assert results.dimension("d1").distribution.counts == (2, 1, 2, 0, 0)


def test_answers_of_sides_that_were_not_asked_do_not_count() -> None:
    """One stray answer would otherwise be what the sides leave of the total."""
    asked = model(axes=[_axis_asked_of(["A"])])
    groups = [*people("A", "STR1", ["S1", "S2", "S2"]), *people("B", "STR1", ["S5"])]
    results, _ = score(groups, study(MIN_GROUP, sides="AB"), asked)
    assert results.dimension("d1").distribution.counts == (1, 2, 0, 0, 0)


def _axis_asked_of(sides: list[str]) -> dict[str, object]:
    first = dimension("d1", item("STR1", "stage", answer_set="levels", asked_of=sides))
    return axis("a1", first, stage_dimension(2))


@pytest.mark.parametrize("sentences", [WHOLE, SUBJECTS, SIDES, INTERVIEWS, WORDS])
def test_every_sentence_is_translated(sentences: dict[Withheld, str]) -> None:
    """No reason is given in French in an English report, and each names what it must."""
    for french in sentences.values():
        english = say(french, "en", least=5, names="A, B")
        assert english != say(french, "fr", least=5, names="A, B")
        assert ("A, B" in english) == ("{names}" in french)
        assert ("5" in english) == ("{least}" in french)
