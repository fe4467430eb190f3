"""Van der Eijk's agreement A: how far the respondents share one view of an ordered scale.

Source: C. van der Eijk, "Measuring Agreement in Ordered Rating Scales", Quality & Quantity 35
(2001), pp. 325-341. The product tells A in words; the number stands in the annex only.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from config.catalogue import say
from config.study import AgreementWord

DEFAULT_WORDS: tuple[tuple[float, str], ...] = (
    (-1.0, "avis opposés"),
    (-0.2, "avis dispersés"),
    (0.3, "accord partiel"),
    (0.6, "avis largement partagé"),
    (1.0, "unanimité"),
)
"""The product's own words, each from this A on. A study file may have others."""


def agreement(counts: Sequence[int]) -> float | None:
    """Return A for the counts of an ordered scale, lowest level first.

    Args:
        counts: people per level; two levels or more.

    Returns:
        −1 (two opposite camps) … 0 (uniform) … 1 (unanimous); None when nobody gave a level.
        On two levels opposite camps and a uniform spread are the same thing, so A runs from 0
        (as many on each) to 1. The sum is exact before it becomes a float: its sign is sure.
    """
    total = sum(counts)
    if not total:
        return None
    layers = ((pattern, Fraction(people, total)) for pattern, people in _layers(counts))
    return float(sum(share * _layer_agreement(pattern) for pattern, share in layers))


def agreement_word(
    value: float | None, words: Sequence[AgreementWord], language: str = "fr"
) -> str:
    """Return the word for an agreement: the study's words, or the product's when it has none.

    Args:
        value: A; None (nobody, withheld) has no word.
        words: the study's words with their lower bounds, in any order.
        language: `fr` or `en`.
    """
    if value is None:
        return ""
    own = [(word.at_least, word.text.say(language)) for word in words]
    bounds = sorted(own or [(bound, say(word, language)) for bound, word in DEFAULT_WORDS])
    reached = [word for bound, word in bounds if bound <= value]
    return reached[-1] if reached else bounds[0][1]


def _layers(counts: Sequence[int]) -> Iterator[tuple[tuple[bool, ...], int]]:
    """Peel the counts into layers: which levels each one touches, and its people."""
    rest = tuple(counts)
    while any(rest):
        pattern = tuple(count > 0 for count in rest)
        height = min(count for count in rest if count)
        yield pattern, height * sum(pattern)
        rest = tuple(max(count - height, 0) for count in rest)


def _layer_agreement(pattern: tuple[bool, ...]) -> Fraction:
    """A of one layer: its unimodality U, weighted by how few of the levels it touches."""
    levels, used = len(pattern), sum(pattern)
    if used == 1:
        return Fraction(1)
    if used == levels:
        return Fraction(0)
    inside = _enclosed_triples(pattern)
    triples = used * (used - 1) // 2 * (levels - used)  # two used levels and an empty one
    unimodal = (levels - 2) * (triples - inside) - (levels - 1) * inside
    return Fraction(unimodal, (levels - 2) * triples) * (1 - Fraction(used - 1, levels - 1))


def _enclosed_triples(pattern: tuple[bool, ...]) -> int:
    """How many triples used-empty-used there are (the paper's TDU)."""
    before = [sum(pattern[:place]) for place in range(len(pattern))]
    used = sum(pattern)
    return sum(
        left * (used - left) for left, filled in zip(before, pattern, strict=True) if not filled
    )
