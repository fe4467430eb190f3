"""Which block is which: anchors first, then texts."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from tasks.word.merge.alignment import (
    align_edited,
    align_inserted,
    align_new,
    longest_increasing,
)


@dataclass(frozen=True)
class Item:
    """A paragraph as the alignment sees it."""

    text: str
    anchors: tuple[str, ...] = ()
    kind: str = "p"


def items(*pairs: tuple[str, str]) -> list[Item]:
    """Return items of (anchor, text); no anchor when it is empty."""
    return [Item(text, (anchor,) if anchor else ()) for anchor, text in pairs]


def test_anchors_rule_over_texts() -> None:
    """Two passages that swapped their texts are still themselves."""
    base = items(("a", "un"), ("b", "deux"))
    assert align_edited(base, items(("a", "deux"), ("b", "un"))) == {0: 0, 1: 1}


def test_of_two_halves_the_more_alike_is_the_passage() -> None:
    """Both halves of a split bear the name; the passage is the one that says most of it."""
    base = items(("a", "Une phrase coupée au milieu par quelqu’un"))
    edited = items(("a", "Une"), ("a", "phrase coupée au milieu par quelqu’un"))
    assert align_edited(base, edited) == {0: 1}


def test_moved_text_without_anchor_is_found_elsewhere() -> None:
    """A text found once on each side is the same passage, even in a deleted one's place."""
    base = items(("a", "premier constat"), ("b", "second constat"), ("c", "fin"))
    edited = items(("", "second constat"), ("c", "fin"))
    assert align_edited(base, edited) == {1: 0, 2: 1}


def test_paragraph_of_staff_is_nobody_elses() -> None:
    """What staff wrote in the place of a deleted passage is no version of it."""
    base = items(("a", "Quatre personnes voient des essais."), ("b", "fin"))
    edited = items(("", "Note : revoir avec la direction générale."), ("b", "fin"))
    assert align_edited(base, edited) == {1: 1}


def test_kept_passage_of_an_earlier_generation_is_nobody_elses() -> None:
    """An anchor that base does not know belongs to something else, however alike."""
    base = items(("a", "Deux projets."), ("b", "fin"))
    edited = items(("z", "Deux projets !"), ("b", "fin"))
    assert align_edited(base, edited) == {1: 1}


def test_new_anchors_are_new_passages() -> None:
    """While most anchors stand, another anchor is another passage, however alike."""
    base = items(("a", "x"), ("b", "Aucune réponse."))
    assert align_new(base, items(("a", "x"), ("c", "Aucune réponse."))) == {0: 0}


def test_changed_template_is_aligned_by_text() -> None:
    """When all anchors changed, what says the same is the same."""
    base = items(("a", "un"), ("b", "deux"), ("c", "trois"))
    assert align_new(base, items(("d", "un"), ("e", "neuf"), ("f", "trois"))) == {0: 0, 2: 2}


def test_insertions_are_recognised() -> None:
    """A new passage that the file holds already, by anchor or by text, is not new."""
    new = items(("a", "un"), ("b", "deux"), ("c", "trois"))
    edited = items(("b", "deux bis"), ("", "trois"))
    assert align_inserted(new, range(3), edited, range(2)) == {1: 0, 2: 1}


@given(st.lists(st.sampled_from("abcdef"), max_size=30), st.data())
def test_pairs_are_one_to_one(texts: list[str], data: st.DataObject) -> None:
    """Whatever is alike, nothing is paired twice, and only with its own kind."""
    base = [Item(text, (f"{index}",)) for index, text in enumerate(texts)]
    edited = [
        Item(item.text, item.anchors if data.draw(st.booleans()) else ())
        for item in data.draw(st.permutations(base))
        if data.draw(st.booleans())
    ]
    pairs = align_edited(base, edited)
    assert len(set(pairs.values())) == len(pairs)
    for index, item in enumerate(edited):
        if item.anchors:
            assert pairs[int(item.anchors[0])] == index


@given(st.lists(st.integers(0, 20), max_size=30))
def test_longest_increasing_is_increasing_and_longest(values: list[int]) -> None:
    """The subsequence increases, and no longer one exists (quadratic reference)."""
    found = [value for _, value in longest_increasing(list(enumerate(values)))]
    assert found == sorted(set(found))
    best: list[int] = []
    for index, value in enumerate(values):
        shorter = [best[k] for k in range(index) if values[k] < value]
        best.append(1 + max(shorter, default=0))
    assert len(found) == max(best, default=0)


def test_in_a_section_that_was_moved_likeness_is_searched_for_too() -> None:
    """A moved passage without its anchor is known by the neighbour that it still follows."""
    base = items(("a", "A"), ("b", "B"), ("c", "C"), ("t", "Titre"), ("x", "dit essais élus 3"))
    edited = items(("t", "Titre"), ("", "dit essais élus 3, dit-on"), ("a", "A"), ("b", "B"),
                   ("c", "C"))  # fmt: skip
    assert align_edited(base, edited) == {0: 2, 1: 3, 2: 4, 3: 0, 4: 1}
