"""Van der Eijk's A: published values, properties, and an obvious reference."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.study import AgreementWord
from config.text import Text
from tasks.scoring.agreement import agreement, agreement_word

COUNTS = st.lists(st.integers(0, 12), min_size=2, max_size=8)
SOME = COUNTS.filter(any)


def reference(counts: list[int]) -> float:
    """A by the words of the paper: peel off one person per used level, look at every triple."""
    rest, total = list(counts), 0.0
    while any(rest):
        used = [1 if count else 0 for count in rest]
        total += sum(used) / sum(counts) * _layer(used)
        rest = [count - here for count, here in zip(rest, used, strict=True)]
    return total


def _layer(used: list[int]) -> float:
    size, levels = sum(used), len(used)
    triples = [tuple(used[i] for i in places) for places in combinations(range(levels), 3)]
    unimodal = triples.count((1, 1, 0)) + triples.count((0, 1, 1))
    bimodal = triples.count((1, 0, 1))
    if size == 1:
        return 1.0
    if not unimodal + bimodal:
        return 0.0
    shape = ((levels - 2) * unimodal - (levels - 1) * bimodal) / (levels - 2)
    return shape / (unimodal + bimodal) * (1 - (size - 1) / (levels - 1))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((30, 40, 210, 130, 530, 50, 10), 0.6113333),
        ((0, 3, 9, 3, 0), 0.70),
        ((3, 3, 3, 3, 3), 0.0),
        ((8, 0, 0, 0, 7), -13 / 15),
        ((0, 0, 15, 0, 0), 1.0),
        ((1, 0, 0, 0, 1), -1.0),
    ],
)
def test_published_values(counts: tuple[int, ...], expected: float) -> None:
    """The values of the agrmt manual and of the method come out."""
    assert agreement(counts) == pytest.approx(expected, abs=1e-7)


def test_nobody_has_no_agreement() -> None:
    """Without a level there is nothing to agree on."""
    assert agreement((0, 0, 0)) is None


@pytest.mark.parametrize(("counts", "expected"), [((4, 4), 0.0), ((5, 0), 1.0), ((6, 2), 0.5)])
def test_two_levels(counts: tuple[int, int], expected: float) -> None:
    """On two levels A runs from 0, as many on each, to 1."""
    assert agreement(counts) == expected


@given(SOME)
def test_equals_the_reference(counts: list[int]) -> None:
    """The layers taken whole equal the layers taken person by person."""
    assert agreement(counts) == pytest.approx(reference(counts), abs=1e-12)


@given(SOME)
def test_range_and_sign(counts: list[int]) -> None:
    """A lies in −1…1, and the same counts read from the other end agree as much."""
    value = agreement(counts)
    assert value is not None
    assert -1 <= value <= 1
    assert agreement(counts[::-1]) == value


@given(SOME, st.integers(2, 50))
def test_scale_invariance(counts: list[int], factor: int) -> None:
    """Ten times the people in the same shares agree as much, to the last bit."""
    assert agreement([count * factor for count in counts]) == agreement(counts)


@given(SOME)
def test_only_unanimity_is_one(counts: list[int]) -> None:
    """A is 1 exactly when everybody gave one level."""
    assert (agreement(counts) == 1) == (sum(count > 0 for count in counts) == 1)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (-1.0, "avis opposés"),
        (-0.2, "avis dispersés"),
        (0.0, "avis dispersés"),
        (0.3, "accord partiel"),
        (0.6, "avis largement partagé"),
        (0.999, "avis largement partagé"),
        (1.0, "unanimité"),
        (None, ""),
    ],
)
def test_words(value: float | None, word: str) -> None:
    """Each bound belongs to the word above it; nobody has no word."""
    assert agreement_word(value, ()) == word


def test_words_in_english() -> None:
    """The product's words are translated."""
    assert agreement_word(1.0, (), "en") == "unanimity"


def test_a_study_has_its_own_words() -> None:
    """Words of the study file replace ours, whatever their order; the lowest takes the rest."""
    words = [
        AgreementWord(at_least=0.5, text=Text({"fr": "accord"})),
        AgreementWord(at_least=0.0, text=Text({"fr": "débat"})),
    ]
    assert [agreement_word(a, words) for a in (-1.0, 0.2, 0.5)] == ["débat", "débat", "accord"]
